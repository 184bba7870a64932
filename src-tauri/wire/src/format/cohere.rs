//! Cohere's chat, version 2.

mod reader;
mod request;

#[cfg(test)]
mod tests;

pub(super) use reader::read;
pub(super) use request::{LIST, PATH, chat};
