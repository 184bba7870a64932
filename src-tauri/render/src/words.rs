//! The few words that blocks say themselves. Whoever shows them brings them.

/// What a block says beside the text that it is made of. Each is put into the HTML as it is: plain text without marks.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// What code in a language is called, by its name.
    pub code_in: fn(&str) -> String,
    /// Code in none.
    pub plain_text: &'static str,
    /// Buttons of code.
    pub collapse: &'static str,
    /// See `collapse`.
    pub line_numbers: &'static str,
    /// See `collapse`.
    pub wrap_lines: &'static str,
    /// See `collapse`.
    pub copy_code: &'static str,
    /// The button of a formula.
    pub copy_latex: &'static str,
    /// What a diagram is called, with its source.
    pub mermaid_diagram: &'static str,
    /// Its picture.
    pub diagram: &'static str,
    /// Buttons of a diagram.
    pub show_source: &'static str,
    /// See `show_source`.
    pub zoom: &'static str,
    /// Below the source of one that is not drawn.
    pub not_drawn: &'static str,
    /// Below the source of one that is too large.
    pub too_large: &'static str,
    /// Below a block of which some markup was left out.
    pub partly_plain: &'static str,
    /// Before what is plain text to the end.
    pub plain_from_here: &'static str,
    /// The button behind that.
    pub show_formatted: &'static str,
    /// What a table is called.
    pub table: &'static str,
    /// A task that is done.
    pub done: &'static str,
    /// One that is not.
    pub not_done: &'static str,
    /// Titles of callouts.
    pub note: &'static str,
    /// See `note`.
    pub tip: &'static str,
    /// See `note`.
    pub important: &'static str,
    /// See `note`.
    pub warning: &'static str,
    /// See `note`.
    pub caution: &'static str,
    /// Before and after where a picture would have come from.
    pub picture_not_loaded: (&'static str, &'static str),
    /// The button behind that.
    pub load_picture: &'static str,
}
