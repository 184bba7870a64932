//! The parser, set up: GitHub's dialect, nothing that reaches outside.

use comrak::nodes::Node;
use comrak::{Arena, Options, parse_document};

use crate::meant::as_meant;
use crate::references::References;
use crate::{fold, math};

/// Parses `source` and hands the tree's root to `work`, with the text that its line numbers count in and the numbers of the
/// lines that begin inside a formula.
///
/// The text begins with a line of its own, since the parser treats the first line of all specially (it takes away a
/// byte order mark). So line 2 is the first of `source`. The parser's time and memory are linear in the length of the
/// text, also for the texts that are known to make parsers slow; so is what is done around it here.
pub(crate) fn with_tree<T>(
    source: &str,
    references: &References,
    work: impl for<'a> FnOnce(Node<'a>, &str, &[usize]) -> T,
) -> T {
    #[cfg(test)]
    tests::PARSED.with(|parsed| parsed.set(parsed.get() + source.len()));
    #[cfg(test)]
    assert!(!source.contains(tests::UNBEARABLE), "as a test wants it");
    let mut text = String::with_capacity(source.len() + 64);
    text.push('\n');
    text.push_str(source);
    references.add_notes(source, &mut text);
    let arena = Arena::new();
    let (root, inside) = parse(&arena, &text, &options(references));
    work(root, &text, &inside)
}

/// The tree of a whole text, with its own footnotes at its end, and what counts as markdown in it.
pub(crate) fn with_whole_tree<T>(
    source: &str,
    work: impl for<'a> FnOnce(Node<'a>, Options<'_>) -> T,
) -> T {
    let arena = Arena::new();
    let (root, _) = parse(&arena, source, &dialect());
    work(root, dialect())
}

fn parse<'a>(arena: &'a Arena<'a>, text: &str, options: &Options<'_>) -> (Node<'a>, Vec<usize>) {
    let meant = as_meant(text);
    let (shielded, inside) = math::shield(&meant);
    let root = parse_document(arena, &shielded, options);
    fold::weave(root);
    math::weave(arena, root);
    (root, inside)
}

/// Where a line of `text` begins, counted from 1; the end for a line past the last.
pub(crate) fn line_start(text: &str, line: usize) -> usize {
    match line {
        0 | 1 => 0,
        _ => text.match_indices('\n').nth(line - 2).map_or(text.len(), |(at, _)| at + 1),
    }
}

fn options(references: &References) -> Options<'_> {
    let mut options = dialect();
    options.parse.leave_footnote_definitions = true;
    options.parse.relaxed_tasklist_matching = false;
    options.parse.broken_link_callback = references.resolver();
    options
}

/// What counts as markdown.
fn dialect<'c>() -> Options<'c> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.extension.cjk_friendly_emphasis = true;
    options
}

#[cfg(test)]
mod spec;

#[cfg(test)]
pub(crate) mod tests {
    use std::cell::Cell;

    thread_local! {
        /// Bytes that were parsed by this thread: what a test can count where time would be noise.
        pub(crate) static PARSED: Cell<usize> = const { Cell::new(0) };
    }

    /// The parser panics at this: no text is known at which it would by itself.
    pub(crate) const UNBEARABLE: &str = "unbearable";

    #[test]
    fn lines_are_found() {
        let text = "a\nbc\n\nd";
        let starts: Vec<_> = (1..=5).map(|line| super::line_start(text, line)).collect();
        assert_eq!(starts, [0, 2, 5, 6, 7]);
    }
}
