//! A key that changes, that asks more models, or that leaked.

use super::Asked;
use super::numbers::dollars;

pub const ASK_MORE_MODELS: Asked = Asked {
    title: "Let this key ask more models?",
    note: "Latchkey asks no other models with this key.",
    yes: "Allow",
};

/// How many models more it may ask; `None` where it may ask any.
pub fn more_models(more: Option<usize>) -> String {
    more.map_or_else(|| "any".to_owned(), |more| format!("{more} more than before"))
}

pub const LET_KEEP: Asked = Asked {
    title: "Let those answer who keep what they are sent?",
    note: "Some of the companies that run models there keep messages, or train models on them.",
    yes: "Allow",
};

pub const USE_UNPROVEN: Asked = Asked {
    title: "Use a key that was not seen to work?",
    note: "The provider was not asked, or says the same to everybody. The old key stays until you let it go.",
    yes: "Use it",
};

pub const LET_OLD_GO: Asked = Asked {
    title: "Let the old key go?",
    note: "It is removed from the keychain. Until it is revoked at the provider, whoever has a copy can use it.",
    yes: "Forget the old key",
};

pub const LEAKED: Asked = Asked {
    title: "Did this key leak?",
    note: "It is removed from this computer at once. This can’t be undone. The provider accepts it until you revoke it there; that page is next.",
    yes: "Remove the key",
};

pub const ANSWERS_THAT_STOP: &str = "Answers that stop";

/// The title of the window in which a file is named.
pub const SAVE_REPORT: &str = "Save report";

/// What a report calls this program.
pub const LATCHKEY: &str = "Latchkey";

/// The head of the report on a key that leaked: its name, its end, its origin, and when it was removed.
pub fn report_head(name: &str, ends_in: &str, origin: &str, removed: &str) -> String {
    format!(
        "Key: {name}, ends in {ends_in}\n\
         Sent only to: {origin}\n\
         Removed from this computer: {removed} UTC\n\
         What used it, as Latchkey saw it:"
    )
}

/// A line of that report: who asked what with it.
pub fn report_line(by: &str, requests: i64, models: &[String], nano: i64, last: &str) -> String {
    let (models, cost) = (models.join(", "), dollars(nano));
    format!("- {by}: {requests} requests to {models}, {cost}, last at {last} UTC")
}
