//! What the app was started for.

use crate::cli;

/// Begins without a window.
pub const HIDDEN: &str = "--hidden";

/// What is shown first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The large window.
    Window,
    /// No window, as far as there is a way to one.
    Hidden,
    /// The small window.
    Ask,
}

impl Start {
    /// As the arguments say.
    pub fn of(arguments: impl IntoIterator<Item = String>) -> Self {
        match arguments.into_iter().next().as_deref() {
            Some(HIDDEN) => Self::Hidden,
            Some(cli::ASK) => Self::Ask,
            _ => Self::Window,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_argument_counts() {
        let start = |line: &str| Start::of(line.split_whitespace().map(str::to_owned));
        assert_eq!(start(""), Start::Window);
        assert_eq!(start("--hidden"), Start::Hidden);
        assert_eq!(start("ask"), Start::Ask);
        assert_eq!(start("something ask"), Start::Window);
    }
}
