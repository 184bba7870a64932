//! A use of stored keys: finding them again where they should not be.

use std::collections::HashMap;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{Patience, Vault};
use crate::error::VaultError;
use crate::find::Finder;
use crate::id::KeyId;
use crate::key::ApiKey;
use crate::prints::Prints;

/// What stored keys are known by, once they were used or asked for.
#[derive(Default)]
pub(super) struct Known {
    prints: HashMap<KeyId, Prints>,
    /// The finder that was asked for last, and for which keys.
    last: Option<(Vec<KeyId>, Arc<Finder>)>,
    /// When the keychain gave no answer, or none that helps.
    failed: Option<Instant>,
}

/// So long a keychain that is locked or silent is not asked again: what is typed is looked at every few letters, and is not to
/// wait for it each time.
const REST: Duration = Duration::from_secs(30);

impl Known {
    fn is_resting(&self) -> bool {
        self.failed.is_some_and(|failed| failed.elapsed() < REST)
    }
}

/// What looks for stored keys, and how many it does not know.
#[derive(Debug)]
pub struct Watch {
    /// The finder. It holds no key.
    pub finder: Arc<Finder>,
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
            if patience == Patience::Brief && self.known().is_resting() {
                unknown.push(id.clone());
                continue;
            }
            match self.fetch(id, patience).await {
                Ok(_) => {}
                // Only this one is not there.
                Err(VaultError::Missing | VaultError::Damaged) => unknown.push(id.clone()),
                Err(_) => {
                    self.known().failed = Some(Instant::now());
                    unknown.push(id.clone());
                }
            }
        }
        Ok(Watch { finder: self.finder(keys).ok_or(VaultError::Failed)?, unknown })
    }

    /// Forgets a key in memory, with the way to ask for it again. The keychain is not asked.
    pub fn forget_here(&self, id: &KeyId) {
        self.forget_command(id);
        self.session.forget(id);
        self.unlearn(id);
        self.clients.forget_connections();
    }

    pub(super) fn know(&self, id: &KeyId, key: &ApiKey) {
        let mut known = self.known();
        // What is fetched for each request is known already, unless it is another key by the same name.
        if !known.prints.get(id).is_some_and(|prints| prints.are_of(key)) {
            known.prints.insert(id.clone(), Prints::of(key));
            known.last = None;
        }
    }

    pub(super) fn unlearn(&self, id: &KeyId) {
        let mut known = self.known();
        known.prints.remove(id);
        known.last = None;
    }

    fn knows(&self, id: &KeyId) -> bool {
        self.known().prints.contains_key(id)
    }

    /// Made anew only for other keys than the last time: it is asked for with every few words that are typed.
    fn finder(&self, keys: &[KeyId]) -> Option<Arc<Finder>> {
        let mut known = self.known();
        if let Some((of, finder)) = &known.last
            && of == keys
        {
            return Some(Arc::clone(finder));
        }
        let of = |id: &KeyId| known.prints.get(id).map(|prints| (id.clone(), prints.clone()));
        let finder = Arc::new(Finder::new(keys.iter().filter_map(of))?);
        known.last = Some((keys.to_vec(), Arc::clone(&finder)));
        Some(finder)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
