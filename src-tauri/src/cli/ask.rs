//! `latchkey ask`: the small window, from wherever a desktop can start a command.

use super::{Call, Exit, reach, say};
use crate::door::{self, Errand};

/// The word for it.
pub const WORD: &str = "ask";

pub fn run(call: &Call) -> Exit {
    if let Some(words) = call.beyond(&[]) {
        say::trouble(&words);
        return Exit::Misused;
    }
    let home = match reach::home() {
        Ok(home) => home,
        Err(words) => {
            say::trouble(&words);
            return Exit::Failed;
        }
    };
    match door::ask(&home, &Errand::Ask) {
        Ok(Ok(_)) => Exit::Fine,
        Ok(Err(words)) => {
            say::trouble(&words);
            Exit::Failed
        }
        // Nobody answers: the app does not run.
        Err(_) => Exit::Begins,
    }
}
