//! Taking a text apart into the words that are looked for. The same for what is said and for what is asked: whatever is taken
//! apart alike is found, in any language.
//!
//! A word is a run of letters and digits, small and without accents. Scripts without spaces are pairs of letters that
//! overlap, and the last letter alone, so that any part of a run is found. A picture sign is a word, and so is `c++`.

use std::ops::{ControlFlow, Range};

use super::letters::{Kind, extends, read};

/// Letters of a word; what is longer (a key, an encoded picture) is known by its beginning.
const LONGEST: usize = 64;

/// A word, and the bytes of the text that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) at: Range<usize>,
}

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let _whole = each_word(text, |word, at| {
        words.push(Word { text: word.to_owned(), at });
        ControlFlow::Continue(())
    });
    words
}

/// The words in one line.
pub(super) fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let _whole = each_word(text, |word, _| {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        ControlFlow::Continue(())
    });
    line
}

/// Shows every word of a text, and the bytes that it stands for, until enough was seen. A million messages are read so to make
/// the index, and some hundred for a search, so nothing is put on the heap for a letter.
pub(super) fn each_word(
    text: &str,
    show: impl FnMut(&str, Range<usize>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    // Most words have plain letters only: they are shown as they stand here.
    let small = text.to_ascii_lowercase();
    let mut run = Run {
        text,
        small: &small,
        kind: Kind::Space,
        letters: String::new(),
        at: 0..0,
        last: 0..0,
        show,
    };
    let bytes = text.as_bytes();
    let mut folded = String::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let end = at + plain_letters(&bytes[at..]);
        if end > at {
            run.plain(at..end)?;
            at = end;
        } else if byte.is_ascii() && bytes.get(at + 1).is_none_or(u8::is_ascii) {
            run.end()?;
            at += 1;
        } else {
            let end = after_letter(text, at);
            folded.clear();
            let kind = read(&text[at..end], &mut folded);
            run.add(kind, &folded, at..end)?;
            at = end;
        }
    }
    run.end()
}

/// How many letters without marks and digits there are at the beginning. What follows the last may be a mark on it.
fn plain_letters(bytes: &[u8]) -> usize {
    let length = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric());
    let length = length.unwrap_or(bytes.len());
    let may_be_marked = bytes.get(length).is_some_and(|next| !next.is_ascii());
    length - usize::from(may_be_marked && length > 0)
}

/// Where a letter ends with all that is on it.
fn after_letter(text: &str, at: usize) -> usize {
    let mut rest = text[at..].char_indices().skip(1);
    rest.find(|(_, next)| !extends(*next)).map_or(text.len(), |(to, _)| at + to)
}

/// Letters of one kind that follow each other.
struct Run<'a, F> {
    text: &'a str,
    small: &'a str,
    kind: Kind,
    /// Of a word its letters; of a script without spaces the last one.
    letters: String,
    at: Range<usize>,
    /// The last letter.
    last: Range<usize>,
    show: F,
}

impl<F: FnMut(&str, Range<usize>) -> ControlFlow<()>> Run<'_, F> {
    /// Letters that are looked for as they are, but for their size.
    fn plain(&mut self, at: Range<usize>) -> ControlFlow<()> {
        if self.kind != Kind::Letter {
            self.end()?;
            let ends = |next: &u8| {
                next.is_ascii() && !next.is_ascii_alphanumeric() && !SIGNS.contains(next)
            };
            if at.len() <= LONGEST && self.text.as_bytes().get(at.end).is_none_or(ends) {
                return (self.show)(&self.small[at.clone()], at);
            }
            (self.kind, self.at.start) = (Kind::Letter, at.start);
        }
        self.at.end = at.end;
        self.letters.push_str(&self.small[at]);
        ControlFlow::Continue(())
    }

    fn add(&mut self, kind: Kind, letter: &str, at: Range<usize>) -> ControlFlow<()> {
        if self.kind != kind || kind == Kind::Sign {
            self.end()?;
        }
        match kind {
            Kind::Space => return ControlFlow::Continue(()),
            Kind::Dense if self.kind == Kind::Dense => {
                let one = self.letters.len();
                self.letters.push_str(letter);
                (self.show)(&self.letters, self.last.start..at.end)?;
                self.letters.drain(..one);
            }
            Kind::Letter if self.kind == Kind::Letter => self.letters.push_str(letter),
            Kind::Dense | Kind::Letter | Kind::Sign => {
                self.at.start = at.start;
                self.letters.push_str(letter);
            }
        }
        self.kind = kind;
        self.at.end = at.end;
        self.last = at;
        ControlFlow::Continue(())
    }

    fn end(&mut self) -> ControlFlow<()> {
        match std::mem::replace(&mut self.kind, Kind::Space) {
            Kind::Space => return ControlFlow::Continue(()),
            Kind::Dense => (self.show)(&self.letters, self.last.clone())?,
            Kind::Sign => (self.show)(&self.letters, self.at.clone())?,
            Kind::Letter => self.whole()?,
        }
        self.letters.clear();
        ControlFlow::Continue(())
    }

    fn whole(&mut self) -> ControlFlow<()> {
        if self.letters.len() > LONGEST
            && let Some((end, _)) = self.letters.char_indices().nth(LONGEST)
        {
            self.letters.truncate(end);
        }
        (self.show)(&self.letters, self.at.clone())?;
        let signs = signs_after(&self.text[self.at.end..]);
        if !signs.is_empty() {
            self.letters.push_str(signs);
            (self.show)(&self.letters, self.at.start..self.at.end + signs.len())?;
        }
        ControlFlow::Continue(())
    }
}

/// They make `c` to `c++` or `c#`.
const SIGNS: [u8; 2] = *b"+#";

/// The signs after a word, unless another follows at once.
fn signs_after(rest: &str) -> &str {
    let after = rest.trim_start_matches(SIGNS.map(char::from));
    let signs = &rest[..rest.len() - after.len()];
    let stands_alone = !after.starts_with(char::is_alphanumeric);
    if signs.len() <= 2 && stands_alone { signs } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_all_kinds_are_taken_apart() {
        let cases = [
            ("Full Jitter, spreads!", "full jitter spreads"),
            ("don’t 38.101 foo_bar", "don t 38 101 foo bar"),
            ("Café CAFÉ cafe\u{301} naïve", "cafe cafe cafe naive"),
            ("Straße Łódź Ørsted Ærø İstanbul", "strasse lodz orsted aero istanbul"),
            ("Ёлка ёлка Άθήνα", "елка елка αθηνα"),
            ("C++ C# f# a+b x+++ notepad++.", "c c++ c c# f f# a b x notepad notepad++"),
            ("重跑gen-itgc后", "重跑 跑 gen itgc 后"),
            ("東京都", "東京 京都 都"),
            ("ﾊﾟﾝ がく", "パン ン がく く"),
            ("한국어 검색", "한국 국어 어 검색 색"),
            ("\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}", "한국 국"),
            ("ＡＢＣ １２３", "abc 123"),
            ("👍🏽 done ❤️ →", "👍 done ❤ →"),
            ("שָׁלוֹם مَرحَبًا", "שלום مرحبا"),
            ("हिन्दी में", "हिन्दी में"),
            ("co\u{ad}op zero\u{200b}width", "coop zerowidth"),
            ("`\"*-()^:{}", ""),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(line(text), expected, "{text}");
        }
        assert_eq!(line(&"x".repeat(5_000)).len(), LONGEST);
    }

    #[test]
    fn a_word_stands_for_the_bytes_that_it_was_made_of() {
        let text = "– Café, 東京都 c++";
        let at: Vec<_> = words(text).into_iter().map(|word| &text[word.at]).collect();
        assert_eq!(at, ["Café", "東京", "京都", "都", "c", "c++"]);
    }

    #[test]
    fn no_word_holds_what_the_index_splits_at() {
        let all: String =
            (0..=0x3_FFFF).filter_map(char::from_u32).flat_map(|c| [c, ' ']).collect();
        for word in words(&all) {
            let splits =
                |c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && c != '+' && c != '#';
            assert!(!word.text.contains(splits), "{word:?}");
            assert!(!word.text.contains(|c: char| c.is_ascii_uppercase()), "{word:?}");
        }
    }
}
