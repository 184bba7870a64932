//! What models were found to refuse: parameters that are not sent again over the same connection.

use rusqlite::Transaction;

use crate::{Error, History};

/// A parameter that a model refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The connection.
    pub connection: String,
    /// The model's id there.
    pub model: String,
    /// The parameter, in the words of the layer above.
    pub parameter: String,
}

impl History {
    /// What this model refuses over this connection.
    pub fn refused(&self, connection: &str, model: &str) -> Result<Vec<String>, Error> {
        self.read(|read| {
            let mut list = read.prepare_cached(
                "SELECT parameter FROM refused WHERE connection = ?1 AND model = ?2",
            )?;
            let rows = list.query_map((connection, model), |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Notes that a parameter is refused.
    pub fn note_refused(&self, refused: &Refused) -> Result<(), Error> {
        self.write(|write| note(write, refused))
    }

    /// Lets a parameter be sent again.
    pub fn forget_refused(&self, refused: &Refused) -> Result<(), Error> {
        self.write(|write| {
            write.execute(
                "DELETE FROM refused WHERE connection = ?1 AND model = ?2 AND parameter = ?3",
                (&refused.connection, &refused.model, &refused.parameter),
            )?;
            Ok(())
        })
    }
}

pub(crate) fn note(write: &Transaction<'_>, refused: &Refused) -> Result<(), Error> {
    write.execute(
        "INSERT OR IGNORE INTO refused (connection, model, parameter) VALUES (?1, ?2, ?3)",
        (&refused.connection, &refused.model, &refused.parameter),
    )?;
    Ok(())
}

/// Forgets what a connection that is removed refused.
pub(crate) fn forget(write: &Transaction<'_>, connection: &str) -> Result<(), Error> {
    write.execute("DELETE FROM refused WHERE connection = ?1", [connection])?;
    Ok(())
}

pub(crate) fn all(read: &Transaction<'_>) -> Result<Vec<Refused>, Error> {
    let mut list = read.prepare_cached("SELECT connection, model, parameter FROM refused")?;
    let rows = list.query_map([], |row| {
        Ok(Refused { connection: row.get(0)?, model: row.get(1)?, parameter: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_of_one_model_over_one_connection() {
        let history = History::in_memory().unwrap();
        let seed = Refused { connection: "c".into(), model: "m".into(), parameter: "seed".into() };
        history.note_refused(&seed).unwrap();
        history.note_refused(&seed).unwrap();
        assert_eq!(history.refused("c", "m").unwrap(), ["seed"]);
        assert!(history.refused("c", "n").unwrap().is_empty());
        assert!(history.refused("d", "m").unwrap().is_empty());
        history.forget_refused(&seed).unwrap();
        assert!(history.refused("c", "m").unwrap().is_empty());
        history.note_refused(&seed).unwrap();
        history.write(|write| forget(write, "c")).unwrap();
        assert!(history.refused("c", "m").unwrap().is_empty());
    }
}
