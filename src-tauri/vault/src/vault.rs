//! The vault: where keys are kept, and from where they are used.

mod database;
mod ended;
mod printed;
mod watch;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use keyring_core::CredentialStore;

use crate::address::BaseUrl;
use crate::client::{Clients, Proxies};
use crate::error::VaultError;
use crate::id::KeyId;
use crate::key::ApiKey;
use crate::keychain::{Keychain, Opened, item};
use crate::session::{BoundKey, SessionKeys};

pub use watch::Watch;

/// Keeps keys in the operating system's keychain, or for this session, and sends requests with
/// them. Every keychain call runs on a thread of its own and has a deadline.
pub struct Vault {
    keychain: Keychain,
    deadlines: Deadlines,
    pub(crate) session: SessionKeys,
    printed: printed::Printed,
    pub(crate) clients: Clients,
    known: Mutex<watch::Known>,
    ended: ended::Ended,
}

/// How long the keychain may take to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Nobody waits for a prompt: where one would be needed, the answer is
    /// [`VaultError::Locked`] and no prompt appears.
    Brief,
    /// The person has just pressed a button and may be typing the keychain's password.
    Person,
}

/// The deadlines behind [`Patience`], and those of the network.
#[derive(Clone, Copy, Debug)]
pub struct Deadlines {
    /// For [`Patience::Brief`].
    pub brief: Duration,
    /// For [`Patience::Person`].
    pub person: Duration,
    /// To reach a server.
    pub connect: Duration,
    /// Between two pieces of an answer. An answer as a whole may take for ever.
    pub read: Duration,
}

/// What a key is bound to when it is kept: its origin, and the provider's name for reading.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The address whose origin is the only one the key may go to.
    pub base: BaseUrl,
    /// The provider as the app names it.
    pub provider: String,
}

impl Vault {
    /// The vault of this system's keychain. It connects at the first use, so this never fails.
    pub fn platform() -> Vault {
        Vault::over(Keychain::new(crate::keychain::platform::open))
    }

    /// A vault over another store, which is opened at the first use and again when it died.
    pub fn with_store(
        open: impl Fn() -> keyring_core::Result<Arc<CredentialStore>> + Send + Sync + 'static,
    ) -> Vault {
        Vault::over(Keychain::new(move || match open() {
            Ok(store) => Ok(Opened { store, door: None }),
            Err(error) => Err(crate::keychain::trouble::of(error)),
        }))
    }

    /// A vault that keeps everything in memory, for tests and demonstrations.
    pub fn in_memory() -> Vault {
        let store = keyring_core::mock::Store::new();
        Vault::with_store(move || match &store {
            Ok(store) => Ok(store.clone()),
            Err(_) => Err(keyring_core::Error::NoDefaultStore),
        })
    }

    /// The same vault with other deadlines.
    pub fn with_deadlines(mut self, deadlines: Deadlines) -> Vault {
        self.clients = self.clients.with_deadlines(deadlines.connect, deadlines.read);
        self.deadlines = deadlines;
        self
    }

    /// The same vault with these proxies instead of the environment's.
    pub fn with_proxies(mut self, proxies: Proxies) -> Vault {
        let Deadlines { connect, read, .. } = self.deadlines;
        self.clients = Clients::new(Some(proxies), connect, read);
        self
    }

    /// Keeps a key in the keychain, together with the only origin it may go to.
    pub async fn store(
        &self,
        id: &KeyId,
        key: &ApiKey,
        binding: &Binding,
        patience: Patience,
    ) -> Result<(), VaultError> {
        let text = item::write(key, &binding.base.origin(), &binding.provider)?;
        let user = id.as_str().to_owned();
        self.keychain
            .ask(self.deadline(patience), move |opened| opened.write(&user, &text, patience))
            .await?;
        // A key that this one takes the place of must not be used any more, from wherever it is kept.
        self.session.forget(id);
        self.clients.forget_connections();
        self.know(id, key);
        Ok(())
    }

    /// Keeps a key in memory until the app ends. It goes to its own origin only, like any other.
    pub fn keep_for_session(&self, id: &KeyId, key: ApiKey, binding: &Binding) {
        self.know(id, &key);
        self.session.keep(id.clone(), BoundKey { key, origin: binding.base.origin() });
    }

    /// Sees whether a key can be fetched, without using it. With [`Patience::Person`] this is what
    /// unlocks the keychain.
    pub async fn check(&self, id: &KeyId, patience: Patience) -> Result<(), VaultError> {
        if self.session.lend(id, |_| ()).is_some() || self.ask_command(id, patience).await? {
            return Ok(());
        }
        self.fetch(id, patience).await.map(drop)
    }

    /// Forgets a key, here and in the keychain, and drops the connections that carried it. A key
    /// that is not there is forgotten already.
    pub async fn remove(&self, id: &KeyId, patience: Patience) -> Result<(), VaultError> {
        let was_here = self.session.forget(id);
        if self.forget_command(id) {
            self.unlearn(id);
            self.clients.forget_connections();
            return Ok(());
        }
        self.unlearn(id);
        self.clients.forget_connections();
        let user = id.as_str().to_owned();
        let removed = self
            .keychain
            .ask(self.deadline(patience), move |opened| opened.remove(&user, patience))
            .await;
        match removed {
            Err(VaultError::Missing) => Ok(()),
            // A session key was kept because there is no keychain; that must not spoil its end.
            Err(VaultError::Absent) if was_here => Ok(()),
            other => other,
        }
    }

    /// What the person calls this keychain, as far as that can be found out quickly.
    pub async fn name(&self) -> String {
        let deadline = self.deadlines.brief.min(Duration::from_millis(500));
        let asked = self.keychain.ask(deadline, |opened| Ok(opened.name())).await;
        asked.unwrap_or_else(|_| crate::keychain::platform::NAME.to_owned())
    }

    pub(crate) async fn fetch(
        &self,
        id: &KeyId,
        patience: Patience,
    ) -> Result<BoundKey, VaultError> {
        let user = id.as_str().to_owned();
        let text = self
            .keychain
            .ask(self.deadline(patience), move |opened| opened.read(&user, patience))
            .await?;
        let bound = item::read(&text)?;
        // Every use passes here; the prints are made once.
        self.know(id, &bound.key);
        Ok(bound)
    }

    fn over(keychain: Keychain) -> Vault {
        let deadlines = Deadlines::default();
        Vault {
            keychain,
            deadlines,
            session: SessionKeys::default(),
            printed: printed::Printed::default(),
            clients: Clients::new(None, deadlines.connect, deadlines.read),
            known: Mutex::default(),
            ended: ended::Ended::default(),
        }
    }

    fn deadline(&self, patience: Patience) -> Duration {
        match patience {
            Patience::Brief => self.deadlines.brief,
            Patience::Person => self.deadlines.person,
        }
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

impl Default for Deadlines {
    fn default() -> Deadlines {
        Deadlines {
            brief: Duration::from_secs(5),
            person: Duration::from_secs(60),
            connect: Duration::from_secs(10),
            read: Duration::from_secs(120),
        }
    }
}
