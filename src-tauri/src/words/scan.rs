//! `latchkey scan`: a leak check in a terminal.

use vault::KeyFamily;

use super::keys::family_name;
use super::leaks::Looked;

pub const WHERE: &str = "Say where to look.";
pub const NOT_READY: &str = "The check could not be made ready.";

/// A path that leads nowhere.
pub fn not_there(path: &str) -> String {
    format!("{path} is not there.")
}

/// Stored keys cannot be named.
pub fn only_shapes(why: &str) -> String {
    format!("Only shapes of keys are looked for. {why}")
}

/// Some of them could not be fetched.
pub fn not_given(count: usize) -> String {
    format!("The keychain did not give {count} keys: they are looked for by their shapes.")
}

pub const NOTHING_READ: &str = "Nothing found in what could be read.\n";
pub const NOTHING: &str = "Nothing found.\n";
pub const COLUMNS: [&str; 3] = ["Key", "Ends in", "Place"];

/// How much was looked at.
pub fn looked(looked: Looked) -> String {
    let Looked { files, commits, bytes, unreadable } = looked;
    format!("\n{files} files, {commits} commits, {bytes} bytes. {unreadable} could not be read.\n")
}

/// Places beyond what is listed.
pub fn left_out(count: u64) -> String {
    format!("{count} more places are not listed.\n")
}

pub const NO_GIT: &str = "There is no git here: histories were not looked at.";
pub const NO_PROOF: &str = "The planted test key was not found: this proves nothing.";

pub const STORED_KEY: &str = "A stored key";
pub const SOME_KEY: &str = "A key";

/// A key by whoever issues such keys.
pub fn key_of(family: KeyFamily) -> String {
    format!("{} key", family_name(family))
}

/// A token by its service.
pub fn token_of(service: &str) -> String {
    format!("{service} token")
}

/// Where it is: a line of a file, or a commit of a history and a file in it.
pub fn place(path: &str, line: Option<u64>, commit: Option<&str>, file: Option<&str>) -> String {
    let history = if line.is_none() { ", git history" } else { "" };
    let line = line.map(|line| format!(":{line}")).unwrap_or_default();
    let commit = commit.map(|commit| format!(", commit {commit}")).unwrap_or_default();
    let file = file.map(|file| format!(", {file}")).unwrap_or_default();
    format!("{path}{line}{history}{commit}{file}")
}
