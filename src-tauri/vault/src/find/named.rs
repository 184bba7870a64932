//! Values of what is called an API key: some providers' keys have no shape of their own.

use std::ops::Range;

use super::stretch::stretch;
use crate::find::{Found, What};
use crate::paste::is_stand_in;
use crate::shape::token;

/// How variables and fields for keys are called, at the end of their names.
pub(super) const NAMES: [&str; 5] = ["API_KEY", "api_key", "apiKey", "api-key", "API-Key"];

/// Shorter values are names of things.
const LEAST: usize = 24;

/// The value that follows a name, as in a shell, a `.env`, JSON, YAML or TOML.
pub(super) fn value_after(bytes: &[u8], name: Range<usize>) -> Option<Found> {
    let mut at = name.end;
    let mut said = false;
    // A quote ends the name, then something that gives it a value, then a quote begins the value.
    while let Some(byte) = bytes.get(at).filter(|_| at < name.end + 8) {
        match byte {
            b'=' | b':' => said = true,
            b'"' | b'\'' | b' ' | b'\t' | b'\\' | b'`' => {}
            _ => break,
        }
        at += 1;
    }
    let text = stretch(bytes, at, token);
    let after = &bytes[at + text.len()..];
    let goes_on = match after {
        [b'(' | b'[' | b'/' | b'$' | b'{', ..] => true,
        // A sentence may end here; a program goes on.
        [b'.', next, ..] => token(*next),
        _ => false,
    };
    let is_key = said && !goes_on && text.len() >= LEAST && is_random(text) && !is_stand_in(text);
    is_key.then(|| Found { range: at..at + text.len(), what: What::Named })
}

/// A value of letters and digits that change often, and not words with lines between them.
fn is_random(text: &str) -> bool {
    let class = |byte: &u8| (byte.is_ascii_digit(), byte.is_ascii_uppercase());
    let changes = text.as_bytes().windows(2).filter(|two| class(&two[0]) != class(&two[1])).count();
    let has = |of: fn(&u8) -> bool| text.as_bytes().iter().any(of);
    has(u8::is_ascii_digit)
        && has(u8::is_ascii_alphabetic)
        && changes >= 3
        && text.split(['-', '_']).any(|part| part.len() >= 16)
}
