//! Which limit a request would pass: the one place where what is spent is added up and compared.

use rusqlite::Transaction;
use rusqlite::types::{ToSql, ToSqlOutput};

use super::{Over, Request, Spent};
use crate::key_facts;
use crate::limit::{self, Kept, Limits};
use crate::{ApplicationId, Error};

/// What is counted together.
#[derive(Debug, Clone, Copy)]
pub(super) enum Account<'a> {
    Connection(&'a str),
    Application(ApplicationId),
}

const MINUTE_MS: i64 = 60_000;

pub(super) fn over(
    read: &Transaction<'_>,
    request: &Request<'_>,
    day: &str,
) -> Result<Option<Over>, Error> {
    if !key_facts::allows(read, request.connection, request.model)? {
        return Ok(Some(Over::Model));
    }
    let Kept { limits, excess_nano } = limit::find(read, request.connection)?;
    if let Some(nano) = excess_nano {
        return Ok(Some(Over::Excess { nano }));
    }
    over_limits(read, Account::Connection(request.connection), &limits, request, day)
}

pub(super) fn over_limits(
    read: &Transaction<'_>,
    account: Account<'_>,
    limits: &Limits,
    request: &Request<'_>,
    day: &str,
) -> Result<Option<Over>, Error> {
    if let Some(over) = over_pace(read, account, request, limits)? {
        return Ok(Some(over));
    }
    if !limits.are_of_money() {
        return Ok(None);
    }
    let Some(cost) = request.at_most_nano else { return Ok(Some(Over::UnknownPrice)) };
    let Spent { day_nano, month_nano } = spent(read, account, day)?;
    let passes =
        |limit: Option<i64>, spent: i64| limit.filter(|&limit| spent.saturating_add(cost) > limit);
    let request = passes(limits.request_nano, 0).map(|limit_nano| Over::Request { limit_nano });
    let month = || {
        let limit_nano = passes(limits.month_nano, month_nano)?;
        Some(Over::Month { limit_nano, spent_nano: month_nano })
    };
    let day = || {
        let limit_nano = passes(limits.day_nano, day_nano)?;
        Some(Over::Day { limit_nano, spent_nano: day_nano })
    };
    Ok(request.or_else(month).or_else(day))
}

fn over_pace(
    read: &Transaction<'_>,
    account: Account<'_>,
    request: &Request<'_>,
    limits: &Limits,
) -> Result<Option<Over>, Error> {
    if let Some(limit) = limits.tokens_a_minute
        && request.tokens_at_most > limit
    {
        return Ok(Some(Over::TooManyTokens { limit }));
    }
    if limits.requests_a_minute.is_none() && limits.tokens_a_minute.is_none() {
        return Ok(None);
    }
    // What a clock that was set back has put into the future says nothing about this minute.
    let mut list = read.prepare_cached(match account {
        Account::Connection(_) => {
            "SELECT sent_ms, coalesce(read_tokens + written_tokens, tokens_at_most) FROM ledger
             WHERE connection = ?1 AND sent_ms > ?2 AND sent_ms <= ?3 ORDER BY sent_ms DESC"
        }
        Account::Application(_) => {
            "SELECT sent_ms, coalesce(read_tokens + written_tokens, tokens_at_most) FROM ledger
             WHERE application = ?1 AND sent_ms > ?2 AND sent_ms <= ?3 ORDER BY sent_ms DESC"
        }
    })?;
    let now = request.now_ms;
    let rows = list.query_map((account, now.saturating_sub(MINUTE_MS), now), |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
    })?;
    let mut tokens = request.tokens_at_most;
    for (requests, row) in (2_i64..).zip(rows) {
        let (sent_ms, more) = row?;
        tokens = tokens.saturating_add(more);
        if limits.requests_a_minute.is_some_and(|limit| requests > limit)
            || limits.tokens_a_minute.is_some_and(|limit| tokens > limit)
        {
            // When this one is a minute old, there is room.
            return Ok(Some(Over::Pace { wait_ms: sent_ms + MINUTE_MS - now }));
        }
    }
    let none_at_all = limits.requests_a_minute.is_some_and(|limit| limit < 1);
    Ok(none_at_all.then_some(Over::Pace { wait_ms: MINUTE_MS }))
}

/// What is settled is in the sums; what is open counts as much as was reserved.
pub(super) fn spent(
    read: &Transaction<'_>,
    account: Account<'_>,
    day: &str,
) -> Result<Spent, Error> {
    let month = day.get(..7).unwrap_or(day);
    let mut sum = read.prepare_cached(match account {
        Account::Connection(_) => {
            "SELECT coalesce(sum(nano) FILTER (WHERE day >= ?3), 0), coalesce(sum(nano), 0) FROM (
                 SELECT day, nano FROM spend WHERE connection = ?1 AND day >= ?2
                 UNION ALL
                 SELECT day, coalesce(at_most_nano, 0) FROM ledger
                     WHERE settled = 0 AND connection = ?1 AND day >= ?2)"
        }
        Account::Application(_) => {
            "SELECT coalesce(sum(nano) FILTER (WHERE day >= ?3), 0), coalesce(sum(nano), 0) FROM (
                 SELECT day, nano FROM application_spend WHERE application = ?1 AND day >= ?2
                 UNION ALL
                 SELECT day, coalesce(at_most_nano, 0) FROM ledger
                     WHERE settled = 0 AND application IS NOT NULL AND application = ?1 AND day >= ?2)"
        }
    })?;
    Ok(sum.query_row((account, month, day), |row| {
        Ok(Spent { day_nano: row.get(0)?, month_nano: row.get(1)? })
    })?)
}

impl ToSql for Account<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Connection(id) => id.to_sql(),
            Self::Application(id) => id.to_sql(),
        }
    }
}
