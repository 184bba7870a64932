//! Markdown as source, and what is said over a wire or into a log.

use super::paint::{Class, Painter};
use super::{Highlighter, language};

/// Where a line of markdown ends.
#[derive(Debug, Clone, Default)]
pub(super) struct Markdown {
    fence: Option<Fence>,
}

#[derive(Debug, Clone)]
struct Fence {
    mark: u8,
    length: usize,
    lines: Option<Box<Highlighter>>,
}

pub(super) fn markdown(
    state: &mut Markdown,
    paint: &mut Painter<'_, '_>,
    start: usize,
    end: usize,
) {
    let text = &paint.line()[start..end];
    let content = text.trim_start();
    let first = end - content.len();
    let mark = content.bytes().next().filter(|mark| matches!(mark, b'`' | b'~'));
    let length = content.bytes().take_while(|&byte| Some(byte) == mark).count();
    if let Some(fence) = &mut state.fence {
        let closes = Some(fence.mark) == mark
            && length >= fence.length
            && content[length..].trim().is_empty();
        if closes {
            state.fence = None;
            return paint.mark(Class::Meta, first, end);
        }
        if let Some(lines) = &mut fence.lines {
            lines.part(paint, start, end);
        }
        return;
    }
    if let (Some(mark), true) = (mark, length >= 3) {
        let word = content[length..].split([' ', ',', '{', ':']).next().unwrap_or_default();
        // Markdown in markdown would go on for ever.
        let inner = language(word).filter(|inner| !inner.is_markdown());
        let lines = inner.map(|inner| Box::new(Highlighter::new(inner)));
        state.fence = Some(Fence { mark, length, lines });
        return paint.mark(Class::Meta, first, end);
    }
    match content.as_bytes() {
        [b'#', ..] => paint.mark(Class::Function, first, end),
        [b'>', ..] => paint.mark(Class::Comment, first, end),
        [b'-' | b'*' | b'+', b' ', ..] => {
            paint.mark(Class::Keyword, first, first + 1);
            inline(paint, first + 2, end);
        }
        _ => inline(paint, first, end),
    }
}

/// Code, links and emphasis.
fn inline(paint: &mut Painter<'_, '_>, start: usize, end: usize) {
    let line = paint.line();
    let mut at = start;
    while let Some(found) = line[at..end].find(['`', '[', '*']) {
        let open = at + found;
        let rest = &line[open..end];
        let (length, class) = match rest.as_bytes() {
            [b'`', ..] => (rest[1..].find('`').map(|at| at + 2), Class::String),
            [b'*', b'*', ..] => (rest[2..].find("**").map(|at| at + 4), Class::Keyword),
            [b'[', ..] => {
                let link =
                    rest.find("](").and_then(|at| rest[at..].find(')').map(|end| at + end + 1));
                (link, Class::Attribute)
            }
            _ => (None, Class::Keyword),
        };
        match length {
            Some(length) => {
                paint.mark(class, open, open + length);
                at = open + length;
            }
            // What does not close here does not close later on this line either.
            None if class == Class::Attribute || rest.len() > 400 => return,
            None => at = open + 1,
        }
    }
}

/// Where a message of HTTP is.
#[derive(Debug, Clone, Default)]
pub(super) enum Message {
    #[default]
    Start,
    Headers,
    Body(Option<Box<Highlighter>>),
}

pub(super) fn http(state: &mut Message, paint: &mut Painter<'_, '_>, start: usize, end: usize) {
    let text = &paint.line()[start..end];
    match state {
        Message::Start if text.trim().is_empty() => {}
        Message::Start => {
            let word = text.find(' ').unwrap_or(text.len());
            paint.mark(Class::Keyword, start, start + word);
            let version = text.rfind(" HTTP/").unwrap_or(text.len());
            paint.mark(Class::String, start + word + 1, start + version.max(word));
            *state = Message::Headers;
        }
        Message::Headers if text.trim().is_empty() => {
            *state = Message::Body(language("json").map(|json| Box::new(Highlighter::new(json))));
        }
        Message::Headers => {
            if let Some(colon) = text.find(':') {
                paint.mark(Class::Attribute, start, start + colon);
            }
        }
        Message::Body(Some(lines)) => lines.part(paint, start, end),
        Message::Body(None) => {}
    }
}

/// Lines of a log: times, levels, strings.
pub(super) fn log(paint: &mut Painter<'_, '_>, start: usize, end: usize) {
    const LEVELS: [(&str, Class); 10] = [
        ("TRACE", Class::Comment),
        ("DEBUG", Class::Comment),
        ("INFO", Class::Function),
        ("NOTICE", Class::Function),
        ("WARN", Class::Meta),
        ("WARNING", Class::Meta),
        ("ERROR", Class::Keyword),
        ("ERR", Class::Keyword),
        ("FATAL", Class::Keyword),
        ("CRITICAL", Class::Keyword),
    ];
    let line = paint.line();
    let mut at = start;
    while at < end {
        let rest = &line[at..end];
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.' | '+');
        let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let word = &rest[..length];
        let bare = word.trim_end_matches(':');
        let level = LEVELS.iter().find(|(level, _)| level.eq_ignore_ascii_case(bare));
        if let Some(&(_, class)) = level {
            paint.mark(class, at, at + bare.len());
        } else if word.starts_with(|c: char| c.is_ascii_digit()) {
            paint.mark(Class::Number, at, at + length);
        }
        at += length;
        let quoted = line[at..end].strip_prefix('"').and_then(|inside| inside.find('"'));
        if let Some(quoted) = quoted {
            paint.mark(Class::String, at, at + quoted + 2);
            at += quoted + 2;
        } else {
            at += line[at..end].chars().next().map_or(0, char::len_utf8);
        }
    }
}
