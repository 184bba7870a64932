//! Half-written formulas: an inline one waits for its end, a display one is shown as its source until it comes.

use crate::math::{At, Finder, PENDING, environment, open_display};

/// What a formula's mark means to a paragraph that is not complete.
pub(super) enum Formula {
    /// A formula, or what will be one: up to here nothing is a mark.
    Until(usize),
    /// Half a formula: nothing from here on is shown yet.
    Waits,
    None,
}

/// The text with the formula closed that is open at its end and goes over several lines.
pub(super) fn begun(tail: &str) -> Option<String> {
    let tail = without_margin(tail);
    let (start, closer) = open_display(tail)?;
    let shown = without_margin(without_half(tail, &closer)).trim_end();
    let opener = if closer.starts_with("\\end") { closer.len() + 2 } else { closer.len() };
    if shown.len() <= start + opener {
        // What is left of its line may be the mark of an item, which waits for the item's first character.
        let before = super::line::without_bare_marks(&tail[..start]);
        return Some(before.trim_end_matches(' ').to_owned());
    }
    let mut text = shown.to_owned();
    text.push(PENDING);
    text.push_str(&closer);
    Some(text)
}

/// Without what may become the formula's end.
fn without_half<'t>(tail: &'t str, closer: &str) -> &'t str {
    let halves = (1..closer.len()).rev().map(|length| &closer[..length]);
    halves.into_iter().find_map(|half| tail.strip_suffix(half)).unwrap_or(tail)
}

/// Without a last line that has nothing but its container's marks yet: it is no empty line, which would end the formula.
fn without_margin(tail: &str) -> &str {
    let (complete, partial) = tail.split_at(tail.rfind('\n').map_or(0, |at| at + 1));
    if partial.trim_matches([' ', '\t', '>']).is_empty() { complete } else { tail }
}

/// Reads the formulas of a text, from its beginning to its end.
pub(super) struct Formulas<'t> {
    text: &'t str,
    finder: Finder<'t>,
    /// Where a formula over several lines would end next, for each way to end it; the end of the text where none does.
    next: [usize; CLOSERS.len()],
}

const CLOSERS: [&str; 2] = ["$$", "\\]"];

impl<'t> Formulas<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, finder: Finder::new(text), next: [0; CLOSERS.len()] }
    }

    /// What begins at a dollar sign, or at a backslash with a bracket after it.
    pub(super) fn read(&mut self, start: usize) -> Formula {
        /// More than this, and it is no formula or has no end.
        const LONG: usize = 400;
        /// The same for what has no marks of LaTeX in it.
        const SHORT: usize = 60;
        let rest = &self.text[start..];
        let found = self.finder.at(start);
        let is_last_line = self.finder.is_in_last_line();
        match found {
            At::Formula(length) => Formula::Until(start + length),
            At::Open { display: true } => match self.end(start) {
                Some(end) => Formula::Until(end),
                None if is_last_line && rest.len() < LONG => Formula::Waits,
                None => Formula::None,
            },
            At::Open { display: false } if is_last_line && rest.len() < LONG => {
                let is_tex = rest.starts_with('\\') || rest.contains(['\\', '^', '_', '{', '=']);
                let is_price =
                    rest[1..].starts_with(|first: char| first.is_ascii_digit()) && !is_tex;
                let waits = (is_tex || rest.len() < SHORT) && !is_price;
                if waits { Formula::Waits } else { Formula::None }
            }
            At::Nothing if rest == "$" => Formula::Waits,
            At::Open { display: false } | At::Nothing => Formula::None,
        }
    }

    /// Where the formula over several lines ends that begins at `start`.
    fn end(&mut self, start: usize) -> Option<usize> {
        if let Some(name) = environment::begun(&self.text[start..]) {
            return environment::whole(&self.text[start..], name).map(|length| start + length);
        }
        let closer = usize::from(self.text[start..].starts_with('\\'));
        let (next, from) = (&mut self.next[closer], start + 2);
        if *next < from {
            let found = self.text[from..].find(CLOSERS[closer]);
            *next = found.map_or(self.text.len(), |end| from + end);
        }
        (*next < self.text.len()).then_some(*next + 2)
    }
}
