//! Routes: lists of models as one choice.

use history::{Route, RouteId, Step};
use serde::{Deserialize, Serialize};
use turn::{Passed, Rest, RouteNote};

use super::{AppError, ErrorCode};

/// A model over a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Step"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepView {
    /// Its connection.
    #[cfg_attr(test, ts(type = "ConnectionId"))]
    pub connection_id: String,
    /// Its id there.
    pub model: String,
}

/// A route as a person makes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RouteInput {
    /// Which one; `None` makes a new one.
    #[cfg_attr(test, ts(type = "RouteId | null"))]
    pub id: Option<RouteId>,
    /// What to call it.
    pub name: String,
    /// Whether the quickest is asked first.
    pub by_speed: bool,
    /// Who is asked, in order.
    pub steps: Vec<StepView>,
}

/// A route as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Route"))]
#[serde(rename_all = "camelCase")]
pub struct RouteView {
    /// Its id.
    #[cfg_attr(test, ts(type = "RouteId"))]
    pub id: RouteId,
    /// What it is called.
    pub name: String,
    /// Whether the quickest is asked first.
    pub by_speed: bool,
    /// Who is asked, in the order they were put in.
    pub steps: Vec<StepView>,
    /// Who is asked now, in the order of their speed where that is wished.
    pub line: Vec<StandingView>,
}

/// One model of a route, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Standing"))]
#[serde(rename_all = "camelCase")]
pub struct StandingView {
    /// Its connection.
    #[cfg_attr(test, ts(type = "ConnectionId"))]
    pub connection_id: String,
    /// Its id there.
    pub model: String,
    /// Why it is passed by just now.
    pub rests: Option<ErrorCode>,
    /// For how long; `None` until it is seen to work.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub wait_ms: Option<u64>,
}

/// Who was passed by on the way to an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "RouteNote"))]
#[serde(rename_all = "camelCase")]
pub struct RouteNoteView {
    /// What the route was called.
    pub route: String,
    /// They, in order.
    pub passed: Vec<PassedView>,
}

/// One who was passed by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Passed"))]
#[serde(rename_all = "camelCase")]
pub struct PassedView {
    /// Its connection.
    #[cfg_attr(test, ts(type = "ConnectionId"))]
    pub connection_id: String,
    /// Its id there.
    pub model: String,
    /// Why.
    pub error: AppError,
    /// How long that took; `None` where it was not asked at all.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub ms: Option<u64>,
}

impl RouteView {
    /// A route, and how each of its models stands.
    pub fn of(route: Route, line: Vec<(Step, Option<Rest>)>) -> Self {
        let standing = |(step, rest): (Step, Option<Rest>)| StandingView {
            connection_id: step.connection,
            model: step.model,
            rests: rest.map(|rest| rest.why.into()),
            wait_ms: rest
                .and_then(|rest| rest.wait)
                .map(|wait| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)),
        };
        Self {
            id: route.id,
            name: route.name,
            by_speed: route.by_speed,
            steps: route.steps.into_iter().map(Into::into).collect(),
            line: line.into_iter().map(standing).collect(),
        }
    }
}

impl From<RouteNote> for RouteNoteView {
    fn from(note: RouteNote) -> Self {
        let passed = |passed: Passed| PassedView {
            connection_id: passed.connection,
            model: passed.model,
            error: passed.failure.into(),
            ms: passed.ms,
        };
        Self { route: note.route, passed: note.passed.into_iter().map(passed).collect() }
    }
}

impl From<StepView> for Step {
    fn from(step: StepView) -> Self {
        Self { connection: step.connection_id, model: step.model }
    }
}

impl From<Step> for StepView {
    fn from(step: Step) -> Self {
        Self { connection_id: step.connection, model: step.model }
    }
}
