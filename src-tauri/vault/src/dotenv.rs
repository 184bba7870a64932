//! Finds a key in the text of a `.env` file that the person picked.

use thiserror::Error;
use zeroize::Zeroizing;

use crate::address::BaseUrl;
use crate::key::{ApiKey, KeyRefusal};
use crate::paste::HandedOver;

/// Why a file gives no key. It never holds the file's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DotenvError {
    /// None of the names is set to anything.
    #[error("the file sets none of the expected variables")]
    NotFound,
    /// A name is set, but not to a key.
    #[error(transparent)]
    Refused(#[from] KeyRefusal),
}

/// Takes the first of the names that the file sets. Where a name is set twice, the later line
/// counts, as it does in a shell. The key is for the server at `base`.
pub fn find(text: &str, names: &[&str], base: &BaseUrl) -> Result<HandedOver, DotenvError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let set = |name: &str| {
        text.lines()
            .rev()
            .filter_map(assignment)
            .find(|(set, value)| *set == name && !value.is_empty())
            .map(|(_, value)| value)
    };
    let value = names.iter().find_map(|name| set(name)).ok_or(DotenvError::NotFound)?;
    Ok(ApiKey::hand_over(Zeroizing::new(value.to_owned()), base)?)
}

fn assignment(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim().split_once('=')?;
    let name = name.trim();
    let name = name
        .strip_prefix("export")
        .filter(|rest| rest.starts_with(char::is_whitespace))
        .map_or(name, str::trim_start);
    Some((name, unquoted(value.trim())))
}

/// What stands between quotes; without quotes, what stands before a comment.
fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return rest.split(quote).next().unwrap_or(rest).trim();
        }
    }
    let comment = value
        .char_indices()
        .find(|(at, c)| *c == '#' && (*at == 0 || value[..*at].ends_with(char::is_whitespace)));
    comment.map_or(value, |(at, _)| value[..at].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::Flaw;

    const NAMES: &[&str] = &["OPENAI_API_KEY", "API_KEY"];

    fn base() -> BaseUrl {
        BaseUrl::parse("http://127.0.0.1:4000/v1").unwrap()
    }

    #[test]
    fn finds_the_key_however_it_is_written() {
        for text in [
            "OPENAI_API_KEY=sk-local-1234",
            "OPENAI_API_KEY=sk-local-1234\r\n",
            "\u{feff}OPENAI_API_KEY=sk-local-1234",
            "# keys\n\n  export OPENAI_API_KEY=\"sk-local-1234\"  # mine\n",
            "export\tOPENAI_API_KEY='sk-local-1234'\r\nX=1\r\n",
            "OPENAI_API_KEY = sk-local-1234 # mine",
            "OPENAI_API_KEY=sk-old-99999\nOPENAI_API_KEY=sk-local-1234",
            "API_KEY=sk-other-5678\nOPENAI_API_KEY=sk-local-1234",
            "OPENAI_API_KEY=\nAPI_KEY=sk-local-1234",
            "OPENAI_API_KEY=\"\"\nAPI_KEY=sk-local-1234",
            "OPENAI_API_KEY= # none\nAPI_KEY=sk-local-1234",
            "#OPENAI_API_KEY=sk-old-99999\nAPI_KEY=sk-local-1234",
            "junk\n=\nAPI_KEY=sk-local-1234",
        ] {
            let found = find(text, NAMES, &base()).unwrap_or_else(|e| panic!("{text:?}: {e}"));
            assert!(found.key.is_text("sk-local-1234"), "{text:?}");
            assert_eq!(found.removed, [], "{text:?}");
        }
        for value in ["sk#not-a-comment", "sk=with=equals"] {
            let found = find(&format!("API_KEY={value}"), NAMES, &base()).unwrap();
            assert!(found.key.is_text(value), "{value}");
        }
    }

    #[test]
    fn says_why_there_is_none() {
        let white = KeyRefusal::NotAKey { flaw: Flaw::WhiteSpace };
        for (text, error) in [
            ("", DotenvError::NotFound),
            ("MY_OPENAI_API_KEY=sk-local-1234", DotenvError::NotFound),
            ("exportOPENAI_API_KEY=sk-local-1234", DotenvError::NotFound),
            ("openai_api_key=sk-local-1234", DotenvError::NotFound),
            ("API_KEY=two words", DotenvError::Refused(white)),
        ] {
            assert_eq!(find(text, NAMES, &base()).err(), Some(error), "{text:?}");
        }
    }
}
