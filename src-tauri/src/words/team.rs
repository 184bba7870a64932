//! A team's file: joining a team, its changes, setting up what it wants, leaving it.

use turn::Change;

use super::{Asked, labels, spending};

pub const JOIN: Asked = Asked {
    title: "Use this team file?",
    note: "Nothing is run or sent by this: each connection is set up by itself, and asks first. You can have less than the team allows, not more.",
    yes: "Use it",
};

pub const IN_PLACE_OF: &str = "In place of";

pub const ACCEPT_CHANGES: Asked = Asked {
    title: "Accept the team’s changes?",
    note: "What you have set lower stays lower, as far as the team lets you. A key that lies elsewhere now is set up once more.",
    yes: "Accept",
};

pub const CHANGES: &str = "Changes";

/// How many changes allow more.
pub fn more(more: usize) -> String {
    match more {
        1 => "One of these changes lets a key ask or spend more than before.".to_owned(),
        more => format!("{more} of these changes let a key ask or spend more than before."),
    }
}

pub const SET_UP: Asked = Asked {
    title: "Ask this program for the team’s key?",
    note: "It is run without a shell. The key is tried once and kept nowhere: the program is asked again after each start.",
    yes: "Run it",
};

pub const WITH: &str = "With";

pub const LEAVE: Asked = Asked {
    title: "Leave this team?",
    note: "Its connections, models and limits stay as they are. From then on you can raise them, with a yes of your own.",
    yes: "Leave",
};

pub const VERSION: &str = "Version";
pub const CONNECTIONS: &str = "Connections";
pub const NEW_KEY_AFTER: &str = "New key after";

const ANY: &str = "any";

/// A secret manager, and what names the key to it.
pub fn key_from(manager: &str, reference: &str) -> String {
    format!("{manager} {reference}")
}

/// Which models may be asked.
pub fn models(models: &[String]) -> String {
    if models.is_empty() { ANY.to_owned() } else { models.join(", ") }
}

/// How often a key changes.
pub fn days(days: i64) -> String {
    format!("{days} days")
}

/// What is said of a limit, behind its amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    Month,
    Day,
    Answer,
    Requests,
    Tokens,
}

/// One limit.
pub fn limit(most: impl std::fmt::Display, of: Limit) -> String {
    let of = match of {
        Limit::Month => "a month",
        Limit::Day => "a day",
        Limit::Answer => "one answer",
        Limit::Requests => "requests a minute",
        Limit::Tokens => "tokens a minute",
    };
    format!("{most} {of}")
}

/// All limits.
pub fn limits(all: &[String]) -> String {
    if all.is_empty() { spending::NO_LIMIT.to_owned() } else { all.join(", ") }
}

/// What has changed, and whether it allows more.
pub fn change(change: Change, widens: bool) -> String {
    let what = match change {
        Change::Added => "Added",
        Change::Dropped => "No longer the team’s; it stays here",
        Change::Address => labels::ADDRESS,
        Change::Key => labels::KEY_FROM,
        Change::Label => "Label",
        Change::Models => labels::MODELS,
        Change::DefaultModel => labels::DEFAULT_MODEL,
        Change::Rotation => "Days to a new key",
        Change::MonthLimit => "A month",
        Change::DayLimit => "A day",
        Change::RequestLimit => "One answer",
        Change::RequestsAMinute => labels::REQUESTS_A_MINUTE,
        Change::TokensAMinute => labels::TOKENS_A_MINUTE,
    };
    let mark = if widens { " (more)" } else { "" };
    format!("{what}{mark}")
}

/// Of which connection, and from what to what.
pub fn changed(connection: &str, change: Change, before: &str, after: &str) -> String {
    let none = |text: &str| match (text.is_empty(), change) {
        (false, _) => text.to_owned(),
        (true, Change::Models) => ANY.to_owned(),
        (true, _) => "none".to_owned(),
    };
    match change {
        Change::Added | Change::Dropped => connection.to_owned(),
        _ => format!("{connection}: {} → {}", none(before), none(after)),
    }
}

/// The title of the window in which a file is picked.
pub const CHOOSE_FILE: &str = "Choose a latchkey.team.toml";
