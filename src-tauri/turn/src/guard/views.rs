//! A text as others would read it: with its escapes undone, and without the breaks that a width has put into it. A stored
//! key is found in each of these; shapes are not, since a text without its spaces is full of long words.

use std::ops::Range;

use vault::{Finder, What};

use super::{Hit, Kind};

/// A text that was read otherwise, and where each of its bytes comes from.
struct View {
    bytes: Vec<u8>,
    /// For each byte, what of the text it was.
    from: Vec<Range<usize>>,
}

/// Stored keys that only another reading shows.
pub(super) fn stored(finder: &Finder, text: &str) -> Vec<Hit> {
    let views = [joined(text), percent_decoded(text), json_decoded(text)];
    views.iter().flatten().flat_map(|view| find(finder, view)).collect()
}

fn find(finder: &Finder, view: &View) -> Vec<Hit> {
    let found = finder.find(&view.bytes).into_iter();
    let stored = found.filter_map(|found| match found.what {
        What::Stored(id) => Some(Hit { range: view.range(&found.range), what: Kind::Stored(id) }),
        What::Shaped(_) | What::Token(_) | What::Named => None,
    });
    stored.collect()
}

impl View {
    fn of(end: usize) -> View {
        View { bytes: Vec::with_capacity(end), from: Vec::with_capacity(end) }
    }

    fn push(&mut self, byte: u8, from: Range<usize>) {
        self.bytes.push(byte);
        self.from.push(from);
    }

    /// What follows the last byte may have been left out: what was found ends with that byte's own text.
    fn range(&self, range: &Range<usize>) -> Range<usize> {
        self.from[range.start].start..self.from[range.end - 1].end
    }
}

/// Without white space and what nobody can see. None where nothing would be left out.
fn joined(text: &str) -> Option<View> {
    let is_gap = |c: char| {
        c.is_whitespace()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
    };
    text.contains(is_gap).then(|| {
        let mut view = View::of(text.len());
        for (at, c) in text.char_indices().filter(|(_, c)| !is_gap(*c)) {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes)
                .bytes()
                .for_each(|byte| view.push(byte, at..at + c.len_utf8()));
        }
        view
    })
}

/// With `%2D` read as `-`. None where there is nothing of the kind.
fn percent_decoded(text: &str) -> Option<View> {
    let bytes = text.as_bytes();
    bytes.contains(&b'%').then(|| {
        decoded(text, |at| match &bytes[at..] {
            [b'%', high, low, ..] => Some((hex(&[*high, *low])?, 3)),
            _ => None,
        })
    })
}

/// With `\u002d`, `\/` and their kind read as what they stand for. None where there is nothing of the kind.
fn json_decoded(text: &str) -> Option<View> {
    let bytes = text.as_bytes();
    bytes.contains(&b'\\').then(|| {
        decoded(text, |at| match &bytes[at..] {
            [b'\\', b'u', b'0', b'0', high, low, ..] => Some((hex(&[*high, *low])?, 6)),
            [b'\\', b'x', high, low, ..] => Some((hex(&[*high, *low])?, 4)),
            [b'\\', plain @ (b'/' | b'\\' | b'"' | b'-' | b'_'), ..] => Some((*plain, 2)),
            // A line that goes on in the next one.
            _ => None,
        })
    })
}

/// Reads what `unescape` knows as one byte, and how long it is; everything else as it is.
fn decoded(text: &str, unescape: impl Fn(usize) -> Option<(u8, usize)>) -> View {
    let bytes = text.as_bytes();
    let mut view = View::of(text.len());
    let mut at = 0;
    while at < bytes.len() {
        let (byte, length) = unescape(at).unwrap_or((bytes[at], 1));
        view.push(byte, at..at + length);
        at += length;
    }
    view
}

fn hex(digits: &[u8]) -> Option<u8> {
    let text = std::str::from_utf8(digits).ok()?;
    u8::from_str_radix(text, 16).ok().filter(u8::is_ascii)
}
