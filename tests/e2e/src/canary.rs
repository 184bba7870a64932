//! Made-up keys that exist nowhere else: whatever finds one has found ours.

use crate::{Result, Trouble};

/// A random text in the shape of a key.
#[derive(Debug, Clone)]
pub struct Canary {
    prefix: &'static str,
    random: String,
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789ab";

impl Canary {
    /// In the shape of a project key.
    pub fn project_key() -> Result<Self> {
        Self::with("sk-proj-")
    }

    /// In the shape of an admin key, which Latchkey refuses.
    pub fn admin_key() -> Result<Self> {
        Self::with("sk-admin-")
    }

    /// In the shape of a key of Anthropic's.
    pub fn anthropic_key() -> Result<Self> {
        Self::with("sk-ant-api03-")
    }

    /// In the shape of a key of xAI's.
    pub fn xai_key() -> Result<Self> {
        let key = Self::with("xai-")?;
        let random = format!("{}{}", key.random, &key.random[..16]);
        Ok(Self { random, ..key })
    }

    /// A random word, for what is meant to be found.
    pub fn word() -> Result<Self> {
        Self::with("canary")
    }

    /// A known one, for tests of the search itself.
    pub fn known(prefix: &'static str, random: &str) -> Self {
        Self { prefix, random: random.to_owned() }
    }

    /// The whole text.
    pub fn text(&self) -> String {
        format!("{}{}", self.prefix, self.random)
    }

    /// The part that nobody else can have.
    pub fn random(&self) -> &str {
        &self.random
    }

    fn with(prefix: &'static str) -> Result<Self> {
        let mut bytes = [0; 64];
        getrandom::fill(&mut bytes).map_err(|error| Trouble::new(error.to_string()))?;
        let random = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 64)])).collect();
        Ok(Self { prefix, random })
    }
}
