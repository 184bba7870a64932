//! Hiding formulas from the parser: every mark in them is replaced by a character that means nothing to it.
//!
//! What is hidden depends on a line alone, but for a formula that goes over several lines. That one begins with a line of
//! its own or at the end of one, and from there on every line is hidden until it ends, an empty line comes or the lines
//! leave its container, whether or not its end is ever found. So what is found in the first lines of a text does not
//! depend on the lines after them: a block that is finished stays so. Nothing else is carried from line to line, and no
//! block is taken to begin inside a formula, so what is found does not depend on where reading began either.

use std::borrow::Cow;
use std::ops::Range;

use super::find::{At, Finder, close};
use super::{cells, environment};
use crate::address;

/// Marks that mean something in markdown. Each has a stand-in at the same place after `FIRST`.
const MARKS: &[u8] = b"!#$&()*+-.:<=>@[\\]_`|~%^{}";
const FIRST: u32 = 0xfdd0;
/// Around a formula.
pub(super) const BEGIN: char = '\u{fdee}';
pub(super) const END: char = '\u{fdef}';

/// Around a bare address.
pub(super) const ADDRESS: char = '\u{fdeb}';
pub(super) const ADDRESS_END: char = '\u{fdec}';

/// Inside a formula that is still being written.
pub(crate) const PENDING: char = '\u{fded}';

/// Whether a character is one of those that take the place of others here. They are reserved for such use, and a text
/// that brings them along is cleared of them on its way in.
pub(crate) const fn is_stand_in(character: char) -> bool {
    matches!(character, '\u{fdd0}'..='\u{fdef}')
}

/// The text with every formula hidden. It has the same lines; those that begin inside a formula are counted from 1.
pub(crate) fn shield(text: &str) -> (Cow<'_, str>, Vec<usize>) {
    if !text.contains(['$', '\\', '~', '|']) && !address::may_be_in(text) {
        return (Cow::Borrowed(text), vec![]);
    }
    let mut shield = Shield { out: String::with_capacity(text.len() * 2), ..Shield::default() };
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
pub(crate) fn open_display(text: &str) -> Option<(usize, Cow<'static, str>)> {
    if !text.contains(['$', '\\']) {
        return None;
    }
    let mut shield = Shield::default();
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

/// Which lines a formula over several lines goes on in, for who reads a text line by line before it is hidden.
#[derive(Default)]
pub(crate) struct Formulas(Shield);

impl Formulas {
    /// Whether a line that comes next begins inside of one.
    pub(crate) fn holds(&self, line: &str) -> bool {
        let place = place(line, true);
        self.0.open.as_ref().is_some_and(|open| open.goes_on(place, &line[place.content..]))
    }

    /// Reads the next line.
    pub(crate) fn read(&mut self, line: &str) {
        self.0.line(line);
        self.0.out.clear();
    }
}

fn original(character: char) -> Option<char> {
    match character {
        BEGIN | END | ADDRESS | ADDRESS_END => None,
        _ if is_stand_in(character) => {
            let mark = MARKS.get((character as u32 - FIRST) as usize);
            Some(mark.map_or(character, |&mark| char::from(mark)))
        }
        _ => Some(character),
    }
}

/// A formula whose end is in a later line.
struct Open {
    closer: Cow<'static, str>,
    place: Place,
}

impl Open {
    /// Whether it does in a line with something in it. A fence ends it.
    fn goes_on(&self, place: Place, content: &str) -> bool {
        let is_fence = content.starts_with("```") || content.starts_with("~~~");
        !content.trim().is_empty() && !is_fence && self.place.holds(place)
    }
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

#[derive(Default)]
struct Shield {
    out: String,
    open: Option<Open>,
    /// Cells in a row of the table that the lines are in.
    columns: Option<usize>,
}

impl Shield {
    fn line(&mut self, line: &str) -> Line {
        let place = place(line, self.open.is_some());
        let content = &line[place.content..];
        if content.trim().is_empty() {
            self.open = None;
            self.columns = None;
            self.out.push_str(line);
            return Line::default();
        }
        let mut from = 0;
        if let Some(open) = self.open.take()
            && open.goes_on(place, content)
        {
            self.out.push_str(&line[..place.content]);
            let Some(end) = close(content, &open.closer) else {
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
        self.columns = cells::in_rule(content).or(self.columns);
        Line { goes_on: from > 0, opener }
    }

    /// Hides what is no markdown in the rest of a line.
    fn inline(&mut self, line: &str, from: usize, place: Place) -> Option<usize> {
        let mut done = from;
        let mut here = from.max(place.content.min(line.len()));
        let mut finder = Finder::new(line);
        let mut signs = Signs::new(line);
        let joins_cells = cells::are_joined_by_code(line, self.columns);
        while let Some(sign) = signs.next(here) {
            here = sign;
            let rest = &line[here..];
            match rest.as_bytes()[0] {
                b'`' => {
                    let span = code(rest);
                    if joins_cells {
                        self.out.push_str(&line[done..here]);
                        cells::hide_bars(&mut self.out, &rest[..span]);
                        done = here + span;
                    }
                    here += span;
                }
                b'~' => {
                    let marks = rest.len() - rest.trim_start_matches('~').len();
                    // One is a range, an about or a home; two strike out.
                    if marks == 1 {
                        self.out.push_str(&line[done..here]);
                        hide_marks(&mut self.out, "~");
                        done = here + 1;
                    }
                    here += marks;
                }
                b'$' | b'\\' => match finder.at(here) {
                    At::Formula(length) => {
                        self.out.push_str(&line[done..here]);
                        self.out.push(BEGIN);
                        self.hide(&line[here..here + length]);
                        self.out.push(END);
                        here += length;
                        done = here;
                    }
                    At::Open { display: true } if may_open(line, here, place) => {
                        self.open = Some(Open { closer: closer(rest), place });
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
                },
                _ => {
                    self.out.push_str(&line[done..here]);
                    here = signs.end_of_address();
                    self.address(&line[sign..here]);
                    done = here;
                }
            }
        }
        self.out.push_str(&line[done..]);
        None
    }

    /// Entities in an address stay what they are.
    fn address(&mut self, address: &str) {
        self.out.push(ADDRESS);
        for (at, part) in address.split('&').enumerate() {
            if at > 0 {
                self.out.push('&');
            }
            self.hide(part);
        }
        self.out.push(ADDRESS_END);
    }

    fn hide(&mut self, text: &str) {
        hide_marks(&mut self.out, text);
    }
}

/// Where something in a line may be hidden. What is known of it is not looked for again.
struct Signs<'l> {
    line: &'l str,
    mark: usize,
    address: Range<usize>,
}

impl<'l> Signs<'l> {
    const fn new(line: &'l str) -> Self {
        Self { line, mark: 0, address: 0..0 }
    }

    /// The next one at `from` or later.
    fn next(&mut self, from: usize) -> Option<usize> {
        let none = self.line.len();
        if self.mark <= from {
            let found = self.line[from..].find(['$', '\\', '`', '~']);
            self.mark = found.map_or(none, |at| from + at);
        }
        if self.address.start <= from {
            self.address = address::next(self.line, from).unwrap_or(none..none);
        }
        let next = self.mark.min(self.address.start);
        (next < none).then_some(next)
    }

    const fn end_of_address(&self) -> usize {
        self.address.end
    }
}

/// Writes a text with a stand-in for every mark.
pub(crate) fn hide_marks(out: &mut String, text: &str) {
    let hidden = text.chars().map(|character| {
        let mark = u8::try_from(character).ok();
        let index = mark.and_then(|mark| MARKS.iter().position(|&known| known == mark));
        let stand_in = index.and_then(|index| char::from_u32(FIRST + u32::try_from(index).ok()?));
        stand_in.unwrap_or(character)
    });
    out.extend(hidden);
}

/// What ends a formula over several lines that begins like this.
fn closer(rest: &str) -> Cow<'static, str> {
    match environment::begun(rest) {
        Some(name) => environment::end(name).into(),
        None if rest.starts_with('$') => "$$".into(),
        None => "\\]".into(),
    }
}

/// How much of a line the code span takes that begins it; only its marks if it does not end here.
pub(super) fn code(rest: &str) -> usize {
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
    let rest = line[at..].trim_end();
    let is_last = rest.len() == 2 || environment::begun(rest).is_some() && rest.ends_with('}');
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
