//! How amounts, ends of keys and lengths of time are written.

use std::fmt::Display;

/// To the cent, and no finer than a person reads: never less than it is.
pub fn dollars(nano: i64) -> String {
    const CENT: i64 = 10_000_000;
    let cents = nano.saturating_add(CENT - 1) / CENT;
    format!("${}.{:02}", cents / 100, cents % 100)
}

/// A key by its last characters.
pub fn ending(last_four: impl Display) -> String {
    format!("…{last_four}")
}

/// 3:05
pub fn minutes(ms: u64) -> String {
    let seconds = ms.div_ceil(1_000);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// How long a text is.
pub fn letters(text: &str) -> String {
    format!("{} letters", text.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_raised_is_said_in_full() {
        assert_eq!(
            [0, 1, 10_000_000, 12_345_000_000].map(dollars),
            ["$0.00", "$0.01", "$0.01", "$12.35"]
        );
    }
}
