//! A block that grows: its finished part is only ever added to, its last line is replaced.

/// A block as the receiver holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// Sent whole when it changes.
    Whole(String),
    /// Sent by what is added.
    Growing(Growing),
}

/// The place inside a growing block that shows what is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a code block or a paragraph.
    Line,
    /// In a list.
    Item,
    /// In a table.
    Rows,
    /// In a quote, or a long list item.
    Blocks,
}

/// A growing block: `open done <place>line</place> close`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Growing {
    /// Tells it from another growing block at the same position.
    pub(crate) id: u64,
    pub(crate) open: String,
    pub(crate) done: String,
    pub(crate) place: Place,
    pub(crate) line: String,
    pub(crate) close: String,
}

impl Block {
    pub(crate) fn html(&self) -> String {
        match self {
            Self::Whole(html) => html.clone(),
            Self::Growing(growing) => growing.html(),
        }
    }
}

impl Growing {
    pub(crate) fn new(id: u64, open: String, place: Place, close: String) -> Self {
        Self { id, open, done: String::new(), place, line: String::new(), close }
    }

    fn html(&self) -> String {
        let (start, end) = match self.place {
            Place::Line => ("<span data-line=\"\">", "</span>"),
            Place::Item => ("<li data-line=\"\">", "</li>"),
            Place::Rows => ("<tbody data-line=\"\">", "</tbody>"),
            Place::Blocks => ("<div data-line=\"\">", "</div>"),
        };
        [&self.open, &self.done, start, &self.line, end, &self.close].concat()
    }
}
