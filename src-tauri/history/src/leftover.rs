//! Items that may be in the keychain although no connection names them.
//!
//! An item is noted before it is made and until a row names it, and again from when no row names it until it is gone. So
//! whatever fails in between, none is forgotten there.

use rusqlite::Transaction;

use crate::{Error, History};

impl History {
    /// Every such item.
    pub fn leftovers(&self) -> Result<Vec<String>, Error> {
        self.read(all)
    }

    /// Notes one that is about to be made.
    pub fn note_leftover(&self, item: &str) -> Result<(), Error> {
        self.write(|write| note(write, item))
    }

    /// One is gone.
    pub fn forget_leftover(&self, item: &str) -> Result<(), Error> {
        self.write(|write| forget(write, item))
    }
}

pub(crate) fn all(read: &Transaction<'_>) -> Result<Vec<String>, Error> {
    let mut list = read.prepare("SELECT item FROM leftover")?;
    let items = list.query_map([], |row| row.get(0))?;
    Ok(items.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn note(write: &Transaction<'_>, item: &str) -> Result<(), Error> {
    write.execute("INSERT OR IGNORE INTO leftover (item) VALUES (?1)", [item])?;
    Ok(())
}

pub(crate) fn forget(write: &Transaction<'_>, item: &str) -> Result<(), Error> {
    write.execute("DELETE FROM leftover WHERE item = ?1", [item])?;
    Ok(())
}
