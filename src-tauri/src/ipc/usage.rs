//! What was spent in a month.

use history::Usage;
use serde::Serialize;

/// A month, as it was counted on this computer. Amounts are billionths of a dollar, days are UTC's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Usage"))]
#[serde(rename_all = "camelCase")]
pub struct UsageView {
    /// `2026-11`.
    pub month: String,
    /// Every month in which something was sent, and this one; the latest first.
    pub months: Vec<String>,
    /// Now, by the clock that counts.
    #[cfg_attr(test, ts(type = "number"))]
    pub now_ms: i64,
    /// What each model cost over each connection on each day.
    pub days: Vec<DayUseView>,
    /// From sending to the first word: half came sooner.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub median_ms: Option<i64>,
    /// Of twenty, nineteen came sooner.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub most_ms: Option<i64>,
    /// Tokens written in a second of writing.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub tokens_a_second: Option<i64>,
    /// Other programs, the dearest first.
    pub applications: Vec<ShareView>,
    /// The dearest chats.
    pub chats: Vec<ChatShareView>,
}

/// What a model cost over a connection on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "DayUse"))]
#[serde(rename_all = "camelCase")]
pub struct DayUseView {
    /// `2026-11-29`.
    pub day: String,
    /// Over which connection; it may be removed by now.
    #[cfg_attr(test, ts(type = "ConnectionId"))]
    pub connection_id: String,
    /// Which model.
    pub model: String,
    /// What it cost, as far as it is known.
    #[cfg_attr(test, ts(type = "number"))]
    pub nano: i64,
    /// Requests of which nobody knows what they cost.
    #[cfg_attr(test, ts(type = "number"))]
    pub unpriced: i64,
    /// How many there were.
    #[cfg_attr(test, ts(type = "number"))]
    pub requests: i64,
    /// Tokens read.
    #[cfg_attr(test, ts(type = "number"))]
    pub read_tokens: i64,
    /// Tokens written.
    #[cfg_attr(test, ts(type = "number"))]
    pub written_tokens: i64,
}

/// What one of many cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Share"))]
#[serde(rename_all = "camelCase")]
pub struct ShareView {
    /// Its name.
    pub name: String,
    /// What it cost.
    #[cfg_attr(test, ts(type = "number"))]
    pub nano: i64,
    /// Requests.
    #[cfg_attr(test, ts(type = "number"))]
    pub requests: i64,
}

/// What a chat cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "ChatShare"))]
#[serde(rename_all = "camelCase")]
pub struct ChatShareView {
    /// Which.
    #[cfg_attr(test, ts(type = "ConversationId"))]
    pub id: i64,
    /// Its title; `None` where it is deleted.
    pub title: Option<String>,
    /// What it cost.
    #[cfg_attr(test, ts(type = "number"))]
    pub nano: i64,
    /// Requests.
    #[cfg_attr(test, ts(type = "number"))]
    pub requests: i64,
}

impl UsageView {
    /// A month's, seen at this moment.
    pub fn of(usage: Usage, month: String, this_month: String, now_ms: i64) -> Self {
        let Usage { days, speed, applications, conversations, mut months } = usage;
        if !months.contains(&this_month) {
            months.insert(0, this_month);
        }
        let days = days.into_iter().map(|day| DayUseView {
            day: day.day,
            connection_id: day.connection,
            model: day.model,
            nano: day.nano,
            unpriced: day.unpriced,
            requests: day.requests,
            read_tokens: day.read_tokens,
            written_tokens: day.written_tokens,
        });
        let applications = applications.into_iter().map(|share| ShareView {
            name: share.of,
            nano: share.nano,
            requests: share.requests,
        });
        let chats = conversations.into_iter().map(|share| ChatShareView {
            id: share.of.0.0,
            title: share.of.1,
            nano: share.nano,
            requests: share.requests,
        });
        Self {
            month,
            months,
            now_ms,
            days: days.collect(),
            median_ms: speed.median_ms,
            most_ms: speed.most_ms,
            tokens_a_second: speed.tokens_a_second,
            applications: applications.collect(),
            chats: chats.collect(),
        }
    }
}
