//! Languages made of words, strings, comments and punctuation: most of them. What differs between them is data.
//!
//! A line is read once, byte by byte. What reaches into the next line is a stack of frames.

mod frame;
mod jsx;
mod mark;
mod rules;
mod text;
mod word;
mod words;

use super::paint::{Class, Painter};
use frame::{Frame, push};
use words::Kind;

pub(super) use frame::State;
pub(super) use rules::*;
pub(super) use words::Words;

/// Reads a line, or a part of one, from `start` to `end`.
pub(super) fn line(
    rules: &'static Program,
    words: &'static Words,
    state: &mut State,
    paint: &mut Painter<'_, '_>,
    start: usize,
    end: usize,
) {
    let bytes = &paint.line().as_bytes()[..end];
    let command = rules.command.is_some() && rules.has(LINE_COMMANDS) && !state.continued;
    let mut scanner = Scanner {
        rules,
        words,
        state,
        bytes,
        paint,
        start,
        at: start,
        value: false,
        fresh: true,
        command,
        names: None,
        brackets: 1,
        no_regex: false,
        type_end: 0,
    };
    scanner.run();
}

struct Scanner<'a, 'l, 'o> {
    rules: &'static Program,
    words: &'static Words,
    state: &'a mut State,
    bytes: &'l [u8],
    paint: &'a mut Painter<'l, 'o>,
    start: usize,
    at: usize,
    /// Whether the token before is a value, so that an operator follows and no regular expression.
    value: bool,
    /// Whether a key may come here.
    fresh: bool,
    /// Whether a command may come here.
    command: bool,
    /// What the next word names, if a keyword said so.
    names: Option<Class>,
    /// The brackets that this line opened: a bit each, set for braces.
    brackets: u64,
    /// No regular expression ends on the rest of this line.
    no_regex: bool,
    /// Where the last type's name ended.
    type_end: usize,
}

impl Scanner<'_, '_, '_> {
    fn run(&mut self) {
        if let Some(text) = self.state.pending.take() {
            push(&mut self.state.frames, Frame::Text(text));
        }
        self.here_document_end();
        while self.at < self.bytes.len() {
            match self.state.frames.last() {
                None | Some(Frame::Code { .. }) => self.code(),
                Some(&Frame::Comment { block, depth }) => self.comment(block, depth),
                Some(&Frame::Text(text)) => self.text(text),
                Some(&Frame::Tag { closing }) => self.tag(closing),
                Some(Frame::Children) => self.children(),
            }
        }
        self.end_line();
    }

    /// Strings of one line end with it, unless its end is escaped.
    fn end_line(&mut self) {
        let backslashes = self.bytes.iter().rev().take_while(|&&byte| byte == b'\\').count();
        let is_escaped = backslashes % 2 == 1;
        let ends_in_tick = self.bytes.last() == Some(&b'`') && self.rules.has(OPTIONS);
        self.state.continued = is_escaped || ends_in_tick;
        let is_cut = |frame: &Frame| match frame {
            Frame::Text(text) => !text.lines,
            Frame::Comment { .. } | Frame::Code { .. } | Frame::Tag { .. } | Frame::Children => {
                false
            }
        };
        if let Some(first) = self.state.frames.iter().position(is_cut) {
            let is_last = first + 1 == self.state.frames.len();
            let goes_on = match self.state.frames[first] {
                Frame::Text(text) => is_last && text.escape == b'\\' && is_escaped,
                _ => false,
            };
            if !goes_on {
                self.state.frames.truncate(first);
            }
        }
    }

    fn rest(&self) -> &[u8] {
        &self.bytes[self.at..]
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or_default()
    }

    /// Whether only space is between the line's start and `at`.
    fn is_first(&self, at: usize) -> bool {
        self.bytes[self.start..at].iter().all(u8::is_ascii_whitespace)
    }

    fn mark(&mut self, class: Class, end: usize) {
        self.paint.mark(class, self.at, end);
        self.at = end.min(self.bytes.len());
    }

    /// Tokens up to the next one that begins or ends a frame.
    fn code(&mut self) {
        let depth = self.state.frames.len();
        while self.at < self.bytes.len() && self.state.frames.len() == depth {
            let byte = self.bytes[self.at];
            match self.words.kind(byte) {
                Kind::Space => self.at += 1,
                Kind::Word => self.word(),
                Kind::Digit => self.number(),
                Kind::Mark => {
                    if !self.special(byte) {
                        self.punctuation(byte);
                    }
                }
                Kind::Plain => self.punctuation(byte),
            }
        }
    }

    fn punctuation(&mut self, byte: u8) {
        self.at += 1;
        // After a brace, a pattern or an element is likelier than a quotient or a comparison.
        self.value = matches!(byte, b')' | b']');
        self.command = self.rules.command_after.as_bytes().contains(&byte);
        if !matches!(byte, b'*' | b'&') {
            self.names = None;
        }
        match byte {
            b'{' => self.brackets = self.brackets << 1 | 1,
            b'(' | b'[' => self.brackets <<= 1,
            b')' | b']' | b'}' => self.brackets = (self.brackets >> 1).max(1),
            _ => {}
        }
        let in_braces = self.brackets & 1 == 1;
        self.fresh = byte == b'{' || (in_braces && matches!(byte, b',' | b';'));
        if let Some(Frame::Code { open, close, depth }) = self.state.frames.last_mut() {
            if byte == *close && *depth == 0 {
                self.state.frames.pop();
                if let Some(Frame::Text(text)) = self.state.frames.last() {
                    self.paint.mark(text.class, self.at - 1, self.at);
                }
            } else if byte == *close {
                *depth -= 1;
            } else if byte == *open {
                *depth += 1;
            }
        }
    }

    fn comment(&mut self, block: usize, depth: u32) {
        let Some(&Block { open, close, at_start }) = self.rules.block.get(block) else {
            self.state.frames.pop();
            return;
        };
        let nests = self.rules.has(NESTED_COMMENTS) && open != close;
        let mut depth = depth;
        let mut at = self.at;
        let (first, other) = (close.as_bytes()[0], if nests { open.as_bytes()[0] } else { 0 });
        while at < self.bytes.len() {
            let byte = self.bytes[at];
            if byte == first
                && self.bytes[at..].starts_with(close.as_bytes())
                && (!at_start || at == self.start)
            {
                at += close.len();
                if depth == 0 {
                    self.state.frames.pop();
                    return self.mark(Class::Comment, at);
                }
                depth -= 1;
            } else if byte == other && nests && self.bytes[at..].starts_with(open.as_bytes()) {
                at += open.len();
                depth = depth.saturating_add(1);
            } else {
                at += 1;
            }
        }
        if let Some(Frame::Comment { depth: held, .. }) = self.state.frames.last_mut() {
            *held = depth;
        }
        self.mark(Class::Comment, at);
    }
}
