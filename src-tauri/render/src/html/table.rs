//! Tables, with columns in the middle or to the right where the source says so.

use comrak::nodes::{Node, NodeTable, TableAlignment};

use super::direction::is_rtl;
use super::{Inside, Step, Writer, plain};
use crate::limits;

/// What comes before the rows of a table's body, and after them.
pub(crate) const BODY: (&str, &str) = ("<tbody>", "</tbody>");

impl Writer<'_> {
    pub(super) fn table<'a>(&mut self, node: Node<'a>, table: &NodeTable) -> Inside<'a> {
        if is_too_large(table) {
            self.out.push_str(&plain(lines_of(node, self.source)));
            return Inside::Nothing;
        }
        // Every cell has its own direction, so that the columns cannot get theirs from the page.
        let direction = if is_rtl(node) { " dir=\"rtl\"" } else { "" };
        self.out.push_str("<div class=\"prose-table\"");
        self.out.push_str(direction);
        self.out.push_str(
            " role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table class=\"table\">",
        );
        let mut steps = vec![];
        let mut rows = node.children();
        if let Some(header) = rows.next() {
            steps.push(Step::Html("<thead>"));
            steps.extend(row(header, table, true));
            steps.push(Step::Html("</thead>"));
        }
        let mut rows = rows.peekable();
        if rows.peek().is_some() {
            steps.push(Step::Html(BODY.0));
            rows.for_each(|body| steps.extend(row(body, table, false)));
            steps.push(Step::Html(BODY.1));
        }
        steps.push(Step::Html("</table></div>"));
        Inside::Steps(steps)
    }

    pub(super) fn cell<'a>(&mut self, header: bool, alignment: TableAlignment) -> Inside<'a> {
        self.begin_inline();
        let (open, close) =
            if header { ("<th dir=\"auto\"", "</th>") } else { ("<td dir=\"auto\"", "</td>") };
        self.out.push_str(open);
        let class = match alignment {
            TableAlignment::None | TableAlignment::Left => ">",
            TableAlignment::Center => " class=\"mid\">",
            TableAlignment::Right => " class=\"r\">",
        };
        self.element(class, close)
    }
}

fn row<'a>(row: Node<'a>, table: &NodeTable, header: bool) -> Vec<Step<'a>> {
    let mut steps = vec![Step::Html("<tr>")];
    for (cell, &alignment) in row.children().zip(&table.alignments) {
        steps.push(Step::Cell { cell, header, alignment });
    }
    steps.push(Step::Html("</tr>"));
    steps
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
