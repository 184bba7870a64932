//! OpenAI's responses.

mod request;
mod writer;

pub(super) use request::read;
pub(super) use writer::{Writer, whole};
