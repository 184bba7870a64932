//! Keeping a key: first where it is safe, then the row that names it, and only then is the old one let go.
//!
//! At every step the keychain's items that no row names are noted, so that a failure leaves neither a connection without
//! its key nor a key that nobody would ever remove.

use std::sync::Arc;

use history::{Connection, History, KeptIn, KeyFacts};
use vault::{ApiKey, BaseUrl, Binding, KeyId, Patience, Vault, VaultError};

use super::{Admitted, Aim, Candidate, Place, kind_word, new_connection, put};
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
            (Some(key), _) if self.command.is_some() => {
                self.keep_command(key, vault, history).await
            }
            (Some(key), Place::Keychain) => {
                self.keep_in_keychain(key, vault, history, patience).await
            }
            (Some(key), Place::Session) => self.keep_for_session(key, vault, history).await,
        };
        match kept {
            Ok((connection, id)) => {
                let binding = self.binding();
                if let Some(command) = &self.command {
                    vault.use_command(&id, command.clone(), self.base.clone());
                }
                // What a command prints is asked for once a session, and this was it.
                let is_held = place == Place::Session || self.command.is_some();
                if let Some(key) = self.key.filter(|_| is_held) {
                    vault.keep_for_session(&id, key, &binding);
                }
                Admitted::Kept(Box::new(connection))
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
        let facts = self.facts(&id, key, KeptIn::Keychain);
        let written = self.write_row(vault, history, &id, facts).await;
        // What no row names now: keys before this one, or this one if the row could not be written, because of a store that
        // can then not be asked either.
        match written {
            Ok(_) => remove_leftovers(vault, history).await,
            Err(_) => remove_leftover(vault, history, &id).await,
        }
        Ok((written?, id))
    }

    /// The keychain may be closed or silent, and is not touched. A key that lies there stays, and is used again when the
    /// session is over.
    async fn keep_for_session(
        &self,
        key: &ApiKey,
        vault: &Vault,
        history: &Arc<History>,
    ) -> Result<(Connection, KeyId), Failure> {
        let id = self.item.clone().ok_or(VaultError::Failed)?;
        let facts = self.facts(&id, key, KeptIn::Session);
        let written = match &self.aim {
            Aim::Own => self.begin(history, &id, Some(facts)).await,
            // There is no next key in memory only: it would be gone before it was ever used.
            Aim::Replace(old) | Aim::Next(old) => {
                change(vault, history, &old.id, move |row| stand_in(row, facts)).await
            }
        };
        Ok((written?, id))
    }

    /// There is nothing to keep but how it is asked for.
    async fn keep_command(
        &self,
        key: &ApiKey,
        vault: &Vault,
        history: &Arc<History>,
    ) -> Result<(Connection, KeyId), Failure> {
        let id = self.item.clone().ok_or(VaultError::Failed)?;
        let command = serde_json::to_string(&self.command).map_err(|_| VaultError::Failed)?;
        let facts = self.facts(&id, key, KeptIn::Command);
        let facts = KeyFacts { command: Some(command), ..facts };
        let written = self.write_row(vault, history, &id, facts).await;
        remove_leftovers(vault, history).await;
        Ok((written?, id))
    }

    /// Writes the row that names a key, in the role that it is to have.
    async fn write_row(
        &self,
        vault: &Vault,
        history: &Arc<History>,
        id: &KeyId,
        facts: KeyFacts,
    ) -> Result<Connection, Failure> {
        match &self.aim {
            Aim::Own => self.begin(history, id, Some(facts)).await,
            Aim::Replace(old) => {
                change(vault, history, &old.id, move |row| replace(row, facts)).await
            }
            Aim::Next(old) => {
                change(vault, history, &old.id, move |row| row.upkeep.next = Some(facts)).await
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

    fn binding(&self) -> Binding {
        Binding { base: self.base.clone(), provider: self.provider.id().to_owned() }
    }

    fn facts(&self, id: &KeyId, key: &ApiKey, kept_in: KeptIn) -> KeyFacts {
        KeyFacts {
            item: id.as_str().to_owned(),
            kind: kind_word(key.shape().kind).to_owned(),
            last_four: key.last_four().to_string(),
            kept_in,
            worked: self.proven,
            restricted: self.restricted,
            made_ms: now_ms(),
            retired_ms: None,
            command: None,
            behind: None,
        }
    }
}

fn replace(connection: &mut Connection, facts: KeyFacts) {
    connection.key = Some(facts);
    connection.upkeep.leaked = None;
}

fn stand_in(connection: &mut Connection, facts: KeyFacts) {
    let lies_there = connection.key.take().map(|key| match key.behind {
        Some(behind) => *behind,
        None => key,
    });
    let behind = lies_there.filter(|key| key.kept_in == KeptIn::Keychain).map(Box::new);
    connection.key = Some(KeyFacts { behind, ..facts });
}

/// Changes a connection. A key that it has no more is forgotten in memory at once, wherever it is kept.
pub(super) async fn change(
    vault: &Vault,
    history: &Arc<History>,
    id: &str,
    change: impl FnOnce(&mut Connection) + Send + 'static,
) -> Result<Connection, Failure> {
    let id = id.to_owned();
    let (after, gone) = on_disk(history, move |history| {
        let mut gone = Vec::new();
        let after = history.change_connection(&id, |connection| {
            gone = connection.keys().map(|key| key.item.clone()).collect();
            change(connection);
        })?;
        gone.retain(|item| after.keys().all(|key| key.item != *item));
        Ok((after, gone))
    })
    .await?;
    gone.iter().filter_map(|item| KeyId::parse(item)).for_each(|id| vault.forget_here(&id));
    Ok(after)
}

/// Tells the vault of every command that prints a key. None is run before a request needs it.
pub async fn use_commands(vault: &Vault, history: &Arc<History>) {
    let connections = on_disk(history, History::connections).await.unwrap_or_default();
    for connection in &connections {
        let Ok(base) = BaseUrl::parse(&connection.address) else { continue };
        for key in connection.keys() {
            // One that cannot be read gives no key, which is said when it is used.
            let command = key.command.as_deref().and_then(|text| serde_json::from_str(text).ok());
            if let (Some(id), Some(command)) = (KeyId::parse(&key.item), command) {
                vault.use_command(&id, command, base.clone());
            }
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
