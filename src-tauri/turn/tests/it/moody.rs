//! A keychain that does as a test wants: it can be locked, and something can happen right after an item is written.

use std::any::Any;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use keyring_core::api::{CredentialApi, CredentialStoreApi};
use keyring_core::{Credential, CredentialStore, Entry, Error};
use vault::Vault;

/// What lies in it, by the user's name, and how it behaves.
#[derive(Clone, Default)]
pub(crate) struct Moody(Arc<Mutex<Inside>>);

#[derive(Default)]
struct Inside {
    items: BTreeMap<String, Vec<u8>>,
    locked: bool,
    after_writing: Option<Box<dyn FnOnce() + Send>>,
}

impl Moody {
    pub(crate) fn vault(&self) -> Vault {
        let store: Arc<CredentialStore> = Arc::new(self.clone());
        Vault::with_store(move || Ok(store.clone()))
    }

    pub(crate) fn lock(&self, locked: bool) {
        self.0.lock().unwrap().locked = locked;
    }

    pub(crate) fn after_writing(&self, act: impl FnOnce() + Send + 'static) {
        self.0.lock().unwrap().after_writing = Some(Box::new(act));
    }

    pub(crate) fn put(&self, user: &str, secret: &[u8]) {
        self.0.lock().unwrap().items.insert(user.to_owned(), secret.to_vec());
    }

    pub(crate) fn items(&self) -> Vec<String> {
        self.0.lock().unwrap().items.keys().cloned().collect()
    }
}

struct Item(Moody, String);

impl Item {
    fn open<T>(&self, act: impl FnOnce(&mut Inside) -> Result<T, Error>) -> Result<T, Error> {
        let mut inside = self.0.0.lock().unwrap();
        if inside.locked {
            return Err(Error::NoStorageAccess("locked".into()));
        }
        act(&mut inside)
    }
}

impl CredentialStoreApi for Moody {
    fn vendor(&self) -> String {
        "moody".into()
    }
    fn id(&self) -> String {
        "moody".into()
    }
    fn build(&self, _: &str, user: &str, _: Option<&HashMap<&str, &str>>) -> Result<Entry, Error> {
        Ok(Entry::new_with_credential(Arc::new(Item(self.clone(), user.to_owned()))))
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl CredentialApi for Item {
    fn set_secret(&self, secret: &[u8]) -> Result<(), Error> {
        let act = self.open(|inside| {
            inside.items.insert(self.1.clone(), secret.to_vec());
            Ok(inside.after_writing.take())
        })?;
        if let Some(act) = act {
            act();
        }
        Ok(())
    }
    fn get_secret(&self) -> Result<Vec<u8>, Error> {
        self.open(|inside| inside.items.get(&self.1).cloned().ok_or(Error::NoEntry))
    }
    fn delete_credential(&self) -> Result<(), Error> {
        self.open(|inside| inside.items.remove(&self.1).map(drop).ok_or(Error::NoEntry))
    }
    fn get_credential(&self) -> Result<Option<Arc<Credential>>, Error> {
        Ok(None)
    }
    fn get_specifiers(&self) -> Option<(String, String)> {
        None
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}
