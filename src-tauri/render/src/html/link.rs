//! Links: only to where a browser or a mail program may go, and never to somewhere else than they seem to.

use url::{Host, Url};

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
    let mut close = String::from("</a>");
    let seen = host_in(words, &url);
    let mut hosts = hosts(&url);
    hosts.retain(|host| is_misleading(&url, host, seen.as_deref()));
    if !hosts.is_empty() {
        close.push_str(&note("", &hosts.join(", ")));
    }
    (open, close)
}

/// Where a link leads: one host, but for mail to several people.
fn hosts(url: &Url) -> Vec<String> {
    if let Some(host) = url.host_str() {
        return vec![host.to_owned()];
    }
    let is_receiver =
        |name: &str| ["to", "cc", "bcc"].iter().any(|to| to.eq_ignore_ascii_case(name));
    let more = url.query_pairs().filter(|(name, _)| is_receiver(name)).map(|(_, value)| value);
    let mut hosts = vec![];
    for people in std::iter::once(url.path().into()).chain(more) {
        let people = people.replace("%40", "@").replace("%2C", ",").replace("%2c", ",");
        let of_person = |person: &str| Host::parse(person.rsplit_once('@')?.1.trim()).ok();
        hosts.extend(people.split(',').filter_map(of_person).map(|host| host.to_string()));
    }
    hosts.sort();
    hosts.dedup();
    hosts
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

/// Whether a person who sees that host in the words, or none, would expect another one.
fn is_misleading(url: &Url, host: &str, seen: Option<&str>) -> bool {
    if !url.username().is_empty() || url.password().is_some() {
        return true;
    }
    // An international host may look like another one, and the words may hide it in look-alike letters.
    if host.split('.').any(|label| label.starts_with("xn--")) {
        return true;
    }
    let bare = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_owned();
    seen.is_some_and(|seen| bare(seen) != bare(host))
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
            ("mailto:a@evil.example", "a@github.com"),
            ("mailto:a@github.com?bcc=b@evil.example", "a@github.com"),
        ] {
            assert!(noted(target, words), "{words} -> {target}");
        }
        for (target, words) in [
            ("https://github.com/rust-lang", "github.com/rust-lang"),
            ("https://www.github.com/", "github.com"),
            ("https://github.com/a/b/main.rs", "main.rs"),
            ("https://docs.rs/serde", "the documentation"),
            ("https://docs.rs/serde", "version 1.0"),
            ("mailto:a@github.com", "a@GitHub.com"),
            ("mailto:a@github.com?subject=b@c.example", "write to us"),
        ] {
            assert!(!noted(target, words), "{words} -> {target}");
        }
        for target in [
            "https://аррӏе.com/",
            "mailto:a@аррӏе.com",
            "mailto:a%40аррӏе.com",
            "mailto:a@b.org,c@аррӏе.com",
            "mailto:a@b.org%2Cc@аррӏе.com?subject=x",
            "mailto:?to=a@аррӏе.com",
        ] {
            assert!(
                link(target, "x").ends_with(" <span class=\"mono\">(xn--80ak6aa92e.com)</span>"),
                "{target}"
            );
        }
    }
}
