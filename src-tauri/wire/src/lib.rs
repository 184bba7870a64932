//! Provider formats: request builders, SSE framing, event mappers.
//!
//! Pure: nothing here opens a socket, reads a clock or sees a key. Everything is lenient in what it accepts (servers omit
//! fields and send null) and loud about what it does not understand.

mod catalogue;
mod chat;
mod event;
mod failure;
mod mapper;
mod models;
mod provider;
mod retry_after;
pub mod sse;

pub use catalogue::{ModelFacts, facts};
pub use chat::{ChatMessage, ChatRequest, Role};
pub use event::{ChatEvent, FinishReason, Usage};
pub use failure::{Failure, FailureKind, Refused, classify};
pub use mapper::{Mapper, whole_answer};
pub use models::parse_models;
pub use provider::{LOCAL, Provider, REMOTE};
pub use retry_after::retry_after;
