//! Finding the finished blocks among the complete lines.

use super::{Document, Open, OpenBlock, OpenFence, OpenRun, Progress, Shape, rest};
use crate::growing::{Block, Place};
use crate::references::References;
use crate::scan::{Found, Kind, Run, Write, is_blank, is_drawn, scan};
use crate::{code, html, limits};

/// Up to this size, an open block is parsed again for every new line.
const SMALL: usize = 8 << 10;

/// Up to this size, for every empty line, after which a block is likely to have ended.
const MEDIUM: usize = 64 << 10;

/// A part of the source that is parsed at once.
#[derive(Clone, Copy)]
struct Slice {
    start: usize,
    end: usize,
    /// Nothing after it can belong to its last block.
    is_last: bool,
}

impl Document {
    /// Moves every finished block to the finals.
    pub(super) fn advance(&mut self) {
        if let Some(start) = self.outgrown() {
            self.begin_rest(start);
        }
        while self.step() {}
    }

    /// Does what can be done at once. Returns whether there may be more.
    fn step(&mut self) -> bool {
        match &mut self.open {
            Open::Fence(_) => self.step_in_fence(),
            Open::Plain { .. } => self.step_in_plain(),
            Open::Rest => self.step_in_rest(),
            Open::Block(_) | Open::Run(_) => self.step_in_markdown(),
        }
    }

    fn step_in_fence(&mut self) -> bool {
        let (Open::Fence(fence), Some(Block::Growing(growing))) =
            (&mut self.open, &mut self.growing)
        else {
            return false;
        };
        let closed = fence.read(&self.source, self.complete, &mut growing.done);
        let is_full = fence.is_full();
        if !closed && !is_full && !self.finished {
            return false;
        }
        if !closed && !is_full && fence.start_over() {
            growing.done.clear();
            return true;
        }
        growing.line.clear();
        let range = fence.start..fence.read;
        if let Some(mut block) = self.growing.take() {
            let first = self.source[range.clone()].lines().next().unwrap_or_default();
            let info = first.trim_start_matches([' ', '`', '~']);
            // An info string may be written in entities.
            if closed && (is_drawn(info) || info.contains(['&', '\\'])) {
                let found = scan(
                    &self.source[range.clone()],
                    &References::default(),
                    Write::All,
                    self.words,
                );
                block = Block::Whole(found.into_iter().map(|found| found.html).collect());
            }
            self.push_final(block, range.clone(), true);
        }
        if is_full {
            self.begin_rest(range.end)
        } else {
            self.go_on(range.end)
        }
        true
    }

    fn step_in_plain(&mut self) -> bool {
        let Open::Plain { start, read } = self.open else { return false };
        let mut end = read;
        while end < self.complete {
            let rest = &self.source[end..self.complete];
            let length = rest.find('\n').map_or(rest.len(), |at| at + 1);
            end += length;
            if is_blank(&rest[..length]) {
                self.end_plain(start, end);
                return true;
            }
        }
        if self.finished {
            self.end_plain(start, end);
            return true;
        }
        self.open = Open::Plain { start, read: end };
        false
    }

    fn end_plain(&mut self, start: usize, end: usize) {
        let block = Block::Whole(html::plain(&self.source[start..end]));
        self.growing = None;
        self.push_final(block, start..end, true);
        self.go_on(end);
    }

    fn step_in_markdown(&mut self) -> bool {
        let Some((start, progress)) = self.unread() else { return false };
        let Some(slice) = self.slice(start) else {
            // One line that is too long by itself.
            self.begin_plain(start);
            return true;
        };
        if !self.is_worth_parsing(slice, progress) {
            return false;
        }
        let prefix = self.prefix();
        let text = [&prefix, &self.source[slice.start..slice.end]].concat();
        let before_blank = ends_blank(&text);
        let write = if slice.is_last { Write::All } else { Write::Closed { before_blank } };
        let mut found = scan(&text, &References::default(), write, self.words);
        for block in &mut found {
            let to_source = |at: usize| slice.start + at.saturating_sub(prefix.len());
            block.start = to_source(block.start);
            block.end = to_source(block.end);
            if let Kind::Run(run) = &mut block.kind {
                run.units.iter_mut().for_each(|unit| unit.start = to_source(unit.start));
            }
        }
        self.settle(found, slice, before_blank);
        let stuck = self.unread_start() == Some(start);
        if stuck && !slice.is_last && slice.end - slice.start >= limits::UNIT {
            self.begin_plain(start);
        }
        true
    }

    /// Where parsing begins, if there are complete lines that were not parsed yet.
    fn unread(&self) -> Option<(usize, Progress)> {
        let (start, progress) = match &self.open {
            Open::Block(block) => (block.start, block.progress),
            Open::Run(run) => (run.last, run.progress),
            Open::Fence(_) | Open::Plain { .. } | Open::Rest => return None,
        };
        let is_new = self.complete > progress.read || (self.finished && start < self.complete);
        is_new.then_some((start, progress))
    }

    fn unread_start(&self) -> Option<usize> {
        match &self.open {
            Open::Block(block) => Some(block.start),
            Open::Run(run) => Some(run.last),
            Open::Fence(_) | Open::Plain { .. } | Open::Rest => None,
        }
    }

    /// What to parse from `start` on: everything that is complete, but not much more than is typeset at all. None if it
    /// begins with a line that is too long.
    fn slice(&self, start: usize) -> Option<Slice> {
        let complete = &self.source[start..self.complete];
        let end = match complete.as_bytes().get(limits::UNIT..) {
            None => complete.len(),
            Some(rest) => {
                let line_end = rest.iter().position(|&byte| byte == b'\n');
                line_end.map_or(complete.len(), |at| limits::UNIT + at + 1)
            }
        };
        let last_line = complete[..end.saturating_sub(1)].rfind('\n').map_or(0, |at| at + 1);
        if end - last_line > limits::UNIT {
            return (last_line > 0).then_some(Slice {
                start,
                end: start + last_line,
                is_last: true,
            });
        }
        let end = start + end;
        Some(Slice { start, end, is_last: self.finished && end == self.source.len() })
    }

    /// Parsing an open block again costs its whole length, so it is done when it is likely to show that the block has
    /// ended. Whenever it is done, it shows the same.
    fn is_worth_parsing(&mut self, slice: Slice, progress: Progress) -> bool {
        let length = slice.end - slice.start;
        if slice.is_last || length >= limits::UNIT {
            return true;
        }
        let new = &self.source[progress.read.max(slice.start)..slice.end];
        if self.open.continues(new) {
            match &mut self.open {
                Open::Block(block) => block.progress.read = slice.end,
                Open::Run(run) => run.progress.read = slice.end,
                Open::Fence(_) | Open::Plain { .. } | Open::Rest => {}
            }
            return false;
        }
        length <= SMALL
            || length >= progress.length + progress.length / 4
            || (length <= MEDIUM && new.lines().any(is_blank))
    }

    /// A table's rows mean nothing without its first two lines.
    pub(super) fn prefix(&self) -> String {
        match &self.open {
            Open::Run(run) if run.place == Place::Rows && run.last > run.start => {
                let lines = self.source[run.start..run.last].split_inclusive('\n');
                lines.take(2).collect()
            }
            _ => String::new(),
        }
    }

    /// Takes in the blocks of a slice.
    fn settle(&mut self, found: Vec<Found>, slice: Slice, before_blank: bool) {
        let starts: Vec<usize> = found.iter().map(|found| found.start).collect();
        if found.is_empty() && (slice.is_last || before_blank) {
            self.open = Open::at(slice.end);
        }
        self.note_progress(slice);
        for (at, block) in found.into_iter().enumerate() {
            if matches!(self.open, Open::Rest) {
                return;
            }
            let next = starts.get(at + 1).copied();
            // A definition after it shows nothing, but what follows may depend on it.
            let is_all = slice.is_last || before_blank;
            let end = next.unwrap_or(if is_all { slice.end } else { block.end });
            // A code block without an end is read by its lines.
            let is_open =
                next.is_none() && matches!(&block.kind, Kind::Fence(fence) if !fence.closed);
            let is_last = slice.is_last && !is_open;
            let closed = next.is_some() || is_last || block.kind.is_closed(before_blank);
            match (&self.open, closed) {
                // A code block that is too much is read by its lines.
                (_, true)
                    if matches!(block.kind, Kind::Fence(_))
                        && rest::cost(&block.html) > self.left() =>
                {
                    self.begin(block, slice);
                    return;
                }
                (Open::Run(run), true) if at == 0 && run.last > run.start => self.end_run(end),
                (&Open::Run(OpenRun { start, .. }), false) if at == 0 => {
                    self.continue_run(start, block.kind, slice);
                }
                (_, true) if self.is_too_much(&block.html) => self.begin_rest(block.start),
                (_, true) => {
                    self.drop_growing();
                    let opaque = block.kind.is_opaque();
                    self.push_final(Block::Whole(block.html), block.start..end, opaque);
                    self.go_on(end);
                }
                (_, false) => self.begin(block, slice),
            }
        }
    }

    fn note_progress(&mut self, slice: Slice) {
        let now = Progress { read: slice.end, length: slice.end - slice.start };
        match &mut self.open {
            Open::Block(block) => block.progress = now,
            Open::Run(run) => run.progress = now,
            Open::Fence(_) | Open::Plain { .. } | Open::Rest => {}
        }
    }

    /// The last block of a slice stays open.
    fn begin(&mut self, block: Found, slice: Slice) {
        let start = block.start;
        match block.kind {
            Kind::Fence(fence) => {
                self.drop_growing();
                let growing =
                    self.new_growing(code::head(&fence.info, self.words), Place::Line, code::FOOT);
                self.growing = Some(Block::Growing(growing));
                let left = self.left();
                let fence = OpenFence::new(start, &self.source, &fence, left);
                self.open = Open::Fence(Box::new(fence));
            }
            Kind::Run(_) => self.continue_run(start, block.kind, slice),
            kind => {
                let progress = Progress { read: slice.end, length: slice.end - start };
                let shape = match kind {
                    Kind::Paragraph => Shape::Paragraph,
                    Kind::Quote => Shape::Quote,
                    _ => Shape::Other,
                };
                self.open = Open::Block(OpenBlock { start, progress, shape });
            }
        }
    }

    fn continue_run(&mut self, start: usize, kind: Kind, slice: Slice) {
        let Kind::Run(Run { place, units, inside, .. }) = kind else { return };
        let last = units.last().map_or(start, |unit| unit.start.max(start));
        let progress = Progress { read: slice.end, length: slice.end - last };
        self.open = Open::Run(OpenRun { start, place, last, inside, progress });
    }

    /// A list or table is written as a whole once it has ended.
    fn end_run(&mut self, end: usize) {
        let Open::Run(run) = &self.open else { return };
        let range = run.start..end;
        let found =
            scan(&self.source[range.clone()], &References::default(), Write::All, self.words);
        self.drop_growing();
        let html: String = found.into_iter().map(|found| found.html).collect();
        if self.is_too_much(&html) {
            return self.begin_rest(range.start);
        }
        self.push_final(Block::Whole(html), range.clone(), false);
        self.go_on(range.end);
    }

    /// From here to the next empty line there is too much to be typeset.
    fn begin_plain(&mut self, start: usize) {
        if matches!(&self.open, Open::Run(run) if run.start < start) {
            self.end_run(start);
            if matches!(self.open, Open::Rest) {
                return;
            }
        }
        self.drop_growing();
        let read = self.slice_end_of_plain(start);
        self.open = Open::Plain { start, read };
    }

    /// The first line of it belongs to it, whatever is in it.
    fn slice_end_of_plain(&self, start: usize) -> usize {
        let line_end = |from: usize| {
            self.source[from..self.complete].find('\n').map_or(self.complete, |at| from + at + 1)
        };
        let far = (start + limits::UNIT).min(self.complete);
        let mut from = far;
        while !self.source.is_char_boundary(from) {
            from += 1;
        }
        line_end(from)
    }

    pub(super) fn drop_growing(&mut self) {
        self.growing = None;
    }
}

impl Open {
    /// Whether new lines can only be more of the open block.
    fn continues(&self, new: &str) -> bool {
        match self {
            Self::Block(OpenBlock { shape: Shape::Paragraph, .. }) => {
                new.lines().all(continues_paragraph)
            }
            Self::Block(OpenBlock { shape: Shape::Quote, .. }) => new.lines().all(continues_quote),
            Self::Run(OpenRun { inside: Some(indent), .. }) => {
                new.lines().all(|line| continues_item(line, *indent))
            }
            Self::Block(_) | Self::Run(_) | Self::Fence(_) | Self::Plain { .. } | Self::Rest => {
                false
            }
        }
    }
}

fn continues_quote(line: &str) -> bool {
    let marked = line.trim_start_matches(' ');
    marked.starts_with('>') && line.len() - marked.len() <= 3
}

fn continues_item(line: &str, indent: usize) -> bool {
    let text = line.trim_start_matches(' ');
    line.trim().is_empty() || (line.len() - text.len() >= indent && !text.starts_with('\t'))
}

/// Whether a line after a paragraph's can only be more of it: only marks begin anything else.
fn continues_paragraph(line: &str) -> bool {
    line.trim_start().chars().next().is_some_and(char::is_alphabetic)
}

fn ends_blank(text: &str) -> bool {
    text.lines().next_back().is_some_and(is_blank)
}
