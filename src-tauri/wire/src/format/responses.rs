//! OpenAI's Responses, used without state on the other side.

mod reader;
mod request;

#[cfg(test)]
mod tests;

pub(super) use reader::Reader;
pub(super) use request::{PATH, chat};
