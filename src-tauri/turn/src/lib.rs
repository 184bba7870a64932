//! One chat turn: guard, send, fold, save, report; and the connections it runs over.
//!
//! The only place where a key meets a request. Every turn ends with exactly one terminal event, also when it is stopped.

mod attachments;
mod connect;
mod cost;
mod endpoint;
mod failure;
mod fold;
mod local;
mod masked;
mod models;
mod pause;
mod reading;
mod run;
mod saver;
mod start;
mod store;
mod turns;

pub use attachments::{Weight, takes, weigh};
pub use connect::{Admitted, Candidate, Place, check, remove_leftovers};
pub use cost::{Ahead, Estimate, estimate};
pub use endpoint::{Endpoint, name_of as server_name};
pub use failure::{Failure, Trouble};
pub use local::{LocalServer, find_local_servers};
pub use models::{Checked, list_models};
pub use run::TurnEvent;
pub use start::{Ask, MESSAGE_CAP, Prepared, connection_of, title_of};
pub use turns::Turns;
