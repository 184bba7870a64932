//! A loaded picture as the page shows it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
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
        let data_url =
            format!("data:{};base64,{}", still.media_type, STANDARD.encode(&still.bytes));
        Self { data_url, width: still.width, height: still.height }
    }
}
