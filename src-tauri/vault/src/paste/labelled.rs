//! A key inside a line of code, of a settings file, of a header or of a sentence.
//!
//! A value counts as a key if what stands before it speaks of one. Where several different ones stand there, nobody is
//! guessed at.

use crate::key::{Flaw, KeyRefusal};
use crate::shape::{KeyKind, classify};

/// The only value in a text that its label calls a key.
pub(super) fn find(text: &str) -> Result<Option<&str>, KeyRefusal> {
    let mut found: Vec<&str> = Vec::new();
    for value in values(text) {
        let value = value?;
        if !found.contains(&value) {
            found.push(value);
        }
    }
    let known: Vec<&str> = found.iter().copied().filter(|value| is_known(value)).collect();
    match (known.as_slice(), found.as_slice()) {
        ([only], _) | ([], [only]) => Ok(Some(only)),
        ([], []) => Ok(None),
        _ => Err(KeyRefusal::Several),
    }
}

/// The last word of a sentence, if its shape is known and what stands before it is plain words.
pub(super) fn in_prose(text: &str) -> Option<&str> {
    let (before, last) = text.rsplit_once(char::is_whitespace)?;
    let mut peeled = Vec::new();
    let key = super::peel::peel(last, &mut peeled);
    let is_plain = |word: &str| {
        word.chars().count() <= 24
            && word.chars().all(|c| c.is_alphabetic() || c.is_ascii_punctuation() && c != '-')
    };
    (is_known(key) && before.split_whitespace().all(is_plain)).then_some(last)
}

/// Whether a name of a field, a variable or a header announces a key.
pub(super) fn speaks_of_a_key(name: &str) -> bool {
    let name: String =
        name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    // What ends otherwise is a count, an id or the address of one.
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let ends = |end: &&str| name.ends_with(*end);
    ["key", "token", "secret", "authorization", "auth", "bearer", "password", "credential"]
        .iter()
        .any(ends)
        || ["clave", "chave", "chiave", "klucz", "sleutel"].iter().any(ends)
}

/// The same of a label in another script, or with letters that are not ASCII.
fn speaks_of_a_key_elsewhere(before: &str) -> bool {
    let before = before.trim_end().to_lowercase();
    ["schlüssel", "clé", "ключ", "密钥", "密鑰", "金鑰", "キー", "키"]
        .iter()
        .any(|word| before.ends_with(word))
}

/// Each value behind a label, or the reason why one cannot be told from what follows.
fn values(text: &str) -> impl Iterator<Item = Result<&str, KeyRefusal>> {
    let separators =
        text.char_indices().filter(|(_, c)| matches!(c, '=' | ':' | '：' | '>' | ',' | ' ' | '\t'));
    separators.filter_map(move |(at, c)| {
        if super::url::covers(text, at) {
            return None;
        }
        let name = name_before(&text[..at]);
        let value = &text[at + c.len_utf8()..];
        let is_label = match c {
            '=' | ':' | '：' => {
                (speaks_of_a_key(name) || speaks_of_a_key_elsewhere(&text[..at]))
                    && !value.starts_with("//")
            }
            '>' => {
                let arrow = text[..at].strip_suffix('-');
                arrow.is_some_and(|before| speaks_of_a_key(name_before(before)))
            }
            // A table of two columns.
            ',' => text[..at].trim() == name && speaks_of_a_key(name),
            _ => announces(&text[..at], name),
        };
        is_label.then(|| value_of(value)).flatten()
    })
}

/// Whether a name is followed by its value without a sign between them: `--api-key x`, `setx NAME x`, `Bearer x`.
fn announces(before: &str, name: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or(before);
    let word = word.trim_start_matches(['"', '\'', '`', '(', '{', '$']);
    let is_scheme = name.eq_ignore_ascii_case("bearer");
    let is_flag = word.starts_with("--") && !word.contains('=') && speaks_of_a_key(name);
    let is_variable = name.contains('_')
        && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
        && speaks_of_a_key(name)
        && before.len() > word.len();
    let is_column = before.trim() == name
        && name.contains(['_', '-'])
        && speaks_of_a_key(name)
        && name.len() <= 24;
    is_scheme || is_flag || is_variable || is_column
}

/// The name at the end of a text, without the quotes, brackets and blanks around it.
fn name_before(text: &str) -> &str {
    let text = text.trim_end_matches([' ', '\t', '"', '\'', '`', ']', ')', '”', '’', '*', '?']);
    let in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let start = text.trim_end_matches(in_name).len();
    &text[start..]
}

/// What a label announces: up to the closing quote, or to the next blank if nothing follows that could belong to it.
fn value_of(text: &str) -> Option<Result<&str, KeyRefusal>> {
    let text = text.trim_start_matches([' ', '\t', '=', ':', '*', '>']);
    let text = below(text).unwrap_or(text);
    let text = without_scheme(text);
    let opened = text.chars().next().filter(|c| "\"'`“‘«".contains(*c));
    let inner = opened.map_or(text, |quote| &text[quote.len_utf8()..]);
    let inner = without_scheme(inner);
    let ends =
        |c: char| c.is_whitespace() && opened.is_none() || "\"'`“”‘’«»".contains(c) || c == '\n';
    let end = inner.find(ends).unwrap_or(inner.len());
    let (value, rest) = inner.split_at(end);
    // In brackets, a comma or a bracket ends it.
    let value = value.split([',', ')', '}', ']', ';', '&', '|']).next().unwrap_or(value).trim();
    if value.is_empty() || is_another_name(value) || is_trivial(value) {
        return None;
    }
    let is_whole = opened.is_some() || is_end(rest) && !continues(rest);
    Some(if is_whole { Ok(value) } else { Err(KeyRefusal::NotAKey { flaw: Flaw::WhiteSpace }) })
}

/// The line below a label that stands in a line of its own, if it is a single word and no label again.
fn below(text: &str) -> Option<&str> {
    let line = text.trim_start();
    let is_below = text.starts_with(['\n', '\r']);
    let word = line.lines().next()?.trim();
    let is_single = !word.contains(|c: char| c.is_whitespace() || matches!(c, '=' | ':'));
    (is_below && is_single).then_some(line)
}

fn without_scheme(text: &str) -> &str {
    let first = text.split([' ', '\t']).next().unwrap_or(text);
    let is_scheme =
        ["bearer", "token", "basic", "f\"bearer"].iter().any(|s| first.eq_ignore_ascii_case(s));
    if is_scheme { text[first.len()..].trim_start_matches([' ', '\t']) } else { text }
}

/// Whether a line ends here, or only a comment or another part of a command follows.
fn is_end(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\t']);
    let starts = [
        "\n", "\r", "#", "//", "--", "-", "&", "|", ";", ",", ")", "}", "]", "\\", "\"", "'", "”",
        "’", "`", "http",
    ];
    rest.is_empty() || starts.iter().any(|start| rest.starts_with(start)) || is_command(rest)
}

/// `NAME=key python main.py`: a short plain word in small letters.
fn is_command(rest: &str) -> bool {
    let word = rest.split_whitespace().next().unwrap_or_default();
    const COMMANDS: [&str; 14] = [
        "python", "python3", "node", "npm", "npx", "cargo", "curl", "uv", "docker", "aider", "llm",
        "make", "bash", "go",
    ];
    COMMANDS.contains(&word)
}

/// Whether the next line looks like the rest of the same key, torn off by a line end.
fn continues(rest: &str) -> bool {
    let Some((_, below)) = rest.split_once('\n') else { return false };
    let line = below.lines().next().unwrap_or_default().trim();
    let in_key = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    line.len() >= 8 && line.bytes().all(in_key)
}

/// `Authorization: Bearer …` read at its first sign, `key = os.environ[…]`.
fn is_another_name(value: &str) -> bool {
    ["bearer", "basic", "str", "string", "true", "false", "null", "none"]
        .iter()
        .any(|word| value.eq_ignore_ascii_case(word))
}

fn is_trivial(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_punctuation() && b != b'*' && b != b'.')
}

fn is_known(value: &str) -> bool {
    !matches!(classify(value).kind, KeyKind::Unknown)
}
