//! Google's generateContent.

mod reader;
mod request;

#[cfg(test)]
mod tests;

pub(super) use reader::read;
pub(super) use request::{LIST, chat, path};
