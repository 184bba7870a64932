//! Folders and the trash.

use super::Asked;

/// The title of the window in which files are picked.
pub const ADD_FILES: &str = "Add files to the folder";

pub const REMOVE_FOLDER: Asked = Asked {
    title: "Remove the folder with what it holds?",
    note: "Its chats stay. Its files and instructions are gone for good.",
    yes: "Remove folder",
};

pub const INSTRUCTIONS: &str = "Instructions";
pub const ITS_OWN: &str = "its own";

pub const EMPTY_TRASH: Asked = Asked {
    title: "Delete what is in the trash for good?",
    note: "Their messages and files are overwritten. Nothing brings them back.",
    yes: "Delete now",
};
