//! What one letter is to a search: part of a word, of a script without spaces, a sign, or nothing.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words of it have spaces between them.
    Letter,
    /// Words of it stand side by side.
    Dense,
    /// A picture or a symbol: a word by itself.
    Sign,
    /// Between words.
    Space,
}

/// Latin, Greek and Cyrillic, each letter as it is looked for: looked up here and not worked out each time.
static KNOWN: LazyLock<Vec<(Kind, String)>> = LazyLock::new(|| {
    let known = ('\0'..FIRST_UNKNOWN).map(|letter| {
        let mut folded = String::new();
        (work_out(letter.encode_utf8(&mut [0; 4]), &mut folded), folded)
    });
    known.collect()
});
const FIRST_UNKNOWN: char = '\u{530}';

/// What a letter is, with the marks on it. Adds it as it is looked for.
pub(super) fn read(letter: &str, folded: &mut String) -> Kind {
    let mut all = letter.chars();
    match (all.next(), all.next()) {
        (Some(alone), None) if alone < FIRST_UNKNOWN => {
            let (kind, known) = &KNOWN[alone as usize];
            folded.push_str(known);
            *kind
        }
        (Some(alone), None) if is_as_it_is(alone) => {
            folded.push(alone);
            Kind::Dense
        }
        _ => work_out(letter, folded),
    }
}

fn work_out(letter: &str, folded: &mut String) -> Kind {
    let composed: String = letter.nfkc().collect();
    let kind = composed.chars().next().map_or(Kind::Space, kind);
    if kind != Kind::Space {
        composed.chars().for_each(|letter| fold(letter, folded));
    }
    if folded.is_empty() { Kind::Space } else { kind }
}

/// Letters of Kana, Han and Hangul that have one form.
fn is_as_it_is(letter: char) -> bool {
    matches!(letter as u32, 0x3041..=0x3096 | 0x30A1..=0x30FA | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3)
}

/// What a composed letter is.
fn kind(letter: char) -> Kind {
    match letter as u32 {
        // Thai, Lao, Burmese, Khmer; Kana, Bopomofo, Han, Hangul.
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF if letter.is_alphanumeric() => {
            Kind::Dense
        }
        0x1100..=0x11FF | 0x3005..=0x3007 | 0x3041..=0x30FA | 0x30FC..=0x318F | 0x31A0..=0x31FF => {
            Kind::Dense
        }
        0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xA960..=0xA97F | 0xAC00..=0xD7FF => Kind::Dense,
        0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF => Kind::Dense,
        _ if letter.is_alphanumeric() => Kind::Letter,
        0x00A2..=0x00A5 | 0x20A0..=0x20CF | 0x2190..=0x2BFF | 0x1_F000..=0x1_FAFF => Kind::Sign,
        _ => Kind::Space,
    }
}

/// Whether it belongs to the letter before: accents and vowel signs, shades of a picture, and what joins or cannot be seen.
pub(super) fn extends(letter: char) -> bool {
    // Most letters: to look them up among the marks takes longer than all else.
    if letter < '\u{AD}' || is_as_it_is(letter) || ('\u{370}'..'\u{483}').contains(&letter) {
        return false;
    }
    matches!(letter as u32,
        0x00AD | 0x0640 | 0x1160..=0x11FF | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069
        | 0xFE00..=0xFE0F | 0xFEFF | 0xFF9E..=0xFF9F | 0x1_F3FB..=0x1_F3FF)
        || is_combining_mark(letter)
}

/// Adds a letter as it is looked for: small, and without what people leave out.
fn fold(letter: char, out: &mut String) {
    for small in letter.to_lowercase() {
        match small {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            _ if is_left_out(small) => {}
            // Latin, Greek and Cyrillic carry accents; elsewhere marks are letters.
            _ if small < '\u{530}' || ('\u{1E00}'..'\u{2000}').contains(&small) => {
                out.extend(
                    small.nfd().filter(|part| !is_left_out(*part) && part.is_alphanumeric()),
                );
            }
            _ => out.push(small),
        }
    }
}

/// Accents, the vowel points of Hebrew and Arabic, and what cannot be seen.
fn is_left_out(letter: char) -> bool {
    matches!(letter as u32,
        0x00AD | 0x0300..=0x036F | 0x0591..=0x05C7 | 0x0610..=0x061A | 0x0640 | 0x064B..=0x065F | 0x0670
        | 0x06D6..=0x06ED | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069
        | 0xFE00..=0xFE0F | 0xFEFF | 0x1_F3FB..=0x1_F3FF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_a_letter_is_what_would_be_worked_out() {
        for letter in (0..=0x2_FFFF).filter_map(char::from_u32) {
            let (mut known, mut found) = (String::new(), String::new());
            let kinds =
                [read(&letter.to_string(), &mut known), work_out(&letter.to_string(), &mut found)];
            assert_eq!((kinds[0], known), (kinds[1], found), "{letter:?}");
            let is_mark = is_combining_mark(letter);
            assert!(extends(letter) || !is_mark, "{letter:?}");
        }
    }
}
