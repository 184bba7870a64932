//! Link definitions and footnotes: the only things in markdown that reach from one block into another.
//!
//! Blocks are parsed on their own, so what they refer to is collected from the whole text once it has ended, and the
//! blocks that may refer to something are written again.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use comrak::ResolvedReference;
use comrak::nodes::{Node, NodeValue};
use comrak::options::{BrokenLinkCallback, BrokenLinkReference};

use crate::{limits, math, parse};

/// What blocks can refer to.
#[derive(Debug, Default)]
pub(crate) struct References {
    /// Whether the text looks as if it defined something. Blocks that are parsed together see each other's definitions,
    /// so then all are to be written again, even if nothing was found here.
    expected: bool,
    links: HashMap<String, (String, String)>,
    notes: BTreeSet<String>,
    /// Bytes of targets that may still be written: a long target can be referred to with three characters.
    budget: AtomicUsize,
}

impl References {
    /// Collects what `text` defines.
    pub(crate) fn of(text: &str) -> Self {
        let labels = labels(text);
        if labels.is_empty() {
            return Self::default();
        }
        // The parser does not tell what it found, so it is asked: a paragraph for each label, behind a word, since it would
        // define something if it came first. Before the text, since the parser stops resolving labels once it has written
        // too much.
        let questions: String = labels.iter().map(|label| format!("x [{label}]\n\n")).collect();
        let last_question = 1 + questions.matches('\n').count();
        let asked = questions + text;
        let budget = AtomicUsize::new(text.len().max(100_000));
        parse::with_tree(&asked, &Self::default(), |root, _, _| {
            let is_question = |block: &Node<'_>| block.data().sourcepos.start.line <= last_question;
            let links = root.children().take_while(is_question).filter_map(answer).collect();
            Self { expected: true, links, notes: notes(root), budget }
        })
    }

    pub(crate) const fn are_expected(&self) -> bool {
        self.expected
    }

    /// For the parser, when it meets a label that the block itself does not define.
    pub(crate) fn resolver(&self) -> Option<Arc<dyn BrokenLinkCallback + '_>> {
        if self.links.is_empty() {
            return None;
        }
        let resolve = move |broken: BrokenLinkReference<'_>| self.resolve(broken.original);
        Some(Arc::new(resolve))
    }

    /// Adds empty definitions of the footnotes that `source` refers to, after it. The blocks they become begin after its
    /// last line; where it has a definition itself, the parser takes that one.
    pub(crate) fn add_notes(&self, source: &str, text: &mut String) {
        if self.notes.is_empty() || !source.contains("[^") {
            return;
        }
        let mut added = BTreeSet::new();
        for (at, _) in source.match_indices("[^") {
            let rest = start_of(&source[at + 2..], LONGEST_LABEL);
            let Some(end) = rest.find(']') else { continue };
            let name = &rest[..end];
            let is_defined_here = source[at + 2 + end..].starts_with("]:");
            if self.notes.contains(name) && !is_defined_here && added.insert(name) {
                text.push_str("\n\n[^");
                text.push_str(name);
                text.push_str("]: x\n");
            }
        }
    }

    fn resolve(&self, label: &str) -> Option<ResolvedReference> {
        let (url, title) = self.links.get(&normal(&math::unshield(label)))?;
        let cost = url.len();
        self.budget
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(cost))
            .ok()?;
        Some(ResolvedReference { url: url.clone(), title: title.clone() })
    }
}

/// Bytes of a label and of its bracket; what markdown says of a label's length.
const LONGEST_LABEL: usize = 1000;

/// So much of a text's beginning, at most.
fn start_of(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// So much of a text's end, at most.
fn end_of(text: &str, most: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(most))..]
}

/// Everything that may be the label of a definition, in one line: a line of its own could begin a block.
fn labels(text: &str) -> BTreeSet<String> {
    let ends = text.match_indices("]:").map(|(end, _)| end);
    ends.filter_map(|end| {
        let before = end_of(&text[..end], LONGEST_LABEL);
        let label = &before[before.rfind('[')? + 1..];
        (!label.trim().is_empty() && !label.contains("\n\n"))
            .then(|| label.split_whitespace().collect::<Vec<_>>().join(" "))
    })
    .take(limits::DEFINITIONS)
    .collect()
}

/// The link that a question became, if its label is defined.
fn answer(question: Node<'_>) -> Option<(String, (String, String))> {
    let found = question.last_child()?;
    let data = found.data();
    let NodeValue::Link(link) = &data.value else { return None };
    let mut label = String::new();
    for part in found.descendants() {
        match &part.data().value {
            NodeValue::Text(text) => label.push_str(text),
            NodeValue::Math(math) => label.push_str(&math.literal),
            _ => {}
        }
    }
    (link.url.len() <= limits::TARGET)
        .then(|| (normal(&label), (link.url.clone(), link.title.clone())))
}

fn notes(root: Node<'_>) -> BTreeSet<String> {
    let name = |node: Node<'_>| match &node.data().value {
        NodeValue::FootnoteDefinition(note) => Some(note.name.clone()),
        _ => None,
    };
    root.descendants().filter_map(name).take(limits::DEFINITIONS).collect()
}

fn normal(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_are_found() {
        let text = "[A b]: https://x.y/z 'title'\n\n[c]\n\n> [c]: <d> \n\n```\n[e]: f\n```\n\n[^n]: note\n";
        let found = References::of(text);
        let target = |label| found.resolve(label).map(|found| found.url);
        assert_eq!(target("a  B").as_deref(), Some("https://x.y/z"));
        assert_eq!(target("c").as_deref(), Some("d"));
        assert_eq!(target("e"), None);
        assert!(found.notes.contains("n"));
        assert!(!References::of("no [definitions] here").are_expected());
    }

    #[test]
    fn targets_have_a_budget() {
        let found = References::of(&format!("[a]: /{}\n", "z".repeat(3999)));
        let resolved = (0..100).filter(|_| found.resolve("a").is_some()).count();
        assert_eq!(resolved, 25);
    }
}
