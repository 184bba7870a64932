//! Text on its way into HTML: escaped, with characters that nobody can see spelled out.
//!
//! Invisible characters carry instructions past the reader, and bidirectional controls show text in another order than
//! it has. They stay where they belong (emoji sequences, scripts that need joiners) and are shown everywhere else.

use std::fmt::Write;

use crate::limits;

/// Bytes with which something may begin that is not written as it is.
const NOTABLE: [bool; 256] = {
    let mut notable = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let is_control = byte < 0x20 && byte != b'\t' as usize && byte != b'\n' as usize;
        let is_markup = byte == b'&' as usize || byte == b'<' as usize || byte == b'>' as usize;
        // Where the characters of `may_be_hidden` and the space that does not break begin in UTF-8.
        let begins = matches!(byte, 0xc2 | 0xcd | 0xd8 | 0xe1 | 0xe2 | 0xe3 | 0xef | 0xf0 | 0xf3);
        notable[byte] = is_control || is_markup || byte == 0x7f || begins;
        byte += 1;
    }
    notable
};

/// Writes `text` as the content of an element.
pub(crate) fn write_text(out: &mut String, text: &str) {
    write_within(out, text, &mut { limits::INLINE_ELEMENTS });
}

/// The same with an element for so many hidden runs; the ones after are spelled out all the same.
pub(crate) fn write_within(out: &mut String, text: &str, elements: &mut usize) {
    let bytes = text.as_bytes();
    let mut clear = 0;
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|&byte| NOTABLE[usize::from(byte)]) {
        at += found;
        let Some(character) = text[at..].chars().next() else { break };
        let length = character.len_utf8();
        if let Some(entity) = entity(character) {
            out.push_str(&text[clear..at]);
            out.push_str(entity);
            at += length;
            clear = at;
            continue;
        }
        let run = if may_be_hidden(character) { hidden_run(text, at) } else { 0 };
        if run == 0 {
            at += length;
            continue;
        }
        out.push_str(&text[clear..at]);
        let marked = *elements > 0;
        *elements = elements.saturating_sub(1);
        spell_out(out, &text[at..at + run], marked);
        at += run;
        clear = at;
    }
    out.push_str(&text[clear..]);
}

/// A text as it was typed, for a reader: with hidden characters spelled out. `None` where nothing is hidden.
#[must_use]
pub fn spelled_out(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut clear = 0;
    for (at, character) in text.char_indices() {
        if at < clear || !may_be_hidden(character) {
            continue;
        }
        let run = hidden_run(text, at);
        if run > 0 {
            out.push_str(&text[clear..at]);
            spell_out(&mut out, &text[at..at + run], false);
            clear = at + run;
        }
    }
    (clear > 0).then(|| out + &text[clear..])
}

/// Writes `text` as the value of an attribute in double quotes. Hidden characters are left out: there is no way to
/// show them there.
pub(crate) fn write_attribute(out: &mut String, text: &str) {
    for (at, character) in text.char_indices() {
        match character {
            '"' => out.push_str("&quot;"),
            _ if may_be_hidden(character) && hidden_run(text, at) > 0 => {}
            _ => match entity(character) {
                Some(entity) => out.push_str(entity),
                None => out.push(character),
            },
        }
    }
}

const fn entity(character: char) -> Option<&'static str> {
    match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\u{a0}' => Some("&nbsp;"),
        _ => None,
    }
}

/// A cheap first look: most text stops here.
const fn may_be_hidden(character: char) -> bool {
    match character {
        '\t' | '\n' => false,
        '\0'..'\u{20}' | '\u{7f}'..='\u{9f}' => true,
        '\u{ad}' => true,
        '\u{a0}'..'\u{34f}' => false,
        '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' => true,
        '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => true,
        '\u{2060}'..='\u{206f}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => true,
        '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' => true,
        '\u{e0000}'..='\u{e0fff}' => true,
        _ => false,
    }
}

/// The length in bytes of what is hidden at `at`; 0 if it belongs there.
fn hidden_run(text: &str, at: usize) -> usize {
    let mut end = at;
    for character in text[at..].chars() {
        let (before, after) = (&text[..end], &text[end + character.len_utf8()..]);
        if !may_be_hidden(character) || belongs(before, character, after) {
            break;
        }
        end += character.len_utf8();
    }
    end - at
}

fn belongs(before: &str, character: char, after: &str) -> bool {
    if character == '\u{2800}' {
        return is_in_braille(before, after);
    }
    let next = after.chars().next();
    let Some(before) = before.chars().next_back() else {
        return false;
    };
    match character {
        '\u{200d}' => {
            (is_pictograph(before) && next.is_some_and(is_pictograph)) || is_joining(before)
        }
        '\u{200c}' => is_joining(before) && next.is_some_and(is_joining),
        '\u{200e}' | '\u{200f}' | '\u{61c}' => {
            is_right_to_left(before) || next.is_some_and(is_right_to_left)
        }
        // One selector of a glyph's variant; a row of them is somebody's message.
        '\u{fe00}'..='\u{fe0f}' => {
            !is_selector(before)
                && (!before.is_ascii() || matches!(before, '0'..='9' | '#' | '*'))
                && !before.is_whitespace()
        }
        '\u{e0100}'..='\u{e01ef}' => {
            matches!(before, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
        }
        '\u{180b}'..='\u{180f}' => matches!(before, '\u{1820}'..='\u{18aa}'),
        '\u{e0020}'..='\u{e007f}' => is_in_flag(before, character, after),
        _ => false,
    }
}

/// Braille, and pictures made of it, have blanks before and after the others, and lines of nothing else.
fn is_in_braille(before: &str, after: &str) -> bool {
    const FAR: usize = 200;
    let is_blank = |side: &char| matches!(side, '\u{2800}' | '\n');
    let is_braille = |side: char| matches!(side, '\u{2801}'..='\u{28ff}');
    let last = before.chars().rev().take(FAR).find(|last| !is_blank(last));
    let next = after.chars().take(FAR).find(|next| !is_blank(next));
    last.is_some_and(is_braille) || next.is_some_and(is_braille)
}

const fn is_selector(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Close enough to "emoji, or the end of one".
const fn is_pictograph(character: char) -> bool {
    matches!(character, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' | '\u{fe0f}' | '\u{20e3}')
}

/// Letters of scripts in which a joiner changes the shape: Arabic and its neighbours, the scripts of India.
const fn is_joining(character: char) -> bool {
    matches!(character, '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{18af}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

const fn is_right_to_left(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// The flags of England, Scotland and Wales are a black flag and a region in tag characters. No other region is in use,
/// so any other one is taken for a hidden message.
fn is_in_flag(before: char, character: char, after: &str) -> bool {
    const REGIONS: [&str; 3] = ["gbeng", "gbsct", "gbwls"];
    let letter = |tag: char| char::from_u32((tag as u32).wrapping_sub(0xe0000)).unwrap_or('\0');
    let rest: String = after.chars().take(5).map(letter).collect();
    let from_here = format!("{}{rest}", letter(character));
    REGIONS.iter().any(|region| {
        let whole = format!("{region}\u{7f}");
        (0..whole.len()).any(|at| {
            let starts = from_here.starts_with(&whole[at..]);
            let follows = if at == 0 {
                before == '\u{1f3f4}'
            } else {
                letter(before) == char::from(whole.as_bytes()[at - 1])
            };
            starts && follows
        })
    })
}

fn spell_out(out: &mut String, run: &str, marked: bool) {
    if marked {
        out.push_str("<span class=\"hidden-char\">");
    }
    for character in run.chars().take(limits::HIDDEN_RUN) {
        // Writing to a string cannot fail.
        _ = write!(out, "⟦U+{:04X}⟧", character as u32);
    }
    let more = run.chars().count().saturating_sub(limits::HIDDEN_RUN);
    if more > 0 {
        _ = write!(out, "⟦+{more}⟧");
    }
    if marked {
        out.push_str("</span>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        let mut out = String::new();
        write_text(&mut out, text);
        out
    }

    #[test]
    fn markup_is_escaped() {
        assert_eq!(text("<b>&amp;\u{a0}\"x\"</b>"), "&lt;b&gt;&amp;amp;&nbsp;\"x\"&lt;/b&gt;");
        let mut value = String::new();
        write_attribute(&mut value, "a\"b<\u{202e}>");
        assert_eq!(value, "a&quot;b&lt;&gt;");
    }

    #[test]
    fn nothing_notable_is_passed_over() {
        for character in '\0'..=char::MAX {
            let mut bytes = [0; 4];
            let first = character.encode_utf8(&mut bytes).as_bytes()[0];
            let is_special = may_be_hidden(character) || entity(character).is_some();
            assert!(!is_special || NOTABLE[usize::from(first)], "U+{:04X}", character as u32);
        }
    }

    #[test]
    fn hidden_characters_are_spelled_out() {
        for (hidden, name) in [
            ("\u{202e}", "U+202E"),
            ("\u{2066}", "U+2066"),
            ("\u{200b}", "U+200B"),
            ("\u{feff}", "U+FEFF"),
            ("\u{e0041}", "U+E0041"),
            ("\u{1b}", "U+001B"),
            ("\u{85}", "U+0085"),
            ("\u{ad}", "U+00AD"),
            ("\u{2800}", "U+2800"),
            ("\u{200d}", "U+200D"),
            ("\u{e0101}", "U+E0101"),
            ("\u{200f}", "U+200F"),
            ("\u{fe0f}", "U+FE0F"),
        ] {
            let expected = format!("a<span class=\"hidden-char\">⟦{name}⟧</span>b");
            assert_eq!(text(&format!("a{hidden}b")), expected);
        }
    }

    #[test]
    fn a_text_as_it_was_typed_is_spelled_out_where_it_must() {
        for fine in ["a < b & c\n  d", "👩\u{200d}💻", "می\u{200c}خواهم", ""] {
            assert_eq!(spelled_out(fine), None);
        }
        let hidden = spelled_out("a <\u{202e}\u{2066}b>\u{e0041}").unwrap();
        assert_eq!(hidden, "a <⟦U+202E⟧⟦U+2066⟧b>⟦U+E0041⟧");
    }

    #[test]
    fn characters_stay_where_they_belong() {
        for fine in [
            "👩\u{200d}💻 and 👨\u{200d}👩\u{200d}👧",
            "❤\u{fe0f}\u{200d}🔥 1\u{fe0f}\u{20e3}",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "שלום\u{200f}!",
            "\u{2800}\u{2800}⣿\u{2800}⣿\u{2800}\u{2800}",
            "⣿\u{2800}\n\u{2800}\u{2800}\n\u{2800}⣿",
            "tab\tline\n",
            "naïve Größe 漢字",
        ] {
            assert_eq!(text(fine), fine);
        }
    }

    #[test]
    fn message_in_selectors_or_tags_is_seen() {
        assert!(text("😀\u{fe0f}\u{fe01}\u{fe02}").contains("⟦U+FE01⟧⟦U+FE02⟧"));
        assert!(text("🏴\u{e0078}\u{e0079}\u{e007f}").contains("⟦U+E0078⟧"));
        assert!(text("a\u{2800}\u{2800}b").contains("⟦U+2800⟧⟦U+2800⟧"));
        let long = text(&"\u{e0041}".repeat(100));
        assert!(long.ends_with("⟦U+E0041⟧⟦+36⟧</span>"));
        assert_eq!(long.matches("hidden-char").count(), 1);
    }
}
