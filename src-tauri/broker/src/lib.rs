//! Lends keys to other programs: a small server on loopback that speaks OpenAI's and Anthropic's languages and passes on what
//! it is asked, with a key that nobody but the vault ever sees.
//!
//! Nothing is answered without a token, nothing is sent without a reservation, and a web page gets nothing that a person has
//! not let it have.

mod answer;
mod desk;
mod dialect;
mod ground;
mod listener;
mod peer;
mod place;
mod refusal;
mod rules;
mod stream;
mod token;

pub use desk::{Broker, Lease};
pub use ground::{Answered, Asking, Ground, Pending};
pub use peer::{Program, runs};
pub use token::Token;
