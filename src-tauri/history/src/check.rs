//! Looks through the whole file for damage.

use crate::{Error, History};

impl History {
    /// Verifies every page against its authentication code and the structure of every table. Reads the whole file and
    /// holds up everything else while it does: for a quiet moment.
    pub fn check(&self) -> Result<(), Error> {
        // As a write: the pages are read past the log, so nobody may move the log into the file meanwhile.
        self.write(|read| {
            // Each row of this one names a page that fails; a database in memory has no pages to verify.
            let mut pages = read.prepare("PRAGMA cipher_integrity_check")?;
            if read.path().is_some_and(|path| !path.is_empty()) && pages.exists([])? {
                return Err(Error::Damaged);
            }
            let verdict: String =
                read.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
            if verdict == "ok" { Ok(()) } else { Err(Error::Damaged) }
        })
    }
}
