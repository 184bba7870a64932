//! Latchkey in a terminal: what can be asked without a window. No argument is ever a secret, and no answer holds one.
//!
//! A command is a word, a function of [`Call`] that says how it ended, and a page of help. Where the app runs, it answers,
//! because the store is its own; where it does not, the store is opened for as long as the answer takes.

mod arguments;
mod ask;
mod audit;
mod keys;
mod reach;
mod run;
mod say;
mod scan;
mod usage;

use std::ffi::OsString;
use std::process::ExitCode;

use crate::words::{cli as words, help};

pub use arguments::Call;
pub use ask::WORD as ASK;
pub use say::Said;

/// How a command ended, as the shell around it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// As it was asked to.
    Fine,
    /// It could not be done.
    Failed,
    /// It was asked for in a way that nobody understands.
    Misused,
    /// It was done, and what it found is not as it should be.
    Found,
    /// A program was started, and ended so.
    Program(u8),
    /// It did not end: the app begins, and does it.
    Begins,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine | Exit::Begins => 0,
            Exit::Failed => 1,
            Exit::Misused => 2,
            Exit::Found => 3,
            Exit::Program(code) => code,
        })
    }
}

/// A command of the terminal.
struct Command {
    word: &'static str,
    run: fn(&Call) -> Exit,
    help: &'static str,
}

const COMMANDS: &[Command] = &[
    Command { word: ask::WORD, run: ask::run, help: help::ASK },
    Command { word: "run", run: run::run, help: help::RUN },
    Command { word: "keys", run: keys::run, help: help::KEYS },
    Command { word: "usage", run: usage::run, help: help::USAGE },
    Command { word: "audit", run: audit::run, help: help::AUDIT },
    Command { word: "scan", run: scan::run, help: help::SCAN },
];

/// Does what the arguments ask for; `None` where they ask for nothing that is done without a window.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> Option<ExitCode> {
    let mut arguments = arguments.into_iter();
    let word = arguments.next()?;
    let word = word.to_str()?;
    let exit = match word {
        "help" | "--help" | "-h" => {
            help(arguments.next().as_deref().and_then(|word| word.to_str()))
        }
        "--version" | "-V" => {
            say::line(&words::version(env!("CARGO_PKG_VERSION")));
            Exit::Fine
        }
        word => {
            let command = COMMANDS.iter().find(|command| command.word == word)?;
            command.run(arguments)
        }
    };
    match exit {
        Exit::Begins => None,
        exit => Some(exit.into()),
    }
}

impl Command {
    fn run(&self, arguments: impl Iterator<Item = OsString>) -> Exit {
        match Call::read(arguments) {
            Ok(call) if call.has("help") => help(Some(self.word)),
            Ok(call) => (self.run)(&call),
            Err(words) => misused(&words),
        }
    }
}

fn help(word: Option<&str>) -> Exit {
    let known = word.and_then(|word| COMMANDS.iter().find(|command| command.word == word));
    match (word, known) {
        (_, Some(command)) => say::line(command.help),
        (None, None) => say::line(help::ALL),
        (Some(word), None) => return misused(&words::no_command(word)),
    }
    Exit::Fine
}

fn misused(why: &str) -> Exit {
    say::trouble(&words::misused(why));
    Exit::Misused
}
