//! Markdown to safe HTML blocks, incrementally. Pure: no I/O, no clock, no errors.
//!
//! A [`Document`] takes an answer in pieces of any size and offers what changed since it was last asked. Finished
//! blocks are final and never sent again; the last, unfinished block is shown as well as it can be so far.

mod address;
mod citations;
mod clean;
mod code;
mod diagram;
mod document;
mod find;
mod fold;
mod growing;
mod hidden;
mod highlight;
mod html;
mod inner;
mod intake;
mod limits;
mod math;
mod meant;
mod mend;
mod nest;
mod parse;
mod patch;
mod pictures;
mod references;
mod rich;
mod scan;
mod script;
mod spoken;
mod still;
mod words;

use std::panic::AssertUnwindSafe;

pub use citations::without_citations;
pub use document::Document;
pub use find::Query;
pub use hidden::spelled_out;
pub use patch::{Grow, Patch};
pub use pictures::{Picture, pictures};
pub use rich::rich_text;
pub use spoken::{SpokenWords, spoken};
pub use still::{NoStill, Still, still};
pub use words::Words;

/// The blocks of a whole text: the same as of a [`Document`] that got it in any pieces. Should that fail, the text as it is.
#[must_use]
pub fn render(text: &str, words: &'static Words) -> Vec<String> {
    blocks_of(text, Document::new(words))
}

/// The same for somebody who asks for it: also what is plain text otherwise because it costs the page too much.
#[must_use]
pub fn render_all(text: &str, words: &'static Words) -> Vec<String> {
    blocks_of(text, Document::unbounded(words))
}

fn blocks_of(text: &str, mut document: Document) -> Vec<String> {
    let blocks = move || {
        document.push(text);
        document.finish();
        document.into_blocks()
    };
    // The parser is not ours. An answer that brings it down must not take the chat with it that it stands in.
    std::panic::catch_unwind(AssertUnwindSafe(blocks)).unwrap_or_else(|_| vec![html::plain(text)])
}

#[cfg(test)]
extern crate self as render;

/// Tests are written with the words that the app brings.
#[cfg(test)]
#[allow(unreachable_pub, reason = "it is the shell’s")]
#[path = "../../src/words/blocks.rs"]
mod blocks;

#[cfg(test)]
mod tests {
    #[test]
    fn what_the_parser_cannot_bear_is_shown_as_text() {
        let text = format!("*a* <b>\n\n{}", crate::parse::tests::UNBEARABLE);
        let shown =
            format!("<p dir=\"auto\">*a* &lt;b&gt;<br><br>{}</p>", crate::parse::tests::UNBEARABLE);
        assert_eq!(crate::render(&text, &crate::blocks::WORDS), [shown]);
    }
}
