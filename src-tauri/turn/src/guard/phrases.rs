//! Secrets that are known by what stands around them: a password in an address, a private key, a token that a request shows.

use std::ops::Range;

use super::SecretKind;

/// No address, and no line of a private key, is longer.
const LONGEST: usize = 16 * 1024;

/// Every such secret in a text.
pub(super) fn find(text: &str) -> Vec<(Range<usize>, SecretKind)> {
    let mut found = passwords(text);
    found.extend(private_keys(text));
    found.extend(bearers(text));
    found
}

/// The password of `scheme://user:password@host`.
fn passwords(text: &str) -> Vec<(Range<usize>, SecretKind)> {
    let of = |at: usize| {
        let start = at + 3;
        let rest = &text[start..text.len().min(floor(text, start + LONGEST))];
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '`' | '<' | '>'));
        // A password may have any sign in it, an address ends its host with the first slash: the last @ counts.
        let authority = &rest[..end.unwrap_or(rest.len())];
        let login = &authority[..authority.rfind('@')?];
        let (user, password) = login.split_once(':')?;
        let is_host = authority[login.len() + 1..]
            .starts_with(|c: char| c.is_alphanumeric() || c == '[' || c == '$');
        let range = start + user.len() + 1..start + login.len();
        (is_host && is_password(password)).then_some((range, SecretKind::Password))
    };
    text.match_indices("://").filter_map(|(at, _)| of(at)).collect()
}

/// Not one that only stands for a password.
fn is_password(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let stands = ["password", "passwd", "pass", "pwd", "pw", "secret", "xxx", "***", "..."];
    let is_variable = text.starts_with(['$', '{', '<', '%', '[', '⟪']) || text.contains("${");
    let is_masked =
        !text.is_empty() && text.chars().all(|c| matches!(c, '*' | 'x' | 'X' | '.' | '•'));
    !text.is_empty() && !is_variable && !is_masked && !stands.contains(&lower.as_str())
}

/// From `-----BEGIN … PRIVATE KEY` to its end, or to the end of the text if that was cut off.
fn private_keys(text: &str) -> Vec<(Range<usize>, SecretKind)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(begin) = text[at..].find("-----BEGIN ").map(|begin| at + begin) {
        let line_end = text[begin..].find('\n').map_or(text.len(), |end| begin + end);
        let head = &text[begin..line_end];
        at = begin + "-----BEGIN ".len();
        let Some(head_end) = head.find("PRIVATE KEY").map(|key| begin + key) else { continue };
        let end = text[head_end..].find("-----END ").map(|end| head_end + end);
        let end = end.map_or(text.len(), |end| {
            let after = end + "-----END ".len();
            text[after..].find("-----").map_or(text.len(), |dashes| after + dashes + 5)
        });
        // A header alone, as papers speak of it, holds no key.
        let body = text[head_end..end].bytes().filter(u8::is_ascii_alphanumeric).count();
        if body >= 64 {
            found.push((begin..end, SecretKind::PrivateKey));
            at = end;
        }
    }
    found
}

/// What follows `Bearer`, and a token that names its own parts.
fn bearers(text: &str) -> Vec<(Range<usize>, SecretKind)> {
    let mut found = Vec::new();
    for word in ["Bearer ", "bearer "] {
        for (at, _) in text.match_indices(word) {
            let start = at + word.len();
            let length = stretch(&text[start..]);
            let token = &text[start..start + length];
            if length >= 24 && is_random(token) {
                found.push((start..start + length, SecretKind::Bearer));
            }
        }
    }
    for (at, _) in text.match_indices("eyJ") {
        let length = stretch(&text[at..]);
        let parts: Vec<&str> = text[at..at + length].split('.').collect();
        if let [head, body, seal] = parts[..]
            && head.len() >= 12
            && body.starts_with("eyJ")
            && seal.len() >= 20
        {
            found.push((at..at + length, SecretKind::Bearer));
        }
    }
    found
}

fn stretch(text: &str) -> usize {
    let in_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(byte);
    let length = text.bytes().take(LONGEST).take_while(in_token).count();
    text[..length].trim_end_matches('.').len()
}

/// Letters and digits, some of each.
pub(super) fn is_random(text: &str) -> bool {
    let count = |of: fn(&u8) -> bool| text.as_bytes().iter().filter(|byte| of(byte)).count();
    count(u8::is_ascii_digit) >= 2 && count(u8::is_ascii_alphabetic) >= 2
}

/// The largest place at or before this one where a letter begins.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}
