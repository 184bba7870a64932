//! The formats of the file, one after the other. A format that was ever released is never edited, only followed.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::Error;

const STEPS: [&str; 22] = [
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
    include_str!("schema/6.sql"),
    include_str!("schema/7.sql"),
    include_str!("schema/8.sql"),
    include_str!("schema/9.sql"),
    include_str!("schema/10.sql"),
    include_str!("schema/11.sql"),
    include_str!("schema/12.sql"),
    include_str!("schema/13.sql"),
    include_str!("schema/14.sql"),
    include_str!("schema/15.sql"),
    include_str!("schema/16.sql"),
    include_str!("schema/17.sql"),
    include_str!("schema/18.sql"),
    include_str!("schema/19.sql"),
    include_str!("schema/20.sql"),
    include_str!("schema/21.sql"),
    include_str!("schema/22.sql"),
];

/// The newest format this program knows.
pub(crate) const LATEST: i64 = STEPS.len() as i64;

/// The format of an open file; 0 for a new one.
pub(crate) fn version(connection: &Connection) -> Result<i64, Error> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Brings the file to the newest format, each step whole or not at all.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), Error> {
    migrate_to(connection, STEPS.len())
}

fn migrations() -> Migrations<'static> {
    STEPS.into_iter().map(M::up).collect()
}

fn migrate_to(connection: &mut Connection, version: usize) -> Result<(), Error> {
    migrations().to_version(connection, version).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        _ => Error::Failed(rusqlite::ffi::SQLITE_SCHEMA),
    })
}

/// Only for tests: a file of an older format.
#[cfg(test)]
pub(crate) fn migrate_to_older(connection: &mut Connection, version: usize) {
    migrate_to(connection, version).unwrap();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_applies() {
        migrations().validate().unwrap();
    }
}
