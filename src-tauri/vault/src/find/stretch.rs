//! The text that stands where a key seems to begin, and whether it is one.

use crate::find::{Found, What};
use crate::paste::is_stand_in;
use crate::shape::{KeyKind, classify, in_token, service_of, token};

/// The longest text that is a key.
const LONGEST: usize = 512;

/// The key or token that begins exactly here.
pub(super) fn shaped_at(bytes: &[u8], start: usize) -> Option<Found> {
    if !begins_at(bytes, start) {
        return None;
    }
    // Most are made of few characters. Some have dots or signs of base64 among them, which end one in other texts: of these
    // a provider's shape says how long they are, while a token of a service may have anything after it.
    let (narrow, wide) = (stretch(bytes, start, token), stretch(bytes, start, in_token));
    let is_key = |what: &What| matches!(what, What::Shaped(_));
    let found =
        [(wide, true), (narrow, false), (wide, false)].into_iter().find_map(|(text, of_key)| {
            let what = what_of(text).filter(|what| !of_key || is_key(what))?;
            (is_varied(text) && !is_stand_in(text)).then_some((text, what))
        });
    found.map(|(text, what)| Found { range: start..start + text.len(), what })
}

/// Whether a word may begin here: after no character of a key, or after an escaped one.
pub(super) fn begins_at(bytes: &[u8], start: usize) -> bool {
    let before = &bytes[start.saturating_sub(6)..start];
    match before {
        [] => true,
        [.., last] if !token(*last) => true,
        [.., b'\\', b'n' | b'r' | b't' | b'"' | b'f' | b'b'] => true,
        [.., b'%', a, b] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => true,
        [b'\\', b'u', b'0', b'0', a, b] => a.is_ascii_hexdigit() && b.is_ascii_hexdigit(),
        // The end of a colour in what a terminal has shown.
        [.., b'[', b'm'] | [.., b'[', _, b'm'] | [.., b'[', _, _, b'm'] => true,
        _ => false,
    }
}

/// The longest text from here on of such characters.
pub(super) fn stretch(bytes: &[u8], start: usize, of: fn(u8) -> bool) -> &str {
    let rest = &bytes[start..bytes.len().min(start + LONGEST + 1)];
    let length = rest.iter().take_while(|byte| of(**byte)).count();
    let text = std::str::from_utf8(&rest[..length]).unwrap_or_default();
    // A key ends no sentence with a dot of its own.
    text.trim_end_matches('.')
}

fn what_of(text: &str) -> Option<What> {
    if text.len() > LONGEST {
        return None;
    }
    let shape = classify(text);
    match (shape.kind, service_of(text)) {
        (KeyKind::Foreign, Some(service)) => Some(What::Token(service.name)),
        (KeyKind::Unknown, _) if shape.family.is_none() => None,
        _ => Some(What::Shaped(shape)),
    }
}

/// Random text has digits, or large and small letters; a long word of a program may have neither. An id in capitals only is
/// told by its length.
pub(super) fn is_varied(text: &str) -> bool {
    let body = text.rsplit(['-', '_', '.']).next().filter(|last| last.len() >= 12).unwrap_or(text);
    let has = |of: fn(&u8) -> bool| body.as_bytes().iter().any(of);
    let shouts = body.len() == text.len() && !has(u8::is_ascii_lowercase);
    shouts || has(u8::is_ascii_digit) || has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase)
}
