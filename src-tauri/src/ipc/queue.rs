//! What waits to be sent, as the page shows it.

use history::Queued;
use serde::{Deserialize, Serialize};

/// A message that waits until the answer before it has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Queued"))]
#[serde(rename_all = "camelCase")]
pub struct QueuedView {
    /// What it says.
    pub text: String,
    /// Files of the draft that go with it, by their numbers.
    #[cfg_attr(test, ts(type = "number[]"))]
    pub files: Vec<i64>,
}

impl From<Queued> for QueuedView {
    fn from(Queued { text, files }: Queued) -> Self {
        Self { text, files }
    }
}

impl From<QueuedView> for Queued {
    fn from(QueuedView { text, files }: QueuedView) -> Self {
        Self { text, files }
    }
}
