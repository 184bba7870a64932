//! What is inside a paragraph.

use comrak::nodes::{Node, NodeValue};

use super::tag::{Tag, is_line_break};
use super::{Inside, Writer, link, picture};
use crate::hidden::write_within;
use crate::math;

impl Writer<'_> {
    pub(super) fn inline<'a>(&mut self, node: Node<'a>, value: &NodeValue) -> Inside<'a> {
        if self.elements == 0 {
            return self.without_markup(value);
        }
        let from = self.out.len();
        let inside = self.with_markup(node, value);
        let written = self.out[from..].matches('<').count();
        self.elements = self.elements.saturating_sub(written);
        inside
    }

    fn with_markup<'a>(&mut self, node: Node<'a>, value: &NodeValue) -> Inside<'a> {
        match value {
            NodeValue::Text(text) => self.text(text),
            NodeValue::SoftBreak => {
                self.out.push('\n');
                Inside::Nothing
            }
            NodeValue::LineBreak => self.line_break(),
            NodeValue::Code(code) => {
                self.out.push_str("<code>");
                write_within(&mut self.out, &code.literal, &mut { self.elements });
                self.out.push_str("</code>");
                Inside::Nothing
            }
            NodeValue::Math(formula) => {
                math::write(&mut self.out, &formula.literal, self.words);
                Inside::Nothing
            }
            NodeValue::HtmlInline(html) if is_line_break(html) => self.line_break(),
            NodeValue::HtmlInline(html) if self.tag(node, html) => Inside::Nothing,
            NodeValue::HtmlInline(html) | NodeValue::Raw(html) => self.text(html),
            NodeValue::Emph => self.element("<em>", "</em>"),
            NodeValue::Strong => self.element("<strong>", "</strong>"),
            NodeValue::Strikethrough => self.element("<del>", "</del>"),
            NodeValue::Link(link) => {
                let (open, close) = link::tags(&link.url, &words(node));
                self.out.push_str(&open);
                Inside::Children(close.into())
            }
            NodeValue::Image(image) => {
                picture::write(&mut self.out, &image.url, &words(node), self.words);
                Inside::Nothing
            }
            NodeValue::FootnoteReference(note) => self.note(&note.name),
            // Blocks are written by the caller; the rest belongs to extensions that are off.
            _ => Inside::Children("".into()),
        }
    }

    fn without_markup<'a>(&mut self, value: &NodeValue) -> Inside<'a> {
        let is_shown_as_it_is =
            matches!(value, NodeValue::Text(_) | NodeValue::SoftBreak | NodeValue::HtmlInline(_));
        self.is_cut |= !is_shown_as_it_is;
        match value {
            NodeValue::Text(text) => self.text(text),
            NodeValue::SoftBreak | NodeValue::LineBreak => self.text("\n"),
            NodeValue::Code(code) => self.text(&code.literal),
            NodeValue::Math(formula) => self.text(math::written(&formula.literal)),
            NodeValue::HtmlInline(html) if is_line_break(html) => self.text("\n"),
            NodeValue::HtmlInline(html) if matches!(Tag::of(html), Some(Tag::End(name)) if self.end_tag(name)) => {
                Inside::Nothing
            }
            NodeValue::HtmlInline(html) | NodeValue::Raw(html) => self.text(html),
            NodeValue::FootnoteReference(note) => self.text(&format!("[^{}]", note.name)),
            _ => Inside::Children("".into()),
        }
    }

    fn note<'a>(&mut self, name: &str) -> Inside<'a> {
        if self.notes == 0 {
            self.is_cut = true;
            return self.text(&format!("[^{name}]"));
        }
        self.notes -= 1;
        self.out.push_str("<sup>");
        write_within(&mut self.out, name, &mut { self.elements });
        self.out.push_str("</sup>");
        Inside::Nothing
    }

    fn text<'a>(&mut self, text: &str) -> Inside<'a> {
        write_within(&mut self.out, text, &mut { self.elements });
        Inside::Nothing
    }
}

/// The beginning of the text in a node, without markup.
fn words(node: Node<'_>) -> String {
    const ENOUGH: usize = 500;
    let mut words = String::new();
    for part in node.descendants().take(ENOUGH) {
        match &part.data().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Code(code) => words.push_str(&code.literal),
            NodeValue::Math(formula) => words.push_str(math::written(&formula.literal)),
            NodeValue::SoftBreak | NodeValue::LineBreak => words.push(' '),
            _ => {}
        }
        if words.len() > ENOUGH {
            break;
        }
    }
    words
}
