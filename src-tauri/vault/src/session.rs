//! Keys that are kept for this session only, when the person does not want or cannot use the
//! keychain. They live in memory and are wiped with it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::address::Origin;
use crate::id::KeyId;
use crate::key::ApiKey;

/// A key together with the only origin it may be sent to.
pub(crate) struct BoundKey {
    pub(crate) key: ApiKey,
    pub(crate) origin: Origin,
}

/// The session's keys.
#[derive(Default)]
pub(crate) struct SessionKeys(Mutex<HashMap<KeyId, BoundKey>>);

impl SessionKeys {
    pub(crate) fn keep(&self, id: KeyId, bound: BoundKey) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id, bound);
    }

    pub(crate) fn forget(&self, id: &KeyId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(id).is_some()
    }

    /// Lends the key to `using`, so that no second copy of it is made.
    pub(crate) fn lend<T>(&self, id: &KeyId, using: impl FnOnce(&BoundKey) -> T) -> Option<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(id).map(using)
    }
}
