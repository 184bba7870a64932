//! Every word that a person reads from native code: windows, questions, notices, menus, reports, the command line. A catalogue each
//! concept: constants, and functions where a text has parts.
//!
//! It stands on the ground: it knows the plain types that it words, and no room of the app. A room brings what is asked about.

pub mod answers;
pub mod background;
pub mod blocks;
pub mod chats;
pub mod cli;
pub mod guard;
pub mod help;
pub mod keys;
pub mod labels;
pub mod leaks;
pub mod lending;
pub mod links;
pub mod models;
pub mod numbers;
pub mod organise;
pub mod prompts;
mod quote;
pub mod rotation;
pub mod scan;
pub mod spending;
pub mod start;
pub mod team;
pub mod voice;
pub mod windows;

pub use numbers::{dollars, ending};
pub use quote::quoted;

/// The words of a question with one yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<T = &'static str> {
    /// The window's title, a question.
    pub title: T,
    /// What follows from a yes.
    pub note: &'static str,
    /// On the button that says yes.
    pub yes: &'static str,
}

impl From<Asked> for Asked<String> {
    fn from(asked: Asked) -> Self {
        let Asked { title, note, yes } = asked;
        Self { title: title.to_owned(), note, yes }
    }
}

/// The words of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<T = &'static str> {
    /// What happened.
    pub title: T,
    /// What is safe, and what to do next.
    pub body: T,
}
