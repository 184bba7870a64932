//! The top-level blocks of a piece of text: what they are, where they begin, what they look like.

use comrak::nodes::{Node, NodeCodeBlock, NodeList, NodeValue};

use crate::clean::clean;
use crate::growing::Place;
use crate::references::References;
use crate::words::Words;
use crate::{code, diagram, html, inner, math, parse};

/// One top-level block.
#[derive(Debug)]
pub(crate) struct Found {
    /// Where its first line begins in the text that was scanned.
    pub(crate) start: usize,
    /// Where the line after its last begins.
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    /// Empty if it was not asked for.
    pub(crate) html: String,
}

/// What matters about a block while text is added after it.
#[derive(Debug)]
pub(crate) enum Kind {
    /// Ends with its last line: headings, rules.
    Line,
    /// Ends with an empty line.
    UntilBlank,
    /// The same, and most of what can follow continues it.
    Paragraph,
    /// The same, and every line with its mark continues it.
    Quote,
    /// A list or a table: made of units, of which only the last can still change.
    Run(Run),
    /// A fenced code block.
    Fence(Fence),
    /// Whatever else there is; only the next block ends it.
    Other,
    /// The same, and nothing in it is markdown.
    Opaque,
}

/// A list or a table.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) place: Place,
    /// Without empty lines between its items.
    pub(crate) tight: bool,
    /// Lines indented so far belong to the last item. None if it has nothing in it yet.
    pub(crate) inside: Option<usize>,
    /// HTML before the first unit and after the last.
    pub(crate) open: String,
    pub(crate) close: String,
    pub(crate) units: Vec<Unit>,
}

/// A list item or a table row.
#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) start: usize,
    /// With its own element. Empty if it was not asked for.
    pub(crate) html: String,
}

/// A fenced code block.
#[derive(Debug)]
pub(crate) struct Fence {
    pub(crate) mark: char,
    pub(crate) length: usize,
    pub(crate) indent: usize,
    pub(crate) info: String,
    pub(crate) closed: bool,
}

/// How to write what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Write {
    /// Every block that nothing can be added to any more.
    Closed {
        /// Whether the text ends in an empty line.
        before_blank: bool,
    },
    /// Every block, as one that nothing can be added to any more; no units.
    All,
    /// Every block, with diagrams as code; no units.
    Draft,
    /// The same, and the units of a list or table at the start, with empty lines between the items if so. All but the last
    /// are finished.
    Units {
        /// Whether the list is a tight one.
        tight: bool,
    },
}

impl Kind {
    /// Whether nothing that follows can belong to the block any more.
    pub(crate) const fn is_closed(&self, before_blank: bool) -> bool {
        match self {
            Self::Line => true,
            Self::UntilBlank | Self::Paragraph | Self::Quote => before_blank,
            Self::Run(run) => before_blank && matches!(run.place, Place::Rows),
            Self::Fence(fence) => fence.closed,
            Self::Other | Self::Opaque => false,
        }
    }

    /// Whether references cannot occur in it.
    pub(crate) const fn is_opaque(&self) -> bool {
        matches!(self, Self::Fence(_) | Self::Opaque)
    }
}

/// Finds the top-level blocks of `source`.
pub(crate) fn scan(
    source: &str,
    references: &References,
    write: Write,
    words: &'static Words,
) -> Vec<Found> {
    let last_line = 1 + source.lines().count();
    parse::with_tree(source, references, |root, text, inside_formula| {
        let lines = Lines::of(text, inside_formula);
        let blocks: Vec<_> = root
            .children()
            .filter(|block| block.data().sourcepos.start.line <= last_line)
            .collect();
        let count = blocks.len();
        let mut found: Vec<Found> = Vec::with_capacity(count);
        for (at, block) in blocks.into_iter().enumerate() {
            let way = Way { write, words, is_first: at == 0, is_last: at + 1 == count };
            let read = read(block, text, &lines, way);
            let is_inside = lines.begin_inside(block);
            match found.last_mut() {
                _ if !is_inside && !depends_on_line_above(block, source, read.start) => {
                    found.push(read);
                }
                Some(above) if is_inside || matches!(above.kind, Kind::Paragraph) => {
                    join(above, &read);
                }
                _ => found.push(Found { start: lines.paragraph_start(block), ..join_alone(read) }),
            }
        }
        found
    })
}

/// A table may begin in the middle of a paragraph, with a line that would be something else if it came first: indented
/// code, an item. Such a table cannot be parsed without the lines above it, so they stay one block.
fn depends_on_line_above(block: Node<'_>, source: &str, start: usize) -> bool {
    let first = source[start..].trim_start_matches(' ');
    let indent = source.len() - start - first.len();
    let is_plain = first.starts_with(|first: char| first == '|' || first.is_alphabetic());
    let line_above = source[..start].lines().next_back().unwrap_or_default();
    matches!(block.data().value, NodeValue::Table(_))
        && (indent > 3 || !is_plain)
        && !is_blank(line_above)
}

/// A line that ends a paragraph. Other characters that look like nothing do not: markdown knows only these.
pub(crate) fn is_blank(line: &str) -> bool {
    line.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\n'))
}

fn join(above: &mut Found, below: &Found) {
    above.end = below.end;
    above.kind = joined(&below.kind);
    above.html.push_str(&below.html);
}

fn join_alone(below: Found) -> Found {
    Found { kind: joined(&below.kind), ..below }
}

/// What a block is together with the one above it.
const fn joined(below: &Kind) -> Kind {
    match below {
        Kind::Line | Kind::UntilBlank | Kind::Paragraph | Kind::Quote | Kind::Run(_) => {
            Kind::UntilBlank
        }
        Kind::Fence(_) | Kind::Other | Kind::Opaque => Kind::Other,
    }
}

/// Lines of the source without the one that the parser gets first.
struct Lines<'t> {
    starts: Vec<usize>,
    /// Those that begin inside a formula.
    inside_formula: &'t [usize],
}

impl<'t> Lines<'t> {
    fn of(text: &str, inside_formula: &'t [usize]) -> Self {
        let starts = text.match_indices('\n').map(|(at, _)| at);
        Self { starts: std::iter::once(0).chain(starts).collect(), inside_formula }
    }

    /// Whether a node begins inside a formula. It cannot be read without the lines above it.
    fn begin_inside(&self, node: Node<'_>) -> bool {
        self.inside_formula.binary_search(&node.data().sourcepos.start.line).is_ok()
    }

    fn start(&self, node: Node<'_>) -> usize {
        self.line(node.data().sourcepos.start.line)
    }

    fn end(&self, node: Node<'_>) -> usize {
        self.line(node.data().sourcepos.end.line + 1)
    }

    /// Where the line after the block above begins: at the latest there, what is above the node in its paragraph.
    fn paragraph_start(&self, node: Node<'_>) -> usize {
        let above = node.previous_sibling().map_or(1, |above| above.data().sourcepos.end.line);
        self.line(above + 1)
    }

    fn line(&self, line: usize) -> usize {
        self.starts.get(line - 1).copied().unwrap_or_default()
    }
}

/// How a block is written, and where it stands among the others.
#[derive(Clone, Copy)]
struct Way {
    write: Write,
    words: &'static Words,
    is_first: bool,
    is_last: bool,
}

fn read(block: Node<'_>, text: &str, lines: &Lines<'_>, way: Way) -> Found {
    let Way { write, words, is_first, is_last } = way;
    if let (Write::Units { tight: false }, true) = (write, is_first)
        && let NodeValue::List(list) = &mut block.data_mut().value
    {
        list.tight = false;
    }
    let with_units = is_first && matches!(write, Write::Units { .. });
    let kind = kind(block, text, lines, with_units.then_some(words));
    let wanted = match write {
        Write::Closed { before_blank } => !is_last || kind.is_closed(before_blank),
        Write::All | Write::Draft | Write::Units { .. } => true,
    };
    let is_draft = matches!(write, Write::Draft | Write::Units { .. });
    let html = match &block.data().value {
        _ if !wanted => String::new(),
        // Made of a template and escaped text, so it does not go through the second net: it may be large.
        NodeValue::CodeBlock(code) => {
            let block = code::block(&code.info, &code.literal, words);
            let is_code = !(code.fenced && code.closed) || is_draft && is_diagram(code);
            if is_code { block } else { finished_code(code, block, words) }
        }
        _ if is_draft => inner::unfinished(block, text, words),
        _ => inner::finished(block, text, words),
    };
    Found { start: lines.start(block), end: lines.end(block), kind, html }
}

/// Whether a finished code block may look like something else than code.
pub(crate) fn is_drawn(info: &str) -> bool {
    diagram::is_diagram(info) || math::is_formula(info)
}

fn is_diagram(code: &NodeCodeBlock) -> bool {
    diagram::is_diagram(&code.info)
}

/// A finished code block, which may be the source of something.
fn finished_code(code: &NodeCodeBlock, block: String, words: &Words) -> String {
    if is_diagram(code) {
        return diagram::block(&code.literal, &block, words);
    }
    if !math::is_formula(&code.info) {
        return block;
    }
    let Some(formula) = math::display(&code.literal, words) else { return block };
    let (open, close) = html::PARAGRAPH;
    clean(&[open, &formula, close].concat())
}

/// Units are written where there are words for them.
fn kind(block: Node<'_>, text: &str, lines: &Lines<'_>, units: Option<&'static Words>) -> Kind {
    match &block.data().value {
        NodeValue::Heading(_) | NodeValue::ThematicBreak => Kind::Line,
        NodeValue::Paragraph => Kind::Paragraph,
        NodeValue::BlockQuote | NodeValue::Alert(_) => Kind::Quote,
        NodeValue::List(list) => Kind::Run(list_run(block, list, text, lines, units)),
        NodeValue::Table(_) => Kind::Run(table_run(block, text, lines, units)),
        NodeValue::CodeBlock(code) if code.fenced => Kind::Fence(fence(code)),
        NodeValue::HtmlBlock(html) if html.block_type >= 6 => Kind::UntilBlank,
        NodeValue::CodeBlock(_) | NodeValue::HtmlBlock(_) => Kind::Opaque,
        _ => Kind::Other,
    }
}

fn fence(code: &NodeCodeBlock) -> Fence {
    Fence {
        mark: char::from(code.fence_char),
        length: code.fence_length,
        indent: code.fence_offset,
        info: code.info.clone(),
        closed: code.closed,
    }
}

fn list_run(
    block: Node<'_>,
    list: &NodeList,
    text: &str,
    lines: &Lines<'_>,
    written: Option<&'static Words>,
) -> Run {
    let (open, close) = html::list_tags(list);
    let unit = |item: Node<'_>| Unit {
        start: lines.start(item),
        html: match (written, item.next_sibling()) {
            (None, _) => String::new(),
            (Some(words), Some(_)) => inner::finished(item, text, words),
            (Some(words), None) => inner::unfinished(item, text, words),
        },
    };
    Run {
        place: Place::Item,
        tight: list.tight,
        inside: block.last_child().and_then(inside),
        open: open.into_owned(),
        close: close.into(),
        units: block.children().map(unit).collect(),
    }
}

fn inside(item: Node<'_>) -> Option<usize> {
    item.first_child()?;
    match &item.data().value {
        NodeValue::Item(list) => Some(list.marker_offset + list.padding),
        _ => None,
    }
}

fn table_run(
    block: Node<'_>,
    text: &str,
    lines: &Lines<'_>,
    written: Option<&'static Words>,
) -> Run {
    let whole = written.map(|words| inner::unfinished(block, text, words)).unwrap_or_default();
    let mut run = Run {
        place: Place::Rows,
        tight: true,
        inside: None,
        open: String::new(),
        close: "</table></div>".into(),
        units: vec![],
    };
    let mut rest = whole.as_str();
    if let Some((head, body)) = whole.split_once(html::BODY.0) {
        run.open = head.into();
        rest = body;
    }
    for row in block.children().skip(1) {
        let start = lines.start(row);
        let end = rest.find("</tr>").map_or(0, |at| at + "</tr>".len());
        let (html, after) = rest.split_at(end);
        rest = after;
        match run.units.last_mut() {
            Some(above) if lines.begin_inside(row) => above.html.push_str(html),
            _ => run.units.push(Unit { start, html: html.into() }),
        }
    }
    run
}
