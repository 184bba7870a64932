//! How much a connection may spend.

use rusqlite::{OptionalExtension, Row, Transaction};
use serde::{Deserialize, Serialize};

use crate::{Error, History};

/// Limits of a connection; `None` is none. Amounts are billionths of a dollar, days and months are UTC's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// What a day may cost.
    pub day_nano: Option<i64>,
    /// What a month may cost.
    pub month_nano: Option<i64>,
    /// What one request may cost at most.
    pub request_nano: Option<i64>,
    /// How many requests a minute may have.
    pub requests_a_minute: Option<i64>,
    /// How many tokens a minute may have, read and written.
    pub tokens_a_minute: Option<i64>,
}

impl Limits {
    /// Whether a request of unknown price cannot be checked against them.
    pub const fn are_of_money(&self) -> bool {
        self.day_nano.is_some() || self.month_nano.is_some() || self.request_nano.is_some()
    }

    /// Whether others allow something that these do not. Raising asks the person, lowering does not.
    pub fn are_raised_by(&self, others: &Self) -> bool {
        let is_raised = |before: Option<i64>, after: Option<i64>| match (before, after) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(before), Some(after)) => after > before,
        };
        is_raised(self.day_nano, others.day_nano)
            || is_raised(self.month_nano, others.month_nano)
            || is_raised(self.request_nano, others.request_nano)
            || is_raised(self.requests_a_minute, others.requests_a_minute)
            || is_raised(self.tokens_a_minute, others.tokens_a_minute)
    }
}

/// A connection's limits, and by how much it was charged more than it could have been since a person last looked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) limits: Limits,
    pub(crate) excess_nano: Option<i64>,
}

impl History {
    /// What a connection may spend.
    pub fn limits(&self, connection: &str) -> Result<Limits, Error> {
        self.read(|read| Ok(find(read, connection)?.limits))
    }

    /// By how much a request of the connection cost more than the most it could have, if that stopped it.
    pub fn excess(&self, connection: &str) -> Result<Option<i64>, Error> {
        self.read(|read| Ok(find(read, connection)?.excess_nano))
    }

    /// Sets them. Who may raise them is the business of the layer above.
    pub fn set_limits(&self, connection: &str, limits: &Limits) -> Result<(), Error> {
        self.write(|write| {
            let kept = find(write, connection)?;
            put(write, connection, &Kept { limits: *limits, ..kept })
        })
    }

    /// A person has seen that more was charged, and lets the connection go on.
    pub fn forgive_excess(&self, connection: &str) -> Result<(), Error> {
        self.write(|write| {
            let kept = find(write, connection)?;
            put(write, connection, &Kept { excess_nano: None, ..kept })
        })
    }
}

pub(crate) fn find(read: &Transaction<'_>, connection: &str) -> Result<Kept, Error> {
    let mut find = read.prepare_cached(
        "SELECT day_nano, month_nano, request_nano, requests_a_minute, tokens_a_minute, excess_nano
         FROM spending_limit WHERE connection = ?1",
    )?;
    Ok(find.query_row([connection], kept).optional()?.unwrap_or_default())
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    let limits = Limits {
        day_nano: row.get(0)?,
        month_nano: row.get(1)?,
        request_nano: row.get(2)?,
        requests_a_minute: row.get(3)?,
        tokens_a_minute: row.get(4)?,
    };
    Ok(Kept { limits, excess_nano: row.get(5)? })
}

pub(crate) fn put(write: &Transaction<'_>, connection: &str, kept: &Kept) -> Result<(), Error> {
    let Kept { limits, excess_nano } = kept;
    write
        .prepare_cached(
            "INSERT OR REPLACE INTO spending_limit VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((
            connection,
            limits.day_nano,
            limits.month_nano,
            limits.request_nano,
            limits.requests_a_minute,
            limits.tokens_a_minute,
            excess_nano,
        ))?;
    Ok(())
}

/// All of them.
pub(crate) fn all(read: &Transaction<'_>) -> Result<Vec<(String, Kept)>, Error> {
    let mut list = read.prepare(
        "SELECT day_nano, month_nano, request_nano, requests_a_minute, tokens_a_minute, excess_nano,
                connection FROM spending_limit",
    )?;
    let rows = list.query_map([], |row| Ok((row.get(6)?, kept(row)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Those of a connection that is removed.
pub(crate) fn forget(write: &Transaction<'_>, connection: &str) -> Result<(), Error> {
    write.execute("DELETE FROM spending_limit WHERE connection = ?1", [connection])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raising_is_told_from_lowering() {
        let limits = |day, month, requests| Limits {
            day_nano: day,
            month_nano: month,
            requests_a_minute: requests,
            ..Limits::default()
        };
        let before = limits(Some(5), None, Some(2));
        for (after, is_raised) in [
            (limits(Some(5), None, Some(2)), false),
            (limits(Some(4), Some(9), Some(0)), false),
            (limits(Some(6), None, Some(2)), true),
            (limits(None, None, Some(2)), true),
            (limits(Some(1), Some(1), None), true),
        ] {
            assert_eq!(before.are_raised_by(&after), is_raised, "{after:?}");
        }
    }

    #[test]
    fn they_are_kept_beside_what_stopped_the_connection() {
        let history = History::in_memory().unwrap();
        assert_eq!(history.limits("c"), Ok(Limits::default()));
        let limits = Limits { month_nano: Some(5_000_000_000), ..Limits::default() };
        history.set_limits("c", &limits).unwrap();
        history.write(|write| put(write, "c", &Kept { limits, excess_nano: Some(7) })).unwrap();
        history.set_limits("c", &Limits::default()).unwrap();
        assert_eq!(history.excess("c"), Ok(Some(7)));
        history.forgive_excess("c").unwrap();
        assert_eq!(history.excess("c"), Ok(None));
        history.write(|write| forget(write, "c")).unwrap();
        assert_eq!(history.limits("c"), Ok(Limits::default()));
    }
}
