//! Which way a text reads, by its first letter that says so: what `dir="auto"` would find out if the text's parts had no
//! direction of their own.

use comrak::nodes::{Node, NodeValue};

/// Whether what is in a node reads from right to left; None if it has no letters.
pub(super) fn reads_rtl(node: Node<'_>) -> Option<bool> {
    node.descendants().find_map(|inside| match &inside.data().value {
        NodeValue::Text(text) => direction(text),
        NodeValue::Code(code) => direction(&code.literal),
        _ => None,
    })
}

fn direction(text: &str) -> Option<bool> {
    text.chars().find(|letter| letter.is_alphabetic()).map(is_rtl_letter)
}

/// Hebrew, Arabic and the scripts beside them, their forms for old fonts, and the blocks kept for such scripts.
const fn is_rtl_letter(letter: char) -> bool {
    matches!(
        letter,
        '\u{590}'..='\u{8ff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{feff}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    )
}

#[cfg(test)]
mod tests {
    use super::direction;

    #[test]
    fn the_first_letter_says_it() {
        for (text, expected) in [
            ("", None),
            ("1 – 2 ٣", None),
            ("Column עמודה", Some(false)),
            ("12. עמודה Column", Some(true)),
            ("«مرحبا»", Some(true)),
            ("ﷺ x", Some(true)),
            ("列 עמודה", Some(false)),
        ] {
            assert_eq!(direction(text), expected, "{text}");
        }
    }
}
