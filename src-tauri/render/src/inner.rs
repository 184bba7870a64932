//! Blocks with diagrams inside: in a list, a quote, a callout or a note.
//!
//! A diagram is made after the second net, which lets no such picture through, and put where a stand-in says that it belongs.

use comrak::nodes::{Node, NodeValue};

use crate::clean::clean;
use crate::words::Words;
use crate::{code, diagram, html};

/// Where a diagram belongs. No text brings it along; an entity can stand for it.
pub(crate) const STAND_IN: char = '\u{fdec}';

/// A diagram's code block.
pub(crate) struct Source {
    pub(crate) info: String,
    pub(crate) literal: String,
}

/// Safe HTML of a block that may still change: diagrams inside it are code. They would be drawn and sent again with every
/// word that follows.
pub(crate) fn unfinished(block: Node<'_>, text: &str, words: &'static Words) -> String {
    clean(&html::write(block, text, words))
}

/// What stands below a block of which some markup was left out. Nobody is asked whether it may be shown all the same: the page
/// lays out a paragraph at once, and could not bear it then either.
fn cut(words: &Words) -> String {
    ["<p class=\"plain-note\">", words.partly_plain, "</p>"].concat()
}

/// Safe HTML of a finished block, with the diagrams inside it. A block of the answer itself says what was left out.
pub(crate) fn finished(block: Node<'_>, text: &str, words: &'static Words) -> String {
    let html::Written { html, diagrams, is_cut } = html::write_around_diagrams(block, text, words);
    let html = clean(&html);
    let is_of_answer =
        block.parent().is_some_and(|above| matches!(above.data().value, NodeValue::Document));
    let note = if is_cut && is_of_answer { cut(words) } else { String::new() };
    // Each has one place, or some are not ours: then nobody knows which, and one might be in a tag.
    if html.matches(STAND_IN).count() != diagrams.len() {
        return unfinished(block, text, words) + &note;
    }
    let mut parts = html.split(STAND_IN);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (Source { info, literal }, part) in diagrams.iter().zip(parts) {
        out.push_str(&diagram::block(literal, &code::figure(info, literal, words), words));
        out.push_str(part);
    }
    out.push_str(&note);
    out
}
