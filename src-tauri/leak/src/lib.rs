//! Looks for keys that lie about: in files, in the histories of git and of shells, where other programs keep them.
//!
//! A finding names a place and the end of a key, never the key. Nothing here writes into what is looked at, follows a
//! link, opens a device, or asks a server.

mod check;
mod finding;
mod git;
mod known;
mod planted;
mod reading;
mod shown;
mod state;
mod walk;

pub use check::{Check, Outcome, Wish};
pub use finding::{Finding, GitSays, InHistory, Place, Whose};
pub use git::{ignore_line, says as git_says};
pub use known::{count_programs, count_shells};
pub use planted::Planted;
pub use state::Progress;
