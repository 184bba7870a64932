//! What an answer costs the page, and what becomes of the rest of one that costs too much: plain text, in blocks of one size.
//!
//! Where that begins depends on what is finished, so it is the same place however the text came.

use super::{Document, Open};
use crate::growing::{Block, Place};
use crate::hidden::write_text;
use crate::limits;
use crate::words::Words;

/// The tags of a block of it.
const PLAIN: (&str, &str) = ("<p class=\"plain\" dir=\"auto\">", "</p>");

/// What stands before it.
fn note(words: &Words) -> String {
    format!(
        "<p class=\"plain-note\">{} <button type=\"button\" class=\"btn btn-quiet\" \
         data-act=\"show-formatted\">{}</button></p>",
        words.plain_from_here, words.show_formatted
    )
}

/// What a block costs the page.
pub(super) fn cost(html: &str) -> usize {
    limits::BLOCK + html.matches("</").count() + limits::FIGURE * html.matches("<figure").count()
}

impl Document {
    /// Goes on after a finished block.
    pub(super) fn go_on(&mut self, at: usize) {
        if self.spent > limits::ANSWER && !self.unbounded {
            self.begin_rest(at);
        } else {
            self.open = Open::at(at);
        }
    }

    /// Whether a single block costs more than a whole answer may.
    pub(super) fn is_too_much(&self, html: &str) -> bool {
        !self.unbounded && cost(html) > limits::ANSWER
    }

    /// What a code block that begins now may cost.
    pub(super) fn left(&self) -> usize {
        if self.unbounded { usize::MAX } else { limits::ANSWER.saturating_sub(self.spent) }
    }

    /// Where a list, a table or a quote begins that costs far too much before it has ended.
    pub(super) fn outgrown(&self) -> Option<usize> {
        // Of each element both tags are counted, and what is shown of it now may be a little more than what becomes of it.
        if self.unbounded || self.elements <= 4 * limits::ANSWER {
            return None;
        }
        match &self.open {
            Open::Block(block) => Some(block.start),
            Open::Run(run) => Some(run.start),
            Open::Fence(_) | Open::Plain { .. } | Open::Rest => None,
        }
    }

    pub(super) fn begin_rest(&mut self, start: usize) {
        self.drop_growing();
        self.tail.clear();
        self.open = Open::Rest;
        self.push_final(Block::Whole(note(self.words)), start..start, true);
        self.grown = start..start;
        self.elements = 0;
    }

    /// Makes blocks of its complete lines.
    pub(super) fn step_in_rest(&mut self) -> bool {
        let start = self.grown.start;
        let lines = self.source[start..self.complete].split_inclusive('\n');
        let mut length = 0;
        for line in lines {
            length += line.len();
            if length >= limits::REST {
                break;
            }
        }
        if length < limits::REST && !(self.finished && length > 0) {
            return false;
        }
        let end = start + length;
        let mut html = String::from(PLAIN.0);
        write_text(&mut html, self.source[start..end].trim_end_matches('\n'));
        html.push_str(PLAIN.1);
        self.drop_growing();
        self.push_final(Block::Whole(html), start..end, true);
        self.grown = end..end;
        true
    }

    pub(super) fn show_rest(&mut self) {
        let (start, end) = (self.grown.start, self.source.len());
        if self.finished || self.source[start..].trim().is_empty() {
            return;
        }
        if !self.is_growing(start, Place::Line) {
            self.begin_growing(start, PLAIN.0.into(), Place::Line, PLAIN.1);
        }
        // The last line end shows nothing, and would be taken back at the end of the block.
        let shown = self.source[..end].trim_end_matches('\n').len().max(self.grown.end);
        let mut more = String::new();
        write_text(&mut more, &self.source[self.grown.end..shown]);
        self.add(&more, shown);
        self.set_line("");
    }
}

#[cfg(test)]
mod tests {
    use super::super::Document;
    use crate::blocks::WORDS;
    use crate::{limits, render, render_all};

    fn streamed(text: &str, piece: usize) -> Vec<String> {
        let mut document = Document::new(&WORDS);
        for piece in text.as_bytes().chunks(piece) {
            document.push(std::str::from_utf8(piece).unwrap());
            document.take_patch();
        }
        document.finish();
        document.blocks().to_vec()
    }

    #[test]
    fn what_costs_too_much_is_plain_text() {
        for (name, text) in [
            ("fences", "```\n```\n".repeat(20_000)),
            ("paragraphs", "a\n\n".repeat(100_000)),
            ("lines", format!("```rust\n{}```\nend *x*\n", "let x = 1;\n".repeat(60_000))),
            ("items", "- *a* b\n".repeat(70_000)),
            ("rows", format!("|a|b|\n|-|-|\n{}", "|c|d|\n".repeat(50_000))),
            ("quote", "> - *a*\n".repeat(70_000)),
        ] {
            let whole = render(&text, &WORDS);
            let cost: usize = whole.iter().map(|html| super::cost(html)).sum();
            assert!(cost < 2 * limits::ANSWER, "{name}: {cost}");
            let notes = whole.iter().filter(|html| html.contains("show-formatted")).count();
            assert_eq!(notes, 1, "{name}");
            assert!(streamed(&text, 20_011) == whole, "{name} in pieces");
            let all = render_all(&text, &WORDS).concat();
            assert!(!all.contains("show-formatted") && !all.contains("class=\"plain\""), "{name}");
        }
    }

    #[test]
    fn a_list_does_not_grow_beyond_it() {
        for text in ["- *a* b\n".repeat(200_000), "> - *a*\n".repeat(200_000)] {
            let mut document = Document::new(&WORDS);
            let mut most = 0;
            for piece in text.as_bytes().chunks(20_000) {
                document.push(std::str::from_utf8(piece).unwrap());
                document.take_patch();
                let elements: usize = document.blocks().iter().map(|html| super::cost(html)).sum();
                most = most.max(elements);
            }
            document.finish();
            assert!(most < 4 * limits::ANSWER, "{most}");
            assert!(document.blocks() == render(&text, &WORDS));
        }
    }

    #[test]
    fn nothing_of_it_is_lost() {
        let text = format!("{}*the* <end>\n", "a\n\n".repeat(130_000));
        let whole = render(&text, &WORDS);
        assert!(whole.last().unwrap().ends_with("*the* &lt;end&gt;</p>"));
        let letters = whole.concat().replace("<p", "").matches(">a").count()
            + whole.concat().matches("\na").count();
        assert_eq!(letters, 130_000);
    }
}
