//! What a person has made of a model over a connection: a favourite, one that was used lately, one whose price they know.

use rusqlite::{OptionalExtension, Transaction};

use crate::store::now_ms;
use crate::{Error, History, listed};

/// What is known of a model because of its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marks {
    /// The connection.
    pub connection: String,
    /// The model's id there.
    pub model: String,
    /// When it became a favourite, if it is one.
    pub starred_ms: Option<i64>,
    /// When it was last asked.
    pub used_ms: Option<i64>,
    /// What the person says that it costs.
    pub price: Option<OwnPrice>,
}

/// A price that a person has entered, in billionths of a dollar for a million tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnPrice {
    /// Read.
    pub input_nano: i64,
    /// Written.
    pub output_nano: i64,
}

impl History {
    /// Every model that has a mark.
    pub fn marks(&self) -> Result<Vec<Marks>, Error> {
        self.read(all)
    }

    /// What a person says that a model costs, or else what its provider's list says.
    pub fn own_price(&self, connection: &str, model: &str) -> Result<Option<OwnPrice>, Error> {
        self.read(|read| {
            let mut find = read.prepare_cached(
                "SELECT input_nano, output_nano FROM model
                 WHERE connection = ?1 AND model = ?2 AND input_nano IS NOT NULL",
            )?;
            let price = |row: &rusqlite::Row<'_>| {
                Ok(OwnPrice { input_nano: row.get(0)?, output_nano: row.get(1)? })
            };
            match find.query_row((connection, model), price).optional()? {
                Some(price) => Ok(Some(price)),
                None => listed::price(read, connection, model),
            }
        })
    }

    /// Makes a model a favourite, or none.
    pub fn star(&self, connection: &str, model: &str, starred: bool) -> Result<(), Error> {
        let marked = starred.then(now_ms);
        self.write(|write| {
            write.execute(
                "INSERT INTO model (connection, model, starred_ms) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE SET starred_ms = excluded.starred_ms",
                (connection, model, marked),
            )?;
            Ok(())
        })
    }

    /// Keeps what a person says that a model costs, or forgets it.
    pub fn set_own_price(
        &self,
        connection: &str,
        model: &str,
        price: Option<OwnPrice>,
    ) -> Result<(), Error> {
        let (input, output) = (price.map(|p| p.input_nano), price.map(|p| p.output_nano));
        self.write(|write| {
            write.execute(
                "INSERT INTO model (connection, model, input_nano, output_nano)
                 VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE
                 SET input_nano = excluded.input_nano, output_nano = excluded.output_nano",
                (connection, model, input, output),
            )?;
            Ok(())
        })
    }
}

/// Notes that a model is asked now.
pub(crate) fn note_use(
    write: &Transaction<'_>,
    connection: &str,
    model: &str,
    ms: i64,
) -> Result<(), Error> {
    write
        .prepare_cached(
            "INSERT INTO model (connection, model, used_ms) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET used_ms = excluded.used_ms",
        )?
        .execute((connection, model, ms))?;
    Ok(())
}

/// Forgets the marks of a connection that is removed.
pub(crate) fn forget(write: &Transaction<'_>, connection: &str) -> Result<(), Error> {
    write.execute("DELETE FROM model WHERE connection = ?1", [connection])?;
    Ok(())
}

pub(crate) fn all(read: &Transaction<'_>) -> Result<Vec<Marks>, Error> {
    let mut list = read.prepare_cached(
        "SELECT connection, model, starred_ms, used_ms, input_nano, output_nano FROM model",
    )?;
    let rows = list.query_map([], |row| {
        let price: (Option<i64>, Option<i64>) = (row.get(4)?, row.get(5)?);
        Ok(Marks {
            connection: row.get(0)?,
            model: row.get(1)?,
            starred_ms: row.get(2)?,
            used_ms: row.get(3)?,
            price: price
                .0
                .zip(price.1)
                .map(|(input_nano, output_nano)| OwnPrice { input_nano, output_nano }),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn put(write: &Transaction<'_>, marks: &Marks) -> Result<(), Error> {
    write.execute(
        "INSERT OR REPLACE INTO model
             (connection, model, starred_ms, used_ms, input_nano, output_nano)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (
            &marks.connection,
            &marks.model,
            marks.starred_ms,
            marks.used_ms,
            marks.price.map(|price| price.input_nano),
            marks.price.map(|price| price.output_nano),
        ),
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NewTurn;

    #[test]
    fn marks_are_of_a_model_over_a_connection_and_do_not_touch_each_other() {
        let history = History::in_memory().unwrap();
        let price = OwnPrice { input_nano: 5, output_nano: 7 };
        history.set_own_price("c", "m", Some(price)).unwrap();
        history.star("c", "m", true).unwrap();
        history.begin_turn(&NewTurn::of("c", "m", "Hello")).unwrap();
        history.begin_turn(&NewTurn::of("d", "m", "Hello")).unwrap();
        let marks = history.marks().unwrap();
        assert_eq!(marks.len(), 2);
        assert!(marks[0].starred_ms.is_some() && marks[0].used_ms.is_some());
        assert_eq!((marks[0].price, marks[1].price), (Some(price), None));
        assert_eq!(history.own_price("c", "m"), Ok(Some(price)));
        assert_eq!(history.own_price("d", "m"), Ok(None));
        let disk = History::in_memory().unwrap();
        history.set_own_price("c", "m", None).unwrap();
        history.star("c", "m", false).unwrap();
        assert_eq!(history.own_price("c", "m"), Ok(None));
        disk.star("d", "m", true).unwrap();
        for marks in history.marks().unwrap() {
            disk.write(|write| put(write, &marks)).unwrap();
        }
        assert_eq!(disk.marks().unwrap(), history.marks().unwrap());
        history.write(|write| forget(write, "c")).unwrap();
        assert_eq!(history.marks().unwrap().len(), 1);
    }
}
