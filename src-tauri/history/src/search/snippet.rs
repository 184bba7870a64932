//! The place in a text where what was looked for stands, in a few words, with marks.

use std::ops::{ControlFlow, Range};

use super::places::each_place;
use super::query::Term;

/// Bytes of a text that are looked through. What stands further down is found all the same, only not shown.
const LOOKED_AT: usize = 400_000;
/// Letters before the first mark, and in all.
const BEFORE: usize = 60;
const LETTERS: usize = 220;
/// Bytes after these, so that no word is cut among them.
const AFTER: usize = 500;

/// A run of a snippet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// As it was said.
    pub text: String,
    /// Whether it was looked for.
    pub is_marked: bool,
}

/// Where a text says what was looked for; its beginning where it does not.
pub(super) fn snippet(text: &str, terms: &[Term]) -> Vec<Piece> {
    let text = &text[..text.floor_char_boundary(LOOKED_AT)];
    let from = first(text, terms).map_or(0, |first| begin(text, first));
    let end = text[from..].char_indices().nth(LETTERS).map_or(text.len(), |(at, _)| from + at);
    let marks = marks(text, from, end, terms);
    let mut pieces = Vec::new();
    let mut at = from;
    for mark in marks {
        push(&mut pieces, &text[at..mark.start], false);
        push(&mut pieces, &text[mark.clone()], true);
        at = mark.end;
    }
    push(&mut pieces, &text[at..end], false);
    trim(&mut pieces);
    if from > 0 {
        pieces.insert(0, Piece { text: "…".to_owned(), is_marked: false });
    }
    if end < text.len() {
        pieces.push(Piece { text: "…".to_owned(), is_marked: false });
    }
    join(pieces)
}

/// Where the first term begins. Most texts are not read further.
fn first(text: &str, terms: &[Term]) -> Option<usize> {
    let mut first = None;
    let _first = each_place(text, terms, |_, at| {
        first = Some(at.start);
        ControlFlow::Break(())
    });
    first
}

/// The places of the terms between two places of the text, in order, none over another.
fn marks(text: &str, from: usize, end: usize, terms: &[Term]) -> Vec<Range<usize>> {
    let mut marks: Vec<Range<usize>> = Vec::new();
    let near = &text[from..text.floor_char_boundary(end + AFTER)];
    let _whole = each_place(near, terms, |_, at| {
        let mut mark = from + at.start..from + at.end;
        if mark.end <= end {
            while let Some(over) = marks.pop_if(|before| mark.start < before.end) {
                mark = over.start.min(mark.start)..over.end.max(mark.end);
            }
            marks.push(mark);
        }
        ControlFlow::Continue(())
    });
    marks
}

/// Some letters before a place, where a word begins.
fn begin(text: &str, place: usize) -> usize {
    let before = &text[..place];
    let Some((from, _)) = before.char_indices().rev().nth(BEFORE) else { return 0 };
    let word = before[from..].find(char::is_whitespace);
    word.map_or(from, |space| from + space)
}

/// As one line, without the marks of headings, lists and emphasis.
fn push(pieces: &mut Vec<Piece>, text: &str, is_marked: bool) {
    let mut line = String::with_capacity(text.len());
    let mut starts_line = pieces.is_empty();
    for letter in text.chars() {
        match letter {
            _ if letter.is_whitespace() || letter.is_control() => {
                starts_line |= letter == '\n';
                if !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            '*' | '`' => {}
            '#' | '>' | '|' if starts_line => {}
            _ => {
                starts_line = false;
                line.push(letter);
            }
        }
    }
    if !line.is_empty() {
        pieces.push(Piece { text: line, is_marked });
    }
}

fn trim(pieces: &mut [Piece]) {
    if let Some(first) = pieces.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    if let Some(last) = pieces.last_mut() {
        last.text = last.text.trim_end().to_owned();
    }
}

fn join(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    for piece in pieces {
        match joined.last_mut() {
            Some(last) if last.is_marked == piece.is_marked => last.text.push_str(&piece.text),
            _ => joined.push(piece),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::super::day::Day;
    use super::super::query::Query;
    use super::*;

    /// With brackets around what is marked.
    fn shown(text: &str, typed: &str) -> String {
        let query = Query::parse(typed, Day::of(0));
        let piece =
            |piece: Piece| if piece.is_marked { format!("[{}]", piece.text) } else { piece.text };
        snippet(text, &query.terms).into_iter().map(piece).collect()
    }

    #[test]
    fn what_was_looked_for_is_marked_as_it_was_said() {
        let cases = [
            ("## The idea\n\nFull **Jitter** spreads", "jit", "The idea Full [Jitter] spreads"),
            ("Un Café, s’il", "cafe ", "Un [Café], s’il"),
            ("私は東京都にいる", "東京都", "私は[東京都]にいる"),
            ("an apple a day", "\"a day\"", "an apple [a day]"),
            ("nothing here", "jitter", "nothing here"),
            ("", "x", ""),
            ("use C++ and c", "c++ ", "use [C++] and c"),
            ("line\u{202e} one", "one ", "line\u{202e} [one]"),
        ];
        for (text, typed, expected) in cases {
            assert_eq!(shown(text, typed), expected, "{text}");
        }
    }

    #[test]
    fn of_a_long_text_the_part_around_it_is_shown() {
        let text = format!("{} needle {}", "before ".repeat(10_000), "after ".repeat(10_000));
        let shown = shown(&text, "needle ");
        assert!(shown.starts_with('…') && shown.ends_with('…'), "{shown}");
        assert!(shown.contains(" [needle] after") && shown.chars().count() < LETTERS + 10);
    }
}
