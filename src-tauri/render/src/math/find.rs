//! Where formulas are in a line. A dollar sign is money far more often than mathematics, so it has to look like the one
//! and not like the other.

use std::ops::Range;

use super::environment;
use crate::limits;
use crate::script::{is_wide_mark, is_without_spaces};

/// What begins at a place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// A formula of so many bytes, with its delimiters.
    Formula(usize),
    /// The beginning of one that has no end in the text.
    Open {
        /// Whether it asks for a line of its own.
        display: bool,
    },
    /// Anything else.
    Nothing,
}

/// Looks for formulas in a text, from its beginning to its end. What it has read to the end of a line it remembers until
/// that line is over: a line of nothing but beginnings must not be read anew from each of them.
pub(crate) struct Finder<'t> {
    text: &'t str,
    /// Of the line that was looked at last.
    line: Range<usize>,
    /// Where its first word begins.
    first: usize,
    /// Whether it is a row of a table.
    is_row: bool,
    /// Where each closer stands next in the line, if that is known; the end of the text where it does not any more.
    next: [Option<usize>; CLOSERS.len()],
}

const CLOSERS: [&str; 3] = ["\\)", "\\]", "$$"];
const ROUND: usize = 0;
const SQUARE: usize = 1;
const DOLLARS: usize = 2;

impl<'t> Finder<'t> {
    pub(crate) const fn new(text: &'t str) -> Self {
        Self { text, line: 0..0, first: 0, is_row: false, next: [None; CLOSERS.len()] }
    }

    /// What begins at `at`, where there is a dollar sign or a backslash. The formula has to end in the same line.
    pub(crate) fn at(&mut self, at: usize) -> At {
        self.turn_to(at);
        let rest = &self.text[at..self.line.end];
        match rest.as_bytes() {
            [b'\\', b'(', ..] => self.bracketed(at, ROUND),
            [b'\\', b'[', ..] => self.bracketed(at, SQUARE),
            [b'\\', b'b', ..] => environment(rest),
            [b'$', b'$', b'$', ..] => At::Nothing,
            [b'$', b'$', ..] => self.doubled(at),
            [b'$', ..] => dollar(rest, &self.text[self.line.start..at], self.is_row),
            _ => At::Nothing,
        }
    }

    /// Whether `at`, which was looked at last, is in the text's last line.
    pub(crate) const fn is_in_last_line(&self) -> bool {
        self.line.end == self.text.len()
    }

    fn turn_to(&mut self, at: usize) {
        if at < self.line.end {
            return;
        }
        let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = self.text[at..].find('\n').map_or(self.text.len(), |end| at + end);
        self.line = start..end;
        self.is_row = self.text[start..end].trim_start_matches([' ', '\t', '>']).starts_with('|');
        self.first = end - self.text[start..end].trim_start().len();
        self.next = [None; CLOSERS.len()];
    }

    /// A formula in brackets. They may be escaped ones as well: a link that is none, a number in brackets, a remark.
    fn bracketed(&mut self, at: usize, closer: usize) -> At {
        let display = closer == SQUARE;
        if is_in_target(&self.text[self.line.start..at]) {
            return At::Nothing;
        }
        let Some(end) = self.close(at + 2, closer) else {
            let is_escape = display && is_label(&self.text[at + 2..self.line.end]);
            return if is_escape { At::Nothing } else { At::Open { display } };
        };
        let (tex, after) = (&self.text[at + 2..end], &self.text[end + 2..self.line.end]);
        let is_alone =
            display && at == self.first && after.trim_start_matches(['.', ',', ' ']).is_empty();
        if !is_alone && tex.len() > limits::FORMULA {
            return At::Nothing;
        }
        let is_link = display && after.starts_with(['(', '[', ':']);
        let is_remark = || words(tex, 3) > 0 && tex.contains(' ');
        let is_number = || display && !tex.contains(char::is_alphabetic);
        // Where others begin inside of it there are marks: its words are counted once only.
        let is_escape = !is_alone && !has_marks(tex) && (is_remark() || is_number());
        let is_empty = !tex.contains(|c: char| c.is_alphanumeric());
        if is_empty || tex.contains('`') || is_link || is_escape {
            return At::Nothing;
        }
        At::Formula(end + 2 - at)
    }

    fn doubled(&mut self, at: usize) -> At {
        let Some(end) = self.close(at + 2, DOLLARS) else { return At::Open { display: true } };
        let tex = &self.text[at + 2..end];
        if tex.trim().is_empty() || tex.contains('`') {
            At::Nothing
        } else {
            At::Formula(end + 2 - at)
        }
    }

    fn close(&mut self, from: usize, closer: usize) -> Option<usize> {
        let known = &mut self.next[closer];
        let end = match *known {
            Some(end) if end >= from => end,
            _ => close(&self.text[from..self.line.end], CLOSERS[closer])
                .map_or(self.text.len(), |end| from + end),
        };
        *known = Some(end);
        (end < self.line.end).then_some(end)
    }
}

/// Bytes of a label or a target that are looked at.
const NEAR: usize = 200;

/// Whether what follows is in the target of a link, where brackets are escaped.
fn is_in_target(before: &str) -> bool {
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(NEAR))..];
    let target = near.rsplit_once("](").map(|(_, target)| target);
    target.is_some_and(|target| !target.contains([' ', '\t']))
}

/// Whether a bracket that was escaped so that nothing is a link closes plain words: `\[no link](x)`.
fn is_label(rest: &str) -> bool {
    let near = &rest[..rest.floor_char_boundary(NEAR)];
    let Some((words, _)) = near.split_once(']') else { return false };
    !words.contains('[') && words.contains(char::is_alphabetic) && !has_marks(words)
}

fn environment(rest: &str) -> At {
    let Some(name) = environment::begun(rest) else { return At::Nothing };
    match environment::whole(rest, name) {
        Some(length) if length <= limits::FORMULA => At::Formula(length),
        Some(_) => At::Nothing,
        None => At::Open { display: true },
    }
}

/// The end of a formula's content in `rest`, which begins with it.
pub(super) fn close(rest: &str, closer: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if rest[at..].starts_with(closer) {
            return Some(at);
        }
        at += match bytes[at] {
            b'\\' => 1 + rest[at + 1..].chars().next().map_or(0, char::len_utf8),
            _ => rest[at..].chars().next().map_or(1, char::len_utf8),
        };
    }
    None
}

/// Anything longer is none. Braces may hide every end from every beginning, so each is read only so far.
const LONGEST_BETWEEN_DOLLARS: usize = 2 << 10;

fn dollar(rest: &str, before: &str, is_row: bool) -> At {
    let is_in_word = |last: char| last.is_alphanumeric() && !is_without_spaces(last);
    if before.ends_with(|last: char| is_in_word(last) || last == '$') {
        return At::Nothing;
    }
    let starts_badly = |first: char| first.is_whitespace() || ",.;:?!)]}\"'%`".contains(first);
    if rest[1..].starts_with(starts_badly) {
        return At::Nothing;
    }
    let bytes = rest.as_bytes();
    let mut depth = 0_usize;
    let mut at = 1;
    while at < bytes.len() {
        if at > LONGEST_BETWEEN_DOLLARS {
            return At::Nothing;
        }
        match bytes[at] {
            b'\\' => at += 1,
            b'`' => return At::Nothing,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'$' if depth == 0 => {
                let (tex, after) = (&rest[1..at], &rest[at + 1..]);
                let is_money = is_range(tex, before) || is_cut_range(tex) || is_cells(tex, is_row);
                let fits = may_end(tex, after) && is_formula(tex) && !is_money;
                return if fits { At::Formula(at + 1) } else { At::Nothing };
            }
            _ => {}
        }
        at += 1;
    }
    if is_formula(&rest[1..]) { At::Open { display: false } } else { At::Nothing }
}

/// Whether a dollar sign between these can end a formula. A digit after it makes it a price's. A letter does not ("the
/// `$n$`th"), but then nothing may look like two prices or two variables of a shell.
fn may_end(tex: &str, after: &str) -> bool {
    if tex.ends_with(char::is_whitespace)
        || after.starts_with(|next: char| next.is_numeric() || "${".contains(next))
    {
        return false;
    }
    if !after.starts_with(|next: char| next.is_alphabetic() && !is_without_spaces(next)) {
        return true;
    }
    let is_cut_off = tex.ends_with(|last: char| "/:-–.,;=@_~&".contains(last));
    let is_amount = !tex.contains(|c: char| c.is_alphabetic() || "\\^".contains(c))
        && tex.contains(|c: char| !c.is_ascii_digit());
    !is_cut_off && !is_amount && words(tex, 3) == 0
}

/// Whether a dollar sign before mere numbers is the second one of a range of prices: `$3–$4`.
fn is_range(tex: &str, before: &str) -> bool {
    let first = before.strip_suffix(['-', '–', '—', '/']).unwrap_or_default();
    let is_number = |c: char| c.is_ascii_digit() || " .,".contains(c);
    tex.chars().all(is_number) && first.ends_with(|last: char| last.is_ascii_digit())
}

/// Whether it is the first half of one, with the second one's sign: `$3–$`. Its number may be still to come.
fn is_cut_range(tex: &str) -> bool {
    tex.starts_with(|first: char| first.is_ascii_digit())
        && tex.ends_with(['-', '–', '—', '/', '~'])
}

/// Whether a border of two cells stands between the signs: a bar with spaces around it, outside of brackets, in a line that is
/// a row. After an amount, any bar without a second one is enough.
fn is_cells(tex: &str, is_row: bool) -> bool {
    let is_amount = tex.starts_with(|first: char| first.is_ascii_digit())
        && !tex.contains(['\\', '^', '_', '{']);
    let mut depth = 0_usize;
    let mut bars = 0_usize;
    let mut has_border = false;
    for (at, character) in tex.char_indices() {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                bars += 1;
                has_border |= tex[..at].ends_with(' ') && tex[at + 1..].starts_with(' ');
            }
            _ => {}
        }
    }
    (is_row || is_amount) && has_border || is_amount && bars % 2 == 1
}

/// Whether what is between two dollar signs reads like mathematics and not like a sentence between two prices.
fn is_formula(tex: &str) -> bool {
    if is_sentence(tex) {
        return false;
    }
    if tex.starts_with(|first: char| first.is_ascii_digit()) {
        return words(tex, 2) == 0;
    }
    let most = usize::from(has_marks(tex) || !tex.contains(' '));
    words(tex, 3) <= most
}

/// Whether it is words or a part of a sentence in a script without spaces, and not in braces.
fn is_sentence(tex: &str) -> bool {
    let mut depth = 0_usize;
    let mut has_wide_marks = false;
    let mut has_wide_letters = false;
    for character in tex.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ if is_wide_mark(character) => has_wide_marks = true,
            _ => has_wide_letters |= is_without_spaces(character),
        }
    }
    let has_others = || tex.contains(|c: char| c.is_ascii_alphanumeric() || c == '\\');
    has_wide_marks || has_wide_letters && !has_others()
}

fn has_marks(tex: &str) -> bool {
    tex.contains(['\\', '^', '_', '=', '+', '<', '>', '{', '*', '/', '|', '-'])
}

/// How many words of at least so many letters there are outside of braces that are no commands or functions.
fn words(tex: &str, length: usize) -> usize {
    const FUNCTIONS: [&str; 13] =
        ["sin", "cos", "tan", "log", "ln", "exp", "min", "max", "mod", "lim", "det", "gcd", "dx"];
    let mut depth = 0_usize;
    let mut word = String::new();
    let mut count = 0;
    let mut in_command = false;
    for character in tex.chars().chain([' ']) {
        if character.is_alphabetic() {
            word.push(character);
            continue;
        }
        let is_word = !in_command && depth == 0 && word.chars().count() >= length;
        count += usize::from(is_word && !FUNCTIONS.contains(&word.as_str()));
        word.clear();
        in_command = character == '\\';
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    count
}
