//! Keys that were given in environment variables.
//!
//! Reading is all that happens here. Taking a variable out of the environment is unsafe once
//! threads run, so the shell does that first thing, by the names this returns.

use std::fmt;

use zeroize::Zeroizing;

use crate::address::BaseUrl;
use crate::key::{ApiKey, Flaw, KeyRefusal};
use crate::paste::HandedOver;

/// What the environment held, by the name of its variable. Whether it is a key depends on where it shall go.
#[derive(Default)]
pub struct EnvironmentKeys {
    found: Vec<(&'static str, Zeroizing<Vec<u8>>)>,
}

impl EnvironmentKeys {
    /// Reads the given variables. Unset and empty ones are left out.
    pub fn take(vars: &[&'static str]) -> EnvironmentKeys {
        let found = vars
            .iter()
            .filter_map(|name| std::env::var_os(name).map(|value| (*name, value)))
            .map(|(name, value)| (name, Zeroizing::new(value.into_encoded_bytes())))
            .filter(|(_, value)| !value.trim_ascii().is_empty())
            .collect();
        EnvironmentKeys { found }
    }

    /// The variables that held something, for the caller to remove.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.found.iter().map(|(name, _)| *name)
    }

    /// A key of one variable's text for the server at `base`. The text stays until [`EnvironmentKeys::forget`]: what
    /// comes of the key is not known yet.
    pub fn read(&self, var: &str, base: &BaseUrl) -> Option<Result<HandedOver, KeyRefusal>> {
        let (_, value) = self.found.iter().find(|(name, _)| *name == var)?;
        Some(match std::str::from_utf8(value) {
            Ok(text) => ApiKey::hand_over(Zeroizing::new(text.to_owned()), base),
            Err(_) => Err(KeyRefusal::NotAKey { flaw: Flaw::ForeignCharacter }),
        })
    }

    /// Wipes one variable's text: its key is kept elsewhere now.
    pub fn forget(&mut self, var: &str) {
        self.found.retain(|(name, _)| *name != var);
    }
}

impl fmt::Debug for EnvironmentKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.names()).finish()
    }
}
