//! What the shell holds while it runs.

use std::sync::{Arc, Mutex, PoisonError};

use turn::{Candidate, Turns};
use vault::{ApiKey, EnvironmentKeys, Vault};

use crate::ipc::ClipboardFate;
use crate::native::Desktop;
use crate::practice_provider::PracticeProvider;
use crate::store::Store;

/// The one state of the app, managed by Tauri.
pub struct AppState {
    /// Keys.
    pub vault: Arc<Vault>,
    /// Chats.
    pub store: Store,
    /// Answers on their way.
    pub turns: Turns,
    /// Native windows.
    pub desktop: Desktop,
    /// The practice provider, once somebody practises.
    pub practice: PracticeProvider,
    environment: Mutex<EnvironmentKeys>,
    pending: Mutex<Option<Held>>,
}

/// A key that the keychain would not take, and what became of the clipboard it came from.
pub struct Held {
    /// The key.
    pub candidate: Candidate,
    /// The clipboard.
    pub clipboard: ClipboardFate,
}

impl AppState {
    /// The state at the start.
    pub fn new(
        vault: Arc<Vault>,
        store: Store,
        desktop: Desktop,
        environment: EnvironmentKeys,
    ) -> Self {
        Self {
            vault,
            store,
            turns: Turns::default(),
            desktop,
            practice: PracticeProvider::default(),
            environment: Mutex::new(environment),
            pending: Mutex::new(None),
        }
    }

    /// Whether this variable held a text where Latchkey was started.
    pub fn has_environment_key(&self, name: &str) -> bool {
        lock(&self.environment).names().any(|held| held == name)
    }

    /// Takes a variable's key out of the memory of the start.
    pub fn take_environment_key(&self, name: &str) -> Option<Result<ApiKey, vault::KeyRefusal>> {
        let mut environment = lock(&self.environment);
        let refused = environment.refusals().find(|(held, _)| *held == name);
        match refused {
            Some((_, refusal)) => Some(Err(refusal)),
            None => environment.remove(name).map(Ok),
        }
    }

    /// Takes a variable's key back: the person said no, and may say yes later.
    pub fn return_environment_key(&self, name: &'static str, key: ApiKey) {
        lock(&self.environment).put_back(name, key);
    }

    /// Holds a key that the keychain would not take; a later one takes its place.
    pub fn hold(&self, held: Option<Held>) {
        *lock(&self.pending) = held;
    }

    /// The key that was held.
    pub fn take_held(&self) -> Option<Held> {
        lock(&self.pending).take()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
