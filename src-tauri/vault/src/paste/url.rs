//! Addresses in what was handed over: a key in one has been seen by every server and log on its way.

use crate::key::KeyRefusal;
use crate::shape::{KeyKind, classify};

/// Refuses a text with a key in an address.
pub(super) fn refuse_keys_in(text: &str) -> Result<(), KeyRefusal> {
    let without_scheme = text.split_whitespace().filter(|word| is_path(word));
    match all(text).chain(without_scheme).any(holds_key) {
        true => Err(KeyRefusal::InAddress),
        false => Ok(()),
    }
}

/// Whether this place in a text lies inside an address.
pub(super) fn covers(text: &str, at: usize) -> bool {
    all(text).any(|url| {
        let start = url.as_ptr() as usize - text.as_ptr() as usize;
        (start..start + url.len()).contains(&at)
    })
}

/// The addresses in a text, from scheme to the next blank or quote.
fn all(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("://").map(|(at, _)| {
        let in_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        let start = text[..at].trim_end_matches(in_scheme).len();
        let ends = |c: char| c.is_whitespace() || "\"'`<>“”‘’«»".contains(c);
        let end = text[at..].find(ends).map_or(text.len(), |length| at + length);
        &text[start..end]
    })
}

/// `api.example.com/v1?…`: a host, a path and fields.
fn is_path(word: &str) -> bool {
    let path = word.split_once('?').and_then(|(path, _)| path.split_once('/'));
    !word.contains("://") && path.is_some_and(|(host, _)| host.contains('.'))
}

fn holds_key(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    if authority.contains('@') {
        return true;
    }
    let is_secret_field = |field: &str| {
        let (name, value) = field.split_once('=').unwrap_or(("", field));
        !value.is_empty() && super::labelled::speaks_of_a_key(name)
    };
    let has_field = rest
        .split_once(['?', '#'])
        .is_some_and(|(_, fields)| fields.split(['&', '#', ';']).any(is_secret_field));
    let is_key = |part: &str| {
        part.len() >= 20 && !matches!(classify(part).kind, KeyKind::Unknown | KeyKind::Ambiguous)
    };
    has_field || rest.split(['/', '?', '&', '=', '#', ':']).any(is_key)
}
