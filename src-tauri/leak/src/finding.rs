//! What is said of a key that lies about.

use std::path::PathBuf;

use vault::{KeyId, KeyShape};

/// One place where a key was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its number in this check.
    pub number: u32,
    /// Whose key it is.
    pub whose: Whose,
    /// The same for every place of the same key in this run; it says nothing about the key.
    pub same: u64,
    /// The last four characters, of a key so long that they do not tell much of it.
    pub last_four: Option<String>,
    /// The file, or the folder of the repository.
    pub path: PathBuf,
    /// The same as a person calls it: `shop/.env`, `~/.zsh_history`.
    pub shown: String,
    /// The line in it, from one; none in a history of git.
    pub line: Option<u64>,
    /// What kind of place it is.
    pub place: Place,
}

/// Whose key was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// A key that the vault keeps.
    Stored(KeyId),
    /// A provider's, by its shape.
    Shaped(KeyShape),
    /// A token of another service.
    Token(&'static str),
    /// Only its name says that it is a key.
    Named,
}

/// What kind of place a key was found in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A file of a chosen folder.
    File(GitSays),
    /// The history of a git repository.
    GitHistory(InHistory),
    /// What was typed into a shell.
    ShellHistory,
    /// Where a known program keeps its keys.
    Program(&'static str),
}

/// What git has to do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GitSays {
    /// It is in no repository.
    NoRepository,
    /// Git leaves it alone.
    Ignored,
    /// Git would take it with the next `git add`.
    WouldTake,
    /// Git has it.
    Tracked,
}

/// Where in a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InHistory {
    /// The commit that brought it, shortened; none where no branch or tag leads to it.
    pub commit: Option<String>,
    /// Its date as git writes it: `2026-05-14`.
    pub date: Option<String>,
    /// The file it was in.
    pub file: Option<String>,
    /// One branch that has it.
    pub branch: Option<String>,
    /// How many others have it.
    pub more_branches: usize,
}
