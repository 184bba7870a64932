//! Bare addresses in a line of text, and where they end.
//!
//! GitHub's rule takes everything up to the next space. Where a sentence knows no spaces that is the rest of it, so an address
//! ends before full-width marks as well, before a mark that closes what was opened around it, and before a cell's border.

use std::ops::Range;

use crate::script::{is_wide_mark, is_without_spaces};

const WWW: &str = "www.";
/// Bytes of a host, and of what stands before an address and is looked at.
const LONGEST_HOST: usize = 300;
const NEAR: usize = 2 << 10;
const SCHEMES: [&str; 2] = ["https://", "http://"];

/// Whether there may be one in a text.
pub(crate) fn may_be_in(text: &str) -> bool {
    text.contains("://") || text.contains(WWW)
}

/// The next one in `line` that begins at `from` or later.
pub(crate) fn next(line: &str, from: usize) -> Option<Range<usize>> {
    let mut here = from;
    loop {
        let signs = line.as_bytes()[here..].windows(WWW.len());
        let is_sign = |sign: &[u8]| sign.starts_with(b"://") || sign == WWW.as_bytes();
        let at = here + signs.into_iter().position(is_sign)?;
        let start = start(line, at);
        let length = length(&line[start..], &line[..start]);
        if length > 0 {
            return Some(start..start + length);
        }
        here = at + 1;
    }
}

/// Where the address begins of which something was found at `at`.
fn start(line: &str, at: usize) -> usize {
    let begins = |scheme: &str| {
        let start = at.checked_sub(scheme.len() - "://".len())?;
        line.get(start..).is_some_and(|rest| has_prefix(rest, scheme)).then_some(start)
    };
    SCHEMES.iter().copied().find_map(begins).unwrap_or(at)
}

fn has_prefix(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// Bytes of the one that `rest` begins with; 0 if it begins with none.
pub(crate) fn length(rest: &str, before: &str) -> usize {
    let scheme = SCHEMES.iter().find(|scheme| has_prefix(rest, scheme));
    let is_www = rest.starts_with(WWW);
    let Some(name) = scheme.map(|scheme| scheme.len()).or(is_www.then_some(WWW.len())) else {
        return 0;
    };
    let host = host(&rest[name..]);
    if host == 0 || !may_follow(before, is_www) || is_target(before) {
        return 0;
    }
    let end = name + host;
    let goes_on = !rest[end..].starts_with(is_without_spaces);
    let path = if goes_on { path(&rest[end..], before) } else { 0 };
    trimmed(&rest[..end + path])
}

/// What the address of a link is that begins like this.
pub(crate) fn target(address: &str) -> String {
    if address.starts_with(WWW) { ["http://", address].concat() } else { address.to_owned() }
}

fn may_follow(before: &str, is_www: bool) -> bool {
    let Some(last) = before.chars().next_back() else { return true };
    let is_in_word = last.is_alphanumeric() && !is_without_spaces(last);
    let is_in_address = is_www && "/.-@+:=&?%#\\".contains(last);
    !is_in_word && !is_in_address
}

/// Whether what comes now is not text but the target of a link, or an address in angle brackets.
fn is_target(before: &str) -> bool {
    before.ends_with('<')
        || before.ends_with("](")
        || before.trim_end_matches([' ', '\t']).ends_with("]:")
}

/// Bytes of the host that `rest` begins with.
fn host(rest: &str) -> usize {
    if let Some((inner, _)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let is_number = inner.contains(':')
            && inner.bytes().all(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte));
        return if is_number { inner.len() + 2 } else { 0 };
    }
    let is_host = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    let whole = &rest[..rest.floor_char_boundary(LONGEST_HOST)];
    let whole = &whole[..whole.find(|c| !is_host(c)).unwrap_or(whole.len())];
    let host = &whole[..end_of_host(whole)];
    let mut last = host.trim_end_matches('.').rsplit('.');
    let is_fine = host.starts_with(char::is_alphanumeric)
        && !last.by_ref().take(2).any(|label| label.contains('_'));
    if is_fine { host.len() } else { 0 }
}

/// After a name in Latin letters, others begin the rest of the sentence.
fn end_of_host(host: &str) -> usize {
    let mut start = 0;
    let labels = host.split('.').count();
    for (at, label) in host.split('.').enumerate() {
        let is_latin = label.starts_with(|first: char| first.is_ascii_alphanumeric());
        let is_last = at + 1 == labels || at > 0;
        if let (true, true, Some(end)) = (is_latin, is_last, label.find(is_without_spaces)) {
            return start + end;
        }
        start += label.len() + 1;
    }
    host.len()
}

/// Bytes of what follows the host.
fn path(rest: &str, before: &str) -> usize {
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(NEAR))..];
    let is_bold = near.contains("**");
    let opened = before.chars().next_back().unwrap_or(' ');
    let mut depth = Depth::default();
    let mut last = 'a';
    for (at, character) in rest.char_indices() {
        let next = rest[at + character.len_utf8()..].chars().next().unwrap_or(' ');
        let ends = match character {
            '*' => opened == '*' || is_bold && next == '*',
            '_' => opened == '_' && !next.is_alphanumeric(),
            '~' => opened == '~' && next == '~',
            '\'' => opened == '\'',
            '\u{2019}' => !(last.is_alphanumeric() && next.is_alphanumeric()),
            _ if depth.closes_too_much(character) => {
                character != ')' || opened == '(' || is_without_spaces(next)
            }
            _ => is_end(character),
        };
        if ends {
            return at;
        }
        last = character;
    }
    rest.len()
}

/// What never is inside of an address.
fn is_end(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || is_wide_mark(character)
        || "<`|\"«»‘“”„‹›—…،؛؟।۔".contains(character)
}

/// Brackets that are open.
#[derive(Default)]
struct Depth([usize; 3]);

impl Depth {
    fn closes_too_much(&mut self, character: char) -> bool {
        let Some(kind) = "([{".find(character).or_else(|| ")]}".find(character)) else {
            return false;
        };
        if "([{".contains(character) {
            self.0[kind] += 1;
            return false;
        }
        let is_open = self.0[kind] > 0;
        self.0[kind] = self.0[kind].saturating_sub(1);
        !is_open
    }
}

/// Bytes of an address without what belongs to the sentence around it.
fn trimmed(address: &str) -> usize {
    let mut rest = address;
    while let Some(last) = rest.chars().next_back() {
        let shorter = &rest[..rest.len() - last.len_utf8()];
        rest = match last {
            ';' => without_entity(shorter).unwrap_or(shorter),
            _ if "?!.,:*_~'\u{2019}".contains(last) => shorter,
            ')' | ']' | '}' if is_unbalanced(rest) => shorter,
            _ => break,
        };
    }
    rest.len()
}

fn without_entity(rest: &str) -> Option<&str> {
    let (before, name) = rest.rsplit_once('&')?;
    (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(before)
}

fn is_unbalanced(address: &str) -> bool {
    let mut depth = Depth::default();
    address.chars().any(|character| depth.closes_too_much(character))
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn addresses_end_where_a_reader_would_end_them() {
        for (line, found) in [
            ("说明见 https://example.com/guide/12，然后再安装。", "https://example.com/guide/12"),
            ("网站是https://example.org。", "https://example.org"),
            ("（https://example.org/a）请看", "https://example.org/a"),
            ("「https://example.org/a」", "https://example.org/a"),
            ("“https://example.org/a”，", "https://example.org/a"),
            ("请看https://example.org然后", "https://example.org"),
            ("https://例え.jp/です", "https://例え.jp/です"),
            ("https://zh.wikipedia.org/wiki/中文、", "https://zh.wikipedia.org/wiki/中文"),
            ("**https://example.com/order/7**。请核对", "https://example.com/order/7"),
            ("**https://example.com/order/7**请核对", "https://example.com/order/7"),
            ("**见 https://example.com/a**请", "https://example.com/a"),
            ("*https://example.com/a*请", "https://example.com/a"),
            ("~~https://example.com/a~~请", "https://example.com/a"),
            ("(https://example.com/a)请", "https://example.com/a"),
            ("[https://example.com/a]", "https://example.com/a"),
            ("\"https://example.com/a\"", "https://example.com/a"),
            ("|https://example.com/a|", "https://example.com/a"),
            ("a (see https://example.com/a_(b)).", "https://example.com/a_(b)"),
            ("www.google.com/search?q=(business))+ok", "www.google.com/search?q=(business))+ok"),
            ("www.google.com/search?q=a&hl;", "www.google.com/search?q=a"),
            ("HTTP://LOCALHOST:8080/v1, then", "HTTP://LOCALHOST:8080/v1"),
            ("http://[::1]:1234/v1.", "http://[::1]:1234/v1"),
            ("ftp://a.b and http://c.d", "http://c.d"),
            ("انظر https://example.com/a، ثم", "https://example.com/a"),
            ("见www.example.com、", "www.example.com"),
        ] {
            assert_eq!(next(line, 0).map(|at| &line[at]), Some(found), "{line}");
        }
    }

    #[test]
    fn what_is_none_is_left_alone() {
        for line in [
            "[a](https://b.c)",
            "[a]: https://b.c",
            "<https://b.c>",
            "xhttps://b.c",
            "https://",
            "https://.",
            "http://a_b",
            "www.",
            "a.www.b",
            "://b.c",
            "no address",
        ] {
            assert_eq!(next(line, 0), None, "{line}");
        }
    }
}
