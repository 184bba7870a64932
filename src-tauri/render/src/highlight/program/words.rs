//! The words of a language and the kinds of its bytes, made ready when the language is first met.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::rules::*;
use crate::highlight::paint::Class;

/// What a byte begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Space,
    Word,
    Digit,
    /// Something that the rules name.
    Mark,
    Plain,
}

/// What is known about a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) class: Class,
    /// What the word after it is.
    pub(super) names: Option<Class>,
}

/// The words of one language.
#[derive(Debug)]
pub(in crate::highlight) struct Words {
    known: HashMap<&'static [u8], Word, BuildHasherDefault<Fnv>>,
    longest: usize,
    any_case: bool,
    kinds: [Kind; 256],
    continues: [bool; 256],
}

const LONGEST: usize = 40;

impl Words {
    pub(in crate::highlight) fn of(rules: &'static Program) -> Self {
        let mut known = HashMap::default();
        for (list, class, names) in [
            (rules.known_functions, Class::Function, None),
            (rules.known_types, Class::Type, None),
            (rules.literals, Class::Number, None),
            (rules.keywords, Class::Keyword, None),
            (rules.functions, Class::Keyword, Some(Class::Function)),
            (rules.types, Class::Keyword, Some(Class::Type)),
            (rules.remarks, Class::Comment, None),
        ] {
            for word in list.split_ascii_whitespace() {
                known.insert(word.as_bytes(), Word { class, names });
            }
        }
        let longest = known.keys().map(|word| word.len()).max().unwrap_or_default().min(LONGEST);
        Self {
            known,
            longest,
            any_case: rules.has(ANY_CASE),
            kinds: kinds(rules),
            continues: std::array::from_fn(|byte| {
                let byte = byte as u8;
                is_word(byte) || rules.continues.as_bytes().contains(&byte)
            }),
        }
    }

    pub(super) fn get(&self, word: &[u8]) -> Option<Word> {
        if word.len() > self.longest {
            return None;
        }
        if self.any_case {
            let mut lower = [0; LONGEST];
            let lower = lower.get_mut(..word.len())?;
            lower.copy_from_slice(word);
            lower.make_ascii_lowercase();
            return self.known.get(&*lower).copied();
        }
        self.known.get(word).copied()
    }

    pub(super) fn kind(&self, byte: u8) -> Kind {
        self.kinds[usize::from(byte)]
    }

    pub(super) fn continues(&self, byte: u8) -> bool {
        self.continues[usize::from(byte)]
    }
}

pub(super) const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn kinds(rules: &Program) -> [Kind; 256] {
    let mut kinds = [Kind::Plain; 256];
    for (byte, kind) in kinds.iter_mut().enumerate() {
        let byte = byte as u8;
        *kind = match byte {
            b' ' | b'\t' | b'\r' | b'\x0c' => Kind::Space,
            b'0'..=b'9' => Kind::Digit,
            _ if is_word(byte) => Kind::Word,
            _ => Kind::Plain,
        };
    }
    let mut set = |bytes: &[u8], kind: Kind| {
        bytes.iter().for_each(|&byte| kinds[usize::from(byte)] = kind);
    };
    set(rules.begins.as_bytes(), Kind::Word);
    set(rules.sigils.as_bytes(), Kind::Mark);
    for (feature, bytes) in [
        (CHARACTERS, b"'".as_slice()),
        (LIFETIMES, b"'"),
        (ANNOTATIONS, b"@"),
        (ATTRIBUTES, b"#"),
        (DIRECTIVES, b"#"),
        (PATTERNS, b"/"),
        (ELEMENTS, b"<"),
        (HERE_DOCUMENTS, b"<"),
        (CAPITAL_HERE_DOCUMENTS, b"<"),
        (HASH_STRINGS, b"#"),
        (LONG_BRACKETS, b"["),
        (BRACE_STRINGS, b"{"),
        (DOLLAR_STRINGS, b"$"),
        (SYMBOLS, b":"),
        (SECTIONS, b"["),
        (OPTIONS, b"-"),
        (BACKSLASH_WORDS, b"\\"),
        (DOTTED_WORDS, b"."),
        (PERCENT_WORDS, b"%"),
    ] {
        if rules.has(feature) {
            set(bytes, Kind::Mark);
        }
    }
    let openings = rules.line.iter().copied().chain(rules.block.iter().map(|block| block.open));
    for open in openings.chain(rules.quotes.iter().map(|quote| quote.open)) {
        set(&open.as_bytes()[..1], Kind::Mark);
    }
    kinds
}

/// Fowler, Noll and Vo's hash: the words are short and the keys are ours.
#[derive(Debug)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// The length of a word adds nothing.
    fn write_usize(&mut self, _: usize) {}
}
