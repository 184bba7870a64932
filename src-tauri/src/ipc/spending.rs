//! What a connection may spend, and what it has.

use history::{History, Limits};
use serde::{Deserialize, Serialize};
use turn::{Comparison, Since};

use super::{AppError, ErrorCode};

/// Limits as the page sees and sets them; `None` is none. Amounts are billionths of a dollar, days and months are UTC's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Limits"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LimitsView {
    /// What a month may cost.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub month_nano: Option<i64>,
    /// What a day may cost.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub day_nano: Option<i64>,
    /// What one request may cost at most.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub request_nano: Option<i64>,
    /// How many requests a minute may have.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub requests_a_minute: Option<i64>,
    /// How many tokens a minute may have, read and written.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub tokens_a_minute: Option<i64>,
}

/// Limits, and what is spent of them. What is reserved counts as spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Spending"))]
#[serde(rename_all = "camelCase")]
pub struct SpendingView {
    /// What it may spend.
    pub limits: LimitsView,
    /// Spent today.
    #[cfg_attr(test, ts(type = "number"))]
    pub day_nano: i64,
    /// Spent this month.
    #[cfg_attr(test, ts(type = "number"))]
    pub month_nano: i64,
    /// By how much it was charged more than it could have been; nothing is sent until a person has seen it.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub excess_nano: Option<i64>,
    /// Now, by the clock that counts.
    #[cfg_attr(test, ts(type = "number"))]
    pub now_ms: i64,
}

/// What a provider has counted for a key, beside what was counted here. Amounts are billionths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Comparison"))]
#[serde(rename_all = "camelCase")]
pub struct ComparisonView {
    /// What the provider says this month has cost, by UTC.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub told_month_nano: Option<i64>,
    /// What was counted here.
    #[cfg_attr(test, ts(type = "number"))]
    pub month_nano: i64,
    /// What the provider lets the key use, and what is left of it.
    #[cfg_attr(test, ts(type = "[number, number | null] | null"))]
    pub limit: Option<(i64, Option<i64>)>,
    /// What is left of the account's money, and its currency.
    #[cfg_attr(test, ts(type = "[number, string] | null"))]
    pub balance: Option<(i64, String)>,
    /// How the balance went down since it was told before, and what was counted here meanwhile.
    pub since: Option<SinceView>,
    /// When it was asked.
    #[cfg_attr(test, ts(type = "number"))]
    pub asked_ms: i64,
}

/// From one balance to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Since"))]
#[serde(rename_all = "camelCase")]
pub struct SinceView {
    /// When the one before was told.
    #[cfg_attr(test, ts(type = "number"))]
    pub at_ms: i64,
    /// By how much it went down; below nothing where it was filled up.
    #[cfg_attr(test, ts(type = "number"))]
    pub fell_nano: i64,
    /// What was counted here meanwhile.
    #[cfg_attr(test, ts(type = "number"))]
    pub counted_nano: i64,
}

impl From<Comparison> for ComparisonView {
    fn from(comparison: Comparison) -> Self {
        let Comparison { told, month_nano, since, asked_ms, .. } = comparison;
        let since = since.map(|Since { at_ms, fell_nano, counted_nano }| SinceView {
            at_ms,
            fell_nano,
            counted_nano,
        });
        Self {
            told_month_nano: told.month_nano,
            month_nano,
            limit: told.limit_nano.map(|limit| (limit, told.limit_left_nano)),
            balance: told.balance,
            since,
            asked_ms,
        }
    }
}

#[cfg(test)]
#[derive(ts_rs::TS)]
#[ts(export, export_to = "types.ts", rename = "Cap", rename_all = "camelCase")]
#[allow(dead_code, reason = "only its TypeScript is used")]
pub struct CapView {
    #[ts(type = "\"request\" | \"day\" | \"month\"")]
    span: String,
    #[ts(type = "number")]
    limit_nano: i64,
    #[ts(type = "number")]
    spent_nano: i64,
    #[ts(type = "number")]
    at_most_nano: i64,
}

/// A million dollars, or a million million of anything else: more is a slip of the hand, and a page counts no further exactly.
const MOST: i64 = 1_000_000_000_000_000;

impl LimitsView {
    /// As they are kept.
    pub fn parse(self) -> Result<Limits, AppError> {
        let Self { month_nano, day_nano, request_nano, requests_a_minute, tokens_a_minute } = self;
        let all = [month_nano, day_nano, request_nano, requests_a_minute, tokens_a_minute];
        match all.into_iter().flatten().all(|limit| (0..=MOST).contains(&limit)) {
            true => Ok(Limits {
                day_nano,
                month_nano,
                request_nano,
                requests_a_minute,
                tokens_a_minute,
            }),
            false => Err(AppError::of(ErrorCode::TooLong)),
        }
    }
}

impl From<Limits> for LimitsView {
    fn from(limits: Limits) -> Self {
        let Limits { day_nano, month_nano, request_nano, requests_a_minute, tokens_a_minute } =
            limits;
        Self { month_nano, day_nano, request_nano, requests_a_minute, tokens_a_minute }
    }
}

impl SpendingView {
    /// What is known of a connection at this moment.
    pub fn of(history: &History, connection: &str, now_ms: i64) -> Result<Self, history::Error> {
        let spent = history.spent(connection, now_ms)?;
        Ok(Self {
            limits: history.limits(connection)?.into(),
            day_nano: spent.day_nano,
            month_nano: spent.month_nano,
            excess_nano: history.excess(connection)?,
            now_ms,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_counted_is_a_limit() {
        let view = |month_nano| LimitsView { month_nano, ..Limits::default().into() };
        for (nano, is_one) in [
            (Some(0), true),
            (Some(MOST), true),
            (None, true),
            (Some(-1), false),
            (Some(MOST + 1), false),
        ] {
            assert_eq!(view(nano).parse().is_ok(), is_one, "{nano:?}");
        }
    }
}
