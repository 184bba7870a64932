//! Provider formats: request builders, SSE framing, event mappers.
//!
//! Pure: nothing here opens a socket, reads a clock or sees a key. Everything is lenient in what it accepts (servers omit
//! fields, send null, or send what is no event at all) and loud where nothing could be read.

mod catalogue;
mod chat;
mod event;
mod failure;
mod json;
mod mapper;
mod models;
mod provider;
mod retry_after;
pub mod sse;
mod words;

pub use catalogue::{ModelFacts, facts};
pub use chat::{ChatMessage, ChatRequest, Role};
pub use event::{ChatEvent, FinishReason, Usage};
pub use failure::{Failure, FailureKind, Refused, classify};
pub use mapper::Mapper;
pub use models::ModelList;
pub use provider::{LOCAL, Provider, REMOTE};
pub use retry_after::retry_after;
