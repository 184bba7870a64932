//! The place in a text where what was looked for stands, in a few words, with marks.

use std::ops::Range;

use super::letters::extends;
use super::query::Term;
use super::words::{Word, words};

/// Bytes of a text that are looked through. What stands further down is found all the same, only not shown.
const LOOKED_AT: usize = 400_000;
/// Letters before the first mark, and in all.
const BEFORE: usize = 60;
const LETTERS: usize = 220;

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
    let marks = marks(text, &words(text), terms);
    let from = marks.first().map_or(0, |first| begin(text, first.start));
    let end = text[from..].char_indices().nth(LETTERS).map_or(text.len(), |(at, _)| from + at);
    let mut pieces = Vec::new();
    let mut at = from;
    for mark in marks.iter().take_while(|mark| mark.end <= end) {
        push(&mut pieces, &text[at..mark.start.max(at)], false);
        push(&mut pieces, &text[mark.start.max(at)..mark.end], true);
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

/// The places of the terms, in order, none over another.
fn marks(text: &str, words: &[Word], terms: &[Term]) -> Vec<Range<usize>> {
    let mut marks: Vec<Range<usize>> = Vec::new();
    for at in 0..words.len() {
        for term in terms {
            let Some(here) = words.get(at..at + term.words.len()) else { continue };
            if !stands(here, term) {
                continue;
            }
            let (first, last) = (&here[0].at, &here[here.len() - 1].at);
            let end = if term.is_one_letter() { one_letter(text, last) } else { last.end };
            match marks.last_mut() {
                Some(before) if first.start < before.end => before.end = before.end.max(end),
                _ => marks.push(first.start..end),
            }
        }
    }
    marks
}

/// Where the first of the two letters of a pair ends.
fn one_letter(text: &str, pair: &Range<usize>) -> usize {
    let mut rest = text[pair.clone()].char_indices().skip(1);
    rest.find(|(_, letter)| !extends(*letter)).map_or(pair.end, |(at, _)| pair.start + at)
}

fn stands(here: &[Word], term: &Term) -> bool {
    let Some((last, before)) = term.words.split_last() else { return false };
    let Some((word, others)) = here.split_last() else { return false };
    let is_last =
        if term.goes_on { word.text.starts_with(last.as_str()) } else { word.text == *last };
    is_last && others.iter().zip(before).all(|(word, asked)| word.text == *asked)
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
    use super::super::query::Query;
    use super::*;

    /// With brackets around what is marked.
    fn shown(text: &str, typed: &str) -> String {
        let query = Query::parse(typed, 0);
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
