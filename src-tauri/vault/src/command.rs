//! A key from a secret manager: a program of the person's that prints it, run without a shell, once a session, and never kept on disk.

mod program;
mod run;
mod tools;

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::address::BaseUrl;
use crate::key::ApiKey;
use crate::paste::HandedOver;

pub use tools::{TOOLS, Tool};

/// A program, with what it is called with, as the person has seen and allowed it. It holds no secret: a reference to one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyCommand {
    program: PathBuf,
    arguments: Vec<String>,
    /// What the program was like when it was allowed: another in its place is not run.
    mark: program::Mark,
}

/// Why a command gives no key. It never holds what the program printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CommandError {
    /// There is no such program, or it cannot be run.
    #[error("there is no such program")]
    NoProgram,
    /// Others than its owner or the person could put another program in its place.
    #[error("others could change this program")]
    Unsafe,
    /// It is not the one that was allowed.
    #[error("the program has changed since it was allowed")]
    Changed,
    /// An argument that no reference may be: a hidden character, or longer than any.
    #[error("this is no reference to a secret")]
    BadReference,
    /// It did not end in time, and was ended.
    #[error("the program did not end in time")]
    TooSlow,
    /// It ended with an error.
    #[error("the program ended with code {0}")]
    Exit(i32),
    /// It printed nothing.
    #[error("the program printed nothing")]
    Nothing,
    /// It printed more than one line.
    #[error("the program printed more than one line")]
    ManyLines,
    /// It printed colours, or other marks that no key has.
    #[error("the program printed control characters")]
    Marks,
    /// It printed more than any key.
    #[error("the program printed too much")]
    TooMuch,
    /// What it printed is not a key for this address.
    #[error("what the program printed is not a key")]
    NotAKey,
}

/// Longer than any reference.
const LONGEST: usize = 512;
const MOST_ARGUMENTS: usize = 32;
const PROMPT: Duration = Duration::from_secs(20);
/// For one that may ask a person in a window of its own.
const PATIENT: Duration = Duration::from_secs(60);

impl KeyCommand {
    /// A program by its name or path, with these arguments. Nothing is run.
    pub fn new(program: &str, arguments: Vec<String>) -> Result<Self, CommandError> {
        let odd = |text: &String| text.len() > LONGEST || text.chars().any(char::is_control);
        if arguments.len() > MOST_ARGUMENTS || arguments.iter().any(odd) {
            return Err(CommandError::BadReference);
        }
        let program = program::find(program)?;
        let mark = program::mark(&program)?;
        Ok(Self { program, arguments, mark })
    }

    /// The program's own path.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// What it is called with.
    pub fn arguments(&self) -> &[String] {
        &self.arguments
    }

    /// Runs it and takes the one key that it prints. Blocks until it has ended, at most a minute; `patient` is for one that may
    /// show a window of its own.
    pub fn fetch(&self, base: &BaseUrl, patient: bool) -> Result<HandedOver, CommandError> {
        if program::mark(&self.program)? != self.mark {
            return Err(CommandError::Changed);
        }
        let text =
            run::one_line(&self.program, &self.arguments, if patient { PATIENT } else { PROMPT })?;
        let found = ApiKey::hand_over(text, base).map_err(|_| CommandError::NotAKey)?;
        // What has to be peeled is not what a secret manager was asked for.
        match found.removed.is_empty() {
            true => Ok(found),
            false => Err(CommandError::NotAKey),
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
