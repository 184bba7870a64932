//! Programs that use a key without holding it, as the page sees them. Never a token.

use history::{Application, ApplicationId, ApplicationKind};
use serde::{Deserialize, Serialize};

use super::{AppError, LimitsView};

/// Whether keys are lent, and to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Lending"))]
#[serde(rename_all = "camelCase")]
pub struct LendingView {
    /// Where programs ask, without a path; `None` while nothing listens.
    pub address: Option<String>,
    /// Why it is off although it was to be on.
    pub trouble: Option<AppError>,
    /// The applications.
    pub applications: Vec<ApplicationView>,
    /// Now, by the clock that counts.
    #[cfg_attr(test, ts(type = "number"))]
    pub now_ms: i64,
}

/// An application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Application"))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationView {
    /// Its number.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: ApplicationId,
    /// What the person calls it.
    pub name: String,
    /// What it is.
    #[cfg_attr(test, ts(type = "\"program\" | \"page\" | \"run\""))]
    pub kind: ApplicationKind,
    /// The one origin that a page may ask from.
    pub origin: Option<String>,
    /// The connection whose key it uses.
    #[cfg_attr(test, ts(type = "ConnectionId"))]
    pub connection_id: String,
    /// The models it may ask; none is every one.
    pub models: Vec<String>,
    /// What it may spend.
    pub limits: LimitsView,
    /// Whether its token is worth one request.
    pub single_use: bool,
    /// The last four characters of its token.
    pub last_four: Option<String>,
    /// From when on it is refused.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub expires_ms: Option<i64>,
    /// When it last sent something.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub last_used_ms: Option<i64>,
    /// Spent and reserved today.
    #[cfg_attr(test, ts(type = "number"))]
    pub day_nano: i64,
    /// Spent and reserved this month.
    #[cfg_attr(test, ts(type = "number"))]
    pub month_nano: i64,
    /// Requests today.
    #[cfg_attr(test, ts(type = "number"))]
    pub requests_today: i64,
    /// Whether it runs, or is being answered.
    pub running: bool,
}

/// An application that is to be added or changed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApplicationInput {
    /// What it is called.
    pub name: String,
    /// The one origin of a page; `None` for a program.
    pub origin: Option<String>,
    /// The connection whose key it uses.
    #[cfg_attr(test, ts(type = "ConnectionId"))]
    pub connection_id: String,
    /// The models it may ask; none is every one.
    pub models: Vec<String>,
    /// What it may spend.
    pub limits: LimitsView,
    /// From when on it is refused.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub expires_ms: Option<i64>,
    /// Whether its token is worth one request.
    pub single_use: bool,
}

impl ApplicationView {
    /// As the page sees one.
    pub fn of(
        application: Application,
        (day_nano, month_nano, requests_today): (i64, i64, i64),
        running: bool,
    ) -> Self {
        Self {
            id: application.id,
            name: application.name,
            kind: application.kind,
            origin: application.origin,
            connection_id: application.connection,
            models: application.models,
            limits: application.limits.into(),
            single_use: application.single_use,
            last_four: application.last_four,
            expires_ms: application.expires_ms,
            last_used_ms: application.last_used_ms,
            day_nano,
            month_nano,
            requests_today,
            running,
        }
    }
}
