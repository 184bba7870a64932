//! What a command says: tables for people, JSON for programs, troubles beside both.

use std::io::Write;

use serde_json::{Value, json};

use super::{Call, Exit};

/// What a command has to say.
pub struct Said {
    /// For programs.
    pub json: Value,
    /// For people.
    pub text: String,
}

impl Said {
    /// Says it as it was asked for.
    pub fn say(&self, call: &Call) {
        match call.has("json") {
            true => line(&self.json.to_string()),
            false => line(self.text.trim_end()),
        }
    }
}

/// Says that it could not be done.
pub fn failed(call: &Call, words: &str) -> Exit {
    match call.has("json") {
        true => line(&json!({"error": words}).to_string()),
        false => trouble(words),
    }
    Exit::Failed
}

/// A line of the answer. Whoever no longer listens is not told that.
pub fn line(words: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{words}");
}

/// What goes wrong is said beside the answer.
pub fn trouble(words: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", crate::words::cli::trouble(words));
}

/// Columns, each as wide as its widest. What others chose holds nothing that a terminal would obey.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> =
        std::iter::once(head.iter().map(|&word| word.to_owned()).collect())
            .chain(rows.iter().map(|row| row.iter().map(|cell| tame(cell)).collect()))
            .collect();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

fn tame(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other_and_obey_nobody() {
        let rows = [
            vec!["a\u{1b}[31m".to_owned(), "1".to_owned()],
            vec!["long".to_owned(), "22".to_owned()],
        ];
        assert_eq!(table(&["Name", "N"], &rows), "Name    N\na [31m  1\nlong    22\n");
    }
}
