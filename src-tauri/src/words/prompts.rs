//! Prompts, and texts of other programs that go into one or into a question.

use super::Asked;

/// The title of the window in which a file is picked.
pub const IMPORT: &str = "Import prompts";
/// The title of the window in which a file is named.
pub const EXPORT: &str = "Export prompts";

pub const FILL_FROM_CLIPBOARD: Asked = Asked {
    title: "Put the clipboard into this prompt?",
    note: "It is put into the blank, where you can change it. Nothing is sent yet.",
    yes: "Put it in",
};

const CHANGE_FIRST: &str = "You can change it before you ask. Nothing is sent yet.";

pub const ASK_WITH_SELECTION: Asked =
    Asked { title: "Put the selection into your question?", note: CHANGE_FIRST, yes: "Put it in" };

pub const ASK_WITH_CLIPBOARD: Asked =
    Asked { title: "Put the clipboard into your question?", note: CHANGE_FIRST, yes: "Put it in" };
