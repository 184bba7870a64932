//! The same for bytes that are passed on as they came: JSON stays JSON, and what is no key stays byte for byte what it was.
//!
//! JSON writes a letter as itself or as `\u0041`, and a slash as `\/`: what is compared is the letter, what is passed on is what
//! stood there.

use std::collections::VecDeque;

use zeroize::Zeroizing;

use super::{MASK, Masker, PUBLIC};

/// The longest way to write one letter.
const LONGEST: usize = 6;

/// Takes the key out of bytes that another program gets as they came.
pub struct RawMasker {
    masker: Masker,
    /// The beginning of an escape that is not whole yet.
    escape: Zeroizing<Vec<u8>>,
    /// What was not given out yet, and how long each letter of it is.
    held: Zeroizing<Vec<u8>>,
    lengths: VecDeque<usize>,
    in_mask: bool,
}

impl RawMasker {
    pub(super) fn new(masker: Masker) -> RawMasker {
        let room = masker.key.len() * LONGEST + 64;
        RawMasker {
            masker,
            escape: Zeroizing::new(Vec::with_capacity(LONGEST)),
            held: Zeroizing::new(Vec::with_capacity(room)),
            lengths: VecDeque::new(),
            in_mask: false,
        }
    }

    /// Whether there is anything to mask.
    pub fn is_idle(&self) -> bool {
        self.masker.key.is_empty()
    }

    /// Whether these bytes can go on as they are: nothing waits, and nothing in them may be a part of the key.
    pub fn passes(&mut self, bytes: &[u8]) -> bool {
        let waits = !self.masker.run.is_empty() || !self.escape.is_empty();
        let passes = self.is_idle() || (!waits && self.masker.is_foreign(bytes));
        self.in_mask &= !passes;
        passes
    }

    /// The next bytes without the key. What may be a part of it waits for what comes after.
    pub fn piece(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(bytes.len() + MASK.len());
        for &byte in bytes {
            self.byte(byte, &mut out);
        }
        out
    }

    /// What was still waiting.
    pub fn rest(&mut self) -> Vec<u8> {
        self.masker.run.clear();
        self.in_mask = false;
        let mut rest = std::mem::take(&mut *self.held);
        rest.extend_from_slice(&self.escape);
        self.escape.clear();
        self.lengths.clear();
        rest
    }

    fn byte(&mut self, byte: u8, out: &mut Vec<u8>) {
        if self.escape.is_empty() {
            match byte {
                b'\\' => self.escape.push(byte),
                _ => self.letter(&[byte], byte, out),
            }
            return;
        }
        self.escape.push(byte);
        let escape =
            std::mem::replace(&mut self.escape, Zeroizing::new(Vec::with_capacity(LONGEST)));
        match (&escape[1..], escape.len()) {
            ([b'u'], _) => self.escape = escape,
            ([b'u', digits @ ..], length) if digits.iter().all(u8::is_ascii_hexdigit) => {
                match length {
                    LONGEST => self.letter(&escape, value(digits), out),
                    _ => self.escape = escape,
                }
            }
            // No escape after all: each of it is what it is.
            ([b'u', ..], _) => escape.iter().for_each(|&byte| self.letter(&[byte], byte, out)),
            ([letter @ (b'/' | b'\\' | b'"')], _) => self.letter(&escape, *letter, out),
            // A line break and the like, which no key has.
            _ => self.letter(&escape, b' ', out),
        }
    }

    fn letter(&mut self, written: &[u8], letter: u8, out: &mut Vec<u8>) {
        self.held.extend_from_slice(written);
        self.lengths.push_back(written.len());
        self.masker.follow(char::from(letter.to_ascii_lowercase()));
        let in_run = self.masker.run.len();
        while self.lengths.len() > in_run {
            let length = self.lengths.pop_front().unwrap_or_default();
            out.extend(self.held.drain(..length));
            self.in_mask = false;
        }
        if in_run >= self.masker.least && !PUBLIC.contains(self.masker.run.as_str()) {
            self.held.clear();
            self.lengths.clear();
            if !self.in_mask {
                out.extend_from_slice(MASK.as_bytes());
                self.in_mask = true;
            }
        }
    }
}

/// The letter of four hexadecimal digits; one that no key has where it is none of ASCII.
fn value(digits: &[u8]) -> u8 {
    let text = std::str::from_utf8(digits).unwrap_or_default();
    let letter = u32::from_str_radix(text, 16).unwrap_or(0);
    u8::try_from(letter).ok().filter(u8::is_ascii).unwrap_or(b' ')
}

impl Masker {
    /// The same for bytes that are passed on.
    pub fn raw(&self) -> RawMasker {
        RawMasker::new(self.another())
    }

    /// Whether no run of the key is in these bytes, nor the beginning of one at their end. Says no where that is not plain: a
    /// run has a pair of neighbours at one of the places that are looked at.
    fn is_foreign(&self, bytes: &[u8]) -> bool {
        let follows = |index: usize| {
            let (Some(a), Some(b)) = (bytes.get(index), bytes.get(index + 1)) else { return false };
            let (a, b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
            a.is_ascii_graphic()
                && b.is_ascii_graphic()
                && self.pairs[usize::from(a)] & (1 << b) != 0
        };
        if bytes
            .windows(2)
            .any(|pair| pair[0] == b'\\' && matches!(pair[1], b'u' | b'/' | b'\\' | b'"'))
        {
            return false;
        }
        // The last letter may be the first of the key, and a backslash the first of an escape.
        let opens = |last: u8| {
            last == b'\\'
                || (last.is_ascii_graphic()
                    && self.pairs[super::ANY] & (1 << last.to_ascii_lowercase()) != 0)
        };
        if bytes.last().is_some_and(|last| opens(*last)) {
            return false;
        }
        let step = self.least.saturating_sub(1).max(1);
        (0..bytes.len()).step_by(step).all(|at| {
            if !follows(at) {
                return true;
            }
            let before = (0..at).rev().take_while(|&index| follows(index)).count();
            let after = (at..bytes.len()).take_while(|&index| follows(index)).count();
            before + after + 1 < self.least
        })
    }
}

impl std::fmt::Debug for RawMasker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RawMasker(…)")
    }
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;
    use crate::key::ApiKey;

    const KEY: &str = "sk-proj-0123456789abcdefGHIJ/x";

    fn masker() -> Masker {
        Masker::new(&ApiKey::parse(Zeroizing::new(KEY.to_owned())).unwrap())
    }

    /// The same however it is cut, and by the short way where that is open.
    fn masked(text: &[u8]) -> Vec<u8> {
        let cut = |size: usize| {
            let mut masker = masker().raw();
            let mut out = Vec::new();
            for piece in text.chunks(size) {
                match masker.passes(piece) {
                    true => out.extend_from_slice(piece),
                    false => out.extend(masker.piece(piece)),
                }
            }
            out.extend(masker.rest());
            out
        };
        let whole = cut(text.len().max(1));
        (1..40).for_each(|size| assert_eq!(cut(size), whole, "pieces of {size}"));
        whole
    }

    fn escaped(text: &str) -> String {
        text.bytes().map(|byte| format!("\\u{byte:04X}")).collect()
    }

    #[test]
    fn the_key_does_not_come_out_however_json_writes_it() {
        let slashed = KEY.replace('/', "\\/");
        let half = format!("{}{}", escaped(&KEY[..9]), &KEY[9..]);
        for written in [KEY.to_owned(), KEY.to_uppercase(), slashed, escaped(KEY), half] {
            let text = format!("{{\"said\":\"no: {written}.\"}}");
            let out = String::from_utf8(masked(text.as_bytes())).unwrap();
            assert_eq!(out, "{\"said\":\"no: •••.\"}", "{written}");
        }
        let part = format!("it begins with {} and goes on", &KEY[3..20]);
        assert_eq!(masked(part.as_bytes()), "it begins with ••• and goes on".as_bytes());
    }

    #[test]
    fn everything_else_is_passed_on_byte_for_byte() {
        let mut odd = b"data: {\"a\":\"\\u00e9\\n\\t\\\\ \\\" sk-proj- 0123456789a Gr\xc3\xbc\xc3\x9fe\"}\n\n".to_vec();
        odd.extend((0..=255).collect::<Vec<u8>>());
        odd.extend(b"\\u12 \\uzzzz \\");
        assert_eq!(masked(&odd), odd);
        for end in ["\\", "\\u", "\\u00", "sk-proj-012"] {
            assert_eq!(masked(end.as_bytes()), end.as_bytes());
        }
    }

    #[test]
    fn what_has_no_part_of_the_key_need_not_be_looked_at_letter_by_letter() {
        let mut masker = masker().raw();
        let event = b"data: {\"choices\":[{\"delta\":{\"content\":\"a plain word \"}}]}\n\n";
        assert!(masker.passes(event));
        for hit in [KEY, &KEY[..12], &KEY[5..17], &escaped(KEY)] {
            for before in 0..24 {
                let text = format!("{}{hit} .\n", ".".repeat(before));
                assert!(!masker.passes(text.as_bytes()), "{text}");
            }
        }
        assert!(Masker::nothing().raw().passes(KEY.as_bytes()));
    }
}
