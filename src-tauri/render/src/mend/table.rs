//! The first line of a table whose rule has not come yet. Bars at the beginning of a line are hardly ever anything else,
//! so it is shown as a table at once, and its bars are not seen.

use super::line::content;
use crate::math::shield;

/// A row further to the right than its container by so much is code.
const CODE: usize = 4;

/// The text with a rule after its last line, if that begins a table.
pub(super) fn begun(tail: &str) -> Option<String> {
    let text = tail.strip_suffix('\n').unwrap_or(tail);
    let (above, line) = text.split_at(text.rfind('\n').map_or(0, |at| at + 1));
    let header = content(line);
    let is_header = header.starts_with('|') && header.trim_end().len() > 1;
    if !is_header || !may_begin(above, Margin::of(line)) {
        return None;
    }
    let before = &line[..line.len() - header.len()];
    // The rule is in the same quotes and items, and begins none.
    let same = |mark: char| if matches!(mark, '>' | '\t') { mark } else { ' ' };
    let below: String = before.chars().map(same).collect();
    let mut header = super::inline::close(header);
    if header.trim_end() == "|" {
        // What is in the first cell still waits, and without any cell there is no table.
        header.push('|');
    }
    let rule = "|-".repeat(columns(&header));
    Some([above, before, &header, "\n", &below, &rule, "|"].concat())
}

fn columns(header: &str) -> usize {
    // Bars in a formula are hidden from the parser as well.
    let header = shield(header).0.replace("\\|", "");
    let bars = header.matches('|').count();
    let columns = if header.trim_end().ends_with('|') { bars - 1 } else { bars };
    columns.max(1)
}

/// What a line has before its content.
#[derive(Clone, Copy)]
struct Margin {
    quotes: usize,
    /// Of what comes after the last quote's mark.
    width: usize,
    begins_item: bool,
}

impl Margin {
    fn of(line: &str) -> Self {
        let before = &line[..line.len() - content(line).len()];
        let quotes = before.matches('>').count();
        let inner = match before.rsplit_once('>') {
            Some((_, inner)) => inner.strip_prefix(' ').unwrap_or(inner),
            None => before,
        };
        Self { quotes, width: inner.len(), begins_item: !inner.trim().is_empty() }
    }
}

/// Whether a line with such a margin may begin a table after the lines above it.
fn may_begin(above: &str, margin: Margin) -> bool {
    if margin.begins_item {
        return true;
    }
    let is_code = |container: usize| margin.width >= container + CODE;
    let last = above.lines().next_back().unwrap_or_default();
    let text = content(last);
    if text.trim().is_empty() {
        return !is_code(container(above, margin));
    }
    let paragraph = Margin::of(last);
    if paragraph.quotes < margin.quotes {
        return !is_code(0);
    }
    // Further to the left, the line is more of the paragraph above and nothing else; after one with bars it is a row.
    paragraph.quotes == margin.quotes
        && margin.width >= paragraph.width
        && !is_code(paragraph.width)
        && !text.contains('|')
}

/// How wide the margin is that an item gives to a line after an empty one; 0 outside of all items.
fn container(above: &str, margin: Margin) -> usize {
    above
        .lines()
        .rev()
        .filter(|above| !content(above).trim().is_empty())
        .map(Margin::of)
        .take_while(|above| above.quotes >= margin.quotes && above.width > 0)
        .find(|above| above.begins_item && above.width <= margin.width)
        .map_or(0, |item| item.width)
}
