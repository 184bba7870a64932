//! `<details>`: what is folded away until somebody opens it. Its tags are lines of an answer, and each becomes a block of its own:
//! what stands between them are ordinary blocks, which the page puts inside. So a fold of any length grows like all the rest.
//!
//! To the parser a tag's line is a heading whose words begin with stand-ins, because a heading is one line whatever follows.

use comrak::nodes::{Node, NodeValue};

use crate::math::hide_marks;

/// What a line of tags says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fold<'l> {
    Begin {
        open: bool,
        /// In the same line.
        summary: Option<&'l str>,
    },
    Summary(&'l str),
    End,
}

/// What stands for a tag in the level of a heading, past those of markdown.
pub(crate) const SHUT: u8 = 7;
pub(crate) const OPEN: u8 = 8;
pub(crate) const SUMMARY: u8 = 9;
pub(crate) const END: u8 = 10;

const LEVELS: [(&str, u8); 4] =
    [("<details>", SHUT), ("<details open>", OPEN), ("<summary>", SUMMARY), ("</details>", END)];
const NAMES: [&str; 3] = ["<details", "<summary", "</details"];

impl<'l> Fold<'l> {
    /// Reads a line. Only bare tags count, which have the line for themselves.
    pub(crate) fn of(line: &'l str) -> Option<Self> {
        let line = line.trim();
        if let Some(rest) = after_name(line, "</details") {
            return (rest.trim_start() == ">").then_some(Self::End);
        }
        let Some(rest) = after_name(line, "<details") else {
            return summary(line).map(Self::Summary);
        };
        let (attributes, after) = rest.split_once('>')?;
        let open = match attributes.trim() {
            "" => false,
            "open" | "open=\"\"" | "open=\"open\"" | "open=\"true\"" => true,
            _ => return None,
        };
        match after.trim() {
            "" => Some(Self::Begin { open, summary: None }),
            after => summary(after).map(|summary| Self::Begin { open, summary: Some(summary) }),
        }
    }

    /// Writes a line that the parser takes for a heading.
    pub(crate) fn write(self, out: &mut String) {
        out.push_str("# ");
        let (tag, words) = match self {
            Self::Begin { open: false, summary } => ("<details>", summary),
            Self::Begin { open: true, summary } => ("<details open>", summary),
            Self::Summary(words) => ("<summary>", Some(words)),
            Self::End => ("</details>", None),
        };
        hide_marks(out, tag);
        out.push_str(&without_weight(words.unwrap_or_default()));
        // Marks at the end of a heading would be its own.
        hide_marks(out, "<");
    }
}

/// Whether there may be such lines in a text.
pub(crate) fn may_be_in(text: &str) -> bool {
    text.match_indices('<')
        .any(|(at, _)| NAMES.iter().any(|name| after_name(&text[at..], name).is_some()))
}

/// Whether a line may still become one.
pub(crate) fn may_become(line: &str) -> bool {
    let line = line.trim_start();
    let begins = |name: &&str| {
        let length = line.len().min(name.len());
        line.get(..length).is_some_and(|begin| begin.eq_ignore_ascii_case(&name[..length]))
    };
    line.starts_with('<') && NAMES.iter().any(begins)
}

/// Takes such headings for what they are, before anything else is made of the stand-ins.
pub(crate) fn weave(root: Node<'_>) {
    for block in root.children() {
        let Some(first) = block.first_child() else { continue };
        let Some(level) = read(first) else { continue };
        if let NodeValue::Heading(heading) = &mut block.data_mut().value {
            heading.level = level;
        }
        if let Some(last) = block.last_child()
            && let NodeValue::Text(text) = &mut last.data_mut().value
        {
            let words = text.len() - text.chars().next_back().map_or(0, char::len_utf8);
            *text = text[..words].to_owned().into();
        }
    }
}

/// The level that a heading's first text says, which is taken off it.
fn read(first: Node<'_>) -> Option<u8> {
    let NodeValue::Text(text) = &mut first.data_mut().value else { return None };
    let (length, level) = LEVELS.iter().find_map(|&(tag, level)| {
        let mut hidden = String::new();
        hide_marks(&mut hidden, tag);
        text.starts_with(&hidden).then_some((hidden.len(), level))
    })?;
    *text = text[length..].to_owned().into();
    Some(level)
}

fn after_name<'l>(line: &'l str, name: &str) -> Option<&'l str> {
    let begin = line.get(..name.len())?;
    begin.eq_ignore_ascii_case(name).then(|| &line[name.len()..])
}

fn summary(text: &str) -> Option<&str> {
    let rest = after_name(text, "<summary")?.trim_start().strip_prefix('>')?;
    let end = rest.len().checked_sub("</summary>".len())?;
    let words = rest.get(..end)?;
    rest[end..].eq_ignore_ascii_case("</summary>").then(|| words.trim())
}

/// A summary is strong by itself, and models like to say so once more.
fn without_weight(words: &str) -> String {
    ["<b>", "</b>", "<strong>", "</strong>"]
        .iter()
        .fold(words.to_owned(), |words, tag| words.replace(tag, ""))
}

#[cfg(test)]
mod tests {
    use super::{Fold, may_become};

    #[test]
    fn lines_are_read() {
        let begin = |open, summary| Some(Fold::Begin { open, summary });
        for (line, fold) in [
            ("<details>\n", begin(false, None)),
            ("  <DETAILS open >", begin(true, None)),
            ("<details><summary>A *b*</summary>", begin(false, Some("A *b*"))),
            ("<details open=\"\"> <summary>A</summary>\n", begin(true, Some("A"))),
            ("<summary> A </summary>", Some(Fold::Summary("A"))),
            ("</details>\n", Some(Fold::End)),
            ("</details >", Some(Fold::End)),
            ("<details ontoggle=alert(1)>", None),
            ("<details open ontoggle=alert(1)>", None),
            ("<details>a", None),
            ("<details><summary>a", None),
            ("<detailsx>", None),
            ("<summary>a</summary> b", None),
            ("a </details>", None),
        ] {
            assert_eq!(Fold::of(line), fold, "{line}");
        }
    }

    #[test]
    fn half_a_tag_may_become_one() {
        for (half, may) in [
            ("<", true),
            ("<det", true),
            ("</d", true),
            ("<summary>A", true),
            ("<div", false),
            ("a", false),
        ] {
            assert_eq!(may_become(half), may, "{half}");
        }
    }
}
