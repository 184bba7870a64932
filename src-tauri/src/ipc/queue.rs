//! What waits to be sent, as the page shows it.

use history::{Queued, Step};
use serde::{Deserialize, Serialize};

use super::StepView;

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
    /// Who answers it, where that is not who is chosen.
    pub next: Option<StepView>,
}

impl From<Queued> for QueuedView {
    fn from(Queued { text, files, next }: Queued) -> Self {
        Self { text, files, next: next.map(StepView::from) }
    }
}

impl From<QueuedView> for Queued {
    fn from(QueuedView { text, files, next }: QueuedView) -> Self {
        Self { text, files, next: next.map(Step::from) }
    }
}
