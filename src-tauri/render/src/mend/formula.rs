//! Half-written formulas: an inline one waits for its end, a display one is shown as its source until it comes.

use crate::math::{At, PENDING, at, open_display};

/// What a formula's mark means to a paragraph that is not complete.
pub(super) enum Formula {
    /// A formula, or what will be one: up to here nothing is a mark.
    Until(usize),
    /// Half a formula: nothing from here on is shown yet.
    Waits,
    None,
}

/// The text with the formula closed that is open at its end and goes over several lines.
pub(super) fn begun(tail: &str) -> Option<String> {
    let (start, closer) = open_display(tail)?;
    let half = &closer[..1];
    let shown = tail.strip_suffix(half).unwrap_or(tail).trim_end();
    if shown.len() <= start + closer.len() {
        return Some(tail[..start].trim_end_matches(' ').to_owned());
    }
    let mut text = shown.to_owned();
    text.push(PENDING);
    text.push_str(closer);
    Some(text)
}

/// What begins at a dollar sign, or at a backslash with a bracket after it.
pub(super) fn read(text: &str, start: usize) -> Formula {
    /// More than this, and it is no formula or has no end.
    const LONG: usize = 400;
    /// The same for what has no marks of LaTeX in it.
    const SHORT: usize = 60;
    let rest = &text[start..];
    let is_last_line = !rest.contains('\n');
    match at(text, start) {
        At::Formula(length) => Formula::Until(start + length),
        At::Open { display: true } => {
            let closer = if rest.starts_with('$') { "$$" } else { "\\]" };
            match rest[2..].find(closer) {
                Some(end) => Formula::Until(start + end + 4),
                None if is_last_line && rest.len() < LONG => Formula::Waits,
                None => Formula::None,
            }
        }
        At::Open { display: false } if is_last_line => {
            let is_tex = rest.starts_with('\\') || rest.contains(['\\', '^', '_', '{', '=']);
            let most = if is_tex { LONG } else { SHORT };
            let is_price = rest[1..].starts_with(|first: char| first.is_ascii_digit()) && !is_tex;
            if rest.len() < most && !is_price { Formula::Waits } else { Formula::None }
        }
        At::Nothing if rest == "$" => Formula::Waits,
        At::Open { display: false } | At::Nothing => Formula::None,
    }
}
