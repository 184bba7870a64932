//! What stands behind a command's word.

use std::ffi::OsString;

use crate::words::cli as words;

/// Options, and what is no option.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Call {
    /// `--name` or `--name VALUE`, in their order.
    options: Vec<(String, Option<String>)>,
    /// What is no option.
    pub rest: Vec<OsString>,
    /// What stands behind `--`.
    pub command: Vec<OsString>,
}

/// Options that have a value behind them.
const WITH_VALUE: &[&str] = &["app", "key", "model", "limit", "export", "expect", "format"];

/// Options that have none.
const BARE: &[&str] = &["json", "help", "verify", "no-git", "all"];

impl Call {
    /// Reads them; an error is words for a person.
    pub fn read(arguments: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut call = Self::default();
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let Some(text) = argument.to_str() else {
                call.rest.push(argument);
                continue;
            };
            if text == "--" {
                call.command = arguments.collect();
                break;
            }
            let Some(option) = text.strip_prefix("--") else {
                match text {
                    "-h" => call.options.push(("help".to_owned(), None)),
                    _ => call.rest.push(argument),
                }
                continue;
            };
            let (name, behind) = match option.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (option, None),
            };
            let value = match (WITH_VALUE.contains(&name), BARE.contains(&name), behind) {
                (true, _, Some(value)) => Some(value),
                (true, _, None) => {
                    let next = arguments.next().and_then(|next| next.into_string().ok());
                    Some(next.ok_or_else(|| words::needs_value(name))?)
                }
                (false, true, None) => None,
                _ => return Err(words::no_option(option)),
            };
            call.options.push((name.to_owned(), value));
        }
        Ok(call)
    }

    /// Whether an option is there.
    pub fn has(&self, name: &str) -> bool {
        self.options.iter().any(|(known, _)| known == name)
    }

    /// The value of an option; the last one counts.
    pub fn value(&self, name: &str) -> Option<&str> {
        let mut values = self.options.iter().rev().filter(|(known, _)| known == name);
        values.next().and_then(|(_, value)| value.as_deref())
    }

    /// Every value of an option.
    pub fn values(&self, name: &str) -> Vec<String> {
        let values = self.options.iter().filter(|(known, _)| known == name);
        values.filter_map(|(_, value)| value.clone()).collect()
    }

    /// The first option that a command does not know.
    pub fn beyond(&self, known: &[&str]) -> Option<String> {
        let mut unknown = self.options.iter().filter(|(name, _)| !known.contains(&name.as_str()));
        unknown.next().map(|(name, _)| words::no_option_here(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Call, String> {
        Call::read(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn options_and_what_is_none() {
        let call = read("--app aider --json --model=a --model b -- aider --model c").unwrap();
        assert_eq!(
            (call.value("app"), call.has("json"), call.has("verify")),
            (Some("aider"), true, false)
        );
        assert_eq!(call.values("model"), ["a", "b"]);
        assert_eq!(call.command, ["aider", "--model", "c"]);
        assert_eq!(read("one two").unwrap().rest, ["one", "two"]);
        assert_eq!(call.beyond(&["app", "json", "model"]), None);
        assert!(call.beyond(&["app", "json"]).is_some());
        for line in ["--app", "--token x", "--json=1", "--"] {
            assert_eq!(read(line).is_err(), line != "--", "{line}");
        }
    }
}
