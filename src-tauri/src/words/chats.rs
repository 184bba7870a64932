//! Chats: their files, what ends them, and beginning anew.

use super::Asked;

/// The title of the window in which files are picked.
pub const ATTACH: &str = "Attach files";
/// The title of the window in which a file is named.
pub const SAVE_ATTACHMENT: &str = "Save attachment";
/// The title of the window in which a file is named.
pub const EXPORT: &str = "Export chats";

pub const DELETE_BRANCH: Asked = Asked {
    title: "Delete this branch for good?",
    note: "They and the files that only they hold are overwritten. The other branches stay.",
    yes: "Delete branch",
};

pub const DELETE_ALL: Asked = Asked {
    title: "Delete all chats?",
    note: "Also those in the archive and in the trash, with their files. Keys, prompts, folders and settings stay.",
    yes: "Delete all chats",
};

/// Asked after [`DELETE_ALL`].
pub const REALLY_DELETE_ALL: Asked = Asked {
    title: "Nothing brings them back. Delete them?",
    note: "An export that was made before is not touched.",
    yes: "Delete for good",
};

pub const OVERWRITTEN: &str = "Chats that are overwritten";
pub const LAST_QUESTION: &str = "This is the second and last question.";

/// Chats that cannot be opened.
pub const BEGIN_ANEW: Asked = Asked {
    title: "Set the old chats aside?",
    note: "Nothing is deleted. Latchkey begins with an empty list, and keys have to be added again. \
           The old file can be opened only with its own key.",
    yes: "Begin anew",
};

pub const STAY_IN: &str = "They stay in";
pub const KEYCHAIN_ENTRY: &str = "The keychain’s entry";
pub const ENTRY_KEPT: &str = "is kept under a name of its own, “history.aside”";
