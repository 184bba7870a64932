//! Files of settings, a line each: names and values, sections, comments.

use super::paint::{Class, Painter};

pub(super) fn line(paint: &mut Painter<'_, '_>, start: usize, end: usize) {
    let text = &paint.line()[start..end];
    let first = start + text.len() - text.trim_start().len();
    let text = text.trim();
    let stop = first + text.len();
    if text.starts_with(['#', ';', '!']) {
        return paint.mark(Class::Comment, first, stop);
    }
    if text.starts_with('[') && text.ends_with(']') {
        return paint.mark(Class::Type, first, stop);
    }
    let rest = text.strip_prefix("export ").map_or(first, |_| first + "export ".len());
    paint.mark(Class::Keyword, first, rest.saturating_sub(1).max(first));
    let Some(mark) = paint.line()[rest..stop].find(['=', ':']) else { return };
    let name = paint.line()[rest..rest + mark].trim_end();
    paint.mark(Class::Attribute, rest, rest + name.len());
    let value = paint.line()[rest + mark + 1..stop].trim_start();
    let is_number =
        !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_word = ["true", "false", "yes", "no", "on", "off", "null"]
        .iter()
        .any(|word| word.eq_ignore_ascii_case(value));
    let class = if is_number || is_word { Class::Number } else { Class::String };
    paint.mark(class, stop - value.len(), stop);
}
