//! Handing over a key.

use serde::{Deserialize, Serialize};

use super::{AppError, ConnectionView};
use turn::Checked;
use wire::{Page, Provider};

/// The four native ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum KeySource {
    /// The clipboard.
    Clipboard,
    /// A window of the desktop.
    Window,
    /// The environment Latchkey was started in.
    Environment,
    /// A `.env` file the person picks.
    EnvFile,
    /// A program of the person's that prints it: a secret manager.
    Command,
}

/// What the page asks for; it names no key and no path.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HandOverInput {
    /// Whose key.
    #[cfg_attr(test, ts(as = "super::boot::ProviderId"))]
    pub provider: Provider,
    /// Its address, where the provider has none of its own.
    pub address: Option<String>,
    /// Which way.
    pub source: KeySource,
    /// The connection whose key it replaces.
    pub replaces: Option<String>,
    /// It is the next key of that connection, which goes on using its own for now.
    pub next: bool,
}

/// Where to keep a key that is still waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum KeepPlace {
    /// The keychain, asked once more.
    Keychain,
    /// Memory, until the app ends.
    Session,
}

/// A page of a provider's own web site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum ProviderPage {
    /// Where keys are made.
    Keys,
    /// Where a key is limited.
    Limits,
    /// Where spending is seen.
    Usage,
    /// Where credit is added.
    Billing,
    /// Where keys are revoked.
    Revoke,
    /// Whether it is up.
    Status,
}

impl ProviderPage {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 6] =
        [Self::Keys, Self::Limits, Self::Usage, Self::Billing, Self::Revoke, Self::Status];

    /// The page's name below this boundary.
    pub fn page(self) -> Page {
        match self {
            Self::Keys => Page::Keys,
            Self::Limits => Page::Limits,
            Self::Usage => Page::Usage,
            Self::Billing => Page::Billing,
            Self::Revoke => Page::Revoke,
            Self::Status => Page::Status,
        }
    }
}

/// What became of the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum ClipboardFate {
    /// It held the key and was emptied.
    Cleared,
    /// It held something else by then.
    Left,
    /// It had no part in this.
    NotUsed,
}

/// The outcome of handing over a key.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct HandOver {
    /// The connection; `None` when nothing was stored.
    pub connection: Option<ConnectionView>,
    /// Whether the native process still holds the key, for `keep_pending`.
    pub pending: bool,
    /// What became of the clipboard.
    pub clipboard: ClipboardFate,
    /// What the live check found.
    pub check: Check,
    /// Whether it took another key's place.
    pub replaced: bool,
    /// The endpoint that was cut from the end of the address.
    pub cut: Option<String>,
}

/// A live check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// Milliseconds the provider took.
    #[cfg_attr(test, ts(type = "number"))]
    pub ms: u64,
    /// The models it offers.
    pub models: Vec<String>,
    /// What went wrong.
    pub problem: Option<AppError>,
    /// Whether this shows that the key is accepted.
    pub proven: bool,
}

impl Check {
    /// A check that was not made.
    pub fn not_made() -> Self {
        Self { ms: 0, models: Vec::new(), problem: None, proven: false }
    }
}

impl From<Checked> for Check {
    fn from(checked: Checked) -> Self {
        let ms = u64::try_from(checked.took.as_millis()).unwrap_or(u64::MAX);
        match checked.models {
            Ok(models) => Self { ms, models, problem: None, proven: checked.proven },
            Err(failure) => {
                Self { ms, models: Vec::new(), problem: Some(failure.into()), proven: false }
            }
        }
    }
}
