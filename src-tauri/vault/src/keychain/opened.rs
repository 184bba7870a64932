//! An open keychain: reading, writing and removing one item.

use std::sync::Arc;

use keyring_core::{CredentialStore, Entry};
use zeroize::Zeroizing;

use super::{platform, trouble};
use crate::error::VaultError;
use crate::vault::Patience;

/// The name under which all items of this app stand.
pub(crate) const SERVICE: &str = "latchkey";

/// An open store, and where the system has one, the door in front of it.
pub(crate) struct Opened {
    pub(crate) store: Arc<CredentialStore>,
    pub(crate) door: Option<Box<dyn Door>>,
}

/// What a keychain can say about itself before it is used.
pub(crate) trait Door {
    /// Whether reading an item would show a prompt.
    fn is_shut_for_reading(&self, user: &str) -> Result<bool, VaultError>;
    /// Whether writing an item would show a prompt.
    fn is_shut_for_writing(&self, user: &str) -> Result<bool, VaultError>;
    /// Makes, with the person, the place that new items go to, if there is none.
    fn make_room(&self) -> Result<(), VaultError>;
    /// What the person calls the keychain.
    fn name(&self) -> String;
}

impl Opened {
    pub(crate) fn read(
        &self,
        user: &str,
        patience: Patience,
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        self.respect_door(patience, |door| door.is_shut_for_reading(user))?;
        self.entry(user)?.get_secret().map(Zeroizing::new).map_err(trouble::of)
    }

    pub(crate) fn write(
        &self,
        user: &str,
        text: &[u8],
        patience: Patience,
    ) -> Result<(), VaultError> {
        self.respect_door(patience, |door| door.is_shut_for_writing(user))?;
        if let (Some(door), Patience::Person) = (&self.door, patience) {
            door.make_room()?;
        }
        self.entry(user)?.set_secret(text).map_err(trouble::of)
    }

    pub(crate) fn remove(&self, user: &str, patience: Patience) -> Result<(), VaultError> {
        self.respect_door(patience, |door| door.is_shut_for_reading(user))?;
        self.entry(user)?.delete_credential().map_err(trouble::of)
    }

    pub(crate) fn name(&self) -> String {
        self.door.as_ref().map_or_else(|| platform::NAME.to_owned(), |door| door.name())
    }

    fn entry(&self, user: &str) -> Result<Entry, VaultError> {
        self.store.build(SERVICE, user, None).map_err(trouble::of)
    }

    /// A prompt that nobody expects helps nobody, and would outlive its caller's deadline.
    fn respect_door(
        &self,
        patience: Patience,
        is_shut: impl Fn(&dyn Door) -> Result<bool, VaultError>,
    ) -> Result<(), VaultError> {
        match (&self.door, patience) {
            (Some(door), Patience::Brief) if is_shut(door.as_ref())? => Err(VaultError::Locked),
            _ => Ok(()),
        }
    }
}
