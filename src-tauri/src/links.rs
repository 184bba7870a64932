//! Which addresses may leave for the browser.

use url::Url;

use crate::ipc::{AppError, ErrorCode};
use crate::native::Question;
use crate::words::{labels, links};

/// Longer ones carry more than an address.
const CAP: usize = 2_048;

/// An address that an answer contains and that may be opened, once the person says yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link(Url);

impl Link {
    /// Lets pass http, https and mailto; everything else could start a program.
    pub fn parse(text: &str) -> Result<Self, AppError> {
        let bad = || AppError::of(ErrorCode::BadLink);
        if text.len() > CAP {
            return Err(bad());
        }
        let url = Url::parse(text).map_err(|_| bad())?;
        let allowed = match url.scheme() {
            "http" | "https" => url.host_str().is_some_and(|host| !host.is_empty()),
            "mailto" => true,
            _ => false,
        };
        // A name before the host is there to be mistaken for it.
        let plain = url.username().is_empty() && url.password().is_none();
        if allowed && plain { Ok(Self(url)) } else { Err(bad()) }
    }

    /// The question to ask natively. The host is shown as it is looked up: in punycode.
    pub fn question(&self) -> Question {
        let facts = self.host().map(|host| (labels::HOST, host)).into_iter().collect();
        Question::of(links::OPEN, facts, vec![(labels::ADDRESS, self.0.as_str().to_owned())])
    }

    /// Its host, as it is looked up: in punycode.
    pub fn host(&self) -> Option<String> {
        self.0.host_str().map(str::to_owned)
    }

    /// The address itself.
    pub fn into_url(self) -> Url {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes() {
        for good in ["https://docs.rs/tokio", "http://127.0.0.1:8080/x", "mailto:a@example.com"] {
            assert!(Link::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "calculator://",
            "smb://host/share",
            "ms-msdt:/id",
            "file:///etc/passwd",
            "file://host/share",
            "javascript:alert(1)",
            "data:text/html,x",
            "https://google.com@evil.com/",
            "https://",
            "//evil.com",
            "x",
            "",
            &format!("https://example.com/{}", "a".repeat(CAP)),
        ] {
            assert!(Link::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_question_shows_the_host_in_punycode() {
        let question = Link::parse("https://аpple.com/login").unwrap().question();
        assert!(question.facts.contains(&("Host".to_owned(), "xn--pple-43d.com".to_owned())));
    }
}
