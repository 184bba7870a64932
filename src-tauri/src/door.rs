//! The door for Latchkey in a terminal: a socket in Latchkey's own folder that this user alone can open. What goes through it
//! is one line each way, and never a key.

mod errand;
#[cfg(unix)]
mod socket;

pub use errand::{AuditEntry, Errand, KeyLine, RunWish, SpentLine, StoredLine, answer, read};
#[cfg(unix)]
pub use socket::{Lent, ask, lend, open};

/// Without such sockets nobody is there.
#[cfg(not(unix))]
pub fn ask(
    _: &crate::home::Home,
    _: &Errand,
) -> std::io::Result<Result<serde_json::Value, String>> {
    Err(std::io::ErrorKind::Unsupported.into())
}
