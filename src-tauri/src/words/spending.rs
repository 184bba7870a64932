//! What keys have spent and may spend.

use super::numbers::dollars;
use super::{Asked, Told, quoted};

/// How long a cap counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    Day,
    Month,
}

/// A cap is near.
pub fn near_cap(name: &str, span: Span, spent: i64, limit: i64) -> Told<String> {
    let what = match span {
        Span::Day => "daily",
        Span::Month => "monthly",
    };
    Told {
        title: format!("{} is near its {what} cap.", quoted(name)),
        body: format!(
            "{} of {} is spent. At the cap nothing more is sent.",
            dollars(spent),
            dollars(limit)
        ),
    }
}

/// A day costs much more than others.
pub fn spike(spent: i64, usual: i64) -> Told<String> {
    Told {
        title: "Today costs much more than usual.".to_owned(),
        body: format!(
            "{} by now, on other days about {}. Usage shows what it went to.",
            dollars(spent),
            dollars(usual)
        ),
    }
}

/// A notice as one text.
pub fn in_one(title: &str, body: &str) -> String {
    format!("{title} {body}")
}

pub const RAISE: Asked = Asked {
    title: "Raise what this key may spend?",
    note: "Latchkey sends nothing that could cost more than this.",
    yes: "Raise",
};

pub const A_MONTH_MAY_COST: &str = "A month may cost";
pub const A_DAY_MAY_COST: &str = "A day may cost";
pub const AN_ANSWER_MAY_COST: &str = "One answer may cost";

/// In the place of a limit.
pub const NO_LIMIT: &str = "no limit";

/// What a limit becomes, and what it was.
pub fn until_now(after: &str, before: &str) -> String {
    format!("{after}, until now {before}")
}

pub const GO_ON: Asked = Asked {
    title: "Go on with this key?",
    note: "An answer cost more than the published prices allow. Look at the provider’s page before you go on.",
    yes: "Go on",
};

pub const CHARGED_BEYOND: &str = "Charged beyond the most";

/// The title of the window in which a file is named.
pub const SAVE_TABLE: &str = "Save the usage as a table";

/// The head of that table.
pub const TABLE_HEAD: &str = "time (UTC),key,application,chat,model,tokens in,tokens out,cost (USD),first token (ms),whole answer (ms)\r\n";
