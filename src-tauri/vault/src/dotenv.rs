//! Finds a key in a `.env` file that the person picked.

use thiserror::Error;
use zeroize::Zeroizing;

use crate::address::BaseUrl;
use crate::key::{ApiKey, KeyRefusal};
use crate::paste::HandedOver;

/// Why a file gives no key. It never holds the file's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DotenvError {
    /// Not text, or in letters of one language only, which nobody can tell apart.
    #[error("the file is neither UTF-8 nor UTF-16")]
    Encoding,
    /// None of the names is set to anything.
    #[error("the file sets none of the expected variables")]
    NotFound,
    /// A value begins with a quotation mark that its line does not close.
    #[error("the quotation mark in line {line} isn’t closed there")]
    Unclosed {
        /// From one.
        line: usize,
    },
    /// A value is what another variable or a program would give.
    #[error("line {line} names another variable, not a key")]
    Reference {
        /// From one.
        line: usize,
    },
    /// A name is set, but not to a key.
    #[error(transparent)]
    Refused(#[from] KeyRefusal),
}

/// A key, and where it stands.
#[derive(Debug)]
pub struct InDotenv {
    /// The key.
    pub found: HandedOver,
    /// Its line, from one.
    pub line: usize,
    /// How many lines set its name.
    pub times: usize,
}

/// Takes the first of the names that the file sets. Where a name is set twice, the later line
/// counts, as it does in a shell. The key is for the server at `base`.
pub fn find(file: &[u8], names: &[&str], base: &BaseUrl) -> Result<InDotenv, DotenvError> {
    let text = decoded(file)?;
    let set: Vec<_> = lines(&text)
        .filter_map(|(line, text)| Some((line, assignment(text)?)))
        .filter(|(_, (_, value))| !matches!(unquoted(value), Ok("")))
        .collect();
    let of = |name: &&str| {
        let lines: Vec<_> = set.iter().filter(|(_, (set, _))| set == name).collect();
        lines.last().map(|(line, (_, value))| (*line, *value, lines.len()))
    };
    let (line, value, times) = names.iter().find_map(of).ok_or(DotenvError::NotFound)?;
    if is_reference(value) {
        return Err(DotenvError::Reference { line });
    }
    let value = unquoted(value).map_err(|Unclosed| DotenvError::Unclosed { line })?;
    let found = ApiKey::hand_over(Zeroizing::new(value.to_owned()), base)?;
    Ok(InDotenv { found, line, times })
}

/// The text of a file that says by a mark what it is written in, or is UTF-8.
fn decoded(file: &[u8]) -> Result<Zeroizing<String>, DotenvError> {
    let text = match file {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => None,
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] | rest => {
            std::str::from_utf8(rest).ok().map(|text| Zeroizing::new(text.to_owned()))
        }
    };
    // Without its mark, UTF-16 is half of it zeros.
    text.filter(|text| !text.contains('\0')).ok_or(DotenvError::Encoding)
}

fn wide(bytes: &[u8], letter: fn([u8; 2]) -> u16) -> Option<Zeroizing<String>> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    // It does not grow while it is filled: what it leaves behind would not be wiped.
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 2));
    for letter in char::decode_utf16(pairs.iter().map(|pair| letter(*pair))) {
        text.push(letter.ok()?);
    }
    rest.is_empty().then_some(text)
}

/// Each line with its number, however lines end.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let end = if text.contains('\n') { '\n' } else { '\r' };
    (1..).zip(text.split(end))
}

fn assignment(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim().split_once('=')?;
    let name = name.trim();
    let name = name
        .strip_prefix("export")
        .filter(|rest| rest.starts_with(char::is_whitespace))
        .map_or(name, str::trim_start);
    Some((name, value.trim()))
}

/// A quotation mark that is not closed.
struct Unclosed;

/// What stands between quotes; without quotes, what stands before a comment.
fn unquoted(value: &str) -> Result<&str, Unclosed> {
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return rest.split_once(quote).map(|(inside, _)| inside.trim()).ok_or(Unclosed);
        }
    }
    let comment = value
        .char_indices()
        .find(|(at, c)| *c == '#' && (*at == 0 || value[..*at].ends_with(char::is_whitespace)));
    Ok(comment.map_or(value, |(at, _)| value[..at].trim_end()))
}

/// Whether a shell would put something else there. Between single quotes it would not.
fn is_reference(value: &str) -> bool {
    let value = value.strip_prefix('"').unwrap_or(value);
    let named = value.strip_prefix('$').and_then(|rest| rest.chars().next());
    value.starts_with('`') || named.is_some_and(|c| "{(_".contains(c) || c.is_ascii_alphabetic())
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
            "OPENAI_API_KEY='sk-old-9\nOPENAI_API_KEY=sk-local-1234",
            "API_KEY=sk-other-5678\nOPENAI_API_KEY=sk-local-1234",
            "OPENAI_API_KEY=\nAPI_KEY=sk-local-1234",
            "OPENAI_API_KEY=\"\"\nAPI_KEY=sk-local-1234",
            "OPENAI_API_KEY= # none\nAPI_KEY=sk-local-1234",
            "#OPENAI_API_KEY=sk-old-99999\nAPI_KEY=sk-local-1234",
            "junk\n=\nAPI_KEY=sk-local-1234",
            "X=1\rOPENAI_API_KEY=sk-local-1234\r",
        ] {
            let got =
                find(text.as_bytes(), NAMES, &base()).unwrap_or_else(|e| panic!("{text:?}: {e}"));
            assert!(got.found.key.is_text("sk-local-1234"), "{text:?}");
            assert_eq!(got.found.removed, [], "{text:?}");
        }
        for value in ["sk#not-a-comment", "sk=with=equals", "sk$with"] {
            let got = find(format!("API_KEY={value}").as_bytes(), NAMES, &base()).unwrap();
            assert!(got.found.key.is_text(value), "{value}");
        }
    }

    #[test]
    fn says_where_it_stands_and_how_often_its_name_is_set() {
        let text =
            "API_KEY=a-1234567\r\n\r\n# one more\r\nexport API_KEY=b-1234567\r\nAPI_KEY=\r\n";
        let got = find(text.as_bytes(), NAMES, &base()).unwrap();
        assert!(got.found.key.is_text("b-1234567"));
        assert_eq!((got.line, got.times), (4, 2));
    }

    #[test]
    fn reads_what_says_how_it_is_written_and_nothing_else() {
        let text = "# Schlüssel 🔑\r\nAPI_KEY=sk-local-1234\r\n";
        let wide = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
            mark.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect::<Vec<u8>>()
        };
        let little = wide([0xff, 0xfe], u16::to_le_bytes);
        let big = wide([0xfe, 0xff], u16::to_be_bytes);
        let marked = ["\u{feff}", text].concat();
        for file in [text.as_bytes(), marked.as_bytes(), &little, &big] {
            let got = find(file, NAMES, &base()).unwrap();
            assert!(got.found.key.is_text("sk-local-1234") && got.line == 2);
        }
        let latin_1 = b"# Schl\xfcssel\nAPI_KEY=sk-local-1234\n";
        let four: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        let cut = &little[..little.len() - 1];
        let lone = [&little[..], &[0x00, 0xd8]].concat();
        for file in [
            &latin_1[..],
            &little[2..],
            &big[2..],
            cut,
            &lone,
            &[&[0xff, 0xfe, 0, 0][..], &four].concat(),
            &four,
            b"API_KEY=sk-local\0-1234",
        ] {
            assert_eq!(find(file, NAMES, &base()).err(), Some(DotenvError::Encoding), "{file:?}");
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
            ("X=1\nAPI_KEY=\"sk-local-\n1234\"", DotenvError::Unclosed { line: 2 }),
            ("API_KEY='sk-local-1234\"", DotenvError::Unclosed { line: 1 }),
            ("API_KEY=$OTHER", DotenvError::Reference { line: 1 }),
            ("API_KEY=\"${OTHER:-x}\"", DotenvError::Reference { line: 1 }),
            ("\nAPI_KEY=$(pass show key)", DotenvError::Reference { line: 2 }),
            ("API_KEY=`pass show key`", DotenvError::Reference { line: 1 }),
        ] {
            assert_eq!(find(text.as_bytes(), NAMES, &base()).err(), Some(error), "{text:?}");
        }
    }
}
