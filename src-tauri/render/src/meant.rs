//! What people and models plainly mean where markdown says something else, line by line, before the parser reads it.
//!
//! - A code block of markdown holds the code blocks that are in it: its end is the fence that none of them needs.
//! - A line of tags of `<details>` is one, whatever stands around it.
//! - An item that is indented too far below another one is an item inside it, and not code.
//!
//! What a line becomes depends on the lines before it and on none after, and a block begins with nothing open. So a block that
//! is finished stays so, and the lines keep their numbers.

mod markup;

use std::borrow::Cow;

use crate::fold::{self, Fold};
use crate::math::{Formulas, hide_marks};
use crate::nest::{Mark, Nest};

/// Spaces that make code of what is further inside than its container.
const CODE: usize = 4;

/// The text as it is meant.
pub(crate) fn as_meant(text: &str) -> Cow<'_, str> {
    if !may_differ(text) {
        return Cow::Borrowed(text);
    }
    let mut outline = Outline::default();
    let mut out = String::with_capacity(text.len() + 64);
    for line in text.split_inclusive('\n') {
        outline.line(line, &mut out);
    }
    Cow::Owned(out)
}

/// Whether the text ends inside a fenced code block.
pub(crate) fn ends_in_fence(text: &str) -> bool {
    if !text.contains("```") && !text.contains("~~~") {
        return false;
    }
    let mut outline = Outline::default();
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        outline.line(line, &mut out);
        out.clear();
    }
    outline.fence.is_some()
}

fn may_differ(text: &str) -> bool {
    text.contains("     ")
        || text.contains("\t")
        || text.contains("```")
        || text.contains("~~~")
        || fold::may_be_in(text)
}

/// Where a line is: in which quotes, items and code.
#[derive(Default)]
struct Outline {
    quotes: usize,
    /// The columns at which the contents of the open items begin, from the outside in.
    items: Vec<usize>,
    fence: Option<Fence>,
    /// Lines that are indented so far move to the left by so much.
    shift: Option<(usize, usize)>,
    after_blank: bool,
    /// The innermost item has nothing in it yet: an empty line ends it.
    is_empty_item: bool,
    /// In code without a fence.
    in_code: bool,
    markup: Option<markup::End>,
    /// The line above is text, which what begins a block may have to leave alone.
    after_text: bool,
    formulas: Formulas,
}

struct Fence {
    /// Where its container's content begins.
    container: usize,
    nest: Nest,
}

impl Outline {
    fn line(&mut self, line: &str, out: &mut String) {
        let start = out.len();
        self.read(line, out);
        self.formulas.read(&out[start..]);
    }

    fn read(&mut self, line: &str, out: &mut String) {
        let start = out.len();
        // In code, more of their marks are code.
        let most = if self.fence.is_some() { self.quotes } else { usize::MAX };
        let (quotes, text) = without_quotes(line, most);
        if quotes != self.quotes {
            let formulas = std::mem::take(&mut self.formulas);
            *self = Self { quotes, formulas, ..Self::default() };
        }
        out.push_str(&line[..line.len() - text.len()]);
        if text.trim().is_empty() {
            out.push_str(text);
            (self.after_blank, self.after_text) = (true, false);
            self.markup = self.markup.filter(|end| *end != markup::End::Blank);
            if std::mem::take(&mut self.is_empty_item) {
                self.items.pop();
            }
            return;
        }
        self.is_empty_item = false;
        let (indent, content) = indent(text);
        let shifted = self.shifted(indent);
        if let Some(fence) = &mut self.fence {
            if shifted >= fence.container {
                let is_mark = shifted < fence.container + CODE;
                let read = if is_mark { fence.nest.read(content) } else { Mark::None };
                write(out, text, indent, shifted, content, read == Mark::Inner);
                if read == Mark::End {
                    self.fence = None;
                }
                self.after_blank = false;
                return;
            }
            self.fence = None;
        }
        let content_start = out.len();
        write(out, text, indent, shifted, content, false);
        if self.formulas.holds(&out[start..]) {
            // Whatever it looks like, it is a formula's line.
            (self.after_blank, self.after_text) = (false, true);
            return;
        }
        out.truncate(content_start);
        let is_markup = self.markup.is_some();
        let column = self.outside(indent, shifted, content);
        if !is_markup
            && column < CODE
            && self.quotes == 0
            && self.items.is_empty()
            && let Some(fold) = Fold::of(content)
        {
            self.markup = None;
            self.after_text = false;
            fold.write(out);
            out.push_str(&content[content.trim_end().len()..]);
        } else {
            write(out, text, indent, column, content, false);
        }
        self.after_blank = false;
    }

    /// Reads a line outside of fences. Gives back the column at which it is meant to begin.
    fn outside(&mut self, indent: usize, shifted: usize, content: &str) -> usize {
        while self.items.last().is_some_and(|&item| item > shifted) {
            self.items.pop();
            self.markup = None;
        }
        let container = self.items.last().copied().unwrap_or_default();
        if let Some(end) = self.markup {
            self.markup = (!end.is_in(content)).then_some(end);
            return shifted;
        }
        let is_far = shifted >= container + CODE;
        let begins_item = marker(content) > 0 && !is_rule(content);
        let mut column = shifted;
        if is_far && begins_item && !self.in_code && !self.items.is_empty() {
            column = container;
            self.shift = Some((indent, indent - column));
        } else {
            self.in_code = is_far && (self.in_code || self.after_blank);
            if is_far {
                return column;
            }
        }
        self.begin(column, content);
        column
    }

    /// What begins in a line that is no code.
    fn begin(&mut self, column: usize, content: &str) {
        let (mut column, mut rest) = (column, content);
        while !is_rule(rest) {
            let mark = marker(rest);
            if mark == 0 {
                break;
            }
            let (spaces, after) = indent(&rest[mark..]);
            let is_empty = after.trim().is_empty();
            column += mark + if is_empty || spaces > CODE { 1 } else { spaces };
            self.items.push(column);
            self.is_empty_item = is_empty;
            if is_empty || spaces > CODE {
                return;
            }
            rest = after;
        }
        let container = self.items.last().copied().unwrap_or_default();
        self.fence = Nest::begun(rest).map(|nest| Fence { container, nest });
        self.markup = markup::begun(rest, self.after_text).filter(|end| !end.is_in(rest));
        self.after_text = self.fence.is_none() && !rest.starts_with('#') && !is_rule(rest);
    }

    /// The column of a line that begins at this one in the source.
    fn shifted(&mut self, indent: usize) -> usize {
        match self.shift {
            Some((from, by)) if indent >= from => indent - by,
            Some((from, by)) if self.fence.is_some() => indent.min(from - by),
            _ => {
                self.shift = None;
                indent
            }
        }
    }
}

fn write(out: &mut String, text: &str, from: usize, column: usize, content: &str, hidden: bool) {
    if column == from {
        out.push_str(&text[..text.len() - content.len()]);
    } else {
        out.extend(std::iter::repeat_n(' ', column));
    }
    if hidden { hide_marks(out, content) } else { out.push_str(content) }
}

/// How many quotes a line is in, and what is in them.
fn without_quotes(line: &str, most: usize) -> (usize, &str) {
    let (mut quotes, mut rest) = (0, line);
    while quotes < most {
        let text = rest.trim_start_matches(' ');
        let Some(after) = text.strip_prefix('>').filter(|_| rest.len() - text.len() < CODE) else {
            break;
        };
        quotes += 1;
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    (quotes, rest)
}

/// The column at which a text begins, and what begins there.
fn indent(text: &str) -> (usize, &str) {
    let mut column = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b' ' => column += 1,
            b'\t' => column += CODE - column % CODE,
            _ => return (column, &text[at..]),
        }
    }
    (column, "")
}

/// Bytes of the list marker that a text begins with.
fn marker(text: &str) -> usize {
    let digits = text.bytes().take(10).take_while(u8::is_ascii_digit).count();
    let length = match text.as_bytes().get(digits) {
        Some(b'-' | b'+' | b'*') if digits == 0 => 1,
        Some(b'.' | b')') if (1..10).contains(&digits) => digits + 1,
        _ => return 0,
    };
    let is_apart = text[length..].starts_with([' ', '\t', '\n']) || text.len() == length;
    if is_apart { length } else { 0 }
}

/// Whether a line is a rule and no item.
fn is_rule(content: &str) -> bool {
    let marks = content.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let Some(first) = content.bytes().next().filter(|first| b"-*_".contains(first)) else {
        return false;
    };
    marks.clone().all(|mark| mark == first) && marks.take(3).count() == 3
}
