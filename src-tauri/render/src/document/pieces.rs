//! A long quote or list item that is still open is shown piece by piece: a part of it that has ended is written once.
//!
//! A piece is read by itself, so it may look a little different from the whole: that is seen only until the block ends.

use super::{Document, Open, OpenRun, Shape};
use crate::growing::Place;
use crate::mend::mend;
use crate::references::References;
use crate::scan::{Kind, Write, scan};
use crate::words::Words;
use crate::{code, html};

/// A quote or an item longer than this is shown in pieces.
const LONG: usize = 4 << 10;

/// A piece is at least so long.
const PIECE: usize = 400;

/// Longer ones may end between two lines of a paragraph.
const LONG_PIECE: usize = 800;

/// In a list longer than this, the diagrams of finished items are code while a long one is written.
const DRAWN_AGAIN: usize = 64 << 10;

/// What the lines of a piece have before their text.
#[derive(Clone, Copy)]
enum Margin {
    Mark,
    Indent {
        /// Of the line that the item begins with: its mark.
        first: usize,
        rest: usize,
    },
}

impl Margin {
    fn without(self, line: &str) -> &str {
        match self {
            Self::Mark => {
                let marked = line.trim_start_matches(' ');
                let text = marked.strip_prefix('>').unwrap_or(marked);
                text.strip_prefix(' ').unwrap_or(text)
            }
            Self::Indent { rest, .. } => {
                let spaces = line.bytes().take(rest).take_while(|&byte| byte == b' ').count();
                &line[spaces..]
            }
        }
    }

    fn strip(self, text: &str) -> String {
        text.split_inclusive('\n').map(|line| self.without(line)).collect()
    }
}

impl Document {
    /// Shows a long open quote or item. Returns whether there is one.
    pub(super) fn show_pieces(&mut self) -> bool {
        let (start, margin) = match &self.open {
            Open::Block(block) if matches!(block.shape, Shape::Quote) => {
                (self.skip_blank_lines(block.start), Margin::Mark)
            }
            &Open::Run(OpenRun { last, inside: Some(indent), .. }) => {
                (last, self.indent(last, indent))
            }
            Open::Block(_) | Open::Run(_) | Open::Fence(_) | Open::Plain { .. } | Open::Rest => {
                return false;
            }
        };
        if self.source.len() - start <= LONG {
            return false;
        }
        if !self.is_growing(start, Place::Blocks) && !self.begin_pieces(start, margin) {
            return false;
        }
        self.grow_pieces(margin);
        true
    }

    /// People indent what is inside an item a little further than they need to.
    fn indent(&self, item: usize, first: usize) -> Margin {
        const FURTHER: usize = 3;
        let lines = self.source[item..].lines().skip(1);
        let second = lines.take(LONG).find(|line| !line.trim().is_empty()).unwrap_or_default();
        let spaces = second.len() - second.trim_start_matches(' ').len();
        Margin::Indent { first, rest: spaces.clamp(first, first + FURTHER) }
    }

    /// The tags around the pieces, and where the first one begins.
    fn begin_pieces(&mut self, start: usize, margin: Margin) -> bool {
        const CALLOUT_END: &str = "</p>";
        let first_line =
            self.source[start..].find('\n').map_or(self.source.len(), |at| start + at + 1);
        let (open, close, from) = match margin {
            Margin::Mark => {
                let head = &self.source[start..first_line];
                let found = scan(head, &References::default(), Write::All, self.words);
                let Some(html) = found.first().map(|found| found.html.as_str()) else {
                    return false;
                };
                if html.starts_with("<div") {
                    let title = html.find(CALLOUT_END).map_or(0, |at| at + CALLOUT_END.len());
                    (html[..title].to_owned(), "</div>".to_owned(), first_line)
                } else {
                    ("<blockquote dir=\"auto\">".to_owned(), "</blockquote>".to_owned(), start)
                }
            }
            Margin::Indent { first, .. } => {
                let Open::Run(run) = &self.open else { return false };
                let before = &self.source[run.start..start];
                let (open, close) = self.list_around(before, &self.source[start..first_line]);
                if close.is_empty() || !self.source.is_char_boundary(start + first) {
                    return false;
                }
                (open, close, (start + first).min(first_line))
            }
        };
        self.begin_growing(start, open, Place::Blocks, &close);
        self.grown.end = from;
        true
    }

    /// A list with its finished items, up to inside the next one.
    fn list_around(&self, before: &str, first_line: &str) -> (String, String) {
        let text = if before.is_empty() { first_line } else { before };
        // Every long item writes those before it again, but must not draw them again in a list of many.
        let write = if before.len() > DRAWN_AGAIN { Write::Draft } else { Write::All };
        let found = scan(text, &References::default(), write, self.words);
        let [list] = &found[..] else { return Default::default() };
        let Kind::Run(run) = &list.kind else { return Default::default() };
        let items = list.html.strip_suffix(run.close.as_str()).unwrap_or(&run.open);
        let open = if before.is_empty() { &run.open } else { items };
        ([open, html::ITEM.0].concat(), [html::ITEM.1, &run.close].concat())
    }

    fn grow_pieces(&mut self, margin: Margin) {
        while let Some(cut) = cut(&self.source[self.grown.end..self.complete], margin) {
            let from = self.grown.end;
            let piece = margin.strip(&self.source[from..from + cut]);
            self.add(&blocks(&piece, Write::All, self.words), from + cut);
        }
        let from = self.grown.end;
        self.tail.clear();
        if self.is_shown(from) {
            return;
        }
        self.shown = from..self.source.len();
        let rest = margin.strip(&self.source[from..]);
        self.set_line(&blocks(&mend(&rest), Write::Draft, self.words));
    }
}

/// Blocks inside another one: without places to grow.
fn blocks(text: &str, write: Write, words: &'static Words) -> String {
    let found = scan(text, &References::default(), write, words);
    let html: String = found.into_iter().map(|found| found.html).collect();
    html.replace(code::PLACE, "")
}

/// Where a piece ends: before a block that begins after an empty line; otherwise, between two lines of text.
fn cut(text: &str, margin: Margin) -> Option<usize> {
    if text.len() < PIECE {
        return None;
    }
    let mut after_blank = None;
    let mut inside_text = None;
    let mut fence: Option<&str> = None;
    let mut before = "";
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = margin.without(line);
        let begins = content.chars().next().is_some_and(|first| !first.is_whitespace());
        let is_text = |line: &str| line.starts_with(char::is_alphabetic);
        if fence.is_none() && at >= PIECE && begins {
            if before.trim().is_empty() {
                after_blank = Some(at);
            } else if at >= LONG_PIECE && is_text(content) && is_text(before) {
                inside_text = Some(at);
            }
        }
        let mark = ["```", "~~~"].into_iter().find(|mark| content.trim_start().starts_with(mark));
        fence = match (fence, mark) {
            (None, mark) => mark,
            (Some(open), Some(mark)) if open == mark => None,
            (open, _) => open,
        };
        before = content;
        at += line.len();
    }
    after_blank.or(inside_text)
}
