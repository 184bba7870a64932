//! Links: only to where a browser or a mail program may go, and never to somewhere else than they seem to.

use url::Url;

use crate::hidden::{write_attribute, write_text};
use crate::limits;

/// What comes before and after the text of a link.
pub(super) fn tags(target: &str, words: &str) -> (String, String) {
    let Some(url) = allowed(target) else {
        return (String::new(), note(words, target));
    };
    let mut open = String::from("<a href=\"");
    write_attribute(&mut open, url.as_str());
    open.push_str("\" data-link=\"\">");
    let host = url.host_str().unwrap_or_default();
    let mut close = String::from("</a>");
    if !host.is_empty() && is_misleading(&url, host, words) {
        close.push_str(&note("", host));
    }
    (open, close)
}

/// The address, normalised: the host in ASCII, everything else percent-encoded.
fn allowed(target: &str) -> Option<Url> {
    if target.len() > limits::TARGET {
        return None;
    }
    let url = Url::parse(target).ok()?;
    let fits = match url.scheme() {
        "http" | "https" => url.has_host(),
        "mailto" => true,
        _ => false,
    };
    (fits && url.as_str().len() <= 2 * limits::TARGET).then_some(url)
}

/// Shows a target after the words of a link, unless the words are the target.
fn note(words: &str, target: &str) -> String {
    if words == target {
        return String::new();
    }
    let shown = match target.char_indices().nth(limits::TARGET) {
        Some((end, _)) => &target[..end],
        None => target,
    };
    let mut out = String::from(" <span class=\"mono\">(");
    write_text(&mut out, shown);
    out.push_str(")</span>");
    out
}

/// Whether a person who reads the words would expect another host.
fn is_misleading(url: &Url, host: &str, words: &str) -> bool {
    if !url.username().is_empty() || url.password().is_some() {
        return true;
    }
    // An international host may look like another one, and the words may hide it in look-alike letters.
    if host.split('.').any(|label| label.starts_with("xn--")) {
        return true;
    }
    let Some(seen) = host_in(words, url) else { return false };
    let bare = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_owned();
    bare(&seen) != bare(host)
}

/// The host that the words seem to name.
fn host_in(words: &str, url: &Url) -> Option<String> {
    let words = words.trim();
    if words.contains(char::is_whitespace) {
        return None;
    }
    let after_scheme = words.split_once("://").map(|(_, rest)| rest);
    let seen = after_scheme.unwrap_or(words).split(['/', '?', '#', ':']).next()?;
    let seen = seen.rsplit('@').next()?.to_lowercase();
    let (_, last) = seen.rsplit_once('.')?;
    let is_name = last.chars().count() >= 2 && last.chars().all(char::is_alphabetic);
    // "main.rs" with a link to that file looks like a host and is none.
    let is_file =
        after_scheme.is_none() && url.path().to_lowercase().ends_with(&format!("/{seen}"));
    (is_name && !is_file).then_some(seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(target: &str, words: &str) -> String {
        let (open, close) = tags(target, words);
        format!("{open}{words}{close}")
    }

    #[test]
    fn only_the_web_and_mail() {
        assert_eq!(
            link("https://example.org/a?b=c&d", "here"),
            "<a href=\"https://example.org/a?b=c&amp;d\" data-link=\"\">here</a>"
        );
        assert_eq!(link("MAILTO:a@b.org", "m"), "<a href=\"mailto:a@b.org\" data-link=\"\">m</a>");
        for target in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "vbscript:x",
            "smb://host/share",
            "ms-msdt:x",
            "tauri://localhost",
            "ipc://localhost",
            "asset://localhost/x",
            "blob:https://x.org/1",
            "//example.org/x",
            "/relative",
            "#anchor",
            "https://",
            "",
        ] {
            let html = link(target, "here");
            assert!(!html.contains("<a"), "{target:?} became {html}");
            assert!(html.starts_with("here <span class=\"mono\">("), "{html}");
        }
    }

    #[test]
    fn other_host_than_it_seems_is_shown() {
        let noted = |target, words| link(target, words).contains("<span class=\"mono\">(");
        for (target, words) in [
            ("https://evil.example/", "github.com"),
            ("https://evil.example/", "https://github.com/rust-lang"),
            ("https://github.com.evil.example/", "github.com"),
            ("https://github.com@evil.example/", "here"),
            ("https://аррӏе.com/", "аррӏе.com"),
            ("https://bücher.example/", "books"),
        ] {
            assert!(noted(target, words), "{words} -> {target}");
        }
        for (target, words) in [
            ("https://github.com/rust-lang", "github.com/rust-lang"),
            ("https://www.github.com/", "github.com"),
            ("https://github.com/a/b/main.rs", "main.rs"),
            ("https://docs.rs/serde", "the documentation"),
            ("https://docs.rs/serde", "version 1.0"),
        ] {
            assert!(!noted(target, words), "{words} -> {target}");
        }
        assert!(link("https://аррӏе.com/", "x").contains("(xn--80ak6aa92e.com)"));
    }
}
