//! Differences between files. Colours go to whole lines.

use super::paint::{Class, Painter};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Added,
    Removed,
    /// Where a piece of changes begins.
    Hunk,
    /// Which files are meant.
    Header,
    /// Nothing changed.
    Same,
}

pub(super) fn change(line: &str) -> Change {
    const HEADERS: [&str; 12] = [
        "diff ",
        "index ",
        "--- a/",
        "+++ b/",
        "--- /",
        "+++ /",
        "new file",
        "deleted file",
        "rename ",
        "similarity ",
        "old mode",
        "Index: ",
    ];
    if HEADERS.iter().any(|header| line.starts_with(header)) {
        return Change::Header;
    }
    match line.as_bytes() {
        [b'+' | b'>', ..] => Change::Added,
        [b'-' | b'<', ..] => Change::Removed,
        [b'@', b'@', ..] => Change::Hunk,
        _ => Change::Same,
    }
}

pub(super) fn line(paint: &mut Painter<'_, '_>, start: usize, end: usize) {
    if change(&paint.line()[start..end]) == Change::Header {
        paint.mark(Class::Meta, start, end);
    }
}
