//! `latchkey scan`.

use super::{Call, Exit, misused, say};

pub fn run(call: &Call) -> Exit {
    if call.rest.is_empty() {
        return misused("Say where to look.");
    }
    say::failed(call, "This is done in the window for now: Keys, Leak check.")
}
