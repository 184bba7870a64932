//! Ollama's own interface: a document a line.

mod pull;
mod reader;
mod request;
mod show;

#[cfg(test)]
mod tests;

pub use pull::Pulling;
pub(super) use pull::{PATH as PULL, request as pull};
pub(super) use reader::read;
pub(super) use request::{LIST, PATH, chat};
pub use show::Shown;
pub(super) use show::{PATH as SHOW, request as show};
