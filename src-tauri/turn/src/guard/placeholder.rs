//! What stands in a message where a secret stood.

use history::Redaction;

use super::{Kind, SecretKind};
use crate::StoredKey;

/// What stands around a placeholder's name. No language has these around a word, so a model gives them back as they are.
pub const OPEN: char = '⟪';
/// See [`OPEN`].
pub const CLOSE: char = '⟫';

/// The placeholders of a conversation: the same secret has the same name in all of it.
#[derive(Default)]
pub(super) struct Names {
    /// Those of messages before this one.
    known: Vec<Redaction>,
    /// Those that are new.
    pub(super) new: Vec<Redaction>,
}

impl Names {
    pub(super) fn following(known: Vec<Redaction>) -> Names {
        Names { known, new: Vec::new() }
    }

    pub(super) fn placeholder(&mut self, keys: &[StoredKey], what: &Kind, text: &str) -> String {
        let (base, value) = match what {
            Kind::Stored(id) => {
                let slug = keys.iter().find(|key| key.id == *id).map(|key| slug(&key.name));
                (format!("{}-key", slug.unwrap_or_else(|| "stored".to_owned())), None)
            }
            Kind::Other(kind) => (word(kind), Some(text.to_owned())),
        };
        let name = match value {
            // One key, one name, in every message.
            None => base,
            Some(_) => self.name_of(&value).unwrap_or_else(|| self.next(&base)),
        };
        let redaction = Redaction { name: name.clone(), value };
        if !self.new.contains(&redaction) {
            self.new.push(redaction);
        }
        format!("{OPEN}{name}{CLOSE}")
    }

    fn name_of(&self, value: &Option<String>) -> Option<String> {
        let mut all = self.known.iter().chain(&self.new);
        all.find(|known| known.value == *value).map(|known| known.name.clone())
    }

    fn next(&self, base: &str) -> String {
        let is_taken =
            |name: &String| self.known.iter().chain(&self.new).any(|known| known.name == *name);
        let mut names = (1..).map(|number: usize| format!("{base}-{number}"));
        names.find(|name| !is_taken(name)).unwrap_or_else(|| base.to_owned())
    }
}

/// What stands for a stored key, in every message.
pub(super) fn of_key(key: &StoredKey) -> String {
    format!("{OPEN}{}-key{CLOSE}", slug(&key.name))
}

fn word(kind: &SecretKind) -> String {
    match kind {
        SecretKind::Stored(name) => format!("{}-key", slug(name)),
        SecretKind::Key(Some(family)) => format!("{}-key", slug(&format!("{family:?}"))),
        SecretKind::Key(None) | SecretKind::Named => "api-key".to_owned(),
        SecretKind::Token(service) => format!("{}-token", slug(service)),
        SecretKind::Password => "password".to_owned(),
        SecretKind::PrivateKey => "private-key".to_owned(),
        SecretKind::Bearer => "token".to_owned(),
    }
}

/// A name of small letters, digits and lines: nothing in it can be taken for anything else.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let slug: String = words.join("-").chars().take(40).collect();
    if slug.is_empty() { "stored".to_owned() } else { slug }
}
