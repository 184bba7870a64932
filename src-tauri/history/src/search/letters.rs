//! What one letter is to a search: part of a word, of a script without spaces, a sign, or nothing.

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

/// What a composed letter is.
pub(super) fn kind(letter: char) -> Kind {
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
    matches!(letter as u32,
        0x00AD | 0x0640 | 0x1160..=0x11FF | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069
        | 0xFE00..=0xFE0F | 0xFEFF | 0xFF9E..=0xFF9F | 0x1_F3FB..=0x1_F3FF)
        || is_combining_mark(letter)
}

/// Adds a letter as it is looked for: small, and without what people leave out.
pub(super) fn fold(letter: char, out: &mut String) {
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
