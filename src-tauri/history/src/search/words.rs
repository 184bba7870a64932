//! Taking a text apart into the words that are looked for. The same for what is said and for what is asked: whatever is taken
//! apart alike is found, in any language.
//!
//! A word is a run of letters and digits, small and without accents. Scripts without spaces are pairs of letters that
//! overlap, and the last letter alone, so that any part of a run is found. A picture sign is a word, and so is `c++`.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::letters::{Kind, extends, fold, kind};

/// Letters of a word; what is longer (a key, an encoded picture) is known by its beginning.
const LONGEST: usize = 64;

/// A word, and the bytes of the text that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) at: Range<usize>,
}

/// A letter with the marks on it.
struct Letter {
    text: String,
    at: Range<usize>,
    kind: Kind,
}

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut run: Vec<Letter> = Vec::new();
    for letter in letters(text) {
        let goes_on = run.last().is_some_and(|last| last.kind == letter.kind);
        if !goes_on || letter.kind == Kind::Sign {
            end(text, &mut run, &mut words);
        }
        if letter.kind != Kind::Space {
            run.push(letter);
        }
    }
    end(text, &mut run, &mut words);
    words
}

/// The words in one line, as the index takes them.
pub(super) fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in words(text) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word.text);
    }
    line
}

fn end(text: &str, run: &mut Vec<Letter>, words: &mut Vec<Word>) {
    match run.last().map(|letter| letter.kind) {
        Some(Kind::Dense) => pairs(run, words),
        Some(Kind::Letter) => whole(text, run, words),
        Some(Kind::Sign | Kind::Space) => words.extend(run.iter().map(single)),
        None => {}
    }
    run.clear();
}

fn pairs(run: &[Letter], words: &mut Vec<Word>) {
    for pair in run.windows(2) {
        let text = format!("{}{}", pair[0].text, pair[1].text);
        words.push(Word { text, at: pair[0].at.start..pair[1].at.end });
    }
    words.extend(run.last().map(single));
}

fn single(letter: &Letter) -> Word {
    Word { text: letter.text.clone(), at: letter.at.clone() }
}

fn whole(text: &str, run: &[Letter], words: &mut Vec<Word>) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
    let letters = run.iter().flat_map(|letter| letter.text.chars());
    let word: String = letters.take(LONGEST).collect();
    let at = first.at.start..last.at.end;
    let signs = signs_after(&text[at.end..]);
    words.push(Word { text: word.clone(), at: at.clone() });
    if !signs.is_empty() {
        words.push(Word { text: word + signs, at: at.start..at.end + signs.len() });
    }
}

/// What makes `c` to `c++` or `c#`, unless a word follows at once.
fn signs_after(rest: &str) -> &str {
    let after = rest.trim_start_matches(['+', '#']);
    let signs = &rest[..rest.len() - after.len()];
    let stands_alone = !after.starts_with(char::is_alphanumeric);
    if signs.len() <= 2 && stands_alone { signs } else { "" }
}

fn letters(text: &str) -> impl Iterator<Item = Letter> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = rest.next()?;
        let mut end = start + first.len_utf8();
        if first.is_ascii() && rest.peek().is_none_or(|(_, next)| next.is_ascii()) {
            let (text, kind) = match first.is_ascii_alphanumeric() {
                true => (first.to_ascii_lowercase().to_string(), Kind::Letter),
                false => (String::new(), Kind::Space),
            };
            return Some(Letter { text, at: start..end, kind });
        }
        while let Some((at, next)) = rest.next_if(|(_, next)| extends(*next)) {
            end = at + next.len_utf8();
        }
        let composed: String = text[start..end].nfkc().collect();
        let kind = composed.chars().next().map_or(Kind::Space, kind);
        let mut folded = String::new();
        if kind != Kind::Space {
            composed.chars().for_each(|letter| fold(letter, &mut folded));
        }
        let kind = if folded.is_empty() { Kind::Space } else { kind };
        Some(Letter { text: folded, at: start..end, kind })
    })
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
