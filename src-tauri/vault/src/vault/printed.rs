//! Keys that a program of the person's prints: asked for once a session, when the first request needs one.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::{Patience, Vault};
use crate::address::BaseUrl;
use crate::command::{CommandError, KeyCommand};
use crate::error::VaultError;
use crate::id::KeyId;
use crate::session::BoundKey;

#[derive(Default)]
pub(super) struct Printed {
    commands: Mutex<HashMap<KeyId, (KeyCommand, BaseUrl)>>,
    /// Those that printed the same key once more after it was refused: they are not asked for each refusal.
    asked_in_vain: Mutex<HashSet<KeyId>>,
    /// When a command has printed another key than the one that was refused.
    renewed: Mutex<HashMap<KeyId, Instant>>,
    /// A secret manager that asks its person is asked once, however many requests wait.
    asking: tokio::sync::Mutex<()>,
}

impl Printed {
    fn commands(&self) -> MutexGuard<'_, HashMap<KeyId, (KeyCommand, BaseUrl)>> {
        self.commands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn renewed(&self) -> MutexGuard<'_, HashMap<KeyId, Instant>> {
        self.renewed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn asked_in_vain(&self) -> MutexGuard<'_, HashSet<KeyId>> {
        self.asked_in_vain.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Vault {
    /// From now on the key is what this command prints. It goes to the origin of `base` only.
    pub fn use_command(&self, id: &KeyId, command: KeyCommand, base: BaseUrl) {
        self.printed.asked_in_vain().remove(id);
        self.printed.renewed().remove(id);
        self.printed.commands().insert(id.clone(), (command, base));
    }

    pub(super) fn forget_command(&self, id: &KeyId) -> bool {
        self.printed.commands().remove(id).is_some()
    }

    /// Whether a command prints this key.
    pub(crate) fn is_printed(&self, id: &KeyId) -> bool {
        self.printed.commands().contains_key(id)
    }

    /// Asks a command whose key was refused once more. Whether there is another key in the session than at the time when the
    /// refused one went out.
    pub(crate) async fn ask_command_again(&self, id: &KeyId, sent: Instant) -> bool {
        let Some((command, base)) = self.printed.commands().get(id).cloned() else { return false };
        let _one_at_a_time = self.printed.asking.lock().await;
        // Another request was refused at the same time, and has asked.
        if self.printed.renewed().get(id).is_some_and(|renewed| *renewed >= sent) {
            return true;
        }
        if self.printed.asked_in_vain().contains(id) {
            return false;
        }
        let base = Arc::new(base);
        let at = Arc::clone(&base);
        let found = tokio::task::spawn_blocking(move || command.fetch(&at, false)).await;
        let Ok(Ok(found)) = found else { return false };
        let is_same = |bound: &BoundKey| bound.key.bytes() == found.key.bytes();
        let is_another = self.session.lend(id, |bound| !is_same(bound)).unwrap_or(false);
        if !is_another || !self.is_printed(id) {
            self.printed.asked_in_vain().insert(id.clone());
            return false;
        }
        self.know(id, &found.key);
        self.session.keep(id.clone(), BoundKey { key: found.key, origin: base.origin() });
        self.printed.renewed().insert(id.clone(), Instant::now());
        true
    }

    /// Gets a key that a command prints into the session; false where no command is for it.
    pub(crate) async fn ask_command(
        &self,
        id: &KeyId,
        patience: Patience,
    ) -> Result<bool, VaultError> {
        let Some((command, base)) = self.printed.commands().get(id).cloned() else {
            return Ok(false);
        };
        let _one_at_a_time = self.printed.asking.lock().await;
        if self.session.lend(id, |_| ()).is_some() {
            return Ok(true);
        }
        let base = Arc::new(base);
        let at = Arc::clone(&base);
        // A person may be asked by the manager in any case: it decides that, not we.
        let patient = patience == Patience::Person;
        let found = tokio::task::spawn_blocking(move || command.fetch(&at, patient)).await;
        let found = found.unwrap_or(Err(CommandError::Exit(-1)))?;
        // It may have been removed while it was asked for: then it does not come back.
        let commands = self.printed.commands();
        if !commands.contains_key(id) {
            return Err(VaultError::Missing);
        }
        self.know(id, &found.key);
        self.session.keep(id.clone(), BoundKey { key: found.key, origin: base.origin() });
        Ok(true)
    }
}
