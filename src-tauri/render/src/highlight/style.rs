//! Style sheets, and the languages that become them.

use super::paint::{Class, Painter};

/// Where a line ends.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    comment: bool,
    /// Braces around.
    depth: u32,
    part: Part,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Part {
    /// Before a selector or a property.
    #[default]
    Start,
    Selector,
    Property,
    Value,
}

pub(super) fn line(state: &mut State, paint: &mut Painter<'_, '_>, start: usize, end: usize) {
    let bytes = &paint.line().as_bytes()[..end];
    let mut reader = Reader { state, paint, bytes, at: start };
    while reader.at < end {
        reader.step();
    }
}

struct Reader<'a, 'l, 'o> {
    state: &'a mut State,
    paint: &'a mut Painter<'l, 'o>,
    bytes: &'l [u8],
    at: usize,
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

    /// Where the name ends that begins at `at`.
    fn name_end(&self, at: usize) -> usize {
        let is_name = |byte: &&u8| {
            byte.is_ascii_alphanumeric() || matches!(**byte, b'-' | b'_') || **byte >= 0x80
        };
        at + self.bytes.get(at..).unwrap_or_default().iter().take_while(is_name).count()
    }

    fn step(&mut self) {
        if self.state.comment {
            return self.comment();
        }
        let (byte, next) = (self.bytes[self.at], self.byte(self.at + 1));
        match byte {
            b' ' | b'\t' => self.at += 1,
            b'/' if next == b'*' => {
                self.state.comment = true;
                self.mark(Class::Comment, self.at + 2);
            }
            b'/' if next == b'/' && (self.at == 0 || self.bytes[self.at - 1] != b':') => {
                self.mark(Class::Comment, self.bytes.len());
            }
            b'"' | b'\'' => self.string(byte),
            b'{' | b'}' | b';' => self.punctuation(byte),
            b':' if self.state.part == Part::Property => {
                self.at += 1;
                self.state.part = Part::Value;
            }
            b'@' => {
                let end = self.name_end(self.at + 1);
                let is_variable = self.byte(end) == b':' || self.state.part == Part::Value;
                let class = if is_variable { Class::Attribute } else { Class::Keyword };
                self.mark(class, end.max(self.at + 1));
                self.state.part = if self.byte(end) == b':' { Part::Property } else { Part::Value };
            }
            b'$' => {
                let end = self.name_end(self.at + 1);
                self.mark(Class::Attribute, end.max(self.at + 1));
                if self.state.part == Part::Start {
                    self.state.part = Part::Property;
                }
            }
            _ => {
                if self.state.part == Part::Start {
                    self.state.part = self.begins();
                }
                match self.state.part {
                    Part::Property => self.property(),
                    Part::Value => self.value(byte),
                    Part::Start | Part::Selector => self.selector(byte),
                }
            }
        }
    }

    fn comment(&mut self) {
        let found = self.bytes[self.at..].windows(2).position(|pair| pair == b"*/");
        self.state.comment = found.is_none();
        self.mark(Class::Comment, found.map_or(self.bytes.len(), |at| self.at + at + 2));
    }

    fn string(&mut self, quote: u8) {
        let mut end = self.at + 1;
        while end < self.bytes.len() && self.bytes[end] != quote {
            end += 1 + usize::from(self.bytes[end] == b'\\');
        }
        self.mark(Class::String, end + 1);
    }

    fn punctuation(&mut self, byte: u8) {
        self.at += 1;
        self.state.part = Part::Start;
        match byte {
            b'{' => self.state.depth = self.state.depth.saturating_add(1),
            b'}' => self.state.depth = self.state.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// Whether a property or a selector begins here: properties have a colon, and no brace after it.
    fn begins(&self) -> Part {
        let rest = &self.bytes[self.at..];
        let ends = |&byte: &u8| matches!(byte, b'{' | b'}' | b';');
        let end = rest.iter().position(ends);
        let statement = &rest[..end.unwrap_or(rest.len())];
        let is_selector = end.is_some_and(|end| rest[end] == b'{') || statement.ends_with(b",");
        let is_property = !is_selector && statement.contains(&b':') && self.state.depth > 0;
        let is_variable = statement.starts_with(b"--");
        if is_property || is_variable { Part::Property } else { Part::Selector }
    }

    fn property(&mut self) {
        let end = self.name_end(self.at);
        if end > self.at {
            self.mark(Class::Attribute, end);
        } else {
            self.at += 1;
        }
    }

    fn selector(&mut self, byte: u8) {
        let end = self.name_end(self.at + 1);
        match byte {
            b'.' | b'#' => self.mark(Class::Function, end),
            b':' => {
                let end = self.name_end(self.at + 1 + usize::from(self.byte(self.at + 1) == b':'));
                self.mark(Class::Meta, end);
            }
            b'[' => {
                self.at += 1;
                let end = self.name_end(self.at);
                self.mark(Class::Attribute, end);
            }
            _ if byte.is_ascii_alphabetic() => self.mark(Class::Type, end),
            _ => self.at += 1,
        }
    }

    fn value(&mut self, byte: u8) {
        let next = self.byte(self.at + 1);
        let is_number = byte.is_ascii_digit()
            || (matches!(byte, b'.' | b'-' | b'+') && (next.is_ascii_digit() || next == b'.'));
        let end = self.name_end(self.at + 1);
        match byte {
            b'#' => self.mark(Class::Number, end),
            b'!' => self.mark(Class::Keyword, end),
            _ if is_number => {
                let mut end = end;
                while matches!(self.byte(end), b'.') && self.byte(end + 1).is_ascii_digit() {
                    end = self.name_end(end + 1);
                }
                self.mark(Class::Number, end + usize::from(self.byte(end) == b'%'));
            }
            b'-' if next == b'-' => self.mark(Class::Attribute, end),
            _ if byte.is_ascii_alphabetic() || byte == b'-' => {
                if self.byte(end) == b'(' {
                    let is_address = &self.bytes[self.at..end] == b"url";
                    self.mark(Class::Function, end);
                    if is_address && !matches!(self.byte(end + 1), b'"' | b'\'') {
                        self.address(end + 1);
                    }
                } else {
                    self.at = end;
                }
            }
            _ => self.at += 1,
        }
    }

    fn address(&mut self, start: usize) {
        let rest = self.bytes.get(start..).unwrap_or_default();
        let length = rest.iter().position(|&byte| byte == b')').unwrap_or(rest.len());
        self.at = start;
        self.mark(Class::String, start + length);
    }
}
