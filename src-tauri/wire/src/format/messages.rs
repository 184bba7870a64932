//! Anthropic's Messages.

mod reader;
mod request;

#[cfg(test)]
mod tests;

pub(super) use reader::Reader;
pub(super) use request::{LIST, PATH, chat};

/// Without it Anthropic refuses whatever it is asked.
pub(super) const HEADERS: &[(&str, &str)] = &[("anthropic-version", "2023-06-01")];
