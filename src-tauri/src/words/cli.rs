//! What `latchkey` says in a terminal, beside its help.

/// A trouble, beside the answer.
pub fn trouble(words: &str) -> String {
    format!("latchkey: {words}")
}

/// The program's version.
pub fn version(version: &str) -> String {
    format!("latchkey {version}")
}

/// Asked for in a way that nobody understands.
pub fn misused(why: &str) -> String {
    format!("{why} See latchkey help.")
}

pub fn no_command(word: &str) -> String {
    format!("There is no command {word}.")
}

pub fn needs_value(option: &str) -> String {
    format!("--{option} needs a value.")
}

pub fn no_option(option: &str) -> String {
    format!("There is no option --{option}.")
}

/// An option of another command.
pub fn no_option_here(option: &str) -> String {
    format!("There is no option --{option} here.")
}

/// In the place of what is not there.
pub const NONE: &str = "none";
/// In the place of what nobody knows.
pub const UNKNOWN: &str = "?";

/// Reaching the app, or the store itself.
pub mod reach {
    use std::fmt::Display;

    pub const NO_HOME: &str = "There is no home folder.";
    pub const NOTHING_KEPT: &str = "Nothing is kept yet. Open Latchkey and add a key first.";
    pub const KEYCHAIN_LOCKED: &str =
        "The keychain is locked or absent. Unlock it, or open Latchkey, and try again.";
    pub const STORE_SHUT: &str = "The store cannot be opened.";
    pub const NOT_DONE: &str = "It could not be done.";
    pub const STORE_LOCKED: &str = "The store is not open. Unlock it in Latchkey and try again.";
    pub const STORE_UNREAD: &str = "The store could not be read.";
    pub const NOT_UNDERSTOOD: &str =
        "That is not understood: is this the same version of Latchkey?";
    pub const NEEDS_APP: &str = "Only an app that runs has windows.";

    pub fn cannot_begin(error: impl Display) -> String {
        format!("It cannot begin: {error}.")
    }

    pub fn cannot_open(why: &str) -> String {
        format!("The store cannot be opened: {why}.")
    }

    pub fn cannot_read(error: impl Display) -> String {
        format!("The store could not be read: {error}.")
    }
}

/// `latchkey keys`.
pub mod keys {
    pub const NONE_YET: &str = "No key yet. Open Latchkey and add one.";
    pub const COLUMNS: [&str; 5] = ["Name", "Provider", "Kind", "Ends in", "Kept in"];
    /// In the place of its end.
    pub const NO_KEY: &str = "no key";
}

/// `latchkey usage`.
pub mod usage {
    pub const NOTHING: &str = "Nothing was spent yet.";
    pub const COLUMNS: [&str; 6] =
        ["What", "Name", "Today", "Month", "Day's limit", "Month's limit"];
}

/// `latchkey audit`.
pub mod audit {
    use std::fmt::Display;

    pub const NOTHING: &str = "No key was used yet.";
    pub const COLUMNS: [&str; 8] =
        ["#", "When (UTC)", "Application", "Key", "Model", "Tokens", "Cost", "Outcome"];
    pub const CUT: &str = "The line with that hash is not there: the log was cut or changed.";

    pub fn broken(number: i64) -> String {
        format!("Line {number} does not follow from those before it: the log was changed.")
    }

    pub fn whole(lines: i64, head: &str) -> String {
        format!("{lines} lines, each follows from those before it.\nLast hash: {head}")
    }

    pub fn not_written(path: &str, error: impl Display) -> String {
        format!("{path} cannot be written: {error}.")
    }

    pub fn written(lines: usize, path: &str) -> String {
        format!("{lines} lines were written to {path}.")
    }
}

/// `latchkey run`.
pub mod run {
    use std::fmt::Display;
    use std::path::Path;

    pub const WHICH_APPLICATION: &str = "Say which application it is: --app NAME.";
    pub const WHAT: &str = "Say what to start, behind --.";
    pub const BEHIND: &str = "What is started stands behind --.";
    pub const AMOUNT: &str = "The limit is an amount of dollars, such as 5 or 2.50, or none.";
    pub const NO_DESKTOP: &str =
        "Latchkey does not run, and there is no desktop to open its window on.";
    pub const NO_ANSWER: &str = "Latchkey was started and does not answer.";
    #[cfg(not(unix))]
    pub const NOT_HERE: &str =
        "Starting programs is not there on this system yet. Add the program under Applications.";

    pub fn no_program(name: impl Display) -> String {
        format!("There is no program {name}.")
    }

    pub fn not_started(program: &Path, error: impl Display) -> String {
        format!("{} could not be started: {error}.", program.display())
    }

    pub fn lost(program: &Path, error: impl Display) -> String {
        format!("{} was lost: {error}.", program.display())
    }

    pub fn cannot_start_app(error: impl Display) -> String {
        format!("Latchkey cannot be started: {error}.")
    }
}
