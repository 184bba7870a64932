//! Writes a line with its tokens: escaped text, and as few elements as the classes allow.

use crate::hidden::write_text;

/// What a token is, as far as its colour is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Comment,
    Keyword,
    String,
    Number,
    Function,
    Type,
    Attribute,
    Meta,
}

impl Class {
    const fn open(self) -> &'static str {
        match self {
            Self::Comment => "<span class=\"c\">",
            Self::Keyword => "<span class=\"k\">",
            Self::String => "<span class=\"s\">",
            Self::Number => "<span class=\"n\">",
            Self::Function => "<span class=\"f\">",
            Self::Type => "<span class=\"t\">",
            Self::Attribute => "<span class=\"a\">",
            Self::Meta => "<span class=\"m\">",
        }
    }
}

/// A token that more may be added to.
struct Token {
    class: Class,
    start: usize,
    end: usize,
}

/// A line on its way out. What is not marked is written plain.
pub(super) struct Painter<'l, 'o> {
    line: &'l str,
    out: &'o mut String,
    written: usize,
    token: Option<Token>,
}

impl<'l, 'o> Painter<'l, 'o> {
    pub(super) const fn new(line: &'l str, out: &'o mut String) -> Self {
        Self { line, out, written: 0, token: None }
    }

    pub(super) const fn line(&self) -> &'l str {
        self.line
    }

    /// Marks a part of the line that begins where the last one ended or later. Neighbours of one class become one
    /// element, also with spaces between them.
    pub(super) fn mark(&mut self, class: Class, start: usize, end: usize) {
        let start = self.boundary(start.max(self.marked()));
        let end = self.boundary(end);
        if start >= end {
            return;
        }
        if let Some(token) = &mut self.token {
            let between = &self.line.as_bytes()[token.end..start];
            if token.class == class && between.iter().all(|&byte| byte == b' ') {
                token.end = end;
                return;
            }
        }
        self.close();
        self.token = Some(Token { class, start, end });
    }

    /// Writes what is left.
    pub(super) fn finish(mut self) {
        self.close();
        write_text(self.out, &self.line[self.written..]);
    }

    fn marked(&self) -> usize {
        self.token.as_ref().map_or(self.written, |token| token.end)
    }

    /// Scanners look at bytes; a cut inside a character is moved behind it.
    fn boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.line.len());
        while !self.line.is_char_boundary(at) {
            at += 1;
        }
        at
    }

    fn close(&mut self) {
        let Some(token) = self.token.take() else { return };
        write_text(self.out, &self.line[self.written..token.start]);
        self.out.push_str(token.class.open());
        write_text(self.out, &self.line[token.start..token.end]);
        self.out.push_str("</span>");
        self.written = token.end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_an_element() {
        let mut out = String::new();
        let mut paint = Painter::new("pub fn é<\u{200b}x", &mut out);
        paint.mark(Class::Keyword, 0, 3);
        paint.mark(Class::Keyword, 4, 6);
        // From inside a character, and past the end.
        paint.mark(Class::Type, 8, 10);
        paint.mark(Class::String, 13, 99);
        paint.finish();
        let expected = "<span class=\"k\">pub fn</span> é<span class=\"t\">&lt;</span>\
             <span class=\"hidden-char\">⟦U+200B⟧</span><span class=\"s\">x</span>";
        assert_eq!(out, expected);
    }
}
