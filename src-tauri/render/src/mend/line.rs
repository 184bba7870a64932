//! The last line of a half-written text, and where its block began.

use crate::fold::may_become;
use crate::math::shield;
use crate::meant::ends_in_fence;

/// The lines that are complete, and the one that is not.
fn split(tail: &str) -> (&str, &str) {
    tail.split_at(tail.rfind('\n').map_or(0, |at| at + 1))
}

/// A line without the marks of the containers it is in.
pub(super) fn content(line: &str) -> &str {
    let mut rest = line.trim_start();
    loop {
        let after_number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let marks: &[char] =
            if after_number.len() < rest.len() { &['.', ')'] } else { &['-', '+', '*', '>'] };
        match after_number.strip_prefix(marks) {
            Some(after) if after.starts_with([' ', '\t']) || rest.starts_with('>') => {
                rest = after.trim_start();
            }
            _ => return rest,
        }
    }
}

/// Whether the last line is inside a fenced code block.
pub(super) fn is_in_fence(tail: &str) -> bool {
    ends_in_fence(split(tail).0)
}

/// Inside a fence: without a last line that may become its end.
pub(super) fn without_fence_end(tail: &str) -> &str {
    let (complete, partial) = split(tail);
    let marks = partial.trim();
    let may_end = ['`', '~'].iter().any(|&mark| marks.chars().all(|character| character == mark));
    if may_end { complete } else { tail }
}

/// So many marks become nothing any more, or nobody would see for too long that anything comes.
pub(super) const LONGEST_MARKS: usize = 400;

/// Without a last line that is nothing but marks yet: they may become a heading, a rule, an item, a fence.
pub(super) fn without_bare_marks(tail: &str) -> &str {
    let (complete, partial) = split(tail);
    if partial.len() > LONGEST_MARKS {
        return tail;
    }
    let is_mark = |character: char| "-=*_#>+|:~`. \t".contains(character);
    let content = content(partial);
    let is_box = ["[", "[ ", "[ ]", "[x", "[x]", "[X", "[X]"].contains(&content.trim_end())
        && content.len() < partial.trim_start().len();
    let is_fence = content.starts_with("```") || content.starts_with("~~~");
    let is_number = content
        .trim_end()
        .trim_end_matches(['.', ')'])
        .chars()
        .all(|character| character.is_ascii_digit());
    let is_half_callout = partial.trim_start().starts_with('>')
        && content.strip_prefix("[!").is_some_and(|name| name.chars().all(char::is_alphabetic));
    let is_tag = content.len() == partial.trim_start().len() && may_become(content);
    let waits = is_half_callout
        || is_tag
        || content.chars().all(is_mark)
        || is_number
        || is_box
        || is_fence;
    if waits { complete } else { tail }
}

/// Whether the last line says that its quote is a callout.
pub(super) fn is_callout(tail: &str) -> bool {
    const NAMES: [&str; 5] = ["note", "tip", "important", "warning", "caution"];
    let line = split(tail).1;
    let name = content(line).trim_end().strip_prefix("[!").and_then(|name| name.strip_suffix(']'));
    line.trim_start().starts_with('>')
        && name.is_some_and(|name| NAMES.iter().any(|known| known.eq_ignore_ascii_case(name)))
}

/// A place shortly before the end: marks further up are not looked for.
pub(super) fn near_end(tail: &str) -> usize {
    const NEAR: usize = 8 << 10;
    let from = tail.len().saturating_sub(NEAR);
    (from..=tail.len()).find(|&at| tail.is_char_boundary(at)).unwrap_or(tail.len())
}

/// Where the block begins that the last line is in, as far as marks inside it are concerned.
pub(super) fn last_block(tail: &str) -> usize {
    let inside_formula = shield(tail).1;
    let mut start = 0;
    let mut at = 0;
    for (line, number) in tail.split_inclusive('\n').zip(1..) {
        let text = line.trim_start();
        let begins =
            content(line).len() < text.trim_end().len() || text.starts_with(['#', '|', '>']);
        let is_inside = inside_formula.binary_search(&number).is_ok();
        if !is_inside && (begins || text.is_empty()) {
            start = at;
        }
        at += line.len();
    }
    start
}
