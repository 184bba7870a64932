//! What is searched for, all forms at once.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::forms::{FORMS, Form};
use crate::canary::Canary;
use crate::{Result, Trouble};

/// How often each form was found.
pub type Found = BTreeMap<Form, usize>;

/// A piece this long is no accident.
const PIECE: usize = 16;

/// Matches closer together than this belong to the same copy.
const SAME_COPY: usize = 512;

/// A secret, ready to be searched for: any 16 letters in a row of its random part, raw or reversed; and in every other
/// form any stretch of 24.
#[derive(Debug)]
pub struct Needle {
    automaton: AhoCorasick,
    forms: Vec<Form>,
    longest: usize,
}

impl Needle {
    /// For this secret.
    pub fn new(secret: &Canary) -> Result<Self> {
        let random = secret.random();
        if !random.is_ascii() || random.len() < 2 * PIECE {
            return Err(Trouble::new("too short to be searched for"));
        }
        let (mut patterns, mut forms) = (Vec::new(), Vec::new());
        for form in FORMS {
            let step = if matches!(form, Form::Raw | Form::Reversed) { 1 } else { PIECE / 2 };
            for start in (0..=random.len() - PIECE).step_by(step) {
                for pattern in form.patterns(&random[start..start + PIECE]) {
                    patterns.push(pattern);
                    forms.push(form);
                }
            }
        }
        let longest = patterns.iter().map(Vec::len).max().unwrap_or_default();
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .build(&patterns)
            .map_err(|error| Trouble::new(error.to_string()))?;
        Ok(Self { automaton, forms, longest })
    }

    /// The copies in these bytes.
    pub fn count(&self, bytes: &[u8]) -> Found {
        let mut found = Found::new();
        let mut last: BTreeMap<Form, usize> = BTreeMap::new();
        for hit in self.automaton.find_iter(bytes) {
            let form = self.forms[hit.pattern().as_usize()];
            let before = last.insert(form, hit.start());
            if before.is_none_or(|before| hit.start() - before > SAME_COPY) {
                *found.entry(form).or_default() += 1;
            }
        }
        found
    }

    /// How much two stretches must overlap so that nothing is missed between them.
    pub(super) fn overlap(&self) -> usize {
        self.longest
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    const RANDOM: &str = "q7WkZx0aB9LmN2pR4tUv6YcDeFgHiJ1oS3kT5wXyVbnM8QzAaEfGhKlPrsu";

    static NEEDLE: LazyLock<Needle> =
        LazyLock::new(|| Needle::new(&Canary::known("sk-proj-", RANDOM)).unwrap());

    fn found(bytes: &[u8]) -> Vec<Form> {
        NEEDLE.count(bytes).into_keys().collect()
    }

    fn key() -> String {
        format!("sk-proj-{RANDOM}")
    }

    #[test]
    fn nothing_in_nothing() {
        assert!(found(b"").is_empty());
        assert!(found(&vec![b'q'; 4096]).is_empty());
        assert!(found(&RANDOM.as_bytes()[..15]).is_empty(), "fifteen letters are too few");
    }

    #[test]
    fn raw_whole_and_in_part() {
        assert_eq!(found(key().as_bytes()), [Form::Raw]);
        for start in 0..RANDOM.len() - PIECE {
            let part = format!("..{}..", &RANDOM[start..start + PIECE]);
            assert_eq!(found(part.as_bytes()), [Form::Raw], "{start}");
        }
    }

    #[test]
    fn utf_16() {
        let little: Vec<u8> = key().encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(found(&little), [Form::Utf16]);
        let big: Vec<u8> = key().encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(found(&big), [Form::Utf16]);
    }

    /// Written out here by other means than in `forms`: through 24-bit groups.
    fn base64(bytes: &[u8]) -> String {
        let letters: Vec<char> =
            ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['+', '/']).collect();
        let group = |three: &[u8]| {
            let number = three.iter().fold(0_usize, |sum, byte| sum * 256 + usize::from(*byte));
            (0..4).rev().map(|place| letters[number >> (6 * place) & 63]).collect::<String>()
        };
        bytes.chunks_exact(3).map(group).collect()
    }

    #[test]
    fn base64_of_the_example_in_the_rfc() {
        assert_eq!(base64(b"foobar"), "Zm9vYmFy");
    }

    #[test]
    fn base64_at_every_alignment() {
        for before in ["", "a", "ab", "abc", "Bearer "] {
            let text = format!("{before}{}  ", key());
            assert_eq!(found(base64(text.as_bytes()).as_bytes()), [Form::Base64], "{before:?}");
            let url = base64(text.as_bytes()).replace('+', "-").replace('/', "_");
            assert_eq!(found(url.as_bytes()), [Form::Base64], "{before:?}");
        }
    }

    #[test]
    fn hexadecimal_percent_and_json() {
        let each = |write: fn(u8) -> String| key().bytes().map(write).collect::<String>();
        for (text, form) in [
            (each(|byte| format!("{byte:02x}")), Form::Hex),
            (each(|byte| format!("{byte:02X}")), Form::Hex),
            (each(|byte| format!("%{byte:02X}")), Form::Percent),
            (each(|byte| format!("\\u{byte:04x}")), Form::Json),
        ] {
            assert_eq!(found(text.as_bytes()), [form], "{text}");
        }
    }

    #[test]
    fn huffman_of_the_value_and_of_the_whole_header() {
        for before in ["", "Bearer ", "a", "aa", "B"] {
            let mut bits = super::super::huffman::bits(&format!("{before}{}", key())).unwrap();
            bits.resize(bits.len().div_ceil(8) * 8, 1);
            let bytes: Vec<u8> = bits
                .chunks(8)
                .map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | bit))
                .collect();
            assert_eq!(found(&bytes), [Form::Huffman], "{before:?}");
        }
    }

    #[test]
    fn reversed() {
        let reversed: String = key().chars().rev().collect();
        assert_eq!(found(reversed.as_bytes()), [Form::Reversed]);
    }

    #[test]
    fn copies_are_counted_once_each() {
        let text = format!("{}{}{}", key(), " ".repeat(1000), key());
        assert_eq!(NEEDLE.count(text.as_bytes()), Found::from([(Form::Raw, 2)]));
    }
}
