//! An answer that is being written: its finished blocks, and the one that is not.
//!
//! Which blocks are finished depends only on the lines that are complete, never on how the text was cut into pieces:
//! a block is finished when the next one has begun, or when nothing that may follow can belong to it. That is a property
//! of the text, so parsing later or more at once finds the same blocks.

mod advance;
mod fence;
mod pieces;
mod rest;
mod show;

use std::ops::Range;

use crate::growing::{Block, Growing, Place};
use crate::intake::Intake;
use crate::patch::{Patch, Receiver};
use crate::references::References;
use crate::scan::{self, Write};
use crate::words::Words;
use fence::OpenFence;

/// A text that becomes a list of HTML blocks while it is written.
#[derive(Debug)]
pub struct Document {
    words: &'static Words,
    intake: Intake,
    source: String,
    /// Where the last complete line ends.
    complete: usize,
    finished: bool,
    /// Whether text has come in that is not shown yet.
    stale: bool,
    finals: Vec<Block>,
    /// Where each of them comes from.
    origins: Vec<Origin>,
    open: Open,
    /// The unfinished block, if it is long enough to be sent by what is added to it.
    growing: Option<Block>,
    /// What is behind it in the source: where it begins, and what of it is in its finished part.
    grown: Range<usize>,
    /// Whether it is a list without empty lines between its items.
    tight: bool,
    /// The unfinished block otherwise, and whatever may have begun after it.
    tail: Vec<Block>,
    /// Where the tail began and ended in the source when it was last written.
    shown: Range<usize>,
    /// Elements in the finished part of an unfinished paragraph.
    elements: usize,
    last_id: u64,
    receiver: Receiver,
    /// What the finished blocks cost the page.
    spent: usize,
    /// Whatever it costs.
    unbounded: bool,
    written: Vec<String>,
    /// So many of them are final.
    final_written: usize,
}

#[derive(Debug)]
struct Origin {
    range: Range<usize>,
    opaque: bool,
}

/// What the text after the finished blocks is.
#[derive(Debug)]
enum Open {
    /// Nothing yet, or a block without a shape of its own.
    Block(OpenBlock),
    /// A list or a table of which some items or rows are finished.
    Run(OpenRun),
    Fence(Box<OpenFence>),
    /// Too much to be typeset; ends with an empty line.
    Plain {
        start: usize,
        read: usize,
    },
    /// All that comes after what a page can bear: plain text to the end of the answer.
    Rest,
}

#[derive(Debug, Default)]
struct OpenBlock {
    start: usize,
    progress: Progress,
    shape: Shape,
}

/// What is known about the lines that only continue an open block.
#[derive(Debug, Default, Clone, Copy)]
enum Shape {
    Paragraph,
    Quote,
    #[default]
    Other,
}

#[derive(Debug)]
struct OpenRun {
    start: usize,
    place: Place,
    /// Where the last item or row begins.
    last: usize,
    /// Lines indented so far belong to it.
    inside: Option<usize>,
    progress: Progress,
}

/// How far the complete lines of an open block were parsed.
#[derive(Debug, Default, Clone, Copy)]
struct Progress {
    read: usize,
    /// How much was parsed then.
    length: usize,
}

impl Default for Open {
    fn default() -> Self {
        Self::at(0)
    }
}

impl Open {
    fn at(start: usize) -> Self {
        let progress = Progress { read: start, length: 0 };
        Self::Block(OpenBlock { start, progress, shape: Shape::Other })
    }
}

impl Document {
    /// An empty one, which says in these words what it says itself.
    #[must_use]
    pub fn new(words: &'static Words) -> Self {
        Self {
            words,
            intake: Default::default(),
            source: Default::default(),
            complete: Default::default(),
            finished: Default::default(),
            stale: Default::default(),
            finals: Default::default(),
            origins: Default::default(),
            open: Default::default(),
            growing: Default::default(),
            grown: Default::default(),
            tight: Default::default(),
            tail: Default::default(),
            shown: Default::default(),
            elements: Default::default(),
            last_id: Default::default(),
            receiver: Default::default(),
            spent: Default::default(),
            unbounded: Default::default(),
            written: Default::default(),
            final_written: Default::default(),
        }
    }

    /// One that shows all of its text formatted, whatever that costs the page.
    #[must_use]
    pub(crate) fn unbounded(words: &'static Words) -> Self {
        Self { unbounded: true, ..Self::new(words) }
    }

    /// Adds text. Cheap: nothing is parsed before somebody asks. Ignored after `finish`.
    pub fn push(&mut self, text: &str) {
        if self.finished {
            return;
        }
        let before = self.source.len();
        self.intake.take(text, &mut self.source);
        if let Some(at) = self.source[before..].rfind('\n') {
            self.complete = before + at + 1;
        }
        self.stale |= self.source.len() > before;
    }

    /// Ends the text: every block becomes final.
    pub fn finish(&mut self) {
        if self.finished {
            return;
        }
        self.intake.finish(&mut self.source);
        if !self.source.is_empty() && !self.source.ends_with('\n') {
            self.source.push('\n');
        }
        self.complete = self.source.len();
        self.finished = true;
        self.stale = true;
        self.refresh();
        self.resolve_references();
    }

    /// The HTML of every block so far, the unfinished ones included.
    pub fn blocks(&mut self) -> &[String] {
        self.refresh();
        self.written.truncate(self.final_written);
        self.written.extend(self.finals[self.final_written..].iter().map(Block::html));
        self.final_written = self.finals.len();
        self.written.extend(self.growing.iter().chain(&self.tail).map(Block::html));
        &self.written
    }

    /// What changed since this was last called; None if nothing did.
    pub fn take_patch(&mut self) -> Option<Patch> {
        self.refresh();
        self.receiver.take(&self.finals, self.growing.iter().chain(&self.tail))
    }

    /// Whoever was told of changes is gone: the next patch holds everything.
    pub fn forget_receiver(&mut self) {
        self.receiver = Receiver::default();
    }

    pub(crate) fn into_blocks(mut self) -> Vec<String> {
        self.refresh();
        let tail = self.growing.iter().chain(&self.tail);
        self.finals.iter().chain(tail).map(Block::html).collect()
    }

    fn refresh(&mut self) {
        if !std::mem::take(&mut self.stale) {
            return;
        }
        self.advance();
        self.show();
    }

    fn push_final(&mut self, block: Block, range: Range<usize>, opaque: bool) {
        self.spent += rest::cost(&block.html());
        self.finals.push(block);
        self.origins.push(Origin { range, opaque });
    }

    fn new_growing(&mut self, open: String, place: Place, close: &str) -> Growing {
        self.last_id += 1;
        Growing::new(self.last_id, open, place, close.into())
    }

    /// Writes the blocks again that refer to something, now that all definitions are known.
    fn resolve_references(&mut self) {
        let references = References::of(&self.source);
        if !references.are_expected() {
            return;
        }
        let mut first_changed = None;
        for (at, origin) in self.origins.iter().enumerate() {
            let source = &self.source[origin.range.clone()];
            if origin.opaque || !source.contains('[') {
                continue;
            }
            let found = scan::scan(source, &references, Write::All, self.words);
            let block = Block::Whole(found.into_iter().map(|found| found.html).collect());
            if self.finals[at] != block {
                self.finals[at] = block;
                first_changed.get_or_insert(at);
            }
        }
        if let Some(first) = first_changed {
            self.receiver.unsettle(first);
            self.final_written = self.final_written.min(first);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::tests::PARSED;

    /// Bytes parsed for each byte of a text that comes in fours, with a patch taken every 200.
    fn parsed_per_byte(text: &str) -> f64 {
        PARSED.set(0);
        let mut document = Document::new(&crate::blocks::WORDS);
        for (count, piece) in text.as_bytes().chunks(4).enumerate() {
            document.push(std::str::from_utf8(piece).unwrap());
            if count % 50 == 49 {
                document.take_patch();
            }
        }
        document.finish();
        PARSED.get() as f64 / text.len() as f64
    }

    #[test]
    fn streaming_parses_every_byte_a_few_times() {
        let many = |part: &str| part.repeat(60_000 / part.len());
        let paragraph = "Words with **bold** and `code` in them. ".repeat(12);
        for (name, bound, text) in [
            ("paragraphs", 4.0, many(&format!("{paragraph}\n\n"))),
            ("one paragraph", 5.0, many("Words with **bold** and `code` in them. ")),
            ("lines of one paragraph", 5.0, many("Words with **bold** in them,\n")),
            ("sections", 4.0, many(&format!("## Title\n\n{paragraph}\n\n- a\n- b\n\n"))),
            ("one list", 4.0, many("- an item with **bold**\n")),
            ("one quote", 20.0, many("> quoted **words**\n")),
            ("one item", 20.0, "- first\n".to_owned() + &many("  more lines of it\n\n")),
            ("one table", 4.0, "|a|b|\n|-|-|\n".to_owned() + &many("| a | cell |\n")),
            ("code", 0.1, "```c\n".to_owned() + &many("code();\n") + "```\n"),
        ] {
            let parsed = parsed_per_byte(&text);
            assert!(parsed < bound, "{name}: {parsed:.2} times");
        }
    }
}
