//! What begins with a mark: comments, quotes, variables, annotations.

use super::frame::{Frame, Short, Text, push};
use super::rules::*;
use super::{Class, Scanner};

impl Scanner<'_, '_, '_> {
    /// Reads what a mark begins. Returns false if it is punctuation after all.
    pub(super) fn special(&mut self, byte: u8) -> bool {
        if self.begins_comment() {
            return true;
        }
        if byte == b'\'' && self.rules.has(CHARACTERS | LIFETIMES | TICKS) {
            return self.tick();
        }
        if self.own_string(byte) {
            return true;
        }
        let opens = |quote: &&Quote| self.rest().starts_with(quote.open.as_bytes());
        if let Some(quote) = self.rules.quotes.iter().find(opens) {
            self.quoted(self.at, quote, Class::String);
            return true;
        }
        if self.rules.sigils.as_bytes().contains(&byte) && !(byte == b'%' && self.value) {
            let end = self.variable_end(self.at);
            if end > self.at {
                (self.value, self.fresh, self.command) = (true, false, false);
                self.mark(Class::Attribute, end);
                return true;
            }
        }
        match byte {
            b'@' if self.rules.has(ANNOTATIONS) && !self.value => self.name(Class::Meta, b"."),
            b'#' if self.rules.has(ATTRIBUTES) && self.attribute() => true,
            b'#' if self.rules.has(DIRECTIVES) && self.is_first(self.at) => self.directive(),
            b':' if self.rules.has(SYMBOLS) && !self.rest().starts_with(b"::") => {
                let after_word = self.at > self.start && self.bytes[self.at - 1] == b':';
                !after_word && self.name(Class::Number, b"?!-")
            }
            b'/' if self.rules.has(PATTERNS) && !self.value => self.pattern(),
            b'<' => self.element() || self.here_document(),
            b'[' if self.rules.has(SECTIONS) && self.is_first(self.at) => self.section(),
            b'-' if self.rules.has(OPTIONS) && self.after_space() => self.name(Class::Meta, b"-"),
            b'\\' if self.rules.has(BACKSLASH_WORDS) => {
                self.name(Class::Keyword, b"*@") || {
                    self.at += 2;
                    true
                }
            }
            b'.' if self.rules.has(DOTTED_WORDS) && !self.value => self.name(Class::Meta, b"."),
            b'%' if self.rules.has(PERCENT_WORDS) => self.name(Class::Attribute, b""),
            _ => false,
        }
    }

    fn after_space(&self) -> bool {
        self.at == self.start || self.bytes[self.at - 1].is_ascii_whitespace()
    }

    fn begins_comment(&mut self) -> bool {
        if self.rules.has(LONG_BRACKETS) && self.long_comment() {
            return true;
        }
        let rest = &self.bytes[self.at..];
        let at_start = self.at == self.start;
        let opens = |block: &Block| {
            rest.starts_with(block.open.as_bytes()) && (at_start || !block.at_start)
        };
        if let Some(block) = self.rules.block.iter().position(opens) {
            let depth = self.state.frames.len();
            push(&mut self.state.frames, Frame::Comment { block, depth: 0 });
            let opened = self.at + self.rules.block[block].open.len();
            self.mark(Class::Comment, opened);
            if self.state.frames.len() == depth {
                self.mark(Class::Comment, self.bytes.len());
            }
            return true;
        }
        let opens = |open: &&&str| rest.starts_with(open.as_bytes());
        let Some(open) = self.rules.line.iter().find(opens) else { return false };
        let is_attribute = self.rules.has(ATTRIBUTES) && rest.starts_with(b"#[");
        let fits = !is_attribute
            && (!self.rules.has(SPACED_COMMENTS) || self.after_space())
            && (!self.rules.has(FIRST_COMMENTS) || open.len() > 1 || self.is_first(self.at));
        if fits {
            self.mark(Class::Comment, self.bytes.len());
        }
        fits
    }

    /// `--[[ … ]]`.
    fn long_comment(&mut self) -> bool {
        let Some(&open) = self.rules.line.first() else { return false };
        if !self.rest().starts_with(open.as_bytes()) {
            return false;
        }
        let Some((length, close)) = self.long_bracket(self.at + open.len()) else { return false };
        let opened = self.at + open.len() + length;
        self.long_text(opened, close, Class::Comment);
        true
    }

    fn long_text(&mut self, opened: usize, close: Short, class: Class) {
        let text = Text {
            close,
            escape: 0,
            doubled: false,
            lines: true,
            whole_line: false,
            variables: false,
            inside: &[],
            class,
        };
        push(&mut self.state.frames, Frame::Text(text));
        self.mark(class, opened);
    }

    /// The length of `[==[` and what closes it.
    fn long_bracket(&self, at: usize) -> Option<(usize, Short)> {
        let rest = self.bytes.get(at..)?.strip_prefix(b"[")?;
        let level = rest.iter().take(20).take_while(|&&byte| byte == b'=').count();
        let close = Short::new(&[b"]", &rest[..level], b"]"])?;
        (rest.get(level) == Some(&b'[')).then_some((level + 2, close))
    }

    /// Strings that choose their own end.
    fn own_string(&mut self, byte: u8) -> bool {
        let near = &self.bytes[self.at + 1..self.bytes.len().min(self.at + 20)];
        let name = near.iter().take_while(|&&byte| super::words::is_word(byte)).count();
        let tag = &near[..name];
        let opened = self.at + name + 2;
        match byte {
            b'#' if self.rules.has(HASH_STRINGS) => self.hash_string(self.at, self.at),
            b'[' if self.rules.has(LONG_BRACKETS) => match self.long_bracket(self.at) {
                Some((length, close)) => {
                    self.long_text(self.at + length, close, Class::String);
                    true
                }
                None => false,
            },
            b'{' if self.rules.has(BRACE_STRINGS) && near.get(name) == Some(&b'|') => {
                self.raw(self.at, opened, &[b"|", tag, b"}"])
            }
            b'$' if self.rules.has(DOLLAR_STRINGS) && near.get(name) == Some(&b'$') => {
                self.raw(self.at, opened, &[b"$", tag, b"$"])
            }
            _ => false,
        }
    }

    /// A character, a lifetime, or a mark after a value.
    fn tick(&mut self) -> bool {
        if self.rules.has(TICKS) && self.at > self.start {
            let before = self.bytes[self.at - 1];
            if super::words::is_word(before) || matches!(before, b')' | b']' | b'.' | b'\'') {
                self.at += 1;
                return true;
            }
        }
        if self.rules.has(CHARACTERS) {
            let near = &self.bytes[self.at + 1..self.bytes.len().min(self.at + 14)];
            let closed = match near {
                [b'\\', rest @ ..] => {
                    rest.iter().skip(1).position(|&byte| byte == b'\'').map(|at| at + 2)
                }
                [first, ..] => {
                    let length = if *first < 0x80 { 1 } else { first.leading_ones() as usize };
                    (near.get(length) == Some(&b'\'') && *first != b'\'').then_some(length)
                }
                [] => None,
            };
            if let Some(closed) = closed {
                (self.value, self.fresh) = (true, false);
                self.mark(Class::String, self.at + closed + 2);
                return true;
            }
        }
        if self.rules.has(LIFETIMES) && self.name(Class::Meta, b"") {
            return true;
        }
        if self.rules.has(CHARACTERS | LIFETIMES) {
            return false;
        }
        let quote = self.rules.quotes.iter().find(|quote| quote.open == "'");
        if let Some(quote) = quote {
            self.quoted(self.at, quote, Class::String);
        }
        quote.is_some()
    }

    /// Marks the mark here and the name after it, which may have `more` in it. Returns whether there is one.
    fn name(&mut self, class: Class, more: &[u8]) -> bool {
        let mut end = self.at + 1;
        if !self.byte(end).is_ascii_alphabetic() && !matches!(self.byte(end), b'_' | b'-') {
            return false;
        }
        while let Some(byte) = self.bytes.get(end) {
            if !super::words::is_word(*byte) && !more.contains(byte) {
                break;
            }
            end += 1;
        }
        if end == self.at + 1 {
            return false;
        }
        (self.value, self.fresh, self.command) = (true, false, false);
        if class == Class::Meta {
            self.value = false;
        }
        self.mark(class, end);
        true
    }

    fn attribute(&mut self) -> bool {
        let inner = if self.byte(self.at + 1) == b'!' { 2 } else { 1 };
        if self.byte(self.at + inner) != b'[' {
            return false;
        }
        let mut depth = 0_usize;
        let mut end = self.bytes.len();
        for (at, &byte) in self.bytes.iter().enumerate().skip(self.at + inner) {
            match byte {
                b'[' => depth += 1,
                b']' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                end = at + 1;
                break;
            }
        }
        self.mark(Class::Meta, end);
        true
    }

    /// A word of the preprocessor, and the file after it.
    fn directive(&mut self) -> bool {
        let spaces = self.bytes[self.at + 1..].iter().take_while(|&&byte| byte == b' ').count();
        let mut end = self.at + 1 + spaces;
        let word = end;
        while self.byte(end).is_ascii_alphabetic() {
            end += 1;
        }
        let is_file = matches!(&self.bytes[word..end], b"include" | b"import" | b"include_next");
        self.mark(Class::Meta, end);
        if is_file && self.byte(end + 1) == b'<' {
            let closed = self.bytes[end..].iter().position(|&byte| byte == b'>');
            self.at = end + 1;
            self.mark(Class::String, closed.map_or(self.bytes.len(), |at| end + at + 1));
        }
        (self.value, self.fresh) = (false, false);
        true
    }

    /// A regular expression that ends on this line.
    fn pattern(&mut self) -> bool {
        if self.no_regex || matches!(self.byte(self.at + 1), b' ' | b'=' | 0) {
            return false;
        }
        let mut at = self.at + 1;
        let mut in_set = false;
        loop {
            match self.bytes.get(at) {
                None => {
                    self.no_regex = true;
                    return false;
                }
                Some(b'\\') => at += 1,
                Some(b'[') => in_set = true,
                Some(b']') => in_set = false,
                Some(b'/') if !in_set => break,
                Some(_) => {}
            }
            at += 1;
        }
        at += 1;
        while self.byte(at).is_ascii_lowercase() {
            at += 1;
        }
        (self.value, self.fresh) = (true, false);
        self.mark(Class::String, at);
        true
    }

    /// `<<WORD`: a document begins with the next line.
    fn here_document(&mut self) -> bool {
        let in_capitals = self.rules.has(CAPITAL_HERE_DOCUMENTS);
        if !self.rest().starts_with(b"<<") || !(in_capitals || self.rules.has(HERE_DOCUMENTS)) {
            return false;
        }
        let mut at = self.at + 2;
        let is_third = in_capitals && self.byte(at) == b'<';
        at += usize::from(is_third || matches!(self.byte(at), b'-' | b'~'));
        let quote = self.byte(at);
        let is_quoted = matches!(quote, b'\'' | b'"');
        at += usize::from(is_quoted);
        let word = at;
        while super::words::is_word(self.byte(at)) {
            at += 1;
        }
        let first = self.byte(word);
        let fits = if in_capitals && !is_quoted {
            first.is_ascii_uppercase()
        } else {
            first.is_ascii_alphabetic() || first == b'_'
        };
        let Some(close) = Short::new(&[&self.bytes[word..at]]).filter(|_| fits) else {
            return false;
        };
        self.state.pending = Some(Text {
            close,
            escape: 0,
            doubled: false,
            lines: true,
            whole_line: true,
            variables: quote != b'\'',
            inside: &[],
            class: Class::String,
        });
        self.mark(Class::String, at + usize::from(is_quoted));
        (self.value, self.fresh) = (true, false);
        true
    }

    /// `[name]` or `[[name]]` alone on a line.
    fn section(&mut self) -> bool {
        let rest = self.rest();
        let end = rest.iter().rposition(|&byte| byte == b']').map_or(0, |at| at + 1);
        let tail = rest[end..].iter().find(|byte| !byte.is_ascii_whitespace());
        let is_name = |&byte: &u8| byte != b',' && byte != b'[' && byte != b'{';
        let name = rest[1..end.max(1)].strip_prefix(b"[").unwrap_or(&rest[1..end.max(1)]);
        let fits = end > 2 && name.iter().all(is_name) && matches!(tail, None | Some(b'#' | b';'));
        if fits {
            self.mark(Class::Type, self.at + end);
        }
        fits
    }
}
