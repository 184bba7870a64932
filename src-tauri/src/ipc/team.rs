//! A team, as its person has accepted it.

use serde::Serialize;
use turn::{Team, TeamConnection};

use super::LimitsView;

/// A team's file, as far as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Team"))]
#[serde(rename_all = "camelCase")]
pub struct TeamView {
    /// What it is called.
    pub name: String,
    /// The version that was accepted.
    #[cfg_attr(test, ts(type = "number"))]
    pub version: i64,
    /// When.
    #[cfg_attr(test, ts(type = "number"))]
    pub accepted_ms: i64,
    /// Its connections.
    pub connections: Vec<TeamConnectionView>,
}

/// One of its connections, and the most that the team lets it do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "TeamConnection"))]
#[serde(rename_all = "camelCase")]
pub struct TeamConnectionView {
    /// What it is called in the file.
    pub name: String,
    /// The connection that was made of it here.
    #[cfg_attr(test, ts(type = "ConnectionId | null"))]
    pub connection_id: Option<String>,
    /// Where its key goes.
    pub origin: String,
    /// Which secret manager prints its key.
    pub manager: String,
    /// What it may spend at most.
    pub limits: LimitsView,
    /// What it may ask; none named is any.
    pub models: Vec<String>,
    /// After how many days its key is to be changed at the latest.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub rotate_after_days: Option<i64>,
}

impl TeamView {
    /// A team, of whose connections only those are set up that are still there.
    pub fn of(team: Team, is_there: impl Fn(&str) -> bool) -> Self {
        let Team { file, accepted_ms, connections, moved: _ } = team;
        let view = |one: TeamConnection| {
            let id = connections.get(&one.name).filter(|id| is_there(id)).cloned();
            TeamConnectionView {
                connection_id: id,
                origin: one.place().map(|(_, base)| base.origin().to_string()).unwrap_or_default(),
                manager: one.key.tool().map(|tool| tool.name.to_owned()).unwrap_or_default(),
                limits: one.limits.limits().into(),
                models: one.models,
                rotate_after_days: one.rotate_after_days,
                name: one.name,
            }
        };
        let connections = file.connections.into_iter().map(view).collect();
        Self { name: file.team, version: file.version, accepted_ms, connections }
    }
}
