//! An open code block. Its lines are not markdown, so they are read here and not parsed.

use std::borrow::Cow;

use crate::code::Lines;
use crate::nest::{Mark, Nest};
use crate::scan::Fence;

/// A fenced code block whose end has not come yet.
#[derive(Debug)]
pub(super) struct OpenFence {
    pub(super) start: usize,
    /// Up to here its lines are read.
    pub(super) read: usize,
    mark: char,
    indent: usize,
    nest: Nest,
    /// Whether a line ended a block inside that would end this one by markdown's rule.
    ended_inner: bool,
    /// What its lines may still cost, and what they might at first.
    left: usize,
    most: usize,
    lines: Lines,
    /// What `lines` was at the first line.
    first: (usize, Lines),
}

impl OpenFence {
    pub(super) fn new(start: usize, source: &str, fence: &Fence, left: usize) -> Self {
        let first_line = source[start..].find('\n').map_or(source.len(), |at| start + at + 1);
        let lines = Lines::new(&fence.info);
        Self {
            start,
            read: first_line,
            mark: fence.mark,
            indent: fence.indent,
            nest: Nest::new(fence.mark, fence.length, &fence.info),
            ended_inner: false,
            left,
            most: left,
            lines: lines.clone(),
            first: (first_line, lines),
        }
    }

    /// Reads complete lines. Returns whether the last one it read ends the block.
    pub(super) fn read(&mut self, source: &str, complete: usize, done: &mut String) -> bool {
        while self.read < complete && self.left > 0 {
            let rest = &source[self.read..complete];
            let line = rest.find('\n').map_or(rest, |at| &rest[..at]);
            self.read += (line.len() + 1).min(rest.len());
            match self.mark(line) {
                Mark::End => return true,
                Mark::Inner => self.ended_inner = true,
                Mark::None => {}
            }
            let line = self.without_indent(line);
            let before = done.len();
            self.lines.write(&line, done);
            self.left = self.left.saturating_sub(done[before..].matches("</").count());
        }
        false
    }

    /// Whether a page can bear no more of its lines.
    pub(super) const fn is_full(&self) -> bool {
        self.left == 0
    }

    /// For a block that did not end: whether it does by markdown's rule. Then it is to be read again.
    pub(super) fn start_over(&mut self) -> bool {
        if !std::mem::take(&mut self.ended_inner) {
            return false;
        }
        self.nest.hold_none();
        self.left = self.most;
        (self.read, self.lines) = self.first.clone();
        true
    }

    /// The line that is being written, unless it may become the end of the block.
    pub(super) fn partial(&self, line: &str) -> String {
        if line.trim_start().chars().all(|character| character == self.mark) {
            return String::new();
        }
        self.lines.preview(&self.without_indent(line))
    }

    fn mark(&mut self, line: &str) -> Mark {
        let marks = line.trim_start_matches(' ');
        if line.len() - marks.len() <= 3 { self.nest.read(marks) } else { Mark::None }
    }

    /// A line without the indentation that the fence itself has.
    fn without_indent<'l>(&self, line: &'l str) -> Cow<'l, str> {
        let mut column = 0;
        let mut rest = line;
        while column < self.indent {
            if let Some(after) = rest.strip_prefix(' ') {
                column += 1;
                rest = after;
            } else if let Some(after) = rest.strip_prefix('\t') {
                let stop = column / 4 * 4 + 4;
                let spaces = stop.saturating_sub(self.indent);
                return Cow::Owned([&" ".repeat(spaces), after].concat());
            } else {
                break;
            }
        }
        Cow::Borrowed(rest)
    }
}
