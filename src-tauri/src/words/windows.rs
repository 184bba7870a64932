//! Native windows: their titles, their buttons, and what is wrong with a page.

use super::quoted;

/// The large window's title.
pub const LATCHKEY: &str = "Latchkey";
/// The small window's.
pub const QUICK_ASK: &str = "Quick ask";

pub const CANCEL: &str = "Cancel";

/// The window to type a key into.
pub mod key {
    use vault::KeyKind;

    use super::super::keys::kind_name;

    /// Its title.
    pub fn title(provider: &str) -> String {
        format!("Key for {provider}")
    }

    /// Before the one address.
    pub const GOES_TO: &str = "Type or paste the key. It goes to the keychain and only ever to";
    pub const SHOW: &str = "Show";
    pub const STORE: &str = "Store the key";
    /// What a screen reader calls the entry.
    pub const ENTRY: &str = "Key";

    /// What the text looks like so far.
    pub fn so_far(kind: KeyKind, count: usize) -> String {
        format!("{}, {count} characters", kind_name(kind))
    }
}

/// The window in which a person says which program prints a key.
pub mod command {
    pub const TITLE: &str = "Key from a secret manager";
    /// Before the one address.
    pub const GOES_TO: &str = "The program prints the key once after each start. It is kept nowhere, and only ever sent to";
    /// What a screen reader calls the list.
    pub const MANAGER: &str = "Secret manager";
    /// What a screen reader calls the entry.
    pub const REFERENCE: &str = "Reference";
    /// What stands in the list after every tool that is known.
    pub const OTHER: &str = "Another program";
    pub const OTHER_EXAMPLE: &str = "program argument …";
    pub const EXACTLY: &str = "Exactly this is run, without a shell:";
    pub const RUN: &str = "Run it";

    /// Why it is not.
    pub fn cannot(error: impl std::fmt::Display) -> String {
        format!("Can’t be run: {error}.")
    }

    /// An argument that has spaces inside.
    pub fn argument(argument: &str) -> String {
        format!("“{argument}”")
    }
}

/// The window that shows a token, once.
pub mod token {
    use super::quoted;

    /// Its title.
    pub fn title(application: &str) -> String {
        format!("Token for {}", quoted(application))
    }

    pub const ONCE: &str =
        "Shown once. Paste it into the program; Latchkey keeps only what it needs to check it.";
    /// What a screen reader calls the entry.
    pub const ENTRY: &str = "Token";
    pub const WORTH: &str = "It’s worth nothing outside this computer.";
    pub const COPY: &str = "Copy";
    pub const COPIED: &str = "Copied";
    pub const DONE: &str = "Done";
}

/// The window in which files are picked.
pub mod file {
    pub const CHOOSE: &str = "Choose";
    pub const ATTACH: &str = "Attach";
    pub const SAVE: &str = "Save";
    pub const SENDABLE: &str = "Pictures, documents and text";
    pub const EVERYTHING: &str = "All files";
}

/// What is wrong with a page, and two ways on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageTrouble {
    pub title: &'static str,
    pub reason: &'static str,
    pub note: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
}

const LOAD_AGAIN: &str = "Load the page again";

pub const PAGE_HANGS: PageTrouble = PageTrouble {
    title: "The page doesn’t answer",
    reason: "It may be busy with a very long answer.",
    note: "Loading it again loses nothing that was saved: answers go on being written, and your chats are safe.",
    yes: LOAD_AGAIN,
    no: "Wait",
};

pub const PAGE_DIES: PageTrouble = PageTrouble {
    title: "The page fails again and again",
    reason: "What it shows may be too much for this computer’s web engine.",
    note: "Your chats and keys are safe. Quitting ends answers that are being written; what arrived is saved.",
    yes: "Quit",
    no: LOAD_AGAIN,
};
