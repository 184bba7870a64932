//! Tables, with columns in the middle or to the right where the source says so. What a cell holds says how wide it has to be,
//! and one without letters of its own keeps to the side of its header.

use comrak::nodes::{Node, NodeTable, NodeValue, TableAlignment};

use super::direction::reads_rtl;
use super::{Inside, Step, Writer, plain};
use crate::limits;

/// What comes before the rows of a table's body, and after them.
pub(crate) const BODY: (&str, &str) = ("<tbody>", "</tbody>");

/// Letters of a cell that is a sentence rather than a word.
const SENTENCE: usize = 30;

/// A cell that is to be written.
pub(super) struct Cell<'a> {
    pub(super) node: Node<'a>,
    header: bool,
    alignment: TableAlignment,
    /// Whether the column's header, or the table, reads from right to left.
    rtl_column: bool,
}

impl Writer<'_> {
    pub(super) fn table<'a>(&mut self, node: Node<'a>, table: &NodeTable) -> Inside<'a> {
        if is_too_large(table) {
            self.out.push_str(&plain(lines_of(node, self.source)));
            return Inside::Nothing;
        }
        // Every cell has its own direction, so that the columns cannot get theirs from the page.
        let rtl = reads_rtl(node).unwrap_or_default();
        let direction = if rtl { " dir=\"rtl\"" } else { "" };
        self.out.push_str("<div class=\"prose-table\"");
        self.out.push_str(direction);
        self.out.push_str(" role=\"region\" aria-label=\"");
        self.out.push_str(self.words.table);
        self.out.push_str("\" tabindex=\"0\"><table class=\"table\">");
        let mut steps = vec![];
        let mut rows = node.children();
        let mut columns = vec![];
        if let Some(header) = rows.next() {
            columns.extend(header.children().map(|cell| reads_rtl(cell).unwrap_or(rtl)));
            steps.push(Step::Html("<thead>"));
            steps.extend(row(header, table, &columns, true));
            steps.push(Step::Html("</thead>"));
        }
        let mut rows = rows.peekable();
        if rows.peek().is_some() {
            steps.push(Step::Html(BODY.0));
            rows.for_each(|body| steps.extend(row(body, table, &columns, false)));
            steps.push(Step::Html(BODY.1));
        }
        steps.push(Step::Html("</table></div>"));
        Inside::Steps(steps)
    }

    pub(super) fn cell<'a>(&mut self, cell: &Cell<'_>) -> Inside<'a> {
        self.begin_inline();
        let (open, close) =
            if cell.header { ("<th dir=\"auto\"", "</th>") } else { ("<td dir=\"auto\"", "</td>") };
        self.out.push_str(open);
        let side = match cell.alignment {
            TableAlignment::Center => Some("mid"),
            TableAlignment::Right => Some("r"),
            // Many models write a colon to the left in each table, whichever way it reads.
            TableAlignment::None | TableAlignment::Left => cell.follows_rtl().then_some("rtl"),
        };
        let width = is_sentence(cell.node).then_some("wide");
        let classes: Vec<&str> = side.into_iter().chain(width).collect();
        if !classes.is_empty() {
            self.out.push_str(&format!(" class=\"{}\"", classes.join(" ")));
        }
        self.element(">", close)
    }
}

impl Cell<'_> {
    /// Numbers and signs have no side of their own. The minus before one stands where it does in its source, so this is not
    /// their direction.
    fn follows_rtl(&self) -> bool {
        self.rtl_column && reads_rtl(self.node).is_none()
    }
}

fn row<'a>(row: Node<'a>, table: &NodeTable, columns: &[bool], header: bool) -> Vec<Step<'a>> {
    let mut steps = vec![Step::Html("<tr>")];
    let sides = columns.iter().copied().chain(std::iter::repeat(false));
    for ((node, &alignment), rtl_column) in row.children().zip(&table.alignments).zip(sides) {
        steps.push(Step::Cell(Cell { node, header, alignment, rtl_column }));
    }
    steps.push(Step::Html("</tr>"));
    steps
}

fn is_sentence(cell: Node<'_>) -> bool {
    let mut letters = 0;
    cell.descendants().any(|inside| {
        letters += match &inside.data().value {
            NodeValue::Text(text) => text.chars().take(SENTENCE + 1).count(),
            NodeValue::Code(code) => code.literal.chars().take(SENTENCE + 1).count(),
            _ => 0,
        };
        letters > SENTENCE
    })
}

/// A few bytes of source can ask for millions of cells: many columns, and rows that leave them out.
fn is_too_large(table: &NodeTable) -> bool {
    let cells = table.num_columns.saturating_mul(table.num_rows);
    let missing = cells.saturating_sub(table.num_nonempty_cells);
    table.num_columns > limits::COLUMNS
        || missing > limits::MISSING_CELLS + table.num_nonempty_cells
}

/// The source of a node.
fn lines_of<'s>(node: Node<'_>, source: &'s str) -> &'s str {
    let position = node.data().sourcepos;
    let start = crate::parse::line_start(source, position.start.line);
    let end = crate::parse::line_start(source, position.end.line + 1);
    &source[start..end]
}
