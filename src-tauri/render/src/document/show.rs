//! Showing the block that is still being written.

use super::{Document, Open};
use crate::growing::{Block, Growing, Place};
use crate::mend::mend;
use crate::references::References;
use crate::scan::{Found, Kind, Run, Unit, Write, is_blank, scan};
use crate::words::Words;
use crate::{growing, html, limits, mend};

/// A paragraph longer than this is sent by what is added to it.
const LONG_PARAGRAPH: usize = 400;

/// A list or table longer than this is.
const LONG_RUN: usize = 600;

/// Any other block longer than this is written again only when it has grown by a sixteenth, and by a fourth if it is
/// longer still: writing it costs its whole length.
const LARGE: usize = 8 << 10;
const HUGE: usize = 64 << 10;

impl Document {
    pub(super) fn show(&mut self) {
        if self.show_pieces() {
            return;
        }
        match &self.open {
            Open::Fence(fence) => {
                let line = fence.partial(&self.source[fence.read.min(self.source.len())..]);
                self.tail.clear();
                if let Some(Block::Growing(growing)) = &mut self.growing {
                    growing.line = line;
                }
            }
            &Open::Plain { start, .. } => self.show_plain(start),
            Open::Rest => self.show_rest(),
            Open::Run(run) => {
                let (start, place) = (run.start, run.place);
                if self.source.len() - start > LONG_RUN {
                    self.show_run(start, place);
                } else {
                    self.show_whole(start);
                }
            }
            Open::Block(block) => {
                let start = self.skip_blank_lines(block.start);
                if self.is_growing(start, Place::Line) {
                    self.grow_paragraph();
                } else {
                    self.show_whole(start);
                }
            }
        }
    }

    pub(super) fn skip_blank_lines(&self, start: usize) -> usize {
        let lines = self.source[start..].split_inclusive('\n');
        start + lines.take_while(|line| is_blank(line)).map(str::len).sum::<usize>()
    }

    pub(super) fn is_growing(&self, start: usize, place: Place) -> bool {
        self.grown.start == start
            && matches!(&self.growing, Some(Block::Growing(growing)) if growing.place == place)
    }

    pub(super) fn begin_growing(&mut self, start: usize, open: String, place: Place, close: &str) {
        let growing = self.new_growing(open, place, close);
        self.growing = Some(Block::Growing(growing));
        self.grown = start..start;
        self.elements = 0;
    }

    pub(super) fn add(&mut self, done: &str, grown_to: usize) {
        if let Some(Block::Growing(Growing { done: before, place, .. })) = &mut self.growing {
            // The finished paragraph gets no more of them either.
            if *place == Place::Line && self.elements > limits::INLINE_ELEMENTS {
                before.push_str(&html::without_elements(done));
            } else {
                self.elements += done.matches('<').count();
                before.push_str(done);
            }
            self.grown.end = grown_to;
        }
    }

    pub(super) fn set_line(&mut self, line: &str) {
        if let Some(Block::Growing(growing)) = &mut self.growing {
            line.clone_into(&mut growing.line);
        }
    }

    /// Whether what is shown from `start` on is good enough for now.
    pub(super) fn is_shown(&self, start: usize) -> bool {
        let length = self.source.len() - start;
        let before = self.shown.len();
        let step = if length > HUGE { before / 4 } else { before / 16 };
        self.shown.start == start && length > LARGE && length < before + step
    }

    /// Writes everything from `start` on, block by block.
    fn show_whole(&mut self, start: usize) {
        if self.growing.is_none() && self.is_shown(start) {
            return;
        }
        let end = self.source.len();
        self.shown = start..end;
        let found =
            scan(&mend(&self.source[start..]), &References::default(), Write::Draft, self.words);
        self.drop_growing();
        if let [only] = &found[..]
            && matches!(only.kind, Kind::Paragraph)
            && end - start > LONG_PARAGRAPH
        {
            self.begin_growing(start, html::PARAGRAPH.0.into(), Place::Line, html::PARAGRAPH.1);
            self.grow_paragraph();
            return;
        }
        self.tail = wholes(found);
    }

    fn show_plain(&mut self, start: usize) {
        if !self.is_growing(start, Place::Line) {
            self.begin_growing(start, html::PARAGRAPH.0.into(), Place::Line, html::PARAGRAPH.1);
        }
        self.tail.clear();
        let end = self.source.len();
        let more = html::plain_lines(&self.source[self.grown.end..end]);
        self.add(&more, end);
        self.set_line("");
    }

    /// Moves what is settled of a long paragraph to its finished part. Between two words outside of any markup, the
    /// parts look the same as the whole; if they should not after all, the finished block is sent anew.
    fn grow_paragraph(&mut self) {
        while let Some(cut) = mend::settled(&self.source[self.grown.end..]) {
            let from = self.grown.end;
            let part = &self.source[from..from + cut];
            let html = inside(part, self.words).unwrap_or_else(|| html::plain_lines(part));
            let before_word = part.ends_with(char::is_whitespace);
            self.add(&html, from + cut);
            if before_word {
                self.add(" ", from + cut);
            }
        }
        let rest = &self.source[self.grown.end..];
        let mut found =
            scan(&mend(rest), &References::default(), Write::Draft, self.words).into_iter();
        let line = match found.next() {
            None => String::new(),
            Some(first) => match inner(&first.html, html::PARAGRAPH) {
                Some(line) if matches!(first.kind, Kind::Paragraph) => line.to_owned(),
                _ => html::plain_lines(rest),
            },
        };
        self.tail = wholes(found);
        self.set_line(&line);
    }

    /// Moves all items or rows but the last to the finished part.
    fn show_run(&mut self, start: usize, place: Place) {
        let mut grows = self.is_growing(start, place);
        let mut tight = !grows || self.tight;
        loop {
            let from = if grows { self.grown.end } else { start };
            if grows && self.is_shown(from) {
                return;
            }
            self.shown = from..self.source.len();
            let prefix = self.rows_need(start, from, place);
            let text = [&prefix, &self.source[from..]].concat();
            let mut found =
                scan(&mend(&text), &References::default(), Write::Units { tight }, self.words)
                    .into_iter();
            let run = match found.next().map(|first| first.kind) {
                Some(Kind::Run(run)) if !run.units.is_empty() && !run.open.is_empty() => run,
                _ => {
                    self.drop_growing();
                    self.shown = start..start;
                    return self.show_whole(start);
                }
            };
            if grows && run.tight != tight {
                // One empty line, and every item looks different.
                (grows, tight) = (false, false);
                continue;
            }
            self.tight = run.tight;
            if !grows {
                self.begin_growing(start, run.open.clone(), place, &run.close);
            }
            self.tail = wholes(found);
            self.add_units(&run, from, prefix.len());
            return;
        }
    }

    fn rows_need(&self, start: usize, from: usize, place: Place) -> String {
        match place {
            Place::Rows if from > start => {
                self.source[start..from].split_inclusive('\n').take(2).collect()
            }
            Place::Rows | Place::Item | Place::Line | Place::Blocks => String::new(),
        }
    }

    fn add_units(&mut self, run: &Run, from: usize, prefix: usize) {
        let Some((last, finished)) = run.units.split_last() else { return };
        let (open, close) = if run.place == Place::Rows { html::BODY } else { ("", "") };
        if !finished.is_empty() {
            let rows: String = finished.iter().map(|unit| unit.html.as_str()).collect();
            self.add(&[open, &rows, close].concat(), from + last.start.saturating_sub(prefix));
        }
        let Unit { html, .. } = last;
        let line =
            if run.place == Place::Item { inner(html, html::ITEM) } else { Some(html.as_str()) };
        self.set_line(line.unwrap_or(html));
    }
}

fn wholes(found: impl IntoIterator<Item = Found>) -> Vec<Block> {
    found.into_iter().map(|found| growing::Block::Whole(found.html)).collect()
}

/// A part of a paragraph, without the paragraph's element; None if by itself it is something else.
fn inside(part: &str, words: &'static Words) -> Option<String> {
    let found = scan(part, &References::default(), Write::Draft, words);
    match &found[..] {
        [only] if matches!(only.kind, Kind::Paragraph) => {
            inner(&only.html, html::PARAGRAPH).map(str::to_owned)
        }
        _ => None,
    }
}

fn inner<'h>(html: &'h str, (open, close): (&str, &str)) -> Option<&'h str> {
    html.strip_prefix(open)?.strip_suffix(close)
}
