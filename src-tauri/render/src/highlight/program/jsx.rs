//! Elements in the middle of a program.

use super::frame::{Frame, push};
use super::rules::{ELEMENTS, Quote};
use super::{Class, Scanner};

impl Scanner<'_, '_, '_> {
    /// A tag where a value is expected. Returns whether there is one.
    pub(super) fn element(&mut self) -> bool {
        if !self.rules.has(ELEMENTS) || self.value {
            return false;
        }
        let name = self.tag_name(self.at + 1);
        let after = self.at + 1 + name;
        let rest = &self.bytes[after.min(self.bytes.len())..];
        let is_generic = rest.starts_with(b",") || rest.starts_with(b" extends");
        let ends = rest.first().is_none_or(|byte| matches!(byte, b' ' | b'>' | b'/' | b'\t'));
        if !ends || is_generic || (name == 0 && self.byte(after) != b'>') {
            return false;
        }
        self.begin_tag(self.at + 1, false);
        true
    }

    fn tag_name(&self, at: usize) -> usize {
        let is_name =
            |byte: &u8| super::words::is_word(*byte) || matches!(byte, b'.' | b'-' | b':');
        let rest = self.bytes.get(at..).unwrap_or_default();
        if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
            return 0;
        }
        rest.iter().take_while(|byte| is_name(byte)).count()
    }

    fn begin_tag(&mut self, name: usize, closing: bool) {
        let end = name + self.tag_name(name);
        self.at = name;
        self.mark(Class::Type, end);
        push(&mut self.state.frames, Frame::Tag { closing });
        self.value = false;
    }

    /// Reads on inside a tag.
    pub(super) fn tag(&mut self, closing: bool) {
        let byte = self.byte(self.at);
        match byte {
            b'>' => {
                self.at += 1;
                self.state.frames.pop();
                if !closing {
                    push(&mut self.state.frames, Frame::Children);
                } else if matches!(self.state.frames.last(), Some(Frame::Children)) {
                    self.state.frames.pop();
                }
                self.value = true;
            }
            b'/' if self.byte(self.at + 1) == b'>' => {
                self.at += 2;
                self.state.frames.pop();
                self.value = true;
            }
            b'{' => self.begin_code(),
            b'"' => self.quoted(self.at, &Quote::raw("\"", "\""), Class::String),
            b'\'' => self.quoted(self.at, &Quote::raw("'", "'"), Class::String),
            _ => {
                let name = self.tag_name(self.at);
                if name > 0 {
                    self.mark(Class::Attribute, self.at + name);
                } else {
                    self.at += 1;
                }
            }
        }
    }

    fn begin_code(&mut self) {
        self.at += 1;
        push(&mut self.state.frames, Frame::Code { open: b'{', close: b'}', depth: 0 });
        (self.value, self.fresh) = (false, true);
    }

    /// Reads on between tags.
    pub(super) fn children(&mut self) {
        let marks = |&byte: &u8| matches!(byte, b'<' | b'{');
        let Some(found) = self.rest().iter().position(marks) else {
            self.at = self.bytes.len();
            return;
        };
        self.at += found;
        if self.byte(self.at) == b'{' {
            return self.begin_code();
        }
        if self.byte(self.at + 1) == b'/' {
            return self.begin_tag(self.at + 2, true);
        }
        if self.tag_name(self.at + 1) > 0 || self.byte(self.at + 1) == b'>' {
            return self.begin_tag(self.at + 1, false);
        }
        self.at += 1;
    }
}
