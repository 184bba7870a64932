//! Keys that were given in environment variables.
//!
//! Reading is all that happens here. Taking a variable out of the environment is unsafe once
//! threads run, so the shell does that first thing, by the names this returns.

use zeroize::Zeroizing;

use crate::key::{ApiKey, Flaw, KeyRefusal};

/// What the environment held, by the name of its variable.
#[derive(Debug, Default)]
pub struct EnvironmentKeys {
    found: Vec<(&'static str, Result<ApiKey, KeyRefusal>)>,
}

impl EnvironmentKeys {
    /// Reads the given variables. Unset and empty ones are left out.
    pub fn take(vars: &[&'static str]) -> EnvironmentKeys {
        let found = vars
            .iter()
            .filter_map(|name| std::env::var_os(name).map(|value| (*name, value)))
            .map(|(name, value)| (name, parse(value.into_encoded_bytes())))
            .filter(|(_, outcome)| !matches!(outcome, Err(KeyRefusal::Empty)))
            .collect();
        EnvironmentKeys { found }
    }

    /// The variables that held something, for the caller to remove.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.found.iter().map(|(name, _)| *name)
    }

    /// The usable keys, for a label: their last four characters, their shape.
    pub fn keys(&self) -> impl Iterator<Item = (&'static str, &ApiKey)> {
        self.found.iter().filter_map(|(name, outcome)| Some((*name, outcome.as_ref().ok()?)))
    }

    /// The variables whose text was refused, and why.
    pub fn refusals(&self) -> impl Iterator<Item = (&'static str, KeyRefusal)> {
        self.found.iter().filter_map(|(name, outcome)| Some((*name, *outcome.as_ref().err()?)))
    }

    /// Hands over the key of one variable; afterwards it is no longer here.
    pub fn remove(&mut self, var: &str) -> Option<ApiKey> {
        let at = self.found.iter().position(|(name, key)| *name == var && key.is_ok())?;
        self.found.swap_remove(at).1.ok()
    }

    /// Takes a key back that was handed over and then not used.
    pub fn put_back(&mut self, var: &'static str, key: ApiKey) {
        self.found.push((var, Ok(key)));
    }
}

fn parse(bytes: Vec<u8>) -> Result<ApiKey, KeyRefusal> {
    let bytes = Zeroizing::new(bytes);
    match std::str::from_utf8(&bytes) {
        Ok(text) => ApiKey::parse(Zeroizing::new(text.to_owned())),
        Err(_) => Err(KeyRefusal::NotAKey { flaw: Flaw::ForeignCharacter }),
    }
}
