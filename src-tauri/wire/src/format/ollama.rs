//! Ollama's own interface: a document a line.

mod reader;
mod request;

#[cfg(test)]
mod tests;

pub(super) use reader::read;
pub(super) use request::{LIST, PATH, chat};
