//! Putting formulas back: nodes of their own where the parser left them text, plain text where it did not.

use comrak::Arena;
use comrak::nodes::{AstNode, Node, NodeLink, NodeMath, NodeValue};

use super::environment;
use super::shield::{ADDRESS, ADDRESS_END, BEGIN, END, PENDING, is_stand_in, unshield};
use crate::address;

/// Makes the formulas of a tree nodes of their own, and everything else what it was before it was hidden.
pub(crate) fn weave<'a>(arena: &'a Arena<'a>, root: Node<'a>) {
    let texts: Vec<Node<'a>> = root.descendants().filter(|node| begins_formula(node)).collect();
    for text in texts {
        split(arena, text);
    }
    let texts: Vec<Node<'a>> = root.descendants().filter(|node| has_address(node)).collect();
    for text in texts {
        link(arena, text);
    }
    for node in root.descendants() {
        restore(&mut node.data_mut().value);
    }
}

fn begins_formula(node: &AstNode<'_>) -> bool {
    matches!(&node.data().value, NodeValue::Text(text) if text.contains(BEGIN))
}

fn has_address(node: &AstNode<'_>) -> bool {
    matches!(&node.data().value, NodeValue::Text(text) if text.contains(ADDRESS))
}

/// Makes the addresses in a text links, unless the text is a link's.
fn link<'a>(arena: &'a Arena<'a>, node: Node<'a>) {
    let is_link =
        |above: Node<'_>| matches!(above.data().value, NodeValue::Link(_) | NodeValue::Image(_));
    let Some(text) = text_of(node).filter(|_| !node.ancestors().any(is_link)) else { return };
    let mut last = node;
    let mut rest = text.as_str();
    while let Some((before, found, after)) = next_address(rest) {
        last = add(arena, last, NodeValue::Text(before.to_owned().into()));
        let words = unshield(found).into_owned();
        let target = NodeLink { url: address::target(&words), title: String::new() };
        last = add(arena, last, NodeValue::Link(Box::new(target)));
        last.append(arena.alloc(NodeValue::Text(words.into()).into()));
        rest = after;
    }
    add(arena, last, NodeValue::Text(rest.to_owned().into()));
    node.detach();
}

fn next_address(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once(ADDRESS)?;
    let (found, after) = rest.split_once(ADDRESS_END)?;
    Some((before, found, after))
}

/// Splits a text where formulas begin and end. The last one may end in a later text of the same paragraph.
fn split<'a>(arena: &'a Arena<'a>, first: Node<'a>) {
    let Some(mut text) = text_of(first) else { return };
    let mut last = first;
    let mut from = 0;
    while let Some(begin) = text[from..].find(BEGIN).map(|at| from + at) {
        let inside = begin + BEGIN.len_utf8();
        let (formula, end) = match text[inside..].find(END) {
            Some(length) => (text[inside..inside + length].to_owned(), None),
            None => match over_lines(last, &text[inside..]) {
                Some((formula, rest)) => (formula, Some(rest)),
                None => break,
            },
        };
        last = add(arena, last, NodeValue::Text(text[from..begin].to_owned().into()));
        from = inside + formula.len() + END.len_utf8();
        let literal = unshield(&formula).into_owned();
        let math = NodeMath { dollar_math: true, display_math: false, literal };
        last = add(arena, last, NodeValue::Math(math));
        if let Some(rest) = end {
            (text, from) = (rest, 0);
        }
    }
    add(arena, last, NodeValue::Text(text[from..].to_owned().into()));
    first.detach();
}

fn add<'a>(arena: &'a Arena<'a>, last: Node<'a>, value: NodeValue) -> Node<'a> {
    let node: Node<'a> = arena.alloc(value.into());
    last.insert_after(node);
    node
}

/// A formula that goes on after `last`, and the text after it. Takes what it is made of out of the tree.
fn over_lines(last: Node<'_>, begun: &str) -> Option<(String, String)> {
    let mut formula = begun.to_owned();
    let mut taken = vec![];
    let mut next = last.next_sibling();
    while let Some(node) = next {
        taken.push(node);
        next = node.next_sibling();
        let more = match &node.data().value {
            NodeValue::Text(more) => more.clone().into_owned(),
            NodeValue::SoftBreak | NodeValue::LineBreak => "\n".to_owned(),
            _ => return None,
        };
        let end = more.find([BEGIN, END]);
        formula.push_str(&more[..end.unwrap_or(more.len())]);
        if let Some(end) = end {
            let after = more[end..].strip_prefix(END)?.to_owned();
            taken.into_iter().for_each(AstNode::detach);
            return Some((formula, after));
        }
    }
    None
}

fn text_of(node: Node<'_>) -> Option<String> {
    match &node.data().value {
        NodeValue::Text(text) => Some(text.clone().into_owned()),
        _ => None,
    }
}

fn restore(value: &mut NodeValue) {
    match value {
        NodeValue::Text(text) if text.contains(is_stand_in) => {
            *text = without_closer(text).into();
        }
        NodeValue::Code(code) => put_back(&mut code.literal),
        NodeValue::CodeBlock(block) => {
            put_back(&mut block.literal);
            put_back(&mut block.info);
        }
        NodeValue::HtmlBlock(block) => put_back(&mut block.literal),
        NodeValue::HtmlInline(text) | NodeValue::Raw(text) => put_back(text),
        NodeValue::Link(link) | NodeValue::Image(link) => {
            put_back(&mut link.url);
            put_back(&mut link.title);
        }
        NodeValue::FootnoteDefinition(note) => put_back(&mut note.name),
        NodeValue::FootnoteReference(note) => put_back(&mut note.name),
        _ => {}
    }
}

fn put_back(text: &mut String) {
    if text.contains(is_stand_in) {
        *text = without_closer(text);
    }
}

/// The text as it was, and as it was before a formula was closed in it for the moment.
fn without_closer(text: &str) -> String {
    let text = unshield(text);
    match text.split_once(PENDING) {
        Some((before, after)) => {
            let closer = ["$$", "\\]"].into_iter().find_map(|closer| after.strip_prefix(closer));
            let rest = closer.or_else(|| environment::without_end(after));
            [before, rest.unwrap_or(after)].concat()
        }
        None => text.into_owned(),
    }
}
