//! Changing a key: the next one is kept beside the one that is used, then they change roles in one step, and the old one is let go
//! when it was seen to fail. At every step a key that works is in use.

use std::sync::Arc;

use history::{Connection, History, KeyFacts, Upkeep};
use vault::{Credential, KeyId, Patience, Vault};

use super::keep::{change, remove_leftovers};
use crate::models::{self, Checked};
use crate::store::now_ms;
use crate::{Endpoint, Failure, Trouble};

/// A key beside the one that is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// The one that was handed over and is not used yet.
    Next,
    /// The one that was used before.
    Old,
}

/// What the check of an old key found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OldKey {
    /// The provider refuses it, as it should.
    Refused,
    /// It is accepted still.
    Works,
    /// Nobody knows.
    Unknown(Box<Failure>),
}

impl From<Checked> for OldKey {
    fn from(checked: Checked) -> Self {
        match checked.models {
            Err(failure) if is_refusal(failure.trouble) => Self::Refused,
            Err(failure) => Self::Unknown(Box::new(failure)),
            // A list that anybody gets says nothing about a key.
            Ok(_) if checked.proven => Self::Works,
            Ok(_) => Self::Unknown(Box::new(Failure::of(Trouble::RequestRefused))),
        }
    }
}

/// Tries a key beside the one that is used.
pub async fn check_beside(
    vault: &Vault,
    connection: &Connection,
    which: Beside,
) -> Result<Checked, Failure> {
    let endpoint = Endpoint::of(connection)?;
    let Upkeep { next, old, .. } = &connection.upkeep;
    let key = match which {
        Beside::Next => next,
        Beside::Old => old,
    };
    let id = key.as_ref().and_then(|key| KeyId::parse(&key.item));
    let id = id.ok_or_else(|| Failure::at(Trouble::KeyMissing, &endpoint.name, None))?;
    Ok(models::check(vault, endpoint.provider, &endpoint.base, Credential::Stored(&id)).await)
}

/// Uses the next key from now on. What is running goes on with the old one, which stays until it is let go.
pub async fn switch_key(
    vault: &Vault,
    history: &Arc<History>,
    id: &str,
) -> Result<Connection, Failure> {
    let switched = change(vault, history, id, |connection| {
        let Some(next) = connection.upkeep.next.take() else { return };
        let old = connection.key.replace(next);
        // Of a session's key nothing is left when it is over; the one behind it is the old one then.
        let old = old.map(|mut old| old.behind.take().map_or(old, |behind| *behind));
        connection.upkeep.old = old.map(|old| KeyFacts { retired_ms: Some(now_ms()), ..old });
        connection.upkeep.leaked = None;
    })
    .await?;
    // An older key that was never seen to fail has lost its place.
    remove_leftovers(vault, history).await;
    Ok(switched)
}

/// Lets the old key go.
pub async fn forget_old_key(
    vault: &Vault,
    history: &Arc<History>,
    id: &str,
) -> Result<Connection, Failure> {
    let changed = change(vault, history, id, |connection| connection.upkeep.old = None).await?;
    remove_leftovers(vault, history).await;
    Ok(changed)
}

/// What became of a key that leaked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The connection as it is now.
    pub connection: Connection,
    /// The keychain could not be asked: it lies there until it can, and is not used.
    pub is_in_keychain: bool,
}

/// Takes the key that is used out of memory, out of use and out of the keychain: it leaked. What fails of that holds up nothing of
/// the rest. A next key that was handed over takes its place.
pub async fn remove_leaked_key(
    vault: &Vault,
    history: &Arc<History>,
    connection: &Connection,
) -> Result<Removed, Failure> {
    let used = connection.key.iter();
    let keys = used.flat_map(|key| [Some(key), key.behind.as_deref()]).flatten();
    let items: Vec<_> = keys.filter_map(|key| KeyId::parse(&key.item)).collect();
    items.iter().for_each(|id| vault.forget_here(id));
    let item = connection.key.as_ref().map(|key| key.item.clone());
    let changed = change(vault, history, &connection.id, move |connection| {
        // Another may have taken its place while its person was asked.
        if connection.key.as_ref().map(|key| &key.item) != item.as_ref() {
            return;
        }
        let Upkeep { next, leaked, .. } = &mut connection.upkeep;
        let used = std::mem::replace(&mut connection.key, next.take());
        let used = used.map(|used| KeyFacts { retired_ms: Some(now_ms()), behind: None, ..used });
        *leaked = used.or(leaked.take());
    })
    .await;
    let mut is_in_keychain = false;
    for id in &items {
        is_in_keychain |= vault.remove(id, Patience::Person).await.is_err();
    }
    let changed = changed?;
    if !is_in_keychain {
        remove_leftovers(vault, history).await;
    }
    Ok(Removed { connection: changed, is_in_keychain })
}

const fn is_refusal(trouble: Trouble) -> bool {
    matches!(trouble, Trouble::KeyRejected | Trouble::KeyRevoked)
}
