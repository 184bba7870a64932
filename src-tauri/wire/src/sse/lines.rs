//! Lines of a body made into lines of the standard, before the parser sees them.
//!
//! The body decides what it is, whatever its label says: a JSON document without `data:` in front is data, and so is what a
//! server wrote behind an `error:` of its own.

use serde::de::IgnoredAny;

/// The most that is kept of a body which is no stream.
const OTHER_CAP: usize = 2_000;

/// What is remembered from line to line.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// A JSON document is open: the lines that follow belong to it.
    in_document: bool,
    has_data: bool,
    /// The beginning of what is neither an event nor JSON: a proxy's plain words, a web page.
    other: String,
}

impl Lines {
    /// Rewrites whole lines.
    pub(super) fn rewrite(&mut self, lines: String) -> String {
        if self.has_data && !self.in_document && lines.split_inclusive('\n').all(is_standard) {
            self.in_document = lines.lines().next_back().is_some_and(opens_document);
            return lines;
        }
        let mut out = String::with_capacity(lines.len() + 16);
        for line in lines.split_inclusive('\n') {
            self.line(line, &mut out);
        }
        out
    }

    /// What to hand on when nothing more comes: a body that was no stream at all is one event of words.
    pub(super) fn end(&mut self) -> String {
        let words = std::mem::take(&mut self.other);
        match self.has_data {
            true => String::new(),
            false => words.lines().map(|line| format!("data: {line}\n")).collect(),
        }
    }

    fn line(&mut self, line: &str, out: &mut String) {
        // Some servers put a mark before every event.
        let line = line.trim_start_matches('\u{feff}');
        let indented = line.trim_start_matches([' ', '\t']);
        // Others indent what they send.
        let is_field = ["data:", "event:", "error:"].iter().any(|name| indented.starts_with(name));
        let line = if is_field && !self.in_document { indented } else { line };
        let bare = line.trim();
        if let Some(words) = line.strip_prefix("error:") {
            out.push_str("event: error\ndata:");
            out.push_str(words);
            self.has_data = true;
            self.in_document = opens_document(line);
        } else if is_standard(line) {
            out.push_str(line);
            self.has_data |= line.starts_with("data:");
            self.in_document = opens_document(line);
        } else if self.in_document || bare.starts_with(['{', '[']) {
            self.has_data = true;
            // Documents that come one a line are events of their own.
            self.in_document = self.in_document || !(bare == "[DONE]" || is_document(bare));
            out.push_str("data: ");
            out.push_str(line);
            if !self.in_document {
                out.push('\n');
            }
        } else if self.other.len() + line.len() <= OTHER_CAP {
            self.other.push_str(line);
        }
    }
}

/// Whether the rest of a body, which has no line end, is worth reading: half a JSON document is not.
pub(super) fn is_whole(rest: &str) -> bool {
    let value = value_of(rest);
    !value.starts_with(['{', '[']) || value == "[DONE]" || is_document(value)
}

/// Whether the standard knows the line: blank, a comment, or one of its fields.
fn is_standard(line: &str) -> bool {
    let line = line.trim_end_matches('\n');
    let fields = ["data:", "event:", "id:", "retry:", ":"];
    line.is_empty() || fields.iter().any(|field| line.starts_with(field))
}

/// Whether JSON begins in this line and does not end there. Only looked at, not parsed: it is asked of every line.
fn opens_document(line: &str) -> bool {
    let value = value_of(line);
    value.starts_with(['{', '[']) && !value.ends_with(['}', ']'])
}

fn value_of(line: &str) -> &str {
    let line = line.trim_start_matches('\u{feff}');
    let value = line.strip_prefix("data:").or_else(|| line.strip_prefix("error:"));
    value.unwrap_or(line).trim()
}

fn is_document(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok() || crate::json::parse(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_event_becomes_one() {
        let table = [
            ("data: {\"a\":1}\n\n", "data: {\"a\":1}\n\n"),
            ("error: {\"code\":1}\n\n", "event: error\ndata: {\"code\":1}\n\n"),
            ("{\n  \"a\": 1\n}\n", "data: {\ndata:   \"a\": 1\ndata: }\n"),
            ("{\"a\":1}\n{\"a\":2}\n", "data: {\"a\":1}\n\ndata: {\"a\":2}\n\n"),
            ("data: {\n  \"a\": 1\n}\n\n", "data: {\ndata:   \"a\": 1\ndata: }\n\n"),
            ("error: {\n  \"a\": 1 }\n\n", "event: error\ndata: {\ndata:   \"a\": 1 }\n\n"),
            ("foo: bar\ndata: a\n\n", "data: a\n\n"),
            ("data: a\nfoo: bar\n\n", "data: a\n\n"),
            ("[DONE]\n", "data: [DONE]\n\n"),
            ("\u{feff}data: a\n\n", "data: a\n\n"),
            (" data: a\n\n", "data: a\n\n"),
            ("  event: error\n\tdata: a\n\n", "event: error\ndata: a\n\n"),
        ];
        for (body, lines) in table {
            assert_eq!(Lines::default().rewrite(body.to_owned()), lines, "{body:?}");
            let mut one_by_one = Lines::default();
            let rewritten: String = body
                .split_inclusive('\n')
                .map(|line| one_by_one.rewrite(line.to_owned()))
                .collect();
            assert_eq!(rewritten, lines, "{body:?} line by line");
            assert_eq!(one_by_one.end(), "");
        }
    }

    #[test]
    fn plain_words_are_told_only_where_nothing_else_came() {
        let mut lines = Lines::default();
        assert_eq!(lines.rewrite("upstream is gone\nsorry\n".to_owned()), "");
        assert_eq!(lines.end(), "data: upstream is gone\ndata: sorry\n");
        let mut lines = Lines::default();
        lines.rewrite("hm\ndata: {}\n\n".to_owned());
        assert_eq!(lines.end(), "");
    }

    #[test]
    fn half_a_document_is_not_whole() {
        for rest in
            ["", "data: [DONE]", "data: {\"a\":1}", "data: words", "{}", "[DONE]", "error: no"]
        {
            assert!(is_whole(rest), "{rest}");
        }
        for rest in ["data: {\"a\":", "{\"a\"", "data:[1,", "[DO"] {
            assert!(!is_whole(rest), "{rest}");
        }
    }
}
