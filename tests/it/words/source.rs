//! The string literals of a Rust source, without those of comments, attributes and tests, and of what only a developer reads.

/// What only a developer reads stands inside of these.
const MACROS: [&str; 8] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "panic",
    "todo",
    "unimplemented",
    "unreachable",
];

/// Each with its line.
pub(super) fn literals(source: &str) -> Vec<(usize, String)> {
    let mut reader = Reader { source, at: 0 };
    let mut found = Vec::new();
    while let Some(token) = reader.next() {
        match token {
            Token::Text(text) => {
                let at = text.as_ptr() as usize - source.as_ptr() as usize;
                found.push((source[..at].matches('\n').count() + 1, text.to_owned()));
            }
            Token::Word(word) if MACROS.contains(&word) && reader.comes("!") => {
                reader.next();
                reader.skip_group();
            }
            Token::Word("expect") if reader.comes("(") => reader.skip_group(),
            Token::Mark('#') if reader.comes("[") || reader.comes("![") => {
                let start = reader.at;
                reader.skip_group();
                if source[start..reader.at].trim_start_matches(['!', '[']).starts_with("cfg(test)")
                {
                    reader.skip_item();
                }
            }
            Token::Word(_) | Token::Mark(_) => {}
        }
    }
    found
}

enum Token<'s> {
    /// Inside of its quotes.
    Text(&'s str),
    Word(&'s str),
    Mark(char),
}

struct Reader<'s> {
    source: &'s str,
    at: usize,
}

impl<'s> Reader<'s> {
    fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    fn comes(&self, what: &str) -> bool {
        self.rest().starts_with(what)
    }

    fn go_behind(&mut self, end: &str) {
        let rest = self.rest();
        self.at += rest.find(end).map_or(rest.len(), |found| found + end.len());
    }

    fn next(&mut self) -> Option<Token<'s>> {
        loop {
            let rest = self.rest();
            let letter = rest.chars().next()?;
            match letter {
                _ if letter.is_whitespace() => self.at += letter.len_utf8(),
                '/' if rest.starts_with("//") => self.go_behind("\n"),
                '/' if rest.starts_with("/*") => self.go_behind("*/"),
                '\'' => self.skip_letter(),
                '"' => return Some(self.text()),
                _ if letter.is_alphanumeric() || letter == '_' => return Some(self.word()),
                _ => {
                    self.at += letter.len_utf8();
                    return Some(Token::Mark(letter));
                }
            }
        }
    }

    /// `'a'` and `'\n'`; of a lifetime, its mark.
    fn skip_letter(&mut self) {
        self.at += 1;
        let mut letters = self.rest().chars();
        match (letters.next(), letters.next()) {
            (Some('\\'), Some(escaped)) => {
                self.at += 1 + escaped.len_utf8();
                self.go_behind("'");
            }
            (Some(letter), Some('\'')) => self.at += letter.len_utf8() + 1,
            _ => {}
        }
    }

    fn text(&mut self) -> Token<'s> {
        self.at += 1;
        let rest = self.rest();
        let mut is_escaped = false;
        let end = rest.find(|letter| {
            let ends = letter == '"' && !is_escaped;
            is_escaped = letter == '\\' && !is_escaped;
            ends
        });
        let end = end.unwrap_or(rest.len());
        self.at = (self.at + end + 1).min(self.source.len());
        Token::Text(&rest[..end])
    }

    /// A word, or the literal that it begins: `r"…"`, `br#"…"#`, `c"…"`.
    fn word(&mut self) -> Token<'s> {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        self.at += end;
        let is_prefix = ["r", "b", "c", "br", "cr"].contains(&word);
        let marks = behind.len() - behind.trim_start_matches('#').len();
        if !is_prefix || !behind[marks..].starts_with('"') {
            return Token::Word(word);
        }
        if !word.contains('r') {
            return self.text();
        }
        self.at += marks + 1;
        let rest = self.rest();
        let close = format!("\"{}", "#".repeat(marks));
        self.go_behind(&close);
        Token::Text(rest.split_once(&close).map_or(rest, |(text, _)| text))
    }

    /// Goes behind the brackets that come next.
    fn skip_group(&mut self) {
        self.skip_to(&[')', ']', '}']);
    }

    /// Goes behind a function, a module, or whatever ends with a semicolon.
    fn skip_item(&mut self) {
        self.skip_to(&['}', ';']);
    }

    /// Goes behind one of these, outside of all brackets.
    fn skip_to(&mut self, ends: &[char]) {
        let mut depth = 0_u32;
        while let Some(token) = self.next() {
            let Token::Mark(mark) = token else { continue };
            match mark {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && ends.contains(&mark) {
                return;
            }
        }
    }
}

#[test]
fn only_what_may_be_shown_is_read() {
    let source = r##"
//! Not "a comment".
#[error("not an attribute")]
#[cfg_attr(test, ts(type = "not one"))]
const SHOWN: &str = "shown \"as it is\"";
fn of<'a>(letter: &'a str) -> &'a str {
    assert!(letter != "not shown", "not shown {}", "nor this");
    letter.strip_prefix('"').expect("not shown either");
    [r#"raw "and" shown"#, "after"]
}
#[cfg(test)]
mod tests { fn none() { "not in a test" } }
#[cfg(test)]
use none::{of, these};
const LAST: &str = "last";
"##;
    let found: Vec<_> =
        literals(source).into_iter().map(|(line, text)| format!("{line} {text}")).collect();
    assert_eq!(found, ["5 shown \\\"as it is\\\"", "9 raw \"and\" shown", "9 after", "15 last"]);
}
