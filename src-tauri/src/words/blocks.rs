//! The few words that the blocks of an answer say themselves: names of tables and code, buttons, and what is not shown.
//!
//! The tests of `render` are written with them too.

use render::Words;

/// What is shown.
pub static WORDS: Words = Words {
    code_in: |language| format!("{language} code"),
    plain_text: "Plain text",
    collapse: "Collapse",
    line_numbers: "Line numbers",
    wrap_lines: "Wrap lines",
    copy_code: "Copy code",
    copy_latex: "Copy LaTeX",
    mermaid_diagram: "Mermaid diagram",
    diagram: "Diagram",
    show_source: "Show source",
    zoom: "Zoom",
    not_drawn: "This diagram can’t be drawn here. This is its source.",
    too_large: "This diagram is too large to be drawn here. This is its source.",
    partly_plain: "Some of this is plain text: formatted, it would slow this window down.",
    plain_from_here: "From here on this answer is plain text: formatted, it would slow this window down.",
    show_formatted: "Show formatted",
    table: "Table",
    done: "Done",
    not_done: "Not done",
    note: "Note",
    tip: "Tip",
    important: "Important",
    warning: "Warning",
    caution: "Caution",
    picture_not_loaded: ("Picture from", "not loaded"),
    load_picture: "Load picture",
};
