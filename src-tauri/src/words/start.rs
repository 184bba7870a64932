//! What is said in a terminal by the app itself.

/// It cannot run.
pub fn cannot_start(error: impl std::fmt::Display) -> String {
    format!("Latchkey cannot start: {error}")
}

/// It runs, and something is not as it should be.
pub fn warning(words: &str) -> String {
    format!("Latchkey: {words}")
}

pub const NOT_PROTECTED: &str = "the system does not let this process protect its memory";
