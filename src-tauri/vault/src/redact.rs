//! Takes the key out of whatever a server sends back.
//!
//! Servers repeat the key: in the text of a 401, in a debugging proxy's answer. What they say is shown to a person by the
//! page, and the page must not hold the key.

use zeroize::Zeroizing;

use crate::key::ApiKey;

/// What stands where the key stood.
const MASK: &[u8] = "•••".as_bytes();

/// The key that a request carried, to be looked for in its answer. Lives as long as the answer.
pub(crate) struct Redactor {
    key: Zeroizing<Vec<u8>>,
    /// The end of what came so far, where it may be the beginning of the key.
    held: Zeroizing<Vec<u8>>,
}

impl Redactor {
    pub(crate) fn new(key: &ApiKey) -> Redactor {
        Redactor { key: Zeroizing::new(key.bytes().to_vec()), held: Zeroizing::default() }
    }

    /// A whole text without the key.
    pub(crate) fn whole(&self, text: &[u8]) -> Vec<u8> {
        self.masked(text)
    }

    /// The next piece of a body without the key. What may be the beginning of the key waits for the piece after it.
    pub(crate) fn piece(&mut self, piece: &[u8]) -> Vec<u8> {
        let mut text = Zeroizing::new(std::mem::take(&mut *self.held));
        text.extend_from_slice(piece);
        let mut masked = self.masked(&text);
        let kept = masked.len() - self.beginning_at_end_of(&masked);
        self.held = Zeroizing::new(masked.split_off(kept));
        masked
    }

    /// What was still waiting: nothing came after it, so it is not the key.
    pub(crate) fn rest(&mut self) -> Vec<u8> {
        std::mem::take(&mut *self.held)
    }

    fn masked(&self, text: &[u8]) -> Vec<u8> {
        let mut masked = Vec::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.windows(self.key.len()).position(|part| part == &self.key[..]) {
            masked.extend_from_slice(&rest[..at]);
            masked.extend_from_slice(MASK);
            rest = &rest[at + self.key.len()..];
        }
        masked.extend_from_slice(rest);
        masked
    }

    /// How many bytes at the end are the beginning of the key.
    fn beginning_at_end_of(&self, text: &[u8]) -> usize {
        let most = text.len().min(self.key.len() - 1);
        (1..=most).rev().find(|length| text.ends_with(&self.key[..*length])).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "sk-proj-0123456789abcdef";

    fn redactor() -> Redactor {
        Redactor::new(&ApiKey::parse(Zeroizing::new(KEY.to_owned())).unwrap())
    }

    #[test]
    fn every_split_of_a_body() {
        let body = format!("a {KEY}{KEY} b sk-proj-01 c {KEY}");
        let wanted = "a •••••• b sk-proj-01 c •••";
        assert_eq!(redactor().whole(body.as_bytes()), wanted.as_bytes());
        for size in 1..=body.len() {
            let mut redactor = redactor();
            let mut got = Vec::new();
            for piece in body.as_bytes().chunks(size) {
                got.extend(redactor.piece(piece));
                assert!(!String::from_utf8_lossy(&got).contains(KEY));
            }
            got.extend(redactor.rest());
            assert_eq!(String::from_utf8_lossy(&got), wanted, "pieces of {size}");
        }
    }
}
