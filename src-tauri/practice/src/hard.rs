//! Texts that bring pages to a stop: few letters that ask for much.

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hard {
    /// Bold marks inside of words, ten thousand times, with an open mark behind them.
    Marks,
    /// Emphasis in links in emphasis.
    Links,
    /// Two kinds of marks in turn, thirty thousand times.
    Turns,
    /// Twenty thousand code blocks with nothing in them.
    Fences,
    /// A hundred thousand short paragraphs.
    Paragraphs,
}

/// The names of their models.
pub(crate) const NAMES: [(&str, Hard); 5] = [
    ("hard-marks", Hard::Marks),
    ("hard-links", Hard::Links),
    ("hard-turns", Hard::Turns),
    ("hard-fences", Hard::Fences),
    ("hard-paragraphs", Hard::Paragraphs),
];

impl Hard {
    /// The text itself.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Marks => "a**b".repeat(10_000) + "*",
            Self::Links => "**x [*b**c*](d)".repeat(4_000),
            Self::Turns => "*_".repeat(30_000),
            Self::Fences => "```\n```\n".repeat(20_000),
            Self::Paragraphs => "a\n\n".repeat(100_000),
        }
    }
}
