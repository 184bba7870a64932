//! The ledger: what was sent and what it cost. Money is reserved before anything is sent and settled when it is known, both in
//! one place, so that what is recorded never passes a limit, however many requests run at once.

use rusqlite::{OptionalExtension, Transaction};

use crate::limit::{self, Kept, Limits};
use crate::{ConversationId, Error, History, MessageId};

/// A reservation, and what becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EntryId(pub i64);

/// What is about to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request<'r> {
    /// Over which connection.
    pub connection: &'r str,
    /// To which model.
    pub model: &'r str,
    /// From which conversation.
    pub conversation: Option<ConversationId>,
    /// For which answer.
    pub message: Option<MessageId>,
    /// The most that it may cost, in billionths of a dollar; `None` where the price is not known.
    pub at_most_nano: Option<i64>,
    /// The most tokens that it may have, read and written.
    pub tokens_at_most: i64,
    /// Now, in milliseconds since 1970.
    pub now_ms: i64,
}

/// Why nothing may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// This request alone could cost more than one may.
    Request {
        /// The limit.
        limit_nano: i64,
    },
    /// With this one, a day could.
    Day {
        /// The limit.
        limit_nano: i64,
        /// Spent and reserved today.
        spent_nano: i64,
    },
    /// With this one, a month could.
    Month {
        /// The limit.
        limit_nano: i64,
        /// Spent and reserved this month.
        spent_nano: i64,
    },
    /// Nobody knows what it could cost, and there is a limit of money.
    UnknownPrice,
    /// A minute has had as many requests, or as many tokens, as it may.
    Pace {
        /// When there is room again, in milliseconds.
        wait_ms: i64,
    },
    /// It would have more tokens than a minute may.
    TooManyTokens {
        /// The limit.
        limit: i64,
    },
    /// More was charged than could have been, and nobody has looked yet.
    Excess {
        /// By so much.
        nano: i64,
    },
}

/// What is known when a request is over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settled {
    /// What it cost; `None` where nobody knows.
    pub nano: Option<i64>,
    /// Tokens read.
    pub read_tokens: Option<i64>,
    /// Tokens written.
    pub written_tokens: Option<i64>,
    /// From sending to the first word.
    pub first_token_ms: Option<i64>,
    /// From sending to the end.
    pub whole_ms: Option<i64>,
}

/// What a connection has spent. Reservations count as if they had come true.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    /// Today.
    pub day_nano: i64,
    /// This month.
    pub month_nano: i64,
}

const MINUTE_MS: i64 = 60_000;

impl History {
    /// Reserves the most that a request may cost, or says which limit it would pass. Nothing may be sent before.
    pub fn reserve(&self, request: &Request<'_>) -> Result<Result<EntryId, Over>, Error> {
        self.write(|write| {
            let day = today(write, request.now_ms)?;
            if let Some(over) = over(write, request, &day)? {
                return Ok(Err(over));
            }
            Ok(Ok(enter(write, request, &day)?))
        })
    }

    /// Says what became of a reservation. Where it cost more than was reserved, the connection stops until a person has looked.
    /// Settling once more changes nothing.
    pub fn settle(&self, entry: EntryId, settled: &Settled) -> Result<(), Error> {
        self.write(|write| settle(write, entry, settled))
    }

    /// Takes a reservation back of which nothing was sent.
    pub fn release(&self, entry: EntryId) -> Result<(), Error> {
        self.write(|write| {
            write.execute("DELETE FROM ledger WHERE id = ?1 AND settled = 0", [entry.0])?;
            Ok(())
        })
    }

    /// Settles what an earlier run of the program has left open: nobody knows what became of it, so it cost the most that it
    /// could. Returns how many there were.
    pub fn settle_left_open(&self) -> Result<usize, Error> {
        self.write(|write| {
            let mut list = write.prepare("SELECT id FROM ledger WHERE settled = 0")?;
            let rows = list.query_map([], |row| Ok(EntryId(row.get(0)?)))?;
            let open = rows.collect::<rusqlite::Result<Vec<_>>>()?;
            for &entry in &open {
                settle(write, entry, &Settled::default())?;
            }
            Ok(open.len())
        })
    }

    /// What a connection has spent by now.
    pub fn spent(&self, connection: &str, now_ms: i64) -> Result<Spent, Error> {
        self.read(|read| spent(read, connection, &today(read, now_ms)?))
    }
}

fn enter(write: &Transaction<'_>, request: &Request<'_>, day: &str) -> Result<EntryId, Error> {
    write
        .prepare_cached(
            "INSERT INTO ledger (connection, model, conversation, message, day, sent_ms, at_most_nano, tokens_at_most)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute((
            request.connection,
            request.model,
            request.conversation,
            request.message,
            day,
            request.now_ms,
            request.at_most_nano,
            request.tokens_at_most,
        ))?;
    Ok(EntryId(write.last_insert_rowid()))
}

/// Today, or the latest day on which anything was sent: a clock that is set back opens no day anew.
fn today(read: &Transaction<'_>, now_ms: i64) -> Result<String, Error> {
    let mut find = read.prepare_cached(
        "SELECT max(date(max(?1, 0) / 1000, 'unixepoch'),
                    coalesce((SELECT day FROM ledger ORDER BY id DESC LIMIT 1), ''))",
    )?;
    Ok(find.query_row([now_ms], |row| row.get(0))?)
}

fn over(read: &Transaction<'_>, request: &Request<'_>, day: &str) -> Result<Option<Over>, Error> {
    let Kept { limits, excess_nano } = limit::find(read, request.connection)?;
    if let Some(nano) = excess_nano {
        return Ok(Some(Over::Excess { nano }));
    }
    if let Some(over) = over_pace(read, request, &limits)? {
        return Ok(Some(over));
    }
    if !limits.are_of_money() {
        return Ok(None);
    }
    let Some(cost) = request.at_most_nano else { return Ok(Some(Over::UnknownPrice)) };
    let Spent { day_nano, month_nano } = spent(read, request.connection, day)?;
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
    let mut list = read.prepare_cached(
        "SELECT sent_ms, coalesce(read_tokens + written_tokens, tokens_at_most) FROM ledger
         WHERE connection = ?1 AND sent_ms > ?2 AND sent_ms <= ?3 ORDER BY sent_ms DESC",
    )?;
    let now = request.now_ms;
    let rows = list.query_map((request.connection, now.saturating_sub(MINUTE_MS), now), |row| {
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
fn spent(read: &Transaction<'_>, connection: &str, day: &str) -> Result<Spent, Error> {
    let month = day.get(..7).unwrap_or(day);
    let mut sum = read.prepare_cached(
        "SELECT coalesce(sum(nano) FILTER (WHERE day >= ?3), 0), coalesce(sum(nano), 0) FROM (
             SELECT day, nano FROM spend WHERE connection = ?1 AND day >= ?2
             UNION ALL
             SELECT day, coalesce(at_most_nano, 0) FROM ledger
                 WHERE settled = 0 AND connection = ?1 AND day >= ?2)",
    )?;
    Ok(sum.query_row((connection, month, day), |row| {
        Ok(Spent { day_nano: row.get(0)?, month_nano: row.get(1)? })
    })?)
}

fn settle(write: &Transaction<'_>, entry: EntryId, settled: &Settled) -> Result<(), Error> {
    let find =
        "SELECT connection, model, day, at_most_nano FROM ledger WHERE id = ?1 AND settled = 0";
    let open = write
        .prepare_cached(find)?
        .query_row([entry.0], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
                row.get(3)?,
            ))
        })
        .optional()?;
    let Some((connection, model, day, at_most)) = open else { return Ok(()) };
    // Of what nobody knows what it cost, the most that it can have is known at least.
    let nano = settled.nano.or(at_most);
    write
        .prepare_cached(
            "UPDATE ledger SET settled = 1, nano = ?2, read_tokens = ?3, written_tokens = ?4, first_token_ms = ?5,
                               whole_ms = ?6 WHERE id = ?1",
        )?
        .execute((
            entry.0,
            nano,
            settled.read_tokens,
            settled.written_tokens,
            settled.first_token_ms,
            settled.whole_ms,
        ))?;
    write
        .prepare_cached(
            "INSERT INTO spend VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7)
             ON CONFLICT DO UPDATE SET nano = nano + excluded.nano, unpriced = unpriced + excluded.unpriced,
                 requests = requests + 1, read_tokens = read_tokens + excluded.read_tokens,
                 written_tokens = written_tokens + excluded.written_tokens",
        )?
        .execute((
            &day,
            &connection,
            &model,
            nano.unwrap_or(0),
            i64::from(nano.is_none()),
            settled.read_tokens.unwrap_or(0),
            settled.written_tokens.unwrap_or(0),
        ))?;
    note_excess(write, &connection, at_most, nano)
}

/// A row, on its way into another store.
pub(crate) struct Row {
    connection: String,
    model: String,
    pub(crate) conversation: Option<ConversationId>,
    day: String,
    sent_ms: i64,
    at_most_nano: Option<i64>,
    tokens_at_most: i64,
    settled: Option<Settled>,
}

/// Every row.
pub(crate) fn all(read: &Transaction<'_>) -> Result<Vec<Row>, Error> {
    let mut list = read.prepare(
        "SELECT connection, model, conversation, day, sent_ms, at_most_nano, tokens_at_most, settled, nano, read_tokens,
                written_tokens, first_token_ms, whole_ms FROM ledger ORDER BY id",
    )?;
    let rows = list.query_map([], |row| {
        let settled = Settled {
            nano: row.get(8)?,
            read_tokens: row.get(9)?,
            written_tokens: row.get(10)?,
            first_token_ms: row.get(11)?,
            whole_ms: row.get(12)?,
        };
        Ok(Row {
            connection: row.get(0)?,
            model: row.get(1)?,
            conversation: row.get(2)?,
            day: row.get(3)?,
            sent_ms: row.get(4)?,
            at_most_nano: row.get(5)?,
            tokens_at_most: row.get(6)?,
            settled: row.get::<_, bool>(7)?.then_some(settled),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Enters a row of another store.
pub(crate) fn take_over(
    write: &Transaction<'_>,
    row: &Row,
    conversation: Option<ConversationId>,
) -> Result<(), Error> {
    let request = Request {
        connection: &row.connection,
        model: &row.model,
        conversation,
        message: None,
        at_most_nano: row.at_most_nano,
        tokens_at_most: row.tokens_at_most,
        now_ms: row.sent_ms,
    };
    let day = today(write, row.sent_ms)?.max(row.day.clone());
    let entry = enter(write, &request, &day)?;
    row.settled.iter().try_for_each(|settled| settle(write, entry, settled))
}

fn note_excess(
    write: &Transaction<'_>,
    connection: &str,
    at_most: Option<i64>,
    nano: Option<i64>,
) -> Result<(), Error> {
    let (Some(at_most), Some(nano)) = (at_most, nano) else { return Ok(()) };
    let excess = nano.saturating_sub(at_most);
    let kept = limit::find(write, connection)?;
    // Who has set no limit is not held by one.
    if excess <= 0 || !kept.limits.are_of_money() {
        return Ok(());
    }
    let excess_nano = Some(kept.excess_nano.unwrap_or(0).saturating_add(excess));
    limit::put(write, connection, &Kept { excess_nano, ..kept })
}

#[cfg(test)]
mod tests;
