//! A team's file, `latchkey.team.toml`: which connections its people use, which secret manager has the key of each, what may be asked
//! with it and for how much. It holds no secret, and whatever looks like one refuses the file.

mod check;
mod difference;
mod dollars;
mod kept;
mod set_up;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use difference::{Change, Difference};
pub use dollars::Dollars;
pub use kept::{Ceiling, Team, accept_team, ceiling_of, leave_team, team};
pub use set_up::set_up_team_connection;

/// The most bytes of a file.
pub const TEAM_FILE_CAP: usize = 64 * 1024;

/// The kind of file that this program reads.
const FORMAT: u32 = 1;

/// What is in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamFile {
    /// Which kind of file it is.
    pub format: u32,
    /// Grows with every change.
    pub version: i64,
    /// The team's name.
    pub team: String,
    /// Its connections.
    #[serde(rename = "connection")]
    pub connections: Vec<TeamConnection>,
}

/// One connection of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamConnection {
    /// What it is called.
    pub name: String,
    /// Whose it is, by the id that this program has for it; `other` for an address of the team's own.
    pub provider: String,
    /// Its address, where its provider has several or is `other`.
    pub address: Option<String>,
    /// What prints its key.
    pub key: TeamKey,
    /// What it is for.
    #[serde(default)]
    pub label: String,
    /// The only models that may be asked; none named is any.
    #[serde(default)]
    pub models: Vec<String>,
    /// The one that is asked where nobody names another.
    pub default_model: Option<String>,
    /// After how many days its key is to be changed.
    pub rotate_after_days: Option<i64>,
    /// How much it may spend.
    #[serde(default)]
    pub limits: TeamLimits,
}

/// Where a key is: a secret manager's program, and what that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamKey {
    /// The program: `op`, `pass`, `vault`.
    pub manager: String,
    /// The secret, as that program names it.
    pub reference: String,
}

/// How much may be spent; what is not named has no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamLimits {
    /// What a month may cost.
    pub month_usd: Option<Dollars>,
    /// What a day may cost.
    pub day_usd: Option<Dollars>,
    /// What one request may cost at most.
    pub request_usd: Option<Dollars>,
    /// How many requests a minute may have.
    pub requests_a_minute: Option<i64>,
    /// How many tokens a minute may have.
    pub tokens_a_minute: Option<i64>,
}

/// Why a file is not taken. It never holds a value of it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TeamError {
    /// Larger than any.
    #[error("it is larger than 64 KiB")]
    TooLarge,
    /// Not text.
    #[error("it is not UTF-8 text")]
    NotText,
    /// Something in it looks like a key.
    #[error("line {line} looks like a key; a team file names where a key is kept, never the key")]
    Secret {
        /// From one.
        line: usize,
    },
    /// Not written as such a file is.
    #[error("line {line}: {what}")]
    Malformed {
        /// From one.
        line: usize,
        /// In the words of the reader, without a value.
        what: String,
    },
    /// Of a kind that a later Latchkey knows.
    #[error("it is of format {0}, which a newer Latchkey reads")]
    Newer(u32),
    /// Something in it cannot be.
    #[error("{0}")]
    Unfit(String),
    /// A later one was accepted before.
    #[error("it is version {version}, and version {accepted} was accepted before")]
    Older {
        /// The file's.
        version: i64,
        /// The one before.
        accepted: i64,
    },
    /// Another file under the number of the one that was accepted.
    #[error(
        "it is not the version {0} that was accepted; a changed file needs a higher version number"
    )]
    Changed(i64),
}

/// What was accepted by now, and the highest version that ever was, by team.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Accepted {
    team: Option<Team>,
    #[serde(default)]
    versions: BTreeMap<String, i64>,
}
