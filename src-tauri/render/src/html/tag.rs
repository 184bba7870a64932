//! The few tags that people write where markdown has no marks: keys, raised and lowered text, marked text, line breaks. One
//! counts only if it is bare, and if its end stands in the same text: everything else is text.

use comrak::nodes::{Node, NodeValue};

use super::{Inside, Writer};
use crate::limits;

/// What is shown as the element that it names.
const NAMES: [&str; 4] = ["kbd", "sub", "sup", "mark"];

/// A tag of an element that is shown as what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    Begin(&'static str),
    End(&'static str),
}

impl Tag {
    /// Reads a whole tag.
    pub(crate) fn of(html: &str) -> Option<Self> {
        let inner = html.strip_prefix('<')?.strip_suffix('>')?;
        let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
        let name = inner.trim_end_matches(' ');
        let name = NAMES.into_iter().find(|known| known.eq_ignore_ascii_case(name))?;
        Some(if is_end { Self::End(name) } else { Self::Begin(name) })
    }
}

/// Whether there may be such elements in a text.
pub(crate) fn has_tags(text: &str) -> bool {
    text.match_indices("</").any(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        let is_name = |name: &&str| {
            rest.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name))
        };
        NAMES.iter().any(is_name)
    })
}

/// An element that is open, and how deep.
pub(super) struct Open {
    name: &'static str,
    depth: usize,
}

impl Writer<'_> {
    /// Writes a tag that begins or ends an element. Returns whether it does.
    pub(super) fn tag(&mut self, node: Node<'_>, html: &str) -> bool {
        match Tag::of(html) {
            Some(Tag::Begin(name)) => self.begin_tag(node, name),
            Some(Tag::End(name)) => self.end_tag(name),
            None => false,
        }
    }

    fn begin_tag(&mut self, node: Node<'_>, name: &'static str) -> bool {
        let is_too_deep = self.depth + self.tags.len() >= limits::ELEMENT_DEPTH;
        if is_too_deep || !self.ends(node, name) {
            return false;
        }
        self.out.extend(["<", name, ">"]);
        self.tags.push(Open { name, depth: self.depth });
        true
    }

    /// Also where nothing else may begin any more.
    pub(super) fn end_tag(&mut self, name: &str) -> bool {
        let is_open =
            self.tags.last().is_some_and(|open| open.name == name && open.depth == self.depth);
        if is_open {
            self.tags.pop();
            self.out.extend(["</", name, ">"]);
        }
        is_open
    }

    /// Whether the end of an element stands beside its beginning, before that of one around it and before another beginning of
    /// the same: so many beginnings are not each looked up to the end of a text.
    fn ends(&self, node: Node<'_>, name: &str) -> bool {
        let around = |name: &str| {
            let beside = self.tags.iter().rev().take_while(|open| open.depth == self.depth);
            beside.into_iter().any(|open| open.name == name)
        };
        for next in node.following_siblings().skip(1) {
            let NodeValue::HtmlInline(html) = &next.data().value else { continue };
            match Tag::of(html) {
                Some(Tag::End(end)) if end == name => return true,
                Some(Tag::End(end)) if around(end) => return false,
                Some(Tag::Begin(begin)) if begin == name => return false,
                Some(Tag::Begin(_) | Tag::End(_)) | None => {}
            }
        }
        false
    }

    pub(super) fn line_break<'a>(&mut self) -> Inside<'a> {
        self.out.push_str("<br>");
        Inside::Nothing
    }
}

/// A tag that models write inside table cells, where markdown has no other way to break a line.
pub(super) fn is_line_break(html: &str) -> bool {
    ["<br>", "<br/>", "<br />"].iter().any(|tag| html.eq_ignore_ascii_case(tag))
}
