//! Strings of every kind.

use super::frame::{Frame, Short, Text, push};
use super::rules::*;
use super::{Class, Scanner};

/// How far the end of a variable is looked for.
const NEAR: usize = 200;

impl Scanner<'_, '_, '_> {
    /// Reads on in a string.
    pub(super) fn text(&mut self, text: Text) {
        let close = text.close.get();
        let mut at = self.at;
        while let Some(&byte) = self.bytes.get(at) {
            if byte == close[0] && !text.whole_line && self.bytes[at..].starts_with(close) {
                at += close.len();
                if text.doubled && self.bytes[at..].starts_with(close) {
                    at += close.len();
                    continue;
                }
                self.state.frames.pop();
                self.value = true;
                let class = if self.is_quoted_key(at) { Class::Attribute } else { text.class };
                (self.fresh, self.names) = (false, None);
                return self.mark(class, at);
            }
            let begins = |open: &&(&str, &str)| self.bytes[at..].starts_with(open.0.as_bytes());
            if let Some(&(open, end)) = text.inside.iter().find(begins) {
                if open == "{" && self.byte(at + 1) == b'{' {
                    at += 2;
                    continue;
                }
                self.mark(text.class, at + open.len());
                let open = open.as_bytes()[open.len() - 1];
                let code = Frame::Code { open, close: end.as_bytes()[0], depth: 0 };
                push(&mut self.state.frames, code);
                (self.value, self.fresh) = (false, false);
                self.command = self.rules.command.is_some();
                return;
            }
            if byte == text.escape && byte != 0 {
                at += 2;
                continue;
            }
            if text.variables && self.rules.sigils.as_bytes().contains(&byte) {
                let end = self.variable_end(at);
                if end > at {
                    self.mark(text.class, at);
                    self.mark(Class::Attribute, end);
                    at = end;
                    continue;
                }
            }
            at += 1;
        }
        self.mark(text.class, at);
    }

    fn is_quoted_key(&self, end: usize) -> bool {
        if !self.rules.has(COLON_KEYS | EQUAL_KEYS) {
            return false;
        }
        let spaces = self.bytes[end..].iter().take(80).take_while(|&&byte| byte == b' ').count();
        let mark = self.byte(end + spaces);
        // In a program, a string before a colon is a key only where a key may be.
        (mark == b':' && self.rules.has(COLON_KEYS) && self.brackets & 1 == 1)
            || (mark == b'=' && self.rules.has(EQUAL_KEYS) && self.byte(end + spaces + 1) != b'=')
    }

    /// The line that ends a document, if this is it.
    pub(super) fn here_document_end(&mut self) {
        let Some(&Frame::Text(text)) = self.state.frames.last() else { return };
        if !text.whole_line {
            return;
        }
        let line = self.rest();
        let indent = line.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let Some(rest) = line[indent..].strip_prefix(text.close.get()) else { return };
        if rest.first().is_none_or(|&byte| !super::words::is_word(byte)) {
            self.state.frames.pop();
            self.mark(text.class, self.at + indent + text.close.get().len());
            self.value = true;
        }
    }

    /// Begins a string of the kind whose quotes are here.
    pub(super) fn quoted(&mut self, token: usize, quote: &Quote, class: Class) {
        let Some(close) = Short::new(&[quote.close.as_bytes()]) else { return };
        let text = Text {
            close,
            escape: quote.escape,
            doubled: quote.doubled,
            lines: quote.lines,
            whole_line: false,
            variables: quote.variables,
            inside: quote.inside,
            class,
        };
        self.begin(text, token, self.at + quote.open.len());
    }

    /// Begins a string that chooses its own end.
    pub(super) fn raw(&mut self, token: usize, opened: usize, close: &[&[u8]]) -> bool {
        let Some(close) = Short::new(close) else { return false };
        self.begin(
            Text {
                close,
                escape: 0,
                doubled: false,
                lines: true,
                whole_line: false,
                variables: false,
                inside: &[],
                class: Class::String,
            },
            token,
            opened,
        );
        true
    }

    fn begin(&mut self, text: Text, token: usize, opened: usize) {
        let depth = self.state.frames.len();
        push(&mut self.state.frames, Frame::Text(text));
        self.at = opened;
        (self.value, self.command) = (true, false);
        if self.state.frames.len() == depth {
            return self.paint.mark(Class::String, token, opened);
        }
        // Together with what is before its quote.
        let is_key_like = self.rules.has(COLON_KEYS | EQUAL_KEYS) && text.inside.is_empty();
        if is_key_like && !text.lines {
            self.at = token;
            self.whole(text, opened);
        } else {
            self.paint.mark(text.class, token, opened);
        }
    }

    /// Reads a string that may turn out to be a key, so that it is marked at once.
    fn whole(&mut self, text: Text, opened: usize) {
        let close = text.close.get();
        let mut at = opened;
        while let Some(&byte) = self.bytes.get(at) {
            if byte == text.escape && byte != 0 {
                at += 2;
            } else if self.bytes[at..].starts_with(close) {
                at += close.len();
                self.state.frames.pop();
                let class = if self.is_quoted_key(at) { Class::Attribute } else { text.class };
                (self.fresh, self.names) = (false, None);
                return self.mark(class, at);
            } else {
                at += 1;
            }
        }
        self.mark(text.class, at);
    }

    /// A string right after a word that says how to read it. Returns whether there is one.
    pub(super) fn prefixed_string(&mut self, start: usize, end: usize) -> bool {
        let next = self.byte(end);
        if !matches!(next, b'"' | b'\'' | b'`' | b'#') {
            return false;
        }
        let word = &self.bytes[start..end];
        let is_prefix = |prefix: &str| prefix.as_bytes().eq_ignore_ascii_case(word);
        if !self.rules.prefixes.split(' ').any(is_prefix) {
            return false;
        }
        let is_raw = word.iter().any(|byte| matches!(byte, b'r' | b'R'));
        if is_raw && self.rules.has(HASH_STRINGS) && self.hash_string(start, end) {
            return true;
        }
        if is_raw && self.rules.has(PAREN_STRINGS) && self.paren_string(start, end) {
            return true;
        }
        let opens = |quote: &&Quote| self.bytes[end..].starts_with(quote.open.as_bytes());
        let Some(&quote) = self.rules.quotes.iter().find(opens) else { return false };
        let has_code = word.iter().any(|byte| matches!(byte, b'f' | b'F' | b's' | b't'));
        let escape = if is_raw && !self.rules.has(PAREN_STRINGS) { 0 } else { quote.escape };
        let inside = if has_code && quote.inside.is_empty() && self.rules.has(ANNOTATIONS) {
            &[("{", "}")]
        } else {
            quote.inside
        };
        self.at = end;
        self.quoted(start, &Quote { escape, inside, ..quote }, Class::String);
        true
    }

    /// `#"…"#`, from the first mark at `at` on.
    pub(super) fn hash_string(&mut self, token: usize, at: usize) -> bool {
        let hashes = self.bytes[at..].iter().take(18).take_while(|&&byte| byte == b'#').count();
        let quotes = if self.bytes[at + hashes..].starts_with(b"\"\"\"") { 3 } else { 1 };
        let end = at + hashes + quotes;
        self.byte(at + hashes) == b'"'
            && self.raw(token, end, &[&b"\"\"\""[..quotes], &self.bytes[at..at + hashes]])
    }

    /// `"x(…)x"`, from the quote at `at` on.
    fn paren_string(&mut self, token: usize, at: usize) -> bool {
        let near = &self.bytes[at..self.bytes.len().min(at + 20)];
        let Some(paren) = near.iter().position(|&byte| byte == b'(') else { return false };
        paren > 0 && self.raw(token, at + paren + 1, &[b")", &near[1..paren], b"\""])
    }

    /// Where the variable ends whose sigil is at `at`; `at` itself if there is none.
    pub(super) fn variable_end(&self, at: usize) -> usize {
        let sigil = self.byte(at);
        let mut end = at + 1;
        if self.byte(end) == sigil && sigil == b'@' {
            end += 1;
        }
        match self.byte(end) {
            b'{' => {
                let near = &self.bytes[end..self.bytes.len().min(end + NEAR)];
                let closed = near.iter().position(|&byte| byte == b'}');
                closed.map_or(at, |closed| end + closed + 1)
            }
            byte if super::words::is_word(byte) => {
                while self.byte(end) != 0 && super::words::is_word(self.byte(end)) {
                    end += 1;
                }
                end
            }
            b'?' | b'!' | b'@' | b'#' | b'*' | b'$' | b'<' | b'^' if sigil == b'$' => end + 1,
            _ => at,
        }
    }
}
