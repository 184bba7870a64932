//! Google's generateContent.

mod reader;
mod request;

#[cfg(test)]
mod tests;

pub(super) use reader::Reader;
pub(super) use request::{LIST, chat, path};
