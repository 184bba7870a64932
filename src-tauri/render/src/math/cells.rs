//! Bars in code in a table's row: GitHub's rule takes them for borders, and what is after the last one is lost.

use super::shield::{code, hide_marks};

/// The number of cells that a table's rule asks for.
pub(super) fn in_rule(content: &str) -> Option<usize> {
    let rule = content.trim();
    let is_rule = rule.contains('-')
        && rule.contains('|')
        && rule.bytes().all(|byte| matches!(byte, b'-' | b':' | b'|' | b' ' | b'\t'));
    is_rule.then(|| count(rule, &[]))
}

/// Whether bars in code belong to the code. In a row that has its cells without that, they do not.
pub(super) fn are_joined_by_code(line: &str, columns: Option<usize>) -> bool {
    if !line.contains('|') || !line.contains('`') {
        return false;
    }
    let Some(columns) = columns else { return true };
    let mut spans = vec![];
    let mut here = 0;
    while let Some(found) = line[here..].find(['`', '\\']) {
        here += found;
        let length = match line[here..].starts_with('`') {
            true => code(&line[here..]),
            false => 1 + line[here + 1..].chars().next().map_or(0, char::len_utf8),
        };
        if line[here..].starts_with('`') {
            spans.push((here, here + length));
        }
        here += length;
    }
    count(line, &spans) == columns || count(line, &[]) != columns
}

/// Cells of a row in which the bars inside of some parts are none.
fn count(row: &str, without: &[(usize, usize)]) -> usize {
    let start = row.len() - row.trim_start_matches([' ', '>', '\t']).len();
    let end = row.trim_end().len();
    let bytes = row.as_bytes();
    let is_border = |at: usize| {
        let is_free = without.iter().all(|&(from, to)| at < from || at >= to);
        bytes[at] == b'|' && (at == 0 || bytes[at - 1] != b'\\') && is_free
    };
    let borders = (start..end).filter(|&at| is_border(at)).count();
    let outer = usize::from(bytes.get(start) == Some(&b'|'))
        + usize::from(end > start + 1 && is_border(end - 1));
    (borders + 1).saturating_sub(outer)
}

/// Writes code with a stand-in for every bar that is not escaped.
pub(super) fn hide_bars(out: &mut String, code: &str) {
    for (at, part) in code.split('|').enumerate() {
        if at > 0 {
            if out.ends_with('\\') { out.push('|') } else { hide_marks(out, "|") }
        }
        out.push_str(part);
    }
}
