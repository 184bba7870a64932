//! Characters that nobody can see: no key has them, and web pages and files put them around and into what is copied.

use zeroize::Zeroizing;

use super::{Extra, note};

/// The text without them.
pub(super) fn without_hidden(text: &str, removed: &mut Vec<Extra>) -> Zeroizing<String> {
    let mut seen = Zeroizing::new(String::with_capacity(text.len()));
    seen.extend(text.chars().filter(|c| !is_hidden(*c)));
    if seen.len() < text.len() {
        note(removed, Extra::HiddenCharacters);
    }
    seen
}

/// Whether a character has no form of its own: marks of direction and of joining, byte order marks, soft hyphens, tags.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c,
        '\0' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffc}' | '\u{e000}'..='\u{f8ff}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}
