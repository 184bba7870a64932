//! A use of stored keys: finding them again where they should not be.

use std::sync::PoisonError;

use super::{Patience, Vault};
use crate::error::VaultError;
use crate::find::Finder;
use crate::id::KeyId;
use crate::key::ApiKey;
use crate::prints::Prints;

/// What looks for stored keys, and how many it does not know.
#[derive(Debug)]
pub struct Watch {
    /// The finder. It holds no key.
    pub finder: Finder,
    /// These keys could not be fetched, and are not looked for but by their shapes.
    pub unknown: Vec<KeyId>,
}

impl Vault {
    /// In how many forms each stored key is looked for.
    pub const FORMS: usize = crate::prints::FORMS;

    /// Gets ready to find these keys in any bytes. Each is fetched once while the program runs.
    pub async fn watch(&self, keys: &[KeyId], patience: Patience) -> Result<Watch, VaultError> {
        let mut unknown = Vec::new();
        for id in keys {
            if self.knows(id) || self.session.lend(id, |bound| self.know(id, &bound.key)).is_some()
            {
                continue;
            }
            if self.fetch(id, patience).await.is_err() {
                unknown.push(id.clone());
            }
        }
        let finder = {
            let prints = self.prints.lock().unwrap_or_else(PoisonError::into_inner);
            let of = |id: &KeyId| prints.get(id).map(|prints| (id.clone(), prints.clone()));
            Finder::new(keys.iter().filter_map(of))
        };
        Ok(Watch { finder: finder.ok_or(VaultError::Failed)?, unknown })
    }

    /// Forgets a key of this session alone. It is known nowhere else, so nothing else has to be told.
    pub fn forget_session(&self, id: &KeyId) {
        self.session.forget(id);
        self.unlearn(id);
    }

    pub(super) fn know(&self, id: &KeyId, key: &ApiKey) {
        let prints = Prints::of(key);
        self.prints.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), prints);
    }

    pub(super) fn unlearn(&self, id: &KeyId) {
        self.prints.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
    }

    fn knows(&self, id: &KeyId) -> bool {
        self.prints.lock().unwrap_or_else(PoisonError::into_inner).contains_key(id)
    }
}
