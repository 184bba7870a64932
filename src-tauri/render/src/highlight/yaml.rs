//! YAML: keys by their colon, and text by its indentation.

use super::paint::{Class, Painter};

/// Where a line ends.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    /// Inside a block of text, whose key is indented so far.
    block: Option<usize>,
    /// Inside a string with this quote.
    quote: Option<u8>,
}

pub(super) fn line(state: &mut State, paint: &mut Painter<'_, '_>, start: usize, end: usize) {
    let bytes = &paint.line().as_bytes()[..end];
    let indent = bytes[start..].iter().take_while(|&&byte| byte == b' ').count();
    let is_empty = bytes[start..].iter().all(u8::is_ascii_whitespace);
    if let Some(above) = state.block {
        if is_empty || indent > above {
            return paint.mark(Class::String, start + indent, end);
        }
        state.block = None;
    }
    let mut reader = Reader { state, paint, bytes, at: start, indent, flow: 0 };
    if reader.state.quote.is_none() {
        reader.at += indent;
        reader.begin();
    }
    while reader.at < end {
        reader.step();
    }
}

struct Reader<'a, 'l, 'o> {
    state: &'a mut State,
    paint: &'a mut Painter<'l, 'o>,
    bytes: &'l [u8],
    at: usize,
    /// Of the innermost key or item.
    indent: usize,
    flow: u32,
}

impl Reader<'_, '_, '_> {
    fn mark(&mut self, class: Class, end: usize) {
        let end = end.min(self.bytes.len());
        self.paint.mark(class, self.at, end);
        self.at = end;
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or_default()
    }

    /// Marks of documents and items, and the key.
    fn begin(&mut self) {
        let rest = &self.bytes[self.at..];
        if matches!(rest, b"---" | b"...") || rest.starts_with(b"--- ") || rest.starts_with(b"%") {
            return self.mark(Class::Meta, self.at + 3);
        }
        while matches!(self.byte(self.at), b'-' | b'?') && matches!(self.byte(self.at + 1), b' ') {
            self.at += 2;
            while self.byte(self.at) == b' ' {
                self.at += 1;
            }
        }
        self.key();
    }

    /// A key, if one is here.
    fn key(&mut self) {
        let start = self.at;
        let quote = self.byte(start);
        let mut end = start;
        if matches!(quote, b'"' | b'\'') {
            let closed = self.bytes[start + 1..].iter().position(|&byte| byte == quote);
            let Some(closed) = closed else { return };
            end = start + closed + 2;
        } else {
            while let Some(&byte) = self.bytes.get(end) {
                let is_end = byte == b':' && matches!(self.byte(end + 1), b' ' | b'\t' | 0);
                let is_other = matches!(byte, b'#' if end > start && self.bytes[end - 1] == b' ')
                    || (matches!(byte, b'{' | b'[' | b']' | b'}' | b',' | b'"')
                        && (end == start || self.flow > 0))
                    || matches!(byte, b'&' | b'!' | b'|' | b'>' | b'#' | b'*' if end == start);
                if is_end || is_other {
                    break;
                }
                end += 1;
            }
        }
        let is_key = self.byte(end) == b':' && matches!(self.byte(end + 1), b' ' | b'\t' | 0);
        if is_key && end > start {
            self.mark(Class::Attribute, end);
            self.at = end + 1;
        }
    }

    fn step(&mut self) {
        if let Some(quote) = self.state.quote {
            return self.string(quote);
        }
        let byte = self.bytes[self.at];
        match byte {
            b' ' | b'\t' => self.at += 1,
            b'#' => self.mark(Class::Comment, self.bytes.len()),
            b'"' | b'\'' => {
                self.mark(Class::String, self.at + 1);
                self.state.quote = Some(byte);
            }
            b'[' | b'{' => {
                self.flow += 1;
                self.at += 1;
                self.flow_key();
            }
            b',' if self.flow > 0 => {
                self.at += 1;
                self.flow_key();
            }
            b']' | b'}' | b',' => {
                self.flow = self.flow.saturating_sub(u32::from(byte != b','));
                self.at += 1;
            }
            b'|' | b'>' => {
                self.state.block = Some(self.indent);
                self.mark(Class::Keyword, self.bytes.len());
            }
            b'&' | b'*' => self.mark(Class::Meta, self.scalar_end()),
            b'!' => self.mark(Class::Type, self.scalar_end()),
            _ => self.scalar(),
        }
    }

    fn flow_key(&mut self) {
        while self.byte(self.at) == b' ' {
            self.at += 1;
        }
        self.key();
    }

    fn scalar_end(&self) -> usize {
        let ends =
            |&byte: &u8| byte == b' ' || (self.flow > 0 && matches!(byte, b',' | b']' | b'}'));
        let rest = &self.bytes[self.at..];
        self.at + rest.iter().position(ends).unwrap_or(rest.len()).max(1)
    }

    /// Text without quotes: a number, a word that means something, or a string.
    fn scalar(&mut self) {
        let mut end = self.at;
        while let Some(&byte) = self.bytes.get(end) {
            let is_comment = byte == b'#' && self.bytes[end - 1] == b' ';
            if is_comment || (self.flow > 0 && matches!(byte, b',' | b']' | b'}')) {
                break;
            }
            end += 1;
        }
        let text = self.bytes[self.at..end].trim_ascii_end();
        let is_number = text
            .first()
            .is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.'))
            && text.iter().any(u8::is_ascii_digit)
            && text.iter().all(|byte| {
                byte.is_ascii_hexdigit()
                    || matches!(byte, b'.' | b'_' | b'-' | b'+' | b':' | b'x' | b'o' | b'T' | b'Z')
            });
        let words = ["true", "false", "null", "yes", "no", "on", "off", "~"];
        let is_word = words.iter().any(|word| word.as_bytes().eq_ignore_ascii_case(text));
        let class = if is_number || is_word { Class::Number } else { Class::String };
        let stop = self.at + text.len();
        self.mark(class, stop);
        self.at = end.max(stop);
    }

    fn string(&mut self, quote: u8) {
        let mut end = self.at;
        while end < self.bytes.len() && self.bytes[end] != quote {
            end += 1 + usize::from(quote == b'"' && self.bytes[end] == b'\\');
        }
        if end < self.bytes.len() {
            self.state.quote = None;
        }
        self.mark(Class::String, end + 1);
    }
}
