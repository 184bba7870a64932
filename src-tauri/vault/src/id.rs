//! The name of one stored key: random, so that it says nothing about the key.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::VaultError;

/// Names one stored key: 16 lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeyId(String);

impl KeyId {
    /// A new name. It fails only when the system has no randomness.
    pub fn random() -> Result<KeyId, VaultError> {
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).map_err(|_| VaultError::Failed)?;
        Ok(KeyId(format!("{:016x}", u64::from_ne_bytes(bytes))))
    }

    /// Reads a name back. Nothing but 16 lower-case hexadecimal digits is one.
    pub fn parse(text: &str) -> Option<KeyId> {
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == 16 && text.bytes().all(hex)).then(|| KeyId(text.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for KeyId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<KeyId, Self::Error> {
        KeyId::parse(&text).ok_or("a key id is 16 hexadecimal digits")
    }
}

impl From<KeyId> for String {
    fn from(id: KeyId) -> String {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sixteen_hex_digits_are_a_name() {
        let id = KeyId::random().unwrap();
        assert_eq!(KeyId::parse(id.as_str()), Some(id.clone()));
        assert_ne!(KeyId::random().unwrap(), id);
        for text in ["", "history", "0123456789abcde", "0123456789abcdef0", "0123456789ABCDEF"] {
            assert_eq!(KeyId::parse(text), None, "{text}");
        }
        assert!(serde_json::from_str::<KeyId>("\"../history/......\"").is_err());
    }
}
