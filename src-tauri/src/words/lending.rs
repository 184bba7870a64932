//! Keys that are lent to other programs.

use history::Limits;

use super::numbers::{dollars, ending};
use super::{Asked, quoted};

pub const BEGIN: Asked = Asked {
    title: "Lend keys to other programs?",
    note: "Programs with a token from here can use a key, within limits that you set. They never hold it. Each asks you the first time.",
    yes: "Lend keys",
};

pub const LISTENS_ON: &str = "Listens on";
pub const THIS_COMPUTER: &str = "this computer only";

pub const ADD: Asked = Asked {
    title: "Let an application use this key?",
    note: "It gets a token of its own, which you can revoke at any time. The key stays here.",
    yes: "Make the token",
};

pub const RAISE: Asked = Asked {
    title: "Let this application have more?",
    note: "The key’s own limits still hold.",
    yes: "Allow",
};

pub const UNTIL_NOW: &str = "Until now";
pub const MAY_ASK: &str = "May ask";
pub const UNTIL: &str = "Until";
pub const ONLY_FROM: &str = "Only from";
pub const KEY_CALLED: &str = "Key called";
pub const ASKS: &str = "Asks";

/// A key by its end, where there is one.
pub fn key(last_four: Option<&str>) -> String {
    last_four.map_or_else(|| "none".to_owned(), ending)
}

/// How many models it may ask; none named is every one.
pub fn models(count: usize) -> String {
    match count {
        0 => "every model".to_owned(),
        1 => "one model".to_owned(),
        count => format!("{count} models"),
    }
}

/// The question before anything is lent.
pub fn lend(application: &str, connection: &str) -> Asked<String> {
    Asked {
        title: format!("Let {} use {}?", quoted(application), quoted(connection)),
        note: "If you didn’t start it, press Cancel. It gets nothing.",
        yes: "Allow",
    }
}

pub const ONLY_ONCE: &str = "Only this once";

/// In the place of a program that nobody can name.
pub const UNKNOWN_PROGRAM: &str = "not known: the system does not say";

/// What an application may spend.
pub fn at_most(limits: &Limits) -> String {
    let parts = [
        limits.month_nano.map(|nano| format!("{} a month", dollars(nano))),
        limits.day_nano.map(|nano| format!("{} a day", dollars(nano))),
        limits.request_nano.map(|nano| format!("{} an answer", dollars(nano))),
        limits.requests_a_minute.map(|count| format!("{count} requests a minute")),
        limits.tokens_a_minute.map(|count| format!("{count} tokens a minute")),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    match parts.is_empty() {
        true => "whatever the key may".to_owned(),
        false => parts.join(", "),
    }
}

pub const EXACT_ORIGIN: &str = "An origin is https://host.";

/// Why nothing is lent to a program that was started from a terminal.
pub const IS_OFF: &str =
    "Lending keys is off. Turn it on in Latchkey: Keys & providers, Applications.";
pub const NEEDS_NAME: &str = "The application needs a short name.";
pub const KEY_GONE: &str = "The key of this application is no longer there.";
pub const EXPIRED: &str = "This application has expired. Extend it in Latchkey.";
pub const NO_RANDOMNESS: &str = "The system has no randomness.";
pub const NOT_WRITTEN: &str = "It could not be written down.";
pub const NO_KEY_YET: &str = "There is no key yet. Add one in Latchkey.";
pub const SAID_NO: &str = "You said no, so nothing was started.";
pub const SAID_NO_THRICE: &str = "You said no three times. Latchkey asks again in a minute.";
pub const WINDOW_OPEN: &str = "Another window of Latchkey waits for an answer.";
pub const CANNOT_ASK: &str = "Latchkey cannot ask on this desktop, so nothing was started.";

/// A key that is named and not there.
pub fn no_such_key(key: &str) -> String {
    format!("There is no key called {key}. See latchkey keys.")
}
