//! The practice provider: a server on loopback that speaks every provider's language.
//!
//! In the app it is a labelled tour of the product with no model behind it. Tests and benches use the same server: it
//! checks keys, streams at a chosen speed and size, and misbehaves on request, chosen by the model's name.

mod account;
mod answer;
mod asked;
mod echo;
mod format;
mod hard;
mod log;
mod model;
mod place;
mod play;
mod refusal;
mod script;
mod server;
mod sound;
mod stream;

pub use account::{Account, Standing};
pub use answer::{long_answer, tour};
pub use echo::{WAYS, Way};
pub use hard::Hard;
pub use log::{Log, Seen, Sent};
pub use model::{Fault, Model};
pub use server::{Options, Running, router, start, start_in_app};
