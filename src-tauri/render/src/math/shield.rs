//! Hiding formulas from the parser: every mark in them is replaced by a character that means nothing to it.
//!
//! What is hidden depends on a line alone, but for a formula that goes over several lines. That one begins with a line of
//! its own or at the end of one, and from there on every line is hidden until it ends, an empty line comes or the lines
//! leave its container, whether or not its end is ever found. So what is found in the first lines of a text does not
//! depend on the lines after them: a block that is finished stays so. Nothing else is carried from line to line, and no
//! block is taken to begin inside a formula, so what is found does not depend on where reading began either.

use std::borrow::Cow;

use super::find::{At, Finder, close};

/// Marks that mean something in markdown. Each has a stand-in at the same place after `FIRST`.
const MARKS: &[u8] = b"!#$&()*+-.:<=>@[\\]_`|~%^{}";
const FIRST: u32 = 0xfdd0;
/// Around a formula.
pub(super) const BEGIN: char = '\u{fdee}';
pub(super) const END: char = '\u{fdef}';

/// Inside a formula that is still being written.
pub(crate) const PENDING: char = '\u{fded}';

/// Whether a character is one of those that take the place of others here. They are reserved for such use, and a text
/// that brings them along is cleared of them on its way in.
pub(crate) const fn is_stand_in(character: char) -> bool {
    matches!(character, '\u{fdd0}'..='\u{fdef}')
}

/// The text with every formula hidden. It has the same lines; those that begin inside a formula are counted from 1.
pub(crate) fn shield(text: &str) -> (Cow<'_, str>, Vec<usize>) {
    if !text.contains(['$', '\\']) {
        return (Cow::Borrowed(text), vec![]);
    }
    let mut shield = Shield { out: String::with_capacity(text.len() * 2), open: None };
    let mut inside = vec![];
    for (line, number) in text.split_inclusive('\n').zip(1..) {
        if shield.line(line).goes_on {
            inside.push(number);
        }
    }
    (Cow::Owned(shield.out), inside)
}

/// The text as it was.
pub(crate) fn unshield(text: &str) -> Cow<'_, str> {
    if !text.contains(is_stand_in) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(original).collect())
}

/// Where a formula over several lines begins that has not ended at the end of the text, and what would end it.
pub(crate) fn open_display(text: &str) -> Option<(usize, &'static str)> {
    if !text.contains(['$', '\\']) {
        return None;
    }
    let mut shield = Shield { out: String::new(), open: None };
    let mut start = 0;
    let mut begin = 0;
    for line in text.split_inclusive('\n') {
        if let Some(at) = shield.line(line).opener {
            begin = start + at;
        }
        shield.out.clear();
        start += line.len();
    }
    shield.open.map(|open| (begin, open.closer))
}

fn original(character: char) -> Option<char> {
    match character {
        BEGIN | END => None,
        _ if is_stand_in(character) => {
            let mark = MARKS.get((character as u32 - FIRST) as usize);
            Some(mark.map_or(character, |&mark| char::from(mark)))
        }
        _ => Some(character),
    }
}

/// A formula whose end is in a later line.
struct Open {
    closer: &'static str,
    place: Place,
}

/// How deep in quotes and lists a line's content is.
#[derive(Clone, Copy)]
struct Place {
    quotes: usize,
    /// The column of the innermost quote's mark.
    quote_column: usize,
    /// Spaces after it, list markers counted as such.
    indent: usize,
    /// Where the content begins.
    content: usize,
}

/// What a line has to do with formulas over several lines.
#[derive(Default)]
struct Line {
    /// It begins inside of one.
    goes_on: bool,
    /// Where one begins that does not end in it.
    opener: Option<usize>,
}

struct Shield {
    out: String,
    open: Option<Open>,
}

impl Shield {
    fn line(&mut self, line: &str) -> Line {
        let place = place(line, self.open.is_some());
        let content = &line[place.content..];
        if content.trim().is_empty() {
            self.open = None;
            self.out.push_str(line);
            return Line::default();
        }
        let is_fence = content.starts_with("```") || content.starts_with("~~~");
        let mut from = 0;
        if let Some(open) = self.open.take()
            && !is_fence
            && open.place.holds(place)
        {
            self.out.push_str(&line[..place.content]);
            let Some(end) = close(content, open.closer) else {
                self.hide(content);
                self.open = Some(open);
                return Line { goes_on: true, opener: None };
            };
            let end = end + open.closer.len();
            self.hide(&content[..end]);
            self.out.push(END);
            from = place.content + end;
        }
        let opener = self.inline(line, from, self::place(line, false));
        Line { goes_on: from > 0, opener }
    }

    /// Hides the formulas in the rest of a line.
    fn inline(&mut self, line: &str, from: usize, place: Place) -> Option<usize> {
        let mut done = from;
        let mut here = from.max(place.content.min(line.len()));
        let mut finder = Finder::new(line);
        while let Some(found) = line[here..].find(['$', '\\', '`']) {
            here += found;
            let rest = &line[here..];
            if rest.starts_with('`') {
                here += code(rest);
                continue;
            }
            match finder.at(here) {
                At::Formula(length) => {
                    self.out.push_str(&line[done..here]);
                    self.out.push(BEGIN);
                    self.hide(&line[here..here + length]);
                    self.out.push(END);
                    here += length;
                    done = here;
                }
                At::Open { display: true } if may_open(line, here, place) => {
                    let closer = if rest.starts_with('$') { "$$" } else { "\\]" };
                    self.open = Some(Open { closer, place });
                    self.out.push_str(&line[done..here]);
                    self.out.push(BEGIN);
                    self.hide(rest);
                    return Some(here);
                }
                At::Open { .. } | At::Nothing if rest.starts_with('\\') => {
                    here += 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                }
                At::Open { .. } | At::Nothing => {
                    here += rest.len() - rest.trim_start_matches('$').len();
                }
            }
        }
        self.out.push_str(&line[done..]);
        None
    }

    fn hide(&mut self, text: &str) {
        let hidden = text.chars().map(|character| {
            let mark = u8::try_from(character).ok();
            let index = mark.and_then(|mark| MARKS.iter().position(|&known| known == mark));
            let stand_in =
                index.and_then(|index| char::from_u32(FIRST + u32::try_from(index).ok()?));
            stand_in.unwrap_or(character)
        });
        self.out.extend(hidden);
    }
}

/// How much of a line the code span takes that begins it; only its marks if it does not end here.
fn code(rest: &str) -> usize {
    let marks = rest.len() - rest.trim_start_matches('`').len();
    let mut from = marks;
    while let Some(found) = rest[from..].find('`') {
        let start = from + found;
        let run = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        if run == marks {
            return start + run;
        }
        from = start + run;
    }
    marks
}

/// Whether a formula over several lines may begin here: where its line begins or ends, and where a paragraph can be.
fn may_open(line: &str, at: usize, place: Place) -> bool {
    let content = &line[place.content..];
    let before = &line[place.content.min(at)..at];
    let is_first = before.is_empty();
    let is_last = line[at..].trim_end().len() == 2;
    let is_plain = || !before.contains(['|', '>', '`']) && !before.starts_with('<');
    (is_first || (is_last && is_plain())) && !content.starts_with('#') && !line[..at].contains('\t')
}

impl Place {
    /// Whether a line there is in the container of this one.
    const fn holds(self, line: Self) -> bool {
        self.quotes == line.quotes
            && line.quote_column >= self.quote_column
            && line.indent >= self.indent
    }
}

/// Where a line's content begins. Inside a formula, a list's marks are part of it.
fn place(line: &str, inside: bool) -> Place {
    let mut place = Place { quotes: 0, quote_column: 0, indent: 0, content: 0 };
    loop {
        let rest = &line[place.content..];
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        place.content += spaces;
        place.indent += spaces;
        let rest = &rest[spaces..];
        if rest.starts_with('>') {
            place.quotes += 1;
            place.quote_column = place.content;
            place.content += 1;
            place.indent = 0;
            continue;
        }
        let mark = marker(rest);
        if inside || mark == 0 {
            return place;
        }
        place.content += mark;
        place.indent += mark;
    }
}

/// The length of the list marker that a text begins with.
fn marker(text: &str) -> usize {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let length = match text.as_bytes().get(digits) {
        Some(b'-' | b'+' | b'*') if digits == 0 => 1,
        Some(b'.' | b')') if (1..10).contains(&digits) => digits + 1,
        _ => return 0,
    };
    if text[length..].starts_with(' ') { length } else { 0 }
}
