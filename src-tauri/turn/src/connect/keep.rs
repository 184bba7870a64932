//! Keeping a key: first where it is safe, then the row that names it, and only then is the old one let go.
//!
//! At every step the keychain's items that no row names are noted, so that a failure leaves neither a connection without
//! its key nor a key that nobody would ever remove.

use std::sync::Arc;

use history::{Connection, History, KeptIn, KeyFacts};
use vault::{ApiKey, Binding, KeyId, Patience, Vault, VaultError};

use super::{Admitted, Candidate, Place, kind_word, new_connection, put};
use crate::Failure;
use crate::store::{now_ms, on_disk};

impl Candidate {
    pub(super) async fn keep_with(
        self,
        vault: &Vault,
        history: &Arc<History>,
        place: Place,
        patience: Patience,
    ) -> Admitted {
        let kept = match (&self.key, place) {
            (None, _) => self.keep_address(history).await,
            (Some(key), Place::Keychain) => {
                self.keep_in_keychain(key, vault, history, patience).await
            }
            (Some(key), Place::Session) => self.keep_for_session(key, history).await,
        };
        match kept {
            Ok((connection, id)) => {
                let binding = self.binding();
                if let (Some(key), Place::Session) = (self.key, place) {
                    vault.keep_for_session(&id, key, &binding);
                }
                Admitted::Kept(connection)
            }
            Err(failure) => Admitted::NotKept(Box::new(self), failure),
        }
    }

    async fn keep_address(&self, history: &Arc<History>) -> Result<(Connection, KeyId), Failure> {
        let id = self.item.clone().ok_or(VaultError::Failed)?;
        Ok((self.begin(history, &id, None).await?, id))
    }

    async fn keep_in_keychain(
        &self,
        key: &ApiKey,
        vault: &Vault,
        history: &Arc<History>,
        patience: Patience,
    ) -> Result<(Connection, KeyId), Failure> {
        let id = self.item.clone().ok_or(VaultError::Failed)?;
        let noted = id.as_str().to_owned();
        on_disk(history, move |history| history.note_leftover(&noted)).await?;
        vault.store(&id, key, &self.binding(), patience).await?;
        let facts = self.facts(key, KeptIn::Keychain);
        let written = match &self.replaces {
            None => self.begin(history, &id, Some(facts)).await,
            Some(old) => {
                let facts = KeyFacts { item: Some(id.as_str().to_owned()), ..facts };
                put(history, self.replacing(old, facts)).await
            }
        };
        // What no row names now: the old item, or the new one if the row could not be written.
        let unnamed = match (&written, &self.replaces) {
            (Ok(_), Some(old)) => KeyId::parse(old.key_item()),
            (Ok(_), None) => None,
            (Err(_), _) => Some(id.clone()),
        };
        if let Some(unnamed) = unnamed {
            remove_leftover(vault, history, &unnamed).await;
        }
        Ok((written?, id))
    }

    /// The keychain may be closed or silent, and is not touched. A key that lies there stays, and is used again when the
    /// session is over.
    async fn keep_for_session(
        &self,
        key: &ApiKey,
        history: &Arc<History>,
    ) -> Result<(Connection, KeyId), Failure> {
        let facts = self.facts(key, KeptIn::Session);
        match &self.replaces {
            None => {
                let id = self.item.clone().ok_or(VaultError::Failed)?;
                Ok((self.begin(history, &id, Some(facts)).await?, id))
            }
            Some(old) => {
                let id = KeyId::parse(old.key_item()).ok_or(VaultError::Damaged)?;
                let lies_there = old.key.clone().map(|key| match key.behind {
                    Some(behind) => *behind,
                    None => key,
                });
                let behind = lies_there.filter(|key| key.kept_in == KeptIn::Keychain).map(Box::new);
                let facts = KeyFacts { behind, ..facts };
                Ok((put(history, self.replacing(old, facts)).await?, id))
            }
        }
    }

    async fn begin(
        &self,
        history: &Arc<History>,
        id: &KeyId,
        facts: Option<KeyFacts>,
    ) -> Result<Connection, Failure> {
        let new = new_connection(history, id, self.provider, &self.base, facts).await?;
        put(history, new).await
    }

    fn replacing(&self, old: &Connection, facts: KeyFacts) -> Connection {
        Connection { key: Some(facts), created_ms: now_ms(), ..old.clone() }
    }

    fn binding(&self) -> Binding {
        Binding { base: self.base.clone(), provider: self.provider.id().to_owned() }
    }

    fn facts(&self, key: &ApiKey, kept_in: KeptIn) -> KeyFacts {
        KeyFacts {
            kind: kind_word(key.shape().kind).to_owned(),
            last_four: key.last_four().to_string(),
            kept_in,
            worked: self.proven,
            item: None,
            behind: None,
        }
    }
}

/// Removes what no connection names from the keychain, as far as it is open.
pub async fn remove_leftovers(vault: &Vault, history: &Arc<History>) {
    // Whatever stays is noted and tried again at the next start.
    let items = on_disk(history, History::leftovers).await.unwrap_or_default();
    for id in items.iter().filter_map(|item| KeyId::parse(item)) {
        remove_leftover(vault, history, &id).await;
    }
}

async fn remove_leftover(vault: &Vault, history: &Arc<History>, id: &KeyId) {
    if vault.remove(id, Patience::Brief).await.is_ok() {
        let item = id.as_str().to_owned();
        let _ = on_disk(history, move |history| history.forget_leftover(&item)).await;
    }
}
