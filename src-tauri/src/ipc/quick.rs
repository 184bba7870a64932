//! What the small window is told, and what it asks for.

use serde::{Deserialize, Serialize};

use super::Preferences;

/// Everything that the small window needs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct QuickView {
    /// Whether a question can be asked.
    pub standing: QuickStanding,
    /// How it looks and behaves: as the large one.
    pub preferences: Preferences,
    /// What the person calls the keychain.
    pub keychain_name: String,
}

/// Whether a question can be asked from the small window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(tag = "state", rename_all = "camelCase")]
pub enum QuickStanding {
    /// This model would answer.
    Ready {
        /// Which.
        model: String,
    },
    /// Keys and chats are behind a keychain that is locked.
    Locked,
    /// There is no key yet, or no model was ever chosen.
    NoKey,
}

/// Where a text is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum TextSource {
    /// What is selected in some window of the desktop.
    Selection,
    /// What was copied.
    Clipboard,
}
