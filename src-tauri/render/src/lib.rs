//! Markdown to safe HTML blocks, incrementally. Pure: no I/O, no clock, no errors.
//!
//! A [`Document`] takes an answer in pieces of any size and offers what changed since it was last asked. Finished
//! blocks are final and never sent again; the last, unfinished block is shown as well as it can be so far.

mod clean;
mod code;
mod diagram;
mod document;
mod find;
mod growing;
mod hidden;
mod highlight;
mod html;
mod intake;
mod limits;
mod math;
mod mend;
mod parse;
mod patch;
mod pictures;
mod references;
mod rich;
mod scan;
mod still;

pub use document::Document;
pub use find::Query;
pub use hidden::spelled_out;
pub use patch::{Grow, Patch};
pub use pictures::{Picture, pictures};
pub use rich::rich_text;
pub use still::{NoStill, Still, still};

/// The blocks of a whole text: the same as of a [`Document`] that got it in any pieces.
#[must_use]
pub fn render(text: &str) -> Vec<String> {
    let mut document = Document::new();
    document.push(text);
    document.finish();
    document.into_blocks()
}
