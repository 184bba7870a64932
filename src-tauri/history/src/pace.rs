//! How long the first words of the last answers took, model by model.

use rusqlite::Transaction;

use crate::{Error, History};

/// So many of the last answers are remembered.
const KEPT: i64 = 20;

impl History {
    /// The times to the first words of the last answers of this model over this connection, in milliseconds and in no order.
    pub fn paces(&self, connection: &str, model: &str) -> Result<Vec<i64>, Error> {
        self.read(|read| {
            let mut list = read.prepare_cached(
                "SELECT first_token_ms FROM pace WHERE connection = ?1 AND model = ?2",
            )?;
            let rows = list.query_map((connection, model), |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// Notes one more, and forgets the oldest where there are many.
pub(crate) fn note(
    write: &Transaction<'_>,
    connection: &str,
    model: &str,
    first_token_ms: i64,
) -> Result<(), Error> {
    write
        .prepare_cached(
            "INSERT INTO pace (connection, model, place, first_token_ms)
             SELECT ?1, ?2, coalesce(max(place) + 1, 0), ?3 FROM pace
             WHERE connection = ?1 AND model = ?2",
        )?
        .execute((connection, model, first_token_ms))?;
    write
        .prepare_cached(
            "DELETE FROM pace WHERE connection = ?1 AND model = ?2 AND place <=
                 (SELECT max(place) FROM pace WHERE connection = ?1 AND model = ?2) - ?3",
        )?
        .execute((connection, model, KEPT))?;
    Ok(())
}

/// Forgets those of a connection that is removed.
pub(crate) fn forget(write: &Transaction<'_>, connection: &str) -> Result<(), Error> {
    write.execute("DELETE FROM pace WHERE connection = ?1", [connection])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_twenty_are_remembered() {
        let history = History::in_memory().unwrap();
        for ms in 0..25 {
            history.write(|write| note(write, "c", "m", ms)).unwrap();
        }
        history.write(|write| note(write, "c", "n", 7)).unwrap();
        let mut kept = history.paces("c", "m").unwrap();
        kept.sort_unstable();
        assert_eq!(kept, (5..25).collect::<Vec<_>>());
        assert_eq!(history.paces("c", "n").unwrap(), [7]);
        history.write(|write| forget(write, "c")).unwrap();
        assert!(history.paces("c", "m").unwrap().is_empty());
    }
}
