//! Provider formats: request builders, SSE framing, event mappers.
//!
//! Pure: nothing here opens a socket, reads a clock or sees a key. Everything is lenient in what it accepts (servers omit
//! fields, send null, or send what is no event at all) and loud where nothing could be read.

mod abilities;
mod account;
mod attachments;
mod audio_kind;
mod catalogue;
mod day;
mod encoded;
mod event;
mod failure;
mod form;
mod format;
mod hearing;
mod json;
mod models;
mod money;
mod price;
mod prompt;
mod provider;
mod request;
mod retry_after;
mod search;
mod sound;
mod speech;
pub mod sse;
mod transcript;
mod voices;
mod words;

pub use abilities::{Abilities, JsonTaken, Sampling, Thinking};
pub use account::{Account, Told};
pub use attachments::{Takes, letters};
pub use audio_kind::AudioKind;
pub use catalogue::{ModelFacts, facts, known_models};
pub use day::Day;
pub use event::{ChatEvent, FinishReason, Source, Usage};
pub use failure::{Failure, FailureKind, Refused, classify};
pub use form::Form;
pub use format::{Format, Mapper, Pulling, Shown, Without};
pub use hearing::Hearing;
pub use models::{Listed, ListedFacts, ListedPrice, ModelList};
pub use price::{LongPrices, Prices};
pub use prompt::{
    EffortLevel, Json, Message, Parameter, Parameters, Part, Prompt, Role, Thought, Verbosity,
};
pub use provider::{Dialect, KeyCheck, Page, Provider};
pub use request::{Body, KeyIn, Request};
pub use retry_after::retry_after;
pub use search::{Per, Search};
pub use sound::{RATE, Sound, wav};
pub use speech::speak;
pub use transcript::{heard, transcribe};
pub use voices::{Listener, Speaker, Voices};
