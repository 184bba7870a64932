//! Secrets in what a person is about to send, as the page hears of them: never themselves.

use serde::{Deserialize, Serialize};
use turn::{Secret, SecretKind, Secrets};

use crate::words::keys::family_name;

/// What to do about secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum SecretsChoice {
    /// Say that there are some; nothing is saved or sent.
    Ask,
    /// Send placeholders in their places.
    Redact,
    /// Send it as it is; with a stored key among them, after a native yes.
    Keep,
}

/// One secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Secret"))]
#[serde(rename_all = "camelCase")]
pub struct SecretView {
    /// What it is.
    pub kind: SecretViewKind,
    /// What the person calls the stored key, or whose it is.
    pub name: Option<String>,
    /// Its last four characters.
    pub last_four: Option<String>,
    /// The file it is in; none for the message itself.
    pub file: Option<String>,
    /// The line.
    pub line: usize,
}

/// What a secret is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "SecretKind"))]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name is its meaning")]
pub enum SecretViewKind {
    Stored,
    Key,
    Token,
    Named,
    Password,
    PrivateKey,
    Bearer,
}

/// What a placeholder stands for.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "PutBack"))]
#[serde(rename_all = "camelCase")]
pub struct PutBackView {
    /// The placeholder's name.
    pub name: String,
    /// What it stands for; none for a stored key.
    pub value: Option<String>,
}

impl From<SecretsChoice> for Secrets {
    fn from(choice: SecretsChoice) -> Self {
        match choice {
            SecretsChoice::Ask => Self::Ask,
            SecretsChoice::Redact => Self::Redact,
            SecretsChoice::Keep => Self::Keep,
        }
    }
}

impl From<Secret> for SecretView {
    fn from(secret: Secret) -> Self {
        let (kind, name) = match secret.kind {
            SecretKind::Stored(name) => (SecretViewKind::Stored, Some(name)),
            SecretKind::Key(family) => {
                (SecretViewKind::Key, family.map(|family| family_name(family).to_owned()))
            }
            SecretKind::Token(service) => (SecretViewKind::Token, Some(service.to_owned())),
            SecretKind::Named => (SecretViewKind::Named, None),
            SecretKind::Password => (SecretViewKind::Password, None),
            SecretKind::PrivateKey => (SecretViewKind::PrivateKey, None),
            SecretKind::Bearer => (SecretViewKind::Bearer, None),
        };
        Self { kind, name, last_four: secret.last_four, file: secret.file, line: secret.line }
    }
}

impl From<history::Redaction> for PutBackView {
    fn from(redaction: history::Redaction) -> Self {
        Self { name: redaction.name, value: redaction.value }
    }
}
