//! What a page or an answer chose, made fit for a native window: shortened, spelled out, in quotes.

/// Enough to know a name or an address again.
const CAP: usize = 160;

/// The text in quotes on one line, without a character that nobody can see or that turns the others round. A long one is
/// shown by its beginning and its end, with the number of its characters.
pub fn quoted(text: &str) -> String {
    let shown = render::spelled_out(text);
    let shown = shown.as_deref().unwrap_or(text);
    let line = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = line.chars().map(|c| if c.is_control() { '�' } else { c }).collect();
    let count = line.chars().count();
    if count <= CAP {
        return format!("“{line}”");
    }
    let head: String = line.chars().take(CAP * 2 / 3).collect();
    let tail: String = line.chars().skip(count - CAP / 3).collect();
    format!("“{head} … {tail}”, {count} characters")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_ones_are_whole_and_long_ones_keep_both_ends() {
        assert_eq!(quoted("Personal"), "“Personal”");
        assert_eq!(quoted("two\n\n lines\t"), "“two lines”");
        let long = format!("https://example.com/{}/end", "a".repeat(2_000));
        let shown = quoted(&long);
        assert!(shown.starts_with("“https://example.com/aaa"), "{shown}");
        assert!(shown.ends_with("/end”, 2024 characters"), "{shown}");
        assert!(shown.chars().count() < 200, "{shown}");
    }

    #[test]
    fn nothing_turns_round_or_hides() {
        let shown = quoted("OpenAI\u{202e}moc.live\u{200b}\u{2066}\u{feff}\u{7}");
        assert!(shown.contains("U+202E") && shown.contains("U+200B"), "{shown}");
        assert!(
            !shown.contains(['\u{202e}', '\u{200b}', '\u{2066}', '\u{feff}', '\u{7}']),
            "{shown}"
        );
    }
}
