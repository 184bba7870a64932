//! The leak check: its windows, and its report that can be kept or handed on.

use super::Asked;

/// The title of the window in which folders are picked.
pub const CHOOSE_FOLDERS: &str = "Choose folders to check";
/// The title of the window in which a file is named.
pub const SAVE_REPORT: &str = "Save report";

pub const IGNORE_IN_GIT: Asked = Asked {
    title: "Add a line to .gitignore?",
    note: "Stops new commits. What is in history stays there.",
    yes: "Add the line",
};

/// What a check proves.
pub const FOUND_PLANTED: &str = "A planted test key was found, so the search works.";
pub const STOPPED: &str = "It was stopped: the rest was not looked at.";
pub const NO_PROOF: &str = "The planted test key was not found: finding nothing proves nothing.";
pub const NOT_ENDED: &str = "It has not ended.";

/// How much was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looked {
    pub files: u64,
    pub commits: u64,
    pub bytes: u64,
    pub unreadable: u64,
}

/// The report's head.
pub fn report_head(looked: Looked, proof: &str) -> String {
    let Looked { files, commits, bytes, unreadable } = looked;
    format!(
        "Latchkey leak check\n\n{files} files, {commits} commits, {bytes} bytes. {unreadable} files could not be read.\n{proof}\n"
    )
}

/// A key of the report: its name, who made it, and its end, as far as they are known.
pub fn key(name: Option<&str>, maker: Option<&str>, last_four: Option<&str>) -> String {
    let (name, maker) = (name.unwrap_or("A key"), maker.unwrap_or("nobody known"));
    let end = last_four.map(|end| format!(", ends in {end}")).unwrap_or_default();
    format!("{name}, of {maker}{end}")
}

/// A place of the report; a commit comes with its date.
pub fn place(shown: &str, line: Option<u64>, commit: Option<(&str, &str)>, kind: &str) -> String {
    let at = line.map(|line| format!(", line {line}")).unwrap_or_default();
    let commit = commit.map(|(commit, date)| format!(", commit {commit}, {date}"));
    format!("{shown}{at}{} ({kind})", commit.unwrap_or_default())
}
