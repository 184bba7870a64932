//! Fences inside a fenced code block, as models write them: a file in markdown has code blocks of its own, and its fences are no
//! longer than theirs. By markdown's rule the first of those would end it.

/// What a line in a fenced code block is to the fences.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub(crate) enum Mark {
    /// The end of the block.
    End,
    /// What would end the block, but ends one that is in it.
    Inner,
    None,
}

/// The fences that are open.
#[derive(Debug, Clone)]
pub(crate) struct Nest {
    mark: char,
    length: usize,
    holds_others: bool,
    /// The lengths of those inside, from the outside in.
    inner: Vec<usize>,
}

impl Nest {
    /// Of a block that begins with such a line, if it begins one.
    pub(crate) fn begun(line: &str) -> Option<Self> {
        let (mark, length, info) = fence(line)?;
        Some(Self::new(mark, length, info))
    }

    pub(crate) fn new(mark: char, length: usize, info: &str) -> Self {
        Self { mark, length, holds_others: holds_others(info), inner: vec![] }
    }

    /// Reads a line, given without its indentation.
    pub(crate) fn read(&mut self, line: &str) -> Mark {
        let Some((mark, length, info)) = fence(line) else { return Mark::None };
        if mark != self.mark || length < self.length {
            return Mark::None;
        }
        let is_bare = info.is_empty();
        match self.inner.last() {
            None if is_bare => Mark::End,
            None if self.holds_others && is_name(info) => {
                self.inner.push(length);
                Mark::None
            }
            Some(&open) if is_bare && length >= open => {
                self.inner.pop();
                Mark::Inner
            }
            Some(_) if is_bare => Mark::Inner,
            None | Some(_) => Mark::None,
        }
    }

    /// From now on the first fence that is long enough ends the block.
    pub(crate) fn hold_none(&mut self) {
        self.holds_others = false;
        self.inner.clear();
    }
}

/// The mark, the length and the info string of a fence.
fn fence(line: &str) -> Option<(char, usize, &str)> {
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let info = line.trim_start_matches(mark);
    let length = line.len() - info.len();
    let info = info.trim();
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, length, info))
}

/// Files in which code blocks are usual, and blocks that don't say what they are.
fn holds_others(info: &str) -> bool {
    const NAMES: [&str; 12] = [
        "md",
        "markdown",
        "mdx",
        "mdown",
        "mkd",
        "gfm",
        "commonmark",
        "rmd",
        "qmd",
        "text",
        "txt",
        "plaintext",
    ];
    let word = info.split([' ', '\t', ',', '{', ':', '=']).next().unwrap_or_default();
    word.is_empty() || NAMES.iter().any(|name| name.eq_ignore_ascii_case(word))
}

/// Whether a fence says which language comes: a sentence after three backticks is none.
fn is_name(info: &str) -> bool {
    let word = info.split([' ', '\t', '{', ':', ',']).next().unwrap_or_default();
    info.len() <= 80
        && info.split_whitespace().count() <= 4
        && word.starts_with(|first: char| first.is_ascii_alphanumeric())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || "+#-_./".contains(c))
}

#[cfg(test)]
mod tests {
    use super::{Mark, Nest};

    /// The number of the line that ends the block, counted from the one after its first.
    fn end(text: &str) -> Option<usize> {
        let mut lines = text.lines();
        let mut nest = Nest::begun(lines.next().unwrap()).unwrap();
        lines.position(|line| nest.read(line) == Mark::End)
    }

    #[test]
    fn a_block_ends_where_it_is_meant_to() {
        for (text, ends) in [
            ("```markdown\n# A\n```bash\nx\n```\nb\n```\nc", Some(5)),
            ("```md\n```js\n```\n```py\n```\n```", Some(4)),
            ("```md\n````js\n```\n````\n```", Some(3)),
            ("````md\n```js\n```\n````", Some(2)),
            ("~~~md\n~~~js\n~~~\n~~~", Some(2)),
            ("~~~md\n```js\n```\n~~~", Some(2)),
            ("```\n```bash\n```\n```", Some(2)),
            ("```rust\n/// a\n```\n", Some(1)),
            ("```rust\n```text\n```\n```", Some(1)),
            ("```md\n```js\n", None),
            ("```md\n```this is no name of any language at all\n```", Some(1)),
        ] {
            assert_eq!(end(text), ends, "{text}");
        }
    }
}
