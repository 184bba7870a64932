//! The library of prompts as a file of its own: written as JSON, and read from ours or from Open WebUI's. Nothing in it is
//! run or followed; what is not understood is an error, and never half a library.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::Prompt;

/// The largest file that is read.
pub const LIBRARY_CAP: u64 = 8 * 1024 * 1024;
/// More than anybody has.
const MOST: usize = 5_000;
const NAME_CAP: usize = 200;

/// Why a file is no library of prompts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotALibrary {
    /// It is not JSON, or JSON of something else.
    #[error("not a library of prompts")]
    Foreign,
    /// A later version of this program wrote it.
    #[error("written by a later version")]
    Newer,
    /// It holds more, or longer texts, than a library may.
    #[error("too large")]
    TooLarge,
}

#[derive(Serialize, Deserialize)]
struct Written {
    name: String,
    #[serde(default)]
    slash: String,
    #[serde(default)]
    folder: String,
    text: String,
    #[serde(default)]
    favourite: bool,
}

/// As Open WebUI exports them.
#[derive(Deserialize)]
struct OpenWebUi {
    command: String,
    title: String,
    content: String,
}

/// The file of these prompts.
#[must_use]
pub fn write_library(prompts: &[Prompt]) -> String {
    let written: Vec<Written> = prompts.iter().map(Written::of).collect();
    let file = json!({ "kind": "latchkey prompts", "version": 1, "prompts": written });
    serde_json::to_string_pretty(&file).unwrap_or_default()
}

/// The prompts of a file.
pub fn read_library(text: &str) -> Result<Vec<Prompt>, NotALibrary> {
    let text = text.trim_start_matches('\u{feff}');
    let prompts = match serde_json::from_str(text).map_err(|_| NotALibrary::Foreign)? {
        Value::Array(list) => {
            list.into_iter().map(of_open_web_ui).collect::<Result<Vec<_>, _>>()?
        }
        Value::Object(mut file) if file.get("kind") == Some(&json!("latchkey prompts")) => {
            if file.get("version").and_then(Value::as_u64).is_none_or(|version| version > 1) {
                return Err(NotALibrary::Newer);
            }
            let list = file.remove("prompts").unwrap_or_default();
            let list: Vec<Written> =
                serde_json::from_value(list).map_err(|_| NotALibrary::Foreign)?;
            list.into_iter().map(Written::into_prompt).collect()
        }
        _ => return Err(NotALibrary::Foreign),
    };
    let too_long = |prompt: &Prompt| {
        prompt.name.len().max(prompt.folder.len()).max(prompt.slash.len()) > NAME_CAP
    };
    match prompts.len() > MOST || prompts.iter().any(too_long) {
        true => Err(NotALibrary::TooLarge),
        false if prompts.iter().any(|prompt| prompt.name.is_empty()) => Err(NotALibrary::Foreign),
        false => Ok(prompts),
    }
}

/// What may stand after a slash: letters and digits, small, with hyphens between them.
#[must_use]
pub fn slash_name(wished: &str) -> String {
    let lower = wished.trim().trim_start_matches('/').to_lowercase();
    let parts = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

fn of_open_web_ui(entry: Value) -> Result<Prompt, NotALibrary> {
    let entry: OpenWebUi = serde_json::from_value(entry).map_err(|_| NotALibrary::Foreign)?;
    Ok(Prompt {
        name: line(&entry.title),
        slash: slash_name(&entry.command),
        text: entry.content,
        ..Prompt::default()
    })
}

/// A name is one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Written {
    fn of(prompt: &Prompt) -> Self {
        Self {
            name: prompt.name.clone(),
            slash: prompt.slash.clone(),
            folder: prompt.folder.clone(),
            text: prompt.text.clone(),
            favourite: prompt.favourite,
        }
    }

    fn into_prompt(self) -> Prompt {
        Prompt {
            name: line(&self.name),
            slash: slash_name(&self.slash),
            folder: line(&self.folder),
            text: self.text,
            favourite: self.favourite,
            ..Prompt::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let prompts = [
            Prompt {
                name: "Plain \"English\"".into(),
                slash: "plain".into(),
                folder: "Writing".into(),
                text: "One\n{{selection}}\u{202e}".into(),
                favourite: true,
                ..Prompt::default()
            },
            Prompt { name: "Bare".into(), ..Prompt::default() },
        ];
        assert_eq!(read_library(&write_library(&prompts)).unwrap(), prompts);
        assert_eq!(read_library(&write_library(&[])).unwrap(), []);
    }

    #[test]
    fn an_export_of_open_web_ui_is_read() {
        let text = r#"[{"command":"/Sum Up!","title":" Sum\nup ","content":"{{CLIPBOARD}}","timestamp":1}]"#;
        let read = read_library(text).unwrap().remove(0);
        assert_eq!((read.name.as_str(), read.slash.as_str()), ("Sum up", "sum-up"));
        assert_eq!(read.text, "{{CLIPBOARD}}");
    }

    #[test]
    fn anything_else_is_an_error_and_never_half_a_library() {
        use NotALibrary::{Foreign, Newer, TooLarge};
        let long = "x".repeat(NAME_CAP + 1);
        let many = vec![Prompt { name: "n".into(), ..Prompt::default() }; MOST + 1];
        let table = [
            (String::new(), Foreign),
            ("{".to_owned(), Foreign),
            ("null".to_owned(), Foreign),
            ("[[[[".repeat(10_000), Foreign),
            ("\u{0}\u{1}PNG".to_owned(), Foreign),
            (r#"{"prompts":[]}"#.to_owned(), Foreign),
            (
                r#"{"kind":"latchkey prompts","version":1,"prompts":[{"name":"a"}]}"#.to_owned(),
                Foreign,
            ),
            (
                r#"{"kind":"latchkey prompts","version":1,"prompts":[{"name":" ","text":"a"}]}"#
                    .to_owned(),
                Foreign,
            ),
            (r#"[{"command":"a","title":"b","content":"c"},{"title":1}]"#.to_owned(), Foreign),
            (r#"{"kind":"latchkey prompts","version":2,"prompts":[]}"#.to_owned(), Newer),
            (write_library(&[Prompt { name: long, ..Prompt::default() }]), TooLarge),
            (write_library(&many), TooLarge),
        ];
        for (text, expected) in table {
            assert_eq!(read_library(&text), Err(expected), "{}", &text[..text.len().min(60)]);
        }
    }

    #[test]
    fn a_slash_name_is_typed_easily() {
        let table = [("/Plain English", "plain-english"), ("--", ""), ("Été 2026", "été-2026")];
        for (wished, expected) in table {
            assert_eq!(slash_name(wished), expected);
        }
    }
}
