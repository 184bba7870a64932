//! What Latchkey does while its window is not looked at: what the person wishes, and what the desktop gives.

use serde::{Deserialize, Serialize};

/// How it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Background"))]
#[serde(rename_all = "camelCase")]
pub struct BackgroundView {
    /// Keys that open the small window from everywhere.
    pub hotkey: HotkeyStanding,
    /// Which, as the page names keys by their places.
    pub keys: String,
    /// The icon among the desktop's.
    pub tray: TrayStanding,
    /// Whether it begins with the session.
    pub starts_with_session: bool,
    /// Whether it does so without a window.
    pub starts_hidden: bool,
    /// What a desktop's own shortcut has to run.
    pub command: String,
}

/// How the keys stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum HotkeyStanding {
    /// Nobody wants them.
    Off,
    /// They work.
    Works,
    /// Another program has them.
    Taken,
    /// This desktop gives none.
    Wayland,
    /// There is no display that could be asked.
    NoDisplay,
    /// This keyboard has no such key.
    NoSuchKey,
}

/// How the icon stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum TrayStanding {
    /// Nobody wants it.
    Off,
    /// It is shown.
    Shown,
    /// Nothing on this desktop shows such icons.
    NoHost,
}

/// One wish.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(tag = "what", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum BackgroundChange {
    /// Keys that open the small window, or none.
    Hotkey {
        /// Whether there are to be some.
        on: bool,
        /// Which; nothing leaves them as they are.
        keys: Option<String>,
    },
    /// The icon.
    Tray {
        /// Whether there is to be one.
        on: bool,
    },
    /// Beginning with the session.
    Session {
        /// Whether it does.
        on: bool,
        /// Whether it does so without a window.
        hidden: bool,
    },
}
