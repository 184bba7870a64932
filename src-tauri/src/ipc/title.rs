//! Who names chats.

use serde::Serialize;

use super::{AppError, StepView};

/// Who is asked for titles, and how that goes.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Titles"))]
#[serde(rename_all = "camelCase")]
pub struct TitlesView {
    /// The model; nobody where none is chosen.
    pub step: Option<StepView>,
    /// The most that one title may cost, in billionths of a US dollar; `None` where the price is unknown.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub at_most_nano: Option<u64>,
    /// Why the last one did not come, or the next one will not.
    pub failure: Option<AppError>,
}
