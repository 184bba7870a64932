//! One chat turn: guard, send, fold, save, report; and the connections it runs over.
//!
//! The only place where a key meets a request. Every turn ends with exactly one terminal event, also when it is stopped.

mod account;
mod ask;
mod attachments;
mod breaker;
mod connect;
mod cost;
mod drawn;
mod endpoint;
mod failure;
mod fold;
mod guard;
mod local;
mod masked;
mod models;
mod pause;
mod prompt;
mod pull;
mod purse;
mod reading;
mod relay;
mod route;
mod run;
mod saver;
mod shown;
mod start;
mod store;
mod stored;
mod target;
mod team;
mod title;
mod turns;
mod voice;

pub use account::{Comparison, Since, compare};
pub use ask::{Ask, By, MESSAGE_CAP, connection_of, title_of};
pub use attachments::{Weight, check as check_files, takes, weigh, weight};
pub use breaker::Rest;
pub use connect::{
    Admitted, Aim, Beside, Candidate, OldKey, Place, Removed, check, check_beside, forget_old_key,
    remove_leaked_key, remove_leftovers, switch_key, use_commands,
};
pub use cost::{Ahead, Estimate, estimate};
pub use endpoint::{Endpoint, name_of as server_name};
pub use failure::{Failure, Trouble};
pub use guard::{
    CLOSE, Guard, ONLY_STORED_KEYS, OPEN, Secret, SecretKind, Secrets, find_secrets, stops_secrets,
};
pub use local::{LocalServer, find_local_servers};
pub use models::{Checked, keep_listed, list_models};
pub use pull::pull;
pub use purse::{Cap, Paid, Span, Token};
pub use relay::{Errand, Relayed, RelayedBody, Unfit, Wish, relay};
pub use route::{Passed, RouteNote};
pub use run::TurnEvent;
pub use start::Prepared;
pub use stored::{StoredKey, stored_keys};
pub use team::{
    Ceiling, Change, Difference, Dollars, TEAM_FILE_CAP, Team, TeamConnection, TeamError, TeamFile,
    TeamKey, TeamLimits, accept_team, ceiling_of, leave_team, set_up_team_connection, team,
};
pub use title::{Titler, ask_for_title, most_for_title, titler};
pub use turns::Turns;
pub use voice::{
    Heard, Recording, Said, Words, cost_of_writing_down, speak, transcribe, write_down,
};
