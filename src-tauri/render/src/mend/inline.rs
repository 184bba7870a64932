//! Marks inside a half-written paragraph.

use super::formula::{Formula, Formulas};
use super::line::LONGEST_MARKS;
use crate::address;
use crate::html::Tag;

/// Where the paragraph can be cut in two without either part looking different: before a word, outside of any markup.
/// Inside a word if that is very long. None if it is not worth it yet.
pub(crate) fn settled(text: &str) -> Option<usize> {
    const ENOUGH: usize = 300;
    /// Whatever is open: a mark that never closes must not make the rest of the answer wait.
    const TOO_MUCH: usize = 4 << 10;
    /// The same for marks: what they may become is written anew with every word.
    const TOO_MANY: usize = 120;
    if text.len() < ENOUGH {
        return None;
    }
    if let Some(cut) = inside_word(text) {
        return Some(cut);
    }
    let mut marks = Marks::new(text);
    marks.read();
    let cut = marks.quiet.filter(|&cut| cut >= ENOUGH / 3);
    let is_mark = |byte: &u8| matches!(byte, b'*' | b'_' | b'~' | b'`' | b'[');
    if cut.is_some() || text.len() < TOO_MUCH && text.bytes().filter(is_mark).count() < TOO_MANY {
        return cut;
    }
    let half = (0..=text.len() / 2).rev().find(|&at| text.is_char_boundary(at))?;
    let space = text[..half].rfind(' ').map(|at| at + 1);
    space.or(Some(half)).filter(|&cut| cut > 0)
}

/// Where a very long word without marks can be cut that `text` begins with. What comes after it may mean something
/// together with its last characters, which stay.
fn inside_word(text: &str) -> Option<usize> {
    const LONG: usize = 1000;
    const REST: usize = 100;
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || b"+/=,".contains(&byte) || byte >= 0x80;
    let length = text.bytes().take_while(|&byte| is_plain(byte)).count();
    if length < LONG || !text.starts_with(char::is_alphanumeric) {
        return None;
    }
    let is_cut = |at: usize| {
        let (before, after) = text.split_at(at);
        before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
    };
    (LONG / 2..=length - REST).rev().find(|&at| text.is_char_boundary(at) && is_cut(at))
}

/// The text with everything closed that is open at its end.
pub(super) fn close(text: &str) -> String {
    let mut marks = Marks::new(text);
    marks.read();
    marks.closed()
}

/// Where a link's target ends, which may have parentheses in it. A line's end ends it in any case.
fn end_of_target(rest: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth <= 1 => return Some(at),
            b')' => depth -= 1,
            b'\n' => return Some(at),
            _ => {}
        }
    }
    None
}

/// A run of emphasis marks that is not closed yet, or so many letters of a tag that is not.
struct Open {
    mark: u8,
    length: usize,
    /// The name of the element, if it is a tag's.
    tag: &'static str,
}

/// What stands for a tag among emphasis marks.
const TAG: u8 = b'<';

struct Marks<'t> {
    text: &'t str,
    at: usize,
    open: Vec<Open>,
    /// Where brackets are open, and how much was open before each.
    brackets: Vec<(usize, usize)>,
    /// Nothing from here on is shown.
    end: usize,
    /// A code span without its end: the marks that it lacks.
    code: usize,
    /// The last place outside of everything, before a word.
    quiet: Option<usize>,
    /// No angle bracket closes from here on.
    no_angle: bool,
    formulas: Formulas<'t>,
}

impl<'t> Marks<'t> {
    const fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            open: vec![],
            brackets: vec![],
            end: text.len(),
            code: 0,
            quiet: None,
            no_angle: false,
            formulas: Formulas::new(text),
        }
    }

    fn read(&mut self) {
        while self.at < self.end {
            match self.text.as_bytes()[self.at] {
                b'$' => self.formula(),
                b'\\' if self.rest()[1..].starts_with(['(', '[', 'b']) => self.formula(),
                b'h' | b'H' | b'w' => self.address(),
                b'\\' => self.escape(),
                b'`' => self.code(),
                mark @ (b'*' | b'_' | b'~') => self.emphasis(mark),
                b'[' => self.open_bracket(),
                b']' => self.close_bracket(),
                b'<' => self.angle(),
                b'&' => self.entity(),
                b'!' if self.at + 1 == self.text.len() => self.end = self.at,
                b' ' => self.space(),
                _ => self.at += 1,
            }
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn run(&self, mark: u8) -> usize {
        self.rest().bytes().take_while(|&byte| byte == mark).count()
    }

    fn space(&mut self) {
        self.at += 1;
        let is_outside = self.open.is_empty() && self.brackets.is_empty();
        let before_word = self.rest().chars().next().is_some_and(char::is_alphabetic);
        let after_word = !self.text[..self.at - 1].ends_with([' ', '\n']);
        if is_outside && before_word && after_word {
            self.quiet = Some(self.at);
        }
    }

    fn escape(&mut self) {
        match self.rest().chars().nth(1) {
            // It may escape what comes next, or break the line.
            None => self.end = self.at,
            Some('\n') if self.at + 2 == self.text.len() => self.end = self.at,
            Some(escaped) => self.at += 1 + escaped.len_utf8(),
        }
    }

    /// Nothing inside a formula is a mark; half of one waits.
    fn formula(&mut self) {
        match self.formulas.read(self.at) {
            Formula::Until(end) => self.at = end,
            Formula::Waits => self.end = self.at,
            Formula::None if self.rest().starts_with('$') => self.at += self.run(b'$'),
            Formula::None => self.escape(),
        }
    }

    /// Nothing in an address is a mark.
    fn address(&mut self) {
        self.at += address::length(self.rest(), &self.text[..self.at]).max(1);
    }

    fn code(&mut self) {
        let length = self.run(b'`');
        let after = self.at + length;
        let mut from = after;
        while let Some(found) = self.text[from..].find('`') {
            let start = from + found;
            let marks = self.text[start..].bytes().take_while(|&byte| byte == b'`').count();
            if marks == length {
                self.at = start + marks;
                return;
            }
            from = start + marks;
        }
        if after == self.text.len() {
            if length <= LONGEST_MARKS {
                self.end = self.at;
            }
            self.at = after;
        } else {
            self.code = length;
            // Marks that may close it, or a bar's escape in a table.
            self.end = after + self.text[after..].trim_end_matches(['`', '\\']).len();
            if self.end == after {
                self.end = self.at;
                self.code = 0;
            }
            // Nothing inside it is a mark.
            self.at = self.text.len();
        }
    }

    fn emphasis(&mut self, mark: u8) {
        let length = self.run(mark);
        if mark == b'~' && length == 1 && self.at + 1 < self.text.len() {
            self.at += 1;
            return;
        }
        let before = self.text[..self.at].chars().next_back();
        let after = self.text[self.at + length..].chars().next();
        let is_space = |side: Option<char>| side.is_none_or(char::is_whitespace);
        let is_word = |side: Option<char>| mark == b'_' && side.is_some_and(char::is_alphanumeric);
        let mut left = length;
        if !is_space(before) && !is_word(after) {
            left = self.close_emphasis(mark, left);
        }
        if after.is_none() {
            // What is left over may become the beginning or the end of something.
            if left > 0 && length <= LONGEST_MARKS {
                self.end = self.at + length - left;
                if is_space(before) {
                    self.end = self.at;
                }
            }
        } else if left > 0 && !is_space(after) && !is_word(before) && (mark != b'~' || left <= 2) {
            self.open.push(Open { mark, length: left, tag: "" });
        }
        self.at += length;
    }

    /// Returns how many marks closed nothing.
    fn close_emphasis(&mut self, mark: u8, length: usize) -> usize {
        let floor = self.brackets.last().map_or(0, |&(_, open)| open);
        let mut left = length;
        while left > 0 {
            let Some(found) = self.open[floor..].iter().rposition(|open| open.mark == mark) else {
                break;
            };
            self.open.truncate(floor + found + 1);
            let Some(last) = self.open.last_mut() else { break };
            let used = left.min(last.length);
            last.length -= used;
            left -= used;
            if last.length == 0 {
                self.open.pop();
            }
        }
        left
    }

    fn open_bracket(&mut self) {
        if self.rest().starts_with("[^") {
            return self.note();
        }
        self.brackets.push((self.at, self.open.len()));
        self.at += 1;
    }

    /// A reference to a footnote has no text of its own: half of one shows nothing.
    fn note(&mut self) {
        match self.rest().find([']', ' ', '\n']) {
            Some(end) => self.at += end + 1,
            None => self.end = self.at,
        }
    }

    fn close_bracket(&mut self) {
        self.at += 1;
        let Some((start, open)) = self.brackets.pop() else { return };
        let end = match self.rest().as_bytes().first() {
            Some(b'(') => end_of_target(self.rest()),
            Some(b'[') => self.rest().find([']', '\n']),
            Some(_) => return,
            None => None,
        };
        match end {
            Some(end) => self.at += end,
            None => {
                // A link without its target yet.
                self.brackets.push((start, open));
                self.end = self.at - 1;
            }
        }
    }

    fn angle(&mut self) {
        let begins = |c: char| c.is_ascii_alphabetic() || c == '/' || c == '!';
        let rest = self.rest();
        if rest.len() == 1 {
            self.end = self.at;
            return;
        }
        if self.no_angle || !rest[1..].starts_with(begins) {
            self.at += 1;
            return;
        }
        match rest.find(['>', '\n']) {
            // An element without anything in it yet.
            Some(end) if end + 1 == rest.len() && matches!(Tag::of(rest), Some(Tag::Begin(_))) => {
                self.end = self.at;
            }
            Some(end) => {
                self.tag(&rest[..=end]);
                self.at += end + 1;
            }
            None if rest.len() < 200 && !rest.contains(' ') => self.end = self.at,
            None => {
                self.no_angle = !rest.contains('\n');
                self.at += 1;
            }
        }
    }

    /// The tags of an element that is shown as what it is.
    fn tag(&mut self, html: &str) {
        let floor = self.brackets.last().map_or(0, |&(_, open)| open);
        let is_open = |open: &Open, name: &str| open.mark == TAG && open.tag == name;
        match Tag::of(html) {
            Some(Tag::Begin(tag)) => self.open.push(Open { mark: TAG, length: 1, tag }),
            Some(Tag::End(name)) => {
                let found = self.open[floor..].iter().rposition(|open| is_open(open, name));
                if let Some(found) = found {
                    self.open.truncate(floor + found);
                }
            }
            None => {}
        }
    }

    fn entity(&mut self) {
        let name = &self.rest()[1..];
        let is_open =
            name.len() < 32 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#');
        if is_open {
            self.end = self.at;
        } else {
            self.at += 1;
        }
    }

    /// The text up to its end, without the brackets that are open there, with everything else closed.
    fn closed(mut self) -> String {
        const NEAR: usize = 300;
        let mut out = String::from(&self.text[..self.end]);
        while let Some((start, open)) = self.brackets.pop() {
            if self.end - start.min(self.end) > NEAR {
                break;
            }
            if self.text[..start].ends_with('!') {
                out.truncate(start - 1);
                self.open.truncate(open);
                self.code = 0;
            } else if start < out.len() {
                out.remove(start);
            }
        }
        if self.code > 0 {
            out.push_str(&"`".repeat(self.code));
        }
        if !self.open.is_empty() {
            out.truncate(out.trim_end().len());
        }
        for Open { mark, length, tag } in self.open.into_iter().rev() {
            match mark {
                TAG => out.extend(["</", tag, ">"]),
                _ => out.extend(std::iter::repeat_n(char::from(mark), length)),
            }
        }
        out
    }
}
