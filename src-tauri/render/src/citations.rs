//! Citation marks of some providers: private letters that nobody can read, around the names of sources nobody else has.
//!
//! `⟨E200⟩cite⟨E202⟩turn3news2⟨E201⟩` stands for nothing that can be shown, so it is taken out. Words that a mark was put
//! around, or that it carries itself, belong to the sentence and stay.

const BEGIN: char = '\u{e200}';
const END: char = '\u{e201}';
const BETWEEN: char = '\u{e202}';

/// Bytes of a mark. Whatever is longer is none.
const LONGEST: usize = 8 << 10;

/// A text without its citation marks, and how many there were.
#[must_use]
pub fn without_citations(text: &str) -> (String, usize) {
    let mut citations = Citations::default();
    let mut out = String::with_capacity(text.len());
    citations.take(text, &mut out);
    citations.finish(&mut out);
    (out, citations.count)
}

/// Takes the marks out of a text that comes in pieces.
#[derive(Debug, Default)]
pub(crate) struct Citations {
    /// A mark whose end has not come yet, without its first letter. None outside of any.
    held: Option<String>,
    /// Spaces before a mark and after it are one space.
    swallows_spaces: bool,
    count: usize,
}

impl Citations {
    /// Adds a piece to `out`, but for what may be a mark.
    pub(crate) fn take(&mut self, piece: &str, out: &mut String) {
        let mut rest = piece;
        while !rest.is_empty() {
            rest = match self.held.is_some() {
                true => self.inside(rest, out),
                false => self.outside(rest, out),
            };
        }
    }

    /// Decides about a mark that the text ends in.
    pub(crate) fn finish(&mut self, out: &mut String) {
        self.give_up(out);
    }

    fn outside<'p>(&mut self, piece: &'p str, out: &mut String) -> &'p str {
        let mut rest = piece;
        if std::mem::take(&mut self.swallows_spaces) {
            rest = rest.trim_start_matches(' ');
            self.swallows_spaces = rest.is_empty();
        }
        let Some(at) = rest.find(is_mark) else {
            out.push_str(rest);
            return "";
        };
        out.push_str(&rest[..at]);
        let mark = rest[at..].chars().next().unwrap_or(BEGIN);
        if mark == BEGIN {
            self.held = Some(String::new());
        } else {
            self.leave_out(out);
        }
        &rest[at + mark.len_utf8()..]
    }

    fn inside<'p>(&mut self, piece: &'p str, out: &mut String) -> &'p str {
        let end = piece.find(['\n', '\r', BEGIN, END]).unwrap_or(piece.len());
        let held = self.held.get_or_insert_default();
        held.push_str(&piece[..end]);
        if held.len() > LONGEST {
            self.give_up(out);
            return &piece[end..];
        }
        let Some(after) = piece[end..].strip_prefix(END) else {
            if end < piece.len() {
                self.give_up(out);
            }
            return &piece[end..];
        };
        let mark = self.held.take().unwrap_or_default();
        match words(&mark) {
            Some(words) => out.push_str(&words),
            None if is_name(mark.split(BETWEEN).next().unwrap_or_default()) => self.leave_out(out),
            None => {
                self.count += 1;
                out.push_str(&mark.replace(is_mark, ""));
            }
        }
        after
    }

    /// A mark without its end is one all the same if it begins like one.
    fn give_up(&mut self, out: &mut String) {
        let Some(held) = self.held.take() else { return };
        self.leave_out(out);
        let is_cut_off = match held.split_once(BETWEEN) {
            Some((name, _)) => is_name(name) && held.len() <= LONGEST,
            None => held.is_empty(),
        };
        if !is_cut_off {
            self.swallows_spaces = false;
            out.push_str(&held.replace(is_mark, ""));
        }
    }

    fn leave_out(&mut self, out: &str) {
        self.count += 1;
        self.swallows_spaces = out.is_empty() || out.ends_with([' ', '\n']);
    }
}

/// The letters that such marks are made of: around a mark, between its parts, around the words that it is about.
const fn is_mark(character: char) -> bool {
    matches!(character, BEGIN..='\u{e206}')
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// What a mark says instead of pointing to something: the name of a thing, the words of a link.
fn words(mark: &str) -> Option<String> {
    let (name, rest) = mark.split_once(BETWEEN)?;
    match name {
        // A list of strings: what kind of thing it is, its name, and so on.
        "entity" => rest.split('"').nth(3).filter(|name| !name.contains('\\')).map(str::to_owned),
        "url" => rest.split(BETWEEN).next().map(str::to_owned),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_words_stay_in_any_pieces() {
        for (text, left, count) in [
            ("No marks.", "No marks.", 0),
            (
                "Sun. \u{e200}cite\u{e202}turn3news2\u{e202}turn3news4\u{e201} Noon.",
                "Sun. Noon.",
                1,
            ),
            ("Sun\u{e200}cite\u{e202}turn0search1\u{e201}.", "Sun.", 1),
            ("\u{e200}cite\u{e202}a\u{e201}    word", "word", 1),
            ("a \u{e200}cite\u{e202}a\u{e201} \u{e200}cite\u{e202}b\u{e201}\nb", "a \nb", 2),
            ("a \u{e200}navlist\u{e202}T\u{e202}turn1\u{e201}\n\n- b", "a \n\n- b", 1),
            (
                "\u{e203}Whole words\u{e204}\u{e200}cite\u{e202}x\u{e201} stay",
                "Whole words stay",
                3,
            ),
            (
                "In \u{e200}entity\u{e202}[\"city\",\"Lund\",\"in Sweden\"]\u{e201} now",
                "In Lund now",
                0,
            ),
            ("See \u{e200}url\u{e202}the list\u{e202}https://a.b\u{e201}.", "See the list.", 0),
            ("Cut off \u{e200}cite\u{e202}turn3", "Cut off ", 1),
            ("Cut off \u{e200}cite\u{e202}turn3\nNext", "Cut off \nNext", 1),
            ("Lone \u{e200} letter \u{e201}!", "Lone  letter !", 1),
            ("A glyph \u{e0b0} of a shell", "A glyph \u{e0b0} of a shell", 0),
        ] {
            assert_eq!(without_citations(text), (left.to_owned(), count), "{text:?}");
            for (at, _) in text.char_indices() {
                let (mut citations, mut out) = (Citations::default(), String::new());
                citations.take(&text[..at], &mut out);
                citations.take(&text[at..], &mut out);
                citations.finish(&mut out);
                assert_eq!(out, left, "{text:?} cut at {at}");
            }
        }
    }

    #[test]
    fn a_mark_without_an_end_is_bounded() {
        let text = format!("a\u{e200}{}", "word ".repeat(10_000));
        let (left, _) = without_citations(&text);
        assert!(left.starts_with("aword word") && left.len() == text.len() - 3);
    }
}
