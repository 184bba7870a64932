//! The ledger: what was sent and what it cost. Money is reserved before anything is sent and settled when it is known, both in
//! one place, so that what is recorded never passes a limit, however many requests run at once.

mod over;

use rusqlite::{OptionalExtension, Transaction};

use crate::audit::{self, Outcome, Use};
use crate::limit::{self, Kept};
use crate::{ApplicationId, ConversationId, Error, History, MessageId, application};

use over::{Account, over, over_limits, spent};

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
    /// With which key, by its item; `None` where none is needed.
    pub key: Option<&'r str>,
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
    /// The connection may ask other models only.
    Model,
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

/// Whose limit it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The connection's.
    Connection,
    /// The application's own.
    Application,
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

/// What a connection or an application has spent. Reservations count as if they had come true.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    /// Today.
    pub day_nano: i64,
    /// This month.
    pub month_nano: i64,
}

impl History {
    /// Reserves the most that a request may cost, or says which limit it would pass. Nothing may be sent before.
    pub fn reserve(&self, request: &Request<'_>) -> Result<Result<EntryId, Over>, Error> {
        self.write(|write| {
            let day = today(write, request.now_ms)?;
            if let Some(over) = over(write, request, &day)? {
                return Ok(Err(over));
            }
            Ok(Ok(enter(write, request, None, &day)?))
        })
    }

    /// The same for a request that an application sends: within the connection's limits and within its own, in one step.
    pub fn reserve_for(
        &self,
        application: ApplicationId,
        request: &Request<'_>,
    ) -> Result<Result<EntryId, (Whose, Over)>, Error> {
        self.write(|write| reserve_for(write, application, request))
    }

    /// The same with a token that is worth one request: it is used up where something is reserved, and is not found again.
    pub fn reserve_once(
        &self,
        application: ApplicationId,
        request: &Request<'_>,
    ) -> Result<Result<EntryId, (Whose, Over)>, Error> {
        self.write(|write| {
            let reserved = reserve_for(write, application, request)?;
            if reserved.is_ok() {
                application::use_up(write, application)?;
            }
            Ok(reserved)
        })
    }

    /// Says what became of a reservation. Where it cost more than was reserved, the connection stops until a person has looked.
    /// Settling once more changes nothing.
    pub fn settle(&self, entry: EntryId, settled: &Settled) -> Result<(), Error> {
        self.write(|write| settle(write, entry, settled, Outcome::of(settled)))
    }

    /// Takes a reservation back of which nothing was sent.
    pub fn release(&self, entry: EntryId) -> Result<(), Error> {
        self.write(|write| release(write, entry))
    }

    /// Settles what an earlier run of the program has left open: nobody knows what became of it, so it cost the most that it
    /// could. Returns how many there were.
    pub fn settle_left_open(&self) -> Result<usize, Error> {
        self.write(|write| {
            let mut list = write.prepare("SELECT id FROM ledger WHERE settled = 0")?;
            let rows = list.query_map([], |row| Ok(EntryId(row.get(0)?)))?;
            let open = rows.collect::<rusqlite::Result<Vec<_>>>()?;
            for &entry in &open {
                settle(write, entry, &Settled::default(), Outcome::Lost)?;
            }
            Ok(open.len())
        })
    }

    /// What a connection has spent by now.
    pub fn spent(&self, connection: &str, now_ms: i64) -> Result<Spent, Error> {
        self.read(|read| spent_over(read, connection, now_ms))
    }

    /// What an application has spent by now, and how many requests it has sent today.
    pub fn spent_by(&self, id: ApplicationId, now_ms: i64) -> Result<(Spent, i64), Error> {
        self.read(|read| {
            let day = today(read, now_ms)?;
            let mut count = read.prepare_cached(
                "SELECT coalesce((SELECT requests FROM application_spend WHERE application = ?1 AND day = ?2), 0)
                      + (SELECT count(*) FROM ledger WHERE settled = 0 AND application = ?1 AND day = ?2)",
            )?;
            let requests = count.query_row((id, &day), |row| row.get(0))?;
            Ok((spent(read, Account::Application(id), &day)?, requests))
        })
    }
}

fn reserve_for(
    write: &Transaction<'_>,
    application: ApplicationId,
    request: &Request<'_>,
) -> Result<Result<EntryId, (Whose, Over)>, Error> {
    let day = today(write, request.now_ms)?;
    if let Some(over) = over(write, request, &day)? {
        return Ok(Err((Whose::Connection, over)));
    }
    // Who was ended between being let in and this is lent nothing.
    let (limits, _) = application::limits(write, application)?.ok_or(Error::NotFound)?;
    let account = Account::Application(application);
    if let Some(over) = over_limits(write, account, &limits, request, &day)? {
        return Ok(Err((Whose::Application, over)));
    }
    Ok(Ok(enter(write, request, Some(application), &day)?))
}

fn enter(
    write: &Transaction<'_>,
    request: &Request<'_>,
    application: Option<ApplicationId>,
    day: &str,
) -> Result<EntryId, Error> {
    write
        .prepare_cached(
            "INSERT INTO ledger (connection, model, conversation, message, day, sent_ms, at_most_nano, tokens_at_most,
                 application, key) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute((
            request.connection,
            request.model,
            request.conversation,
            request.message,
            day,
            request.now_ms,
            request.at_most_nano.map(possible_nano),
            possible_tokens(request.tokens_at_most),
            application,
            request.key,
        ))?;
    Ok(EntryId(write.last_insert_rowid()))
}

/// What a connection has spent by now.
pub(crate) fn spent_over(
    read: &Transaction<'_>,
    connection: &str,
    now_ms: i64,
) -> Result<Spent, Error> {
    spent(read, Account::Connection(connection), &today(read, now_ms)?)
}

/// Today, or the latest day on which anything was sent: a clock that is set back opens no day anew.
pub(crate) fn today(read: &Transaction<'_>, now_ms: i64) -> Result<String, Error> {
    let mut find = read.prepare_cached(
        "SELECT max(date(max(?1, 0) / 1000, 'unixepoch'),
                    coalesce((SELECT day FROM ledger ORDER BY id DESC LIMIT 1), ''))",
    )?;
    Ok(find.query_row([now_ms], |row| row.get(0))?)
}

/// A reservation that is still open.
struct Open {
    connection: String,
    model: String,
    day: String,
    sent_ms: i64,
    at_most: Option<i64>,
    application: Option<ApplicationId>,
    conversation: Option<ConversationId>,
}

fn open(read: &Transaction<'_>, entry: EntryId) -> Result<Option<Open>, Error> {
    let mut find = read.prepare_cached(
        "SELECT connection, model, day, sent_ms, at_most_nano, application, conversation FROM ledger WHERE id = ?1 AND settled = 0",
    )?;
    let open = find.query_row([entry.0], |row| {
        Ok(Open {
            connection: row.get(0)?,
            model: row.get(1)?,
            day: row.get(2)?,
            sent_ms: row.get(3)?,
            at_most: row.get(4)?,
            application: row.get(5)?,
            conversation: row.get(6)?,
        })
    });
    Ok(open.optional()?)
}

fn release(write: &Transaction<'_>, entry: EntryId) -> Result<(), Error> {
    let Some(open) = open(write, entry)? else { return Ok(()) };
    write.execute("DELETE FROM ledger WHERE id = ?1 AND settled = 0", [entry.0])?;
    audit(write, &open, &Settled { nano: Some(0), ..Settled::default() }, Outcome::Refused)
}

fn settle(
    write: &Transaction<'_>,
    entry: EntryId,
    settled: &Settled,
    outcome: Outcome,
) -> Result<(), Error> {
    let Some((open, settled)) = book(write, entry, settled)? else { return Ok(()) };
    audit(write, &open, &settled, outcome)
}

/// Says in the ledger what became of a reservation, and leaves the audit log alone. Nothing, if that was said before.
fn book(
    write: &Transaction<'_>,
    entry: EntryId,
    settled: &Settled,
) -> Result<Option<(Open, Settled)>, Error> {
    let Some(open) = open(write, entry)? else { return Ok(None) };
    // Of what nobody knows what it cost, the most that it can have is known at least.
    let nano = settled.nano.or(open.at_most).map(possible_nano);
    let (read_tokens, written_tokens) = (settled.read_tokens, settled.written_tokens);
    let settled = Settled {
        nano,
        read_tokens: read_tokens.map(possible_tokens),
        written_tokens: written_tokens.map(possible_tokens),
        ..*settled
    };
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
    add_up(write, &open, &settled)?;
    note_excess(write, &open, nano)?;
    Ok(Some((open, settled)))
}

/// No request costs as much as a house. A server that says so must not make the sums of a month run over.
fn possible_nano(nano: i64) -> i64 {
    const A_HOUSE: i64 = 100_000_000_000_000;
    nano.clamp(0, A_HOUSE)
}

/// The same for tokens.
fn possible_tokens(tokens: i64) -> i64 {
    tokens.clamp(0, 1_000_000_000_000)
}

fn add_up(write: &Transaction<'_>, open: &Open, settled: &Settled) -> Result<(), Error> {
    write
        .prepare_cached(
            "INSERT INTO spend VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7)
             ON CONFLICT DO UPDATE SET nano = nano + excluded.nano, unpriced = unpriced + excluded.unpriced,
                 requests = requests + 1, read_tokens = read_tokens + excluded.read_tokens,
                 written_tokens = written_tokens + excluded.written_tokens",
        )?
        .execute((
            &open.day,
            &open.connection,
            &open.model,
            settled.nano.unwrap_or(0),
            i64::from(settled.nano.is_none()),
            settled.read_tokens.unwrap_or(0),
            settled.written_tokens.unwrap_or(0),
        ))?;
    if let Some(conversation) = open.conversation {
        write
            .prepare_cached(
                "INSERT INTO conversation_spend VALUES (substr(?1, 1, 7), ?2, ?3, 1, ?4)
                 ON CONFLICT DO UPDATE SET nano = nano + excluded.nano, requests = requests + 1,
                     tokens = tokens + excluded.tokens",
            )?
            .execute((
                &open.day,
                conversation,
                settled.nano.unwrap_or(0),
                settled.read_tokens.unwrap_or(0) + settled.written_tokens.unwrap_or(0),
            ))?;
    }
    let Some(application) = open.application else { return Ok(()) };
    write
        .prepare_cached(
            "INSERT INTO application_spend VALUES (?1, ?2, ?3, 1)
             ON CONFLICT DO UPDATE SET nano = nano + excluded.nano, requests = requests + 1",
        )?
        .execute((application, &open.day, settled.nano.unwrap_or(0)))?;
    write
        .prepare_cached("UPDATE application SET last_used_ms = max(coalesce(last_used_ms, 0), ?2) WHERE id = ?1")?
        .execute((application, open.sent_ms))?;
    Ok(())
}

fn audit(
    write: &Transaction<'_>,
    open: &Open,
    settled: &Settled,
    outcome: Outcome,
) -> Result<(), Error> {
    audit::note(
        write,
        &Use {
            at_ms: open.sent_ms,
            application: open.application,
            connection: &open.connection,
            model: &open.model,
            read_tokens: settled.read_tokens,
            written_tokens: settled.written_tokens,
            nano: settled.nano,
            outcome,
        },
    )
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
    pub(crate) application: Option<ApplicationId>,
    key: Option<String>,
    settled: Option<Settled>,
}

/// Every row.
pub(crate) fn all(read: &Transaction<'_>) -> Result<Vec<Row>, Error> {
    let mut list = read.prepare(
        "SELECT connection, model, conversation, day, sent_ms, at_most_nano, tokens_at_most, settled, nano, read_tokens,
                written_tokens, first_token_ms, whole_ms, application, key FROM ledger ORDER BY id",
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
            application: row.get(13)?,
            key: row.get(14)?,
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
    application: Option<ApplicationId>,
) -> Result<(), Error> {
    let request = Request {
        connection: &row.connection,
        model: &row.model,
        conversation,
        message: None,
        key: row.key.as_deref(),
        at_most_nano: row.at_most_nano,
        tokens_at_most: row.tokens_at_most,
        now_ms: row.sent_ms,
    };
    let day = today(write, row.sent_ms)?.max(row.day.clone());
    let entry = enter(write, &request, application, &day)?;
    let Some(settled) = row.settled else { return Ok(()) };
    book(write, entry, &settled)?;
    Ok(())
}

fn note_excess(write: &Transaction<'_>, open: &Open, nano: Option<i64>) -> Result<(), Error> {
    let (Some(at_most), Some(nano)) = (open.at_most, nano) else { return Ok(()) };
    let excess = nano.saturating_sub(at_most);
    let kept = limit::find(write, &open.connection)?;
    let lent = open.application.map(|id| application::limits(write, id)).transpose()?.flatten();
    let is_limited =
        kept.limits.are_of_money() || lent.is_some_and(|(limits, _)| limits.are_of_money());
    // Who has set no limit is not held by one.
    if excess <= 0 || !is_limited {
        return Ok(());
    }
    let excess_nano = Some(kept.excess_nano.unwrap_or(0).saturating_add(excess));
    limit::put(write, &open.connection, &Kept { excess_nano, ..kept })
}

#[cfg(test)]
mod tests;
