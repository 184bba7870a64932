//! Takes the key out of whatever a server sends back.
//!
//! Servers repeat the key: in the text of a 401, in a debugging proxy's answer. What they say is shown to a person by the
//! page, and the page must not hold the key. What is looked at is the *decoded* text: JSON has many ways to write a letter.

mod raw;

use zeroize::Zeroizing;

use crate::key::ApiKey;

pub use raw::RawMasker;

/// What stands where the key stood.
const MASK: &str = "•••";

/// So many characters of the key in a row are masked, wherever in the key they stand: a server may have taken a part away.
const RUN: usize = 12;

/// Where the characters of the key are noted: no character of a key has this number.
const ANY: usize = 0;

/// How all keys of a provider begin, where that is longer than a run: no secret, and answers speak of it.
const PUBLIC: &str = "sk-ant-api03-";

/// A use of a key: text is fed through it, and the key does not come out. It is lent with an answer, for the answer's
/// time, and wiped with it.
///
/// Letters are compared without regard to case. A short word that a local server takes for a key is no secret, and an answer
/// may be about it: such a key masks nothing.
pub struct Masker {
    /// In lower case. Empty where there is nothing to mask.
    key: Zeroizing<String>,
    /// Which characters follow each other in the key: one look at this spares most texts any search.
    pairs: Zeroizing<Vec<u128>>,
    /// How long a run must be.
    least: usize,
    /// The longest end of the text so far that is a part of the key, in lower case.
    run: Zeroizing<String>,
    /// Those characters of the run that were not given out yet.
    held: Zeroizing<String>,
    /// The last thing given out was the mask, and the run still goes on.
    in_mask: bool,
}

impl Masker {
    /// One that masks nothing, for an answer to a request without a key.
    pub fn nothing() -> Masker {
        Masker::over(Zeroizing::default(), RUN)
    }

    pub(crate) fn new(key: &ApiKey) -> Masker {
        let text = key.text();
        let least = match text.len() {
            _ if is_everyday(text) => return Masker::nothing(),
            length => length.min(RUN),
        };
        let mut lower = Zeroizing::new(text.to_owned());
        lower.make_ascii_lowercase();
        Masker::over(lower, least)
    }

    /// The same, for a text of its own: nothing that was fed to this one counts there.
    pub fn another(&self) -> Masker {
        Masker::over(self.key.clone(), self.least)
    }

    /// A whole text without the key.
    pub fn whole(&self, text: &str) -> String {
        let mut masker = self.another();
        let mut masked = masker.piece(text);
        masked.push_str(&masker.rest());
        masked
    }

    /// The next piece of a text without the key. What may be a part of the key waits for the piece after it: fewer than
    /// twelve characters, and mostly none.
    pub fn piece(&mut self, piece: &str) -> String {
        if self.key.is_empty() {
            return piece.to_owned();
        }
        let mut out = String::with_capacity(piece.len());
        for character in piece.chars() {
            self.step(character, &mut out);
        }
        out
    }

    /// What was still waiting: nothing came after it, so it is not the key.
    pub fn rest(&mut self) -> String {
        self.run.clear();
        self.in_mask = false;
        std::mem::take(&mut *self.held)
    }

    fn over(key: Zeroizing<String>, least: usize) -> Masker {
        let mut pairs = Zeroizing::new(vec![0_u128; 128]);
        for pair in key.as_bytes().windows(2) {
            pairs[usize::from(pair[0])] |= 1 << pair[1];
        }
        pairs[ANY] = key.bytes().fold(0, |all, byte| all | 1 << byte);
        // Neither ever grows, so that no copy is left behind.
        let room = || Zeroizing::new(String::with_capacity(key.len() + 8));
        let (run, held) = (room(), room());
        Masker { key, pairs, least, run, held, in_mask: false }
    }

    fn step(&mut self, character: char, out: &mut String) {
        self.held.push(character);
        self.follow(character.to_ascii_lowercase());
        // What fell out of the run can never become a part of a longer one.
        let out_of_run = self.held.len().saturating_sub(self.held_in_run());
        if out_of_run > 0 {
            out.extend(self.held.drain(..out_of_run));
            self.in_mask = false;
        }
        if self.run.len() >= self.least && !PUBLIC.contains(self.run.as_str()) {
            self.held.clear();
            if !self.in_mask {
                out.push_str(MASK);
                self.in_mask = true;
            }
        }
    }

    /// Makes the run the longest end of the text that is a part of the key.
    fn follow(&mut self, character: char) {
        let Some(byte) = u8::try_from(character).ok().filter(u8::is_ascii_graphic) else {
            self.run.clear();
            return;
        };
        let before = self.run.bytes().next_back();
        if before.is_some_and(|before| self.pairs[usize::from(before)] & (1 << byte) == 0) {
            self.run.clear();
        }
        if self.run.is_empty() && self.pairs[ANY] & (1 << byte) == 0 {
            return;
        }
        self.run.push(character);
        // One letter and a pair were looked up; only longer runs are searched for.
        while self.run.len() > 2 && !self.key.contains(self.run.as_str()) {
            self.run.remove(0);
        }
    }

    /// How many of the held bytes belong to the run. All of them are ASCII there.
    fn held_in_run(&self) -> usize {
        self.run.len().min(self.held.len())
    }
}

impl std::fmt::Debug for Masker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Masker(…)")
    }
}

/// Whether a key is a word rather than a secret: `ollama`, `lm-studio`, `sk-1234`, `not-needed-here`. A secret of that
/// length changes between letters, capitals and digits again and again.
pub(crate) fn is_everyday(key: &str) -> bool {
    let class = |byte: u8| match byte {
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        b'0'..=b'9' => 3,
        _ => 0,
    };
    let classes: Vec<u8> = key.bytes().map(class).filter(|class| *class > 0).collect();
    let changes = classes.windows(2).filter(|pair| pair[0] != pair[1]).count();
    key.len() < 20 && changes < 3
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "sk-proj-0123456789abcdefGHIJ";

    fn masker(key: &str) -> Masker {
        Masker::new(&ApiKey::parse(Zeroizing::new(key.to_owned())).unwrap())
    }

    /// What comes out whole, and in pieces of every size.
    fn masked(key: &str, text: &str) -> String {
        let whole = masker(key).whole(text);
        let characters: Vec<char> = text.chars().collect();
        for size in 1..=characters.len() {
            let mut masker = masker(key);
            let mut out = String::new();
            for piece in characters.chunks(size) {
                out.push_str(&masker.piece(&piece.iter().collect::<String>()));
            }
            out.push_str(&masker.rest());
            assert_eq!(out, whole, "pieces of {size}");
        }
        whole
    }

    #[test]
    fn the_key_does_not_come_out() {
        let table = [
            (format!("a {KEY}{KEY} b"), "a ••• b".to_owned()),
            (format!("{}, {}", KEY.to_lowercase(), KEY.to_uppercase()), "•••, •••".to_owned()),
            (
                format!("no last letters: {}.", &KEY[..KEY.len() - 6]),
                "no last letters: •••.".to_owned(),
            ),
            (format!("no prefix: {}.", &KEY[8..]), "no prefix: •••.".to_owned()),
            (format!("the middle: {}.", &KEY[9..21]), "the middle: •••.".to_owned()),
            (format!("eleven: {}.", &KEY[9..20]), format!("eleven: {}.", &KEY[9..20])),
            (format!("…{}", &KEY[KEY.len() - 4..]), "…GHIJ".to_owned()),
            ("sk-proj- is how they begin".to_owned(), "sk-proj- is how they begin".to_owned()),
            ("Grüße, 0123456789 ab".to_owned(), "Grüße, 0123456789 ab".to_owned()),
            (format!("ü{KEY}ü"), "ü•••ü".to_owned()),
            (String::new(), String::new()),
        ];
        for (text, expected) in table {
            assert_eq!(masked(KEY, &text), expected, "{text}");
        }
    }

    #[test]
    fn one_run_into_the_next() {
        // The end of the first run is the beginning of the second.
        let text = format!("{}{}", &KEY[..14], &KEY[10..]);
        let out = masked(KEY, &text);
        assert!(!out.contains("0123") && !out.contains("abcd"), "{out}");
        // A key that holds itself.
        let key = "aB1aB1aB1aB1aB1aB1aB1aB1";
        assert_eq!(masked(key, &format!("x{key}{key}y")), "x•••y");
    }

    #[test]
    fn a_word_that_serves_as_a_key_masks_nothing() {
        for word in ["lm-studio", "not-needed", "sk-no-key-required", "password1", "EMPTY-KEY"] {
            let text = format!("Set the key to {word}.");
            assert_eq!(masked(word, &text), text);
        }
        assert_eq!(
            masked("x9Kp2mQ7", "it is x9kp2mq7."),
            "it is •••.",
            "a short one that is random"
        );
        assert_eq!(Masker::nothing().whole(KEY), KEY);
    }

    #[test]
    fn how_all_keys_begin_is_no_secret() {
        let key = "sk-ant-api03-A1b2C3d4E5f6G7h8I9";
        assert_eq!(masked(key, "They begin with sk-ant-api03-."), "They begin with sk-ant-api03-.");
        assert_eq!(masked(key, "It is sk-ant-api03-A1b2."), "It is •••.");
    }

    #[test]
    fn nothing_waits_longer_than_it_must() {
        let mut masker = masker(KEY);
        assert_eq!(masker.piece("a plain word. "), "a plain word. ");
        assert_eq!(masker.piece("sk-proj-"), "");
        assert_eq!(masker.piece(" "), "sk-proj- ");
        assert_eq!(format!("{masker:?}"), "Masker(…)");
    }
}
