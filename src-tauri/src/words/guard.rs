//! Secrets that may go out with a message.

use super::Asked;

pub const SENT_TO: &str = "Sent to";

pub const SEND_KEY: Asked = Asked {
    title: "Send your key in a message?",
    note: "A key in an attached file stays a placeholder.",
    yes: "Send it",
};

pub const KEY_IS_MONEY: &str = "Whoever reads it can use the key and spend your money.";

/// In the place of a text that may be a key.
pub const NOT_SHOWN: &str = "Not shown";

pub const MAY_BE_KEY: &str =
    "It is one long word, as a key or a password is. Those belong into no prompt.";

pub const STILL_STOPPED: &str = "Still stopped";
pub const STORED_KEYS: &str = "keys that Latchkey stores";

pub const STOP_CHECKING: Asked = Asked {
    title: "Let secrets go out with messages?",
    note: "Other keys, tokens and passwords in a message or its files are sent without a question from now on.",
    yes: "Stop checking",
};
