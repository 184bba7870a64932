//! Tokens of applications: random, worth nothing outside this computer, and kept as a hash.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use history::TokenHash;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// What every token begins with: not `sk-`, so that nobody takes it for a provider's key.
const PREFIX: &str = "lk-";

/// A token. It is shown once, natively, and then only its hash is left.
pub struct Token(Zeroizing<String>);

impl Token {
    /// A new one of 256 random bits; `None` only where the system has no randomness.
    pub fn random() -> Option<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *bytes).ok()?;
        let mut text = Zeroizing::new(String::with_capacity(PREFIX.len() + 44));
        text.push_str(PREFIX);
        URL_SAFE_NO_PAD.encode_string(*bytes, &mut text);
        Some(Self(text))
    }

    /// Its text, for the one window and the one environment that it goes to.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Its last four characters.
    pub fn last_four(&self) -> &str {
        &self.0[self.0.len() - 4..]
    }

    /// What is kept of it.
    pub fn hash(&self) -> TokenHash {
        hash(self.text())
    }
}

/// What would be kept of a text, if it were a token.
pub(crate) fn hash(text: &str) -> TokenHash {
    Sha256::digest(text.as_bytes()).into()
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_alike_and_none_is_shown_by_accident() {
        let (one, other) = (Token::random().unwrap(), Token::random().unwrap());
        assert_ne!(one.text(), other.text());
        assert_eq!(one.text().len(), 3 + 43);
        assert!(one.text().starts_with("lk-") && one.text().ends_with(one.last_four()));
        assert_eq!(one.hash(), hash(one.text()));
        assert_eq!(format!("{one:?}"), "Token(…)");
    }
}
