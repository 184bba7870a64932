//! Tags and text, with other languages between some of the tags.

use super::paint::{Class, Painter};
use super::{Highlighter, language};

/// A language of tags.
#[derive(Debug)]
pub(super) struct Markup {
    /// Scripts and styles are languages of their own.
    pub(super) embeds: bool,
    /// Begins inside `<?php`, where people leave that out.
    pub(super) starts_in_php: bool,
}

/// Where a line ends.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    place: Place,
    inner: Option<Inner>,
    /// The language of what is between the tags, if this one has one.
    opens: Option<&'static str>,
    begun: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Text,
    Tag,
    Value(u8),
    /// Of one class up to an end.
    Until(&'static str, Class),
}

/// Another language, up to where it ends.
#[derive(Debug, Clone)]
struct Inner {
    lines: Box<Highlighter>,
    end: &'static str,
}

pub(super) fn line(
    markup: &Markup,
    state: &mut State,
    paint: &mut Painter<'_, '_>,
    start: usize,
    end: usize,
) {
    let text = &paint.line()[..end];
    if markup.starts_in_php && !state.begun {
        let first = text[start..].trim_start();
        state.begun = !first.is_empty();
        if !first.is_empty() && !first.starts_with('<') {
            state.enter("php-code", "?>");
        }
    }
    let mut reader = Reader { markup, state, paint, bytes: text.as_bytes(), at: start };
    while reader.at < end {
        match reader.state.place {
            _ if reader.state.inner.is_some() => reader.inner(),
            Place::Text => reader.text(),
            Place::Tag => reader.tag(),
            Place::Value(quote) => reader.value(quote),
            Place::Until(mark, class) => reader.until(mark, class),
        }
    }
}

impl State {
    fn enter(&mut self, name: &str, end: &'static str) {
        self.inner = language(name)
            .map(|language| Inner { lines: Box::new(Highlighter::new(language)), end });
    }
}

struct Reader<'a, 'l, 'o> {
    markup: &'a Markup,
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

    fn inner(&mut self) {
        let Some(Inner { lines, end }) = &mut self.state.inner else { return };
        let found = find_any_case(&self.bytes[self.at..], end.as_bytes());
        let stop = found.map_or(self.bytes.len(), |found| self.at + found);
        lines.part(self.paint, self.at, stop);
        self.at = stop;
        if found.is_some() {
            let is_php = *end == "?>";
            self.state.inner = None;
            if is_php {
                self.mark(Class::Meta, stop + 2);
            }
        }
    }

    fn until(&mut self, mark: &str, class: Class) {
        let found = find_any_case(&self.bytes[self.at..], mark.as_bytes());
        let end = found.map_or(self.bytes.len(), |found| self.at + found + mark.len());
        if found.is_some() {
            self.state.place = Place::Text;
        }
        self.mark(class, end);
    }

    fn text(&mut self) {
        let rest = &self.bytes[self.at..];
        let is_mark = |&byte: &u8| matches!(byte, b'<' | b'{' | b'&');
        let Some(found) = rest.iter().position(is_mark) else {
            self.at = self.bytes.len();
            return;
        };
        self.at += found;
        let rest = &self.bytes[self.at..];
        const SPANS: [(&str, &str, Class); 12] = [
            ("<!--", "-->", Class::Comment),
            ("{{!--", "--}}", Class::Comment),
            ("{# ", "#}", Class::Comment),
            ("{#", "}", Class::Meta),
            ("{/", "}", Class::Meta),
            ("{:", "}", Class::Meta),
            ("{@", "}", Class::Meta),
            ("<![CDATA[", "]]>", Class::String),
            ("<!", ">", Class::Meta),
            ("<%", "%>", Class::Meta),
            ("{%", "%}", Class::Meta),
            ("{{", "}}", Class::Meta),
        ];
        let begins = |span: &&(&str, &str, Class)| rest.starts_with(span.0.as_bytes());
        if let Some(&(open, close, class)) = SPANS.iter().find(begins) {
            self.mark(class, self.at + open.len());
            self.state.place = Place::Until(close, class);
        } else if rest.starts_with(b"<?") {
            self.processing();
        } else if rest[0] == b'<' {
            self.begin_tag();
        } else if rest[0] == b'&' {
            let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'#';
            let name = rest[1..].iter().take(32).take_while(is_name).count();
            if name > 0 && rest.get(name + 1) == Some(&b';') {
                self.mark(Class::Number, self.at + name + 2);
            } else {
                self.at += 1;
            }
        } else {
            self.at += 1;
        }
    }

    fn processing(&mut self) {
        let rest = &self.bytes[self.at..];
        for open in ["<?php", "<?="] {
            if rest.starts_with(open.as_bytes()) {
                self.mark(Class::Meta, self.at + open.len());
                return self.state.enter("php-code", "?>");
            }
        }
        self.state.place = Place::Until("?>", Class::Meta);
    }

    fn name(&self, at: usize) -> usize {
        let is_name = |byte: &&u8| {
            byte.is_ascii_alphanumeric()
                || matches!(**byte, b'-' | b'_' | b':' | b'.')
                || **byte >= 0x80
        };
        self.bytes.get(at..).unwrap_or_default().iter().take_while(is_name).count()
    }

    fn begin_tag(&mut self) {
        let closing = usize::from(self.byte(self.at + 1) == b'/');
        let start = self.at + 1 + closing;
        let name = self.name(start);
        if name == 0 {
            self.at += 1;
            return;
        }
        let word = &self.bytes[start..start + name];
        self.state.opens = match word {
            _ if closing == 1 || !self.markup.embeds => None,
            _ if word.eq_ignore_ascii_case(b"script") => Some("js"),
            _ if word.eq_ignore_ascii_case(b"style") => Some("scss"),
            _ => None,
        };
        self.at = start;
        self.mark(Class::Type, start + name);
        self.state.place = Place::Tag;
    }

    fn tag(&mut self) {
        match self.byte(self.at) {
            b'>' => {
                self.at += 1;
                self.state.place = Place::Text;
                let is_empty = self.at >= 2 && self.bytes[self.at - 2] == b'/';
                match self.state.opens.take() {
                    Some("scss") if !is_empty => self.state.enter("scss", "</style"),
                    Some(script) if !is_empty => self.state.enter(script, "</script"),
                    _ => {}
                }
            }
            quote @ (b'"' | b'\'') => {
                self.mark(Class::String, self.at + 1);
                self.state.place = Place::Value(quote);
            }
            b'=' if !matches!(self.byte(self.at + 1), b'"' | b'\'' | b'{' | b' ' | 0) => {
                self.at += 1;
                let is_value = |byte: &&u8| !byte.is_ascii_whitespace() && **byte != b'>';
                let value = self.bytes[self.at..].iter().take_while(is_value).count();
                self.mark(Class::String, self.at + value);
            }
            b'@' | b'#' | b'*' | b'[' | b'(' => {
                let name = self.name(self.at + 1) + 1;
                self.mark(Class::Attribute, self.at + name);
            }
            _ => {
                let name = self.name(self.at);
                if name > 0 {
                    self.mark(Class::Attribute, self.at + name);
                } else {
                    self.at += 1;
                }
            }
        }
    }

    fn value(&mut self, quote: u8) {
        let rest = &self.bytes[self.at..];
        let found = rest.iter().position(|&byte| byte == quote);
        let value = &rest[..found.unwrap_or(rest.len())];
        if self.state.opens == Some("js") && matches!(value, b"ts" | b"typescript" | b"tsx") {
            self.state.opens = Some("ts");
        }
        if found.is_some() {
            self.state.place = Place::Tag;
        }
        self.mark(Class::String, found.map_or(self.bytes.len(), |found| self.at + found + 1));
    }
}

fn find_any_case(text: &[u8], mark: &[u8]) -> Option<usize> {
    let first = mark.first()?;
    let mut from = 0;
    loop {
        let at = from + text[from..].iter().position(|byte| byte == first)?;
        let here = text.get(at..at + mark.len())?;
        if here.eq_ignore_ascii_case(mark) {
            return Some(at);
        }
        from = at + 1;
    }
}
