//! Blocks with diagrams inside: in a list, a quote, a callout or a note.
//!
//! A diagram is made after the second net, which lets no such picture through, and put where a stand-in says that it belongs.

use comrak::nodes::Node;

use crate::clean::clean;
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
pub(crate) fn unfinished(block: Node<'_>, text: &str) -> String {
    clean(&html::write(block, text))
}

/// Safe HTML of a finished block, with the diagrams inside it.
pub(crate) fn finished(block: Node<'_>, text: &str) -> String {
    let (html, diagrams) = html::write_around_diagrams(block, text);
    let html = clean(&html);
    // Each has one place, or some are not ours: then nobody knows which, and one might be in a tag.
    if html.matches(STAND_IN).count() != diagrams.len() {
        return unfinished(block, text);
    }
    let mut parts = html.split(STAND_IN);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (Source { info, literal }, part) in diagrams.iter().zip(parts) {
        out.push_str(&diagram::block(literal, &code::figure(info, literal)));
        out.push_str(part);
    }
    out
}
