//! Dictation, audio that is written down, and what is said of what no voice can say.

use render::SpokenWords;

use super::Asked;
use super::numbers::dollars;

/// The window's title while a take is spoken: natively, wherever windows are listed, so that no page can hide it.
pub const RECORDING: &str = "● Dictation – Latchkey";

pub const USE_MICROPHONE: Asked = Asked {
    title: "Let Latchkey use the microphone?",
    note: "Only while you dictate: the window’s title shows it with a ●. What is heard stays in memory and is sent when you \
           press Finish.",
    yes: "Let it listen",
};

pub const DICTATED_GOES_TO: &str = "What you dictate goes to";

pub const WRITE_DOWN: Asked = Asked {
    title: "Have this audio written down?",
    note: "Its words take its place in the message; the file itself stays where you have it.",
    yes: "Write it down",
};

pub const GOES_TO: &str = "It goes to";
pub const LONG: &str = "It is so long";
pub const COSTS: &str = "It costs";

/// How long audio is whose length nobody can tell.
pub const UNKNOWN: &str = "Unknown";

/// The most that it may cost; `None` where nobody knows a price.
pub fn at_most(nano: Option<i64>) -> String {
    match nano {
        Some(0) => "Nothing".to_owned(),
        Some(nano) => format!("{} at most", dollars(nano)),
        None => "Nobody knows how much".to_owned(),
    }
}

/// What no voice can say. English, like all that this version says.
pub const SPOKEN: SpokenWords = SpokenWords {
    code: |lines| match lines {
        1 => "A line of code.".to_owned(),
        lines => format!("{lines} lines of code."),
    },
    formula: "a formula",
    diagram: "A diagram.",
    picture: "a picture",
    link: |host| format!("a link to {host}"),
};
