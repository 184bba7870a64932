//! Words and numbers.

use super::rules::*;
use super::words::Kind;
use super::{Class, Scanner};

impl Scanner<'_, '_, '_> {
    pub(super) fn word(&mut self) {
        let start = self.at;
        let mut end = start + 1;
        while end < self.bytes.len() && self.words.continues(self.bytes[end]) {
            end += 1;
        }
        if self.rules.ends.as_bytes().contains(&self.byte(end)) && self.byte(end + 1) != b'=' {
            end += 1;
        }
        let word = &self.bytes[start..end];
        if !self.rules.prefixes.is_empty() && self.prefixed_string(start, end) {
            return;
        }
        let is_member = self.is_member(start);
        let known = self.words.get(word).filter(|_| !is_member || word == b"await");
        let was_fresh = std::mem::replace(&mut self.fresh, false);
        if let Some(known) = known
            && !(was_fresh && self.is_key(start, end))
        {
            if known.class == Class::Comment {
                return self.mark(Class::Comment, self.bytes.len());
            }
            self.value =
                known.class != Class::Keyword || matches!(word, b"this" | b"self" | b"end");
            self.names = known.names.or(self.names.filter(|_| !self.value));
            self.command &= is_before_command(word);
            if known.class == Class::Type {
                self.type_end = end;
            }
            return self.mark(known.class, end);
        }
        self.value = true;
        let class = self.unknown(start, end, was_fresh, is_member);
        match class {
            Some(Class::Meta) => self.mark(Class::Meta, end + 1),
            Some(class) => self.mark(class, end),
            None => self.at = self.at.max(end),
        }
        if class == Some(Class::Type) {
            self.type_end = end;
        }
    }

    /// What a word is that the language does not know.
    fn unknown(&mut self, start: usize, end: usize, fresh: bool, is_member: bool) -> Option<Class> {
        let next = self.byte(end);
        if let Some(class) = self.names.take() {
            self.command = false;
            return Some(class);
        }
        if next == b'!' && self.rules.has(MACROS) && self.byte(end + 1) != b'=' {
            return Some(Class::Meta);
        }
        if fresh && self.is_key(start, end) {
            return Some(Class::Attribute);
        }
        if self.rules.has(LABELS) && next == b':' && self.is_first(start) {
            return Some(Class::Function);
        }
        if self.command {
            if next == b'=' && self.rules.has(LINE_COMMANDS) {
                return self.assignment(end);
            }
            self.command = false;
            if !is_member {
                return self.rules.command;
            }
        }
        if self.rules.has(SIGNATURES) && start == self.start && self.has_colon_after(end) {
            return Some(Class::Function);
        }
        if self.rules.has(SYMBOLS) && next == b':' && self.byte(end + 1) == b' ' {
            return Some(Class::Attribute);
        }
        let is_call = next == b'(' && self.rules.has(CALLS);
        // Right after its type, a word is a name.
        if !is_call && self.rules.has(CAPITAL_CALLS) && self.type_end + 1 == start {
            return None;
        }
        match case(&self.bytes[start..end]) {
            Case::Constant if is_call && self.rules.has(CAPITAL_CALLS) => Some(Class::Function),
            Case::Constant if self.rules.has(CONSTANTS) => Some(Class::Number),
            Case::Constant | Case::Capital if is_call && self.rules.has(CAPITAL_CALLS) => {
                Some(Class::Function)
            }
            Case::Constant | Case::Capital if self.rules.has(CAPITAL_TYPES) => Some(Class::Type),
            _ if is_call => Some(Class::Function),
            Case::Constant | Case::Capital | Case::Letter | Case::Small => None,
        }
    }

    /// `NAME=value` before a command.
    fn assignment(&mut self, end: usize) -> Option<Class> {
        self.mark(Class::Attribute, end);
        let value = self.bytes[end + 1..].iter().take_while(|&&byte| self.words.continues(byte));
        self.at = end + 1 + value.count();
        None
    }

    /// After a dot, words are names.
    fn is_member(&self, start: usize) -> bool {
        let before = &self.bytes[..start];
        (before.ends_with(b".") && !before.ends_with(b"..")) || before.ends_with(b"->")
    }

    fn is_key(&self, start: usize, end: usize) -> bool {
        let mut after = end + usize::from(self.byte(end) == b'?' && self.byte(end + 1) == b':');
        while self.byte(after) == b' ' && after < end + 80 {
            after += 1;
        }
        let (mark, next) = (self.byte(after), self.byte(after + 1));
        let is_colon = self.rules.has(COLON_KEYS) && mark == b':' && next != b':';
        let is_equal = self.rules.has(EQUAL_KEYS) && mark == b'=' && !matches!(next, b'=' | b'>');
        (is_colon || is_equal) && &self.bytes[start..end] != b"default"
    }

    fn has_colon_after(&self, end: usize) -> bool {
        let spaces = self.bytes[end..].iter().take(80).take_while(|&&byte| byte == b' ').count();
        self.bytes[end + spaces..].starts_with(b":")
    }

    pub(super) fn number(&mut self) {
        let is_hex = self.byte(self.at) == b'0' && matches!(self.byte(self.at + 1), b'x' | b'X');
        let mut end = self.at + 1;
        while let Some(&byte) = self.bytes.get(end) {
            let next = self.byte(end + 1);
            let goes_on = match byte {
                b'.' => next.is_ascii_digit(),
                b'+' | b'-' if !self.words.continues(byte) => {
                    !is_hex && matches!(self.bytes[end - 1], b'e' | b'E') && next.is_ascii_digit()
                }
                b'-' | b':' if self.words.continues(byte) => next.is_ascii_digit(),
                b'\'' => self.rules.has(DIGIT_TICKS) && next.is_ascii_alphanumeric(),
                _ => byte.is_ascii_alphanumeric() || byte == b'_',
            };
            if !goes_on {
                break;
            }
            end += 1;
        }
        let in_word = self.words.kind(self.byte(end)) == Kind::Word
            || (self.bytes.get(end).is_some_and(|&byte| self.words.continues(byte))
                && !self.rules.has(DIGIT_TICKS));
        (self.value, self.fresh, self.command) = (true, false, false);
        if in_word && !self.rules.continues.is_empty() && self.rules.has(LINE_COMMANDS) {
            // A name that begins with a digit.
            while end < self.bytes.len() && self.words.continues(self.bytes[end]) {
                end += 1;
            }
            self.at = end;
            return;
        }
        self.mark(Class::Number, end);
    }
}

/// Whether a command comes after this keyword, where one came before it.
const fn is_before_command(word: &[u8]) -> bool {
    matches!(
        word,
        b"do" | b"then" | b"else" | b"elif" | b"if" | b"while" | b"until" | b"time" | b"begin"
    )
}

/// How a word is written.
enum Case {
    /// One capital letter: most likely a type's parameter.
    Letter,
    Capital,
    Constant,
    Small,
}

fn case(word: &[u8]) -> Case {
    match word {
        [first, ..] if !first.is_ascii_uppercase() => Case::Small,
        [_] => Case::Letter,
        [_, rest @ ..] if rest.iter().any(u8::is_ascii_lowercase) => Case::Capital,
        _ => Case::Constant,
    }
}
