//! Knows a key again without holding it.
//!
//! Of each form of a key its last eight bytes are kept, whose tail the page shows anyway, and a hash with a secret of this
//! run. That finds the key in any bytes, and is too little to make the key of. So it may stay while the program runs, and
//! a locked keychain need not be asked for every word that is typed.

use std::hash::{BuildHasher, RandomState};

use zeroize::Zeroizing;

use crate::key::ApiKey;

/// How many bytes of a form are kept.
const TAIL: usize = 8;

/// The ways in which a key is looked for.
pub(crate) const FORMS: usize = 12;

/// What one key is known by.
#[derive(Clone)]
pub(crate) struct Prints(Vec<Print>);

/// What one form of a key is known by.
#[derive(Clone)]
pub(crate) struct Print {
    /// How it ends.
    pub(crate) tail: Vec<u8>,
    /// How long all of it is.
    pub(crate) length: usize,
    hash: u64,
    hasher: RandomState,
}

impl Prints {
    /// None for a word that a local server takes for a key: it stands in any text.
    pub(crate) fn of(key: &ApiKey) -> Prints {
        if crate::masker::is_everyday(key.text()) || key.len() < TAIL {
            return Prints(Vec::new());
        }
        let hasher = RandomState::new();
        let print = |form: Zeroizing<Vec<u8>>| Print {
            tail: form[form.len() - TAIL.min(form.len())..].to_vec(),
            length: form.len(),
            hash: hasher.hash_one(&form[..]),
            hasher: hasher.clone(),
        };
        Prints(forms(key.bytes()).into_iter().map(print).collect())
    }

    /// Whether they are this key's.
    pub(crate) fn are_of(&self, key: &ApiKey) -> bool {
        self.0.first().is_some_and(|plain| plain.is(key.bytes()))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Print> {
        self.0.iter()
    }
}

impl Print {
    /// Whether these bytes, which end as it ends, are the form.
    pub(crate) fn is(&self, bytes: &[u8]) -> bool {
        bytes.len() == self.length && self.hasher.hash_one(bytes) == self.hash
    }
}

/// The longest form of the longest key.
pub(crate) const LONGEST_FORM: usize = 6 * 512;

fn forms(key: &[u8]) -> Vec<Zeroizing<Vec<u8>>> {
    let each = |write: &dyn Fn(u8, &mut Vec<u8>)| {
        // Room for the longest: a buffer that grows leaves copies behind.
        let mut form = Zeroizing::new(Vec::with_capacity(6 * key.len()));
        key.iter().for_each(|byte| write(*byte, &mut form));
        form
    };
    let hex = |digits: &'static [u8; 16], lead: &'static str| {
        each(&move |byte, form| {
            form.extend_from_slice(lead.as_bytes());
            form.extend([digits[usize::from(byte >> 4)], digits[usize::from(byte & 15)]]);
        })
    };
    let (lower, upper) = (b"0123456789abcdef", b"0123456789ABCDEF");
    let mut all = vec![
        each(&|byte, form| form.push(byte)),
        hex(lower, ""),
        hex(upper, ""),
        hex(lower, "%"),
        hex(upper, "%"),
        hex(lower, "\\u00"),
        hex(upper, "\\u00"),
        each(&|byte, form| form.extend([byte, 0])),
        each(&|byte, form| form.extend([0, byte])),
    ];
    all.extend((0..3).map(|before| base64(key, before)));
    // The tail of a form ends in what the key ends in; a zero byte after it would be part of no tail of another.
    debug_assert_eq!(all.len(), FORMS);
    all
}

/// Base64 of the key after so many other bytes: only the letters that no neighbour changes.
fn base64(key: &[u8], before: usize) -> Zeroizing<Vec<u8>> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bit = |at: usize| (key[at / 8] >> (7 - at % 8)) & 1;
    let mut form = Zeroizing::new(Vec::with_capacity(2 * key.len()));
    // The first letter that begins inside of the key, in bits of the key.
    let mut at = (6 - before * 8 % 6) % 6;
    while at + 6 <= key.len() * 8 {
        let letter = (at..at + 6).fold(0, |letter, at| letter << 1 | bit(at));
        form.push(LETTERS[usize::from(letter)]);
        at += 6;
    }
    form
}

impl std::fmt::Debug for Prints {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Prints(…)")
    }
}
