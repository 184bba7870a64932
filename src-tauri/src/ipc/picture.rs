//! A loaded picture as the page shows it.

use serde::Serialize;

/// Pixels, in a form that the page's policy lets it show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct LoadedPicture {
    /// `data:image/png;base64,…` or `data:image/jpeg;base64,…`.
    pub data_url: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl From<render::Still> for LoadedPicture {
    fn from(still: render::Still) -> Self {
        Self { data_url: still.data_url(), width: still.width, height: still.height }
    }
}
