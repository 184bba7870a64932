//! From the tree of a parsed text to HTML. Walks with a stack of its own, so that no nesting can exhaust the thread's.

mod callout;
mod direction;
mod inline;
mod link;
mod picture;
mod table;
mod tag;

use std::borrow::Cow;

use comrak::nodes::{ListType, Node, NodeCodeBlock, NodeList, NodeValue};

use crate::hidden::{write_text, write_within};
use crate::inner::{self, STAND_IN};
use crate::words::Words;
use crate::{code, diagram, fold, limits, math};

pub(crate) use picture::is_picture;
pub(crate) use table::BODY;
pub(crate) use tag::{Tag, has_tags};

/// The tags of a paragraph.
pub(crate) const PARAGRAPH: (&str, &str) = ("<p dir=\"auto\">", "</p>");

/// The tags of a list item.
pub(crate) const ITEM: (&str, &str) = ("<li>", "</li>");

/// What is to be written next.
enum Step<'a> {
    Node(Node<'a>),
    Cell(table::Cell<'a>),
    Html(&'static str),
    Close(Cow<'static, str>),
}

/// What follows the opening of a node.
enum Inside<'a> {
    /// Its children, then this.
    Children(Cow<'static, str>),
    /// These, in this order.
    Steps(Vec<Step<'a>>),
    /// Nothing: it is written whole.
    Nothing,
}

/// The HTML of a node and everything in it. `source` is the text that was parsed.
pub(crate) fn write<'a>(node: Node<'a>, source: &str, words: &'static Words) -> String {
    let mut writer = Writer::new(source, words);
    writer.walk(node);
    writer.out
}

/// The same with a stand-in for every finished diagram.
pub(crate) struct Written {
    pub(crate) html: String,
    /// What the stand-ins stand for.
    pub(crate) diagrams: Vec<inner::Source>,
    /// Whether markup was left out because there is too much of it.
    pub(crate) is_cut: bool,
}

pub(crate) fn write_around_diagrams<'a>(
    node: Node<'a>,
    source: &str,
    words: &'static Words,
) -> Written {
    let mut writer = Writer { diagrams: Some(vec![]), ..Writer::new(source, words) };
    writer.walk(node);
    let Writer { out, diagrams, is_cut, .. } = writer;
    Written { html: out, diagrams: diagrams.unwrap_or_default(), is_cut }
}

struct Writer<'s> {
    out: String,
    source: &'s str,
    words: &'static Words,
    depth: usize,
    /// How many elements the paragraph that is being written may still get, and references to footnotes.
    elements: usize,
    notes: usize,
    /// Whether a paragraph had more.
    is_cut: bool,
    /// Elements that the text opened with a tag, from the outside in.
    tags: Vec<tag::Open>,
    /// What there are stand-ins for. None if diagrams are code.
    diagrams: Option<Vec<inner::Source>>,
}

impl<'s> Writer<'s> {
    const fn new(source: &'s str, words: &'static Words) -> Self {
        Self {
            out: String::new(),
            source,
            words,
            depth: 0,
            elements: 0,
            notes: 0,
            is_cut: false,
            tags: vec![],
            diagrams: None,
        }
    }
}

impl Writer<'_> {
    fn walk<'a>(&mut self, root: Node<'a>) {
        let mut stack = vec![Step::Node(root)];
        while let Some(step) = stack.pop() {
            let (node, inside) = match step {
                Step::Close(html) => {
                    self.depth -= 1;
                    self.out.push_str(&html);
                    continue;
                }
                Step::Html(html) => {
                    self.out.push_str(html);
                    continue;
                }
                Step::Node(node) => (node, self.open(node)),
                Step::Cell(cell) => (cell.node, self.cell(&cell)),
            };
            match inside {
                Inside::Nothing => {}
                Inside::Steps(steps) => stack.extend(steps.into_iter().rev()),
                Inside::Children(close) => {
                    self.depth += 1;
                    stack.push(Step::Close(close));
                    stack.extend(node.reverse_children().map(Step::Node));
                }
            }
        }
    }

    /// Writes the beginning of a node.
    fn open<'a>(&mut self, node: Node<'a>) -> Inside<'a> {
        let data = node.data();
        // Too deep: the markup goes, the text stays.
        if self.depth >= limits::ELEMENT_DEPTH && node.first_child().is_some() {
            return Inside::Children("".into());
        }
        match &data.value {
            NodeValue::Document => Inside::Children("".into()),
            NodeValue::Paragraph => self.paragraph(node),
            NodeValue::Heading(heading) => self.heading(heading.level),
            NodeValue::BlockQuote => self.element("<blockquote dir=\"auto\">", "</blockquote>"),
            NodeValue::Alert(alert) => self.callout(alert),
            NodeValue::List(list) => self.list(list),
            NodeValue::Item(_) => self.element(ITEM.0, ITEM.1),
            NodeValue::TaskItem(task) => {
                let (name, checked) = match task.symbol {
                    Some(_) => (self.words.done, " checked=\"\""),
                    None => (self.words.not_done, ""),
                };
                self.out.push_str("<li><input type=\"checkbox\" aria-label=\"");
                self.out.push_str(name);
                self.out.push_str("\" disabled=\"\"");
                self.out.push_str(checked);
                self.element("> ", "</li>")
            }
            NodeValue::CodeBlock(block) => {
                self.code_block(block);
                Inside::Nothing
            }
            NodeValue::HtmlBlock(block) => self.text_block(&block.literal),
            NodeValue::ThematicBreak => {
                self.out.push_str("<hr>");
                Inside::Nothing
            }
            NodeValue::Table(table) => self.table(node, table),
            NodeValue::FootnoteDefinition(note) => {
                self.out.push_str("<div class=\"footnote\" dir=\"auto\"><sup>");
                write_text(&mut self.out, &note.name);
                self.element("</sup> ", "</div>")
            }
            inline => self.inline(node, inline),
        }
    }

    fn element<'a>(&mut self, open: &str, close: &'static str) -> Inside<'a> {
        self.out.push_str(open);
        Inside::Children(close.into())
    }

    /// What follows is laid out by itself.
    const fn begin_inline(&mut self) {
        self.elements = limits::INLINE_ELEMENTS;
        self.notes = limits::NOTES;
    }

    fn paragraph<'a>(&mut self, node: Node<'a>) -> Inside<'a> {
        self.begin_inline();
        if is_in_tight_item(node) || is_in_note(node) {
            // A second paragraph, or text after a nested list, needs something between.
            if node.previous_sibling().is_some() {
                self.out.push_str("<br>");
            }
            return Inside::Children("".into());
        }
        self.element(PARAGRAPH.0, PARAGRAPH.1)
    }

    /// An answer has no first-level heading: that one is the conversation's.
    fn heading<'a>(&mut self, level: u8) -> Inside<'a> {
        self.begin_inline();
        match level {
            0 | 1 => self.element("<h2 dir=\"auto\">", "</h2>"),
            2 => self.element("<h3 dir=\"auto\">", "</h3>"),
            3 => self.element("<h4 dir=\"auto\">", "</h4>"),
            4 => self.element("<h5 dir=\"auto\">", "</h5>"),
            fold::SHUT => self.element("<div data-fold=\"shut\">", "</div>"),
            fold::OPEN => self.element("<div data-fold=\"open\">", "</div>"),
            fold::SUMMARY => self.element("<div data-fold=\"summary\">", "</div>"),
            fold::END => self.element("<div data-fold=\"end\">", "</div>"),
            _ => self.element("<h6 dir=\"auto\">", "</h6>"),
        }
    }

    fn list<'a>(&mut self, list: &NodeList) -> Inside<'a> {
        let (open, close) = list_tags(list);
        self.out.push_str(&open);
        Inside::Children(close.into())
    }

    /// A finished one may be the source of a diagram or a formula.
    fn code_block(&mut self, block: &NodeCodeBlock) {
        let (info, literal) = (&block.info, &block.literal);
        if block.fenced && block.closed {
            if let (Some(diagrams), true) = (&mut self.diagrams, diagram::is_diagram(info)) {
                diagrams.push(inner::Source { info: info.clone(), literal: literal.clone() });
                self.out.push(STAND_IN);
                return;
            }
            if math::is_formula(info)
                && let Some(formula) = math::display(literal, self.words)
            {
                self.out.push_str(&[PARAGRAPH.0, &formula, PARAGRAPH.1].concat());
                return;
            }
        }
        self.out.push_str(&code::figure(info, literal, self.words));
    }

    /// Text that is not typeset, with its lines.
    fn text_block<'a>(&mut self, text: &str) -> Inside<'a> {
        self.out.push_str(&plain(text));
        Inside::Nothing
    }
}

/// The tags around a list.
pub(crate) fn list_tags(list: &NodeList) -> (Cow<'static, str>, &'static str) {
    match (list.list_type, list.start) {
        (ListType::Bullet, _) => ("<ul dir=\"auto\">".into(), "</ul>"),
        (ListType::Ordered, 1) => ("<ol dir=\"auto\">".into(), "</ol>"),
        (ListType::Ordered, start) => {
            (format!("<ol dir=\"auto\" start=\"{start}\">").into(), "</ol>")
        }
    }
}

/// A block of text that is not typeset, with its lines.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::from(PARAGRAPH.0);
    out.push_str(&plain_lines(text.trim_end_matches('\n')));
    out.push_str(PARAGRAPH.1);
    out
}

/// Lines of text that are not typeset.
pub(crate) fn plain_lines(text: &str) -> String {
    let mut out = String::new();
    let mut elements = limits::LINES;
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push_str(if elements > 0 { "<br>" } else { "\n" });
            elements = elements.saturating_sub(1);
        }
        write_within(&mut out, line, &mut elements);
    }
    out
}

/// What is left of HTML written here without its elements.
pub(crate) fn without_elements(html: &str) -> String {
    html.split('<')
        .enumerate()
        .map(|(at, part)| match part.split_once('>') {
            Some((_, text)) if at > 0 => text,
            _ => part,
        })
        .collect()
}

fn is_in_note(paragraph: Node<'_>) -> bool {
    paragraph
        .parent()
        .is_some_and(|parent| matches!(parent.data().value, NodeValue::FootnoteDefinition(_)))
}

fn is_in_tight_item(paragraph: Node<'_>) -> bool {
    let Some(item) = paragraph.parent() else { return false };
    let is_item = matches!(item.data().value, NodeValue::Item(_) | NodeValue::TaskItem(_));
    let Some(list) = item.parent() else { return false };
    let data = list.data();
    is_item && matches!(&data.value, NodeValue::List(list) if list.tight)
}
