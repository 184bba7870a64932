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
    let ends = !matches!(bytes.get(at + text.len()), Some(b'.' | b'(' | b'[' | b'/' | b'$' | b'{'));
    let is_key = said && ends && text.len() >= LEAST && is_random(text) && !is_stand_in(text);
    is_key.then(|| Found { range: at..at + text.len(), what: What::Named })
}

/// A value of letters and digits that change often, and not words with lines between them.
fn is_random(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    digits >= 2 && letters >= 2 && text.split(['-', '_']).any(|part| part.len() >= 16)
}
