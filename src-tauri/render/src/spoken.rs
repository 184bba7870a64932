//! An answer as it is read aloud: sentences without marks; what no voice can say is named.

mod sentences;

use std::panic::AssertUnwindSafe;

use comrak::nodes::{Node, NodeValue};

use crate::citations::without_citations;
use crate::parse;

use sentences::sentences;

/// What is said in the place of what cannot be.
#[derive(Debug, Clone, Copy)]
pub struct SpokenWords {
    /// A block of code of so many lines.
    pub code: fn(usize) -> String,
    /// A formula.
    pub formula: &'static str,
    /// A diagram.
    pub diagram: &'static str,
    /// A picture.
    pub picture: &'static str,
    /// An address that is written out, by its host.
    pub link: fn(&str) -> String,
}

/// The pieces of `text`, none longer than `most` characters. Of an answer that still grows, all but the last stay as they are.
#[must_use]
pub fn spoken(text: &str, words: &SpokenWords, most: usize) -> Vec<String> {
    let said = || {
        let (text, _) = without_citations(text);
        parse::with_whole_tree(&text, |root, _| {
            let mut voice = Voice { words, most: most.max(40), pieces: Vec::new() };
            root.children().for_each(|block| voice.block(block));
            voice.pieces
        })
    };
    // The parser is not ours; what brings it down is left unsaid.
    std::panic::catch_unwind(AssertUnwindSafe(said)).unwrap_or_default()
}

struct Voice<'w> {
    words: &'w SpokenWords,
    most: usize,
    pieces: Vec<String>,
}

impl Voice<'_> {
    fn block(&mut self, block: Node<'_>) {
        let data = block.data();
        match &data.value {
            NodeValue::CodeBlock(code) => {
                let is_diagram = code.info.split_whitespace().next() == Some("mermaid");
                let lines = code.literal.lines().count();
                let said = || (self.words.code)(lines);
                let said = if is_diagram { self.words.diagram.to_owned() } else { said() };
                self.pieces.push(said);
            }
            NodeValue::Paragraph | NodeValue::Heading(_) => self.say(&self.inline(block)),
            NodeValue::TableRow(_) => {
                let cells = block.children().map(|cell| self.inline(cell));
                let cells: Vec<String> = cells.filter(|cell| !cell.trim().is_empty()).collect();
                self.say(&cells.join(", "));
            }
            // What nobody is shown as text is not said either.
            NodeValue::HtmlBlock(_) | NodeValue::ThematicBreak => {}
            _ => {
                drop(data);
                block.children().for_each(|inner| self.block(inner));
            }
        }
    }

    fn say(&mut self, text: &str) {
        self.pieces.extend(sentences(text, self.most));
    }

    fn inline(&self, node: Node<'_>) -> String {
        let mut out = String::new();
        node.children().for_each(|inner| self.write(inner, &mut out));
        out
    }

    fn write(&self, node: Node<'_>, out: &mut String) {
        let data = node.data();
        match &data.value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => out.push(' '),
            NodeValue::Math(formula) => out.push_str(&self.formula(&formula.literal)),
            NodeValue::Image(_) => {
                drop(data);
                let said = self.inline(node);
                out.push_str(if said.trim().is_empty() { self.words.picture } else { &said });
            }
            NodeValue::Link(link) => {
                let url = link.url.clone();
                drop(data);
                let said = self.inline(node);
                match host(&said).or_else(|| host(&url).filter(|_| said.trim().is_empty())) {
                    Some(host) => out.push_str(&(self.words.link)(&host)),
                    None => out.push_str(&said),
                }
            }
            NodeValue::HtmlInline(_) => out.push(' '),
            NodeValue::FootnoteReference(_) => {}
            _ => {
                drop(data);
                node.children().for_each(|inner| self.write(inner, out));
            }
        }
    }

    /// One letter or number is said, anything more is named.
    fn formula(&self, source: &str) -> String {
        let bare = source.trim_matches(|sign: char| "$\\()[] \n".contains(sign));
        match bare.len() <= 8 && bare.chars().all(char::is_alphanumeric) {
            true => bare.to_owned(),
            false => self.words.formula.to_owned(),
        }
    }
}

/// The host of an address that is written out.
fn host(text: &str) -> Option<String> {
    let rest =
        text.trim().strip_prefix("https://").or_else(|| text.trim().strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#', ':']).next()?.trim_start_matches("www.");
    (!host.is_empty()).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: SpokenWords = SpokenWords {
        code: |lines| format!("Code, {lines} lines."),
        formula: "a formula",
        diagram: "A diagram.",
        picture: "a picture",
        link: |host| format!("a link to {host}"),
    };

    #[test]
    fn marks_are_not_said_and_what_cannot_be_is_named() {
        for (text, pieces) in [
            ("# A **title**\n\nOne. Two!", vec!["A title", "One.", "Two!"]),
            ("- first\n- [x] second\n  1. third", vec!["first", "second", "third"]),
            ("See:\n\n```rust\na\nb\n```\n\nDone.", vec!["See:", "Code, 2 lines.", "Done."]),
            ("```mermaid\ngraph LR\n```", vec!["A diagram."]),
            (
                "Use `cargo test` for $x$ and $\\frac{a}{b}$.",
                vec!["Use cargo test for x and a formula."],
            ),
            (
                "Read https://www.example.org/a/b?c=1 or [this](https://b.c).",
                vec!["Read a link to example.org or this."],
            ),
            ("![](https://a.b/c.png) and ![a cat](x)", vec!["a picture and a cat"]),
            ("|A|B|\n|-|-|\n|1||\n|2|3|", vec!["A, B", "1", "2, 3"]),
            ("<script>x</script>\n\nHi<br>there.\n\n---", vec!["Hi there."]),
            ("", vec![]),
        ] {
            assert_eq!(spoken(text, &WORDS, 300), pieces, "{text}");
        }
    }

    #[test]
    fn of_a_growing_answer_all_but_the_last_piece_stay() {
        let text = "One is 1.5 high. Then **two** is e.g. lower. And:\n\n- a list. Of two.\n- b\n\n```\nx\n```\n\nEnd.";
        let whole = spoken(text, &WORDS, 300);
        for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
            let mut part = spoken(&text[..end], &WORDS, 300);
            part.pop();
            assert_eq!(part, whole[..part.len()], "{:?}", &text[..end]);
        }
    }
}
