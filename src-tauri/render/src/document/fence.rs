//! An open code block. Its lines are not markdown, so they are read here and not parsed.

use std::borrow::Cow;

use crate::code::Lines;
use crate::scan::Fence;

/// A fenced code block whose end has not come yet.
#[derive(Debug)]
pub(super) struct OpenFence {
    pub(super) start: usize,
    /// Up to here its lines are read.
    pub(super) read: usize,
    mark: char,
    length: usize,
    indent: usize,
    lines: Lines,
}

impl OpenFence {
    pub(super) fn new(start: usize, source: &str, fence: &Fence) -> Self {
        let first_line = source[start..].find('\n').map_or(source.len(), |at| start + at + 1);
        Self {
            start,
            read: first_line,
            mark: fence.mark,
            length: fence.length,
            indent: fence.indent,
            lines: Lines::new(&fence.info),
        }
    }

    /// Reads complete lines. Returns whether the last one it read ends the block.
    pub(super) fn read(&mut self, source: &str, complete: usize, done: &mut String) -> bool {
        while self.read < complete {
            let rest = &source[self.read..complete];
            let line = rest.find('\n').map_or(rest, |at| &rest[..at]);
            self.read += (line.len() + 1).min(rest.len());
            if self.ends_with(line) {
                return true;
            }
            let line = self.without_indent(line);
            self.lines.write(&line, done);
        }
        false
    }

    /// The line that is being written, unless it may become the end of the block.
    pub(super) fn partial(&self, line: &str) -> String {
        if line.trim_start().chars().all(|character| character == self.mark) {
            return String::new();
        }
        self.lines.preview(&self.without_indent(line))
    }

    fn ends_with(&self, line: &str) -> bool {
        let marks = line.trim_start_matches(' ');
        let indent = line.len() - marks.len();
        let rest = marks.trim_start_matches(self.mark);
        indent <= 3
            && marks.len() - rest.len() >= self.length
            && rest.trim_matches([' ', '\t']).is_empty()
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
