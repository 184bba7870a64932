//! Why the store could not do what it was asked. Carries codes only, never text out of the store or SQL.

use rusqlite::ffi;

/// What can go wrong with the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The file is encrypted with another key, or is not encrypted at all. It was left untouched.
    #[error("the history does not open with this key")]
    WrongKey,
    /// A newer Latchkey wrote the file. It was left untouched.
    #[error("the history has format {found}, this program knows up to {known}")]
    Newer {
        /// The format of the file.
        found: i64,
        /// The newest format this program knows.
        known: i64,
    },
    /// The file is not readable as a history. Nothing was repaired or deleted.
    #[error("the history is damaged")]
    Damaged,
    /// The disk is full. The change was not made; everything before it is still there.
    #[error("the disk is full")]
    Full,
    /// There is no such conversation, message or connection.
    #[error("not found in the history")]
    NotFound,
    /// An answer is growing, so that what there is cannot be moved.
    #[error("an answer is growing in the history")]
    Growing,
    /// The store was moved elsewhere; whoever still holds it asks for the new one.
    #[error("the history was moved")]
    Closed,
    /// Another process has it open.
    #[error("the history is in use by another process")]
    InUse,
    /// Nobody waited for it any more.
    #[error("reading was stopped")]
    Stopped,
    /// The index of words does not fit what was said. It is made anew by itself.
    #[error("the index of words is damaged")]
    Index,
    /// The operating system refused to read or write the file.
    #[error("the history could not be read or written: {0}")]
    Io(std::io::ErrorKind),
    /// SQLite refused for another reason; its extended result code.
    #[error("the history failed with code {0}")]
    Failed(i32),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as Sql;
        match error {
            Sql::SqliteFailure(failure, _) | Sql::SqlInputError { error: failure, .. } => {
                from_code(failure)
            }
            Sql::QueryReturnedNoRows => Self::NotFound,
            // A column that does not hold what this program wrote there.
            Sql::FromSqlConversionFailure(..)
            | Sql::IntegralValueOutOfRange(..)
            | Sql::InvalidColumnType(..)
            | Sql::Utf8Error(..) => Self::Damaged,
            // The rest is misuse of the library, which has no code of its own.
            _ => Self::Failed(ffi::SQLITE_MISUSE),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            kind => Self::Io(kind),
        }
    }
}

fn from_code(failure: ffi::Error) -> Error {
    match (failure.code, failure.extended_code) {
        // The shared-memory file of the WAL could not grow: on a full disk this comes before SQLITE_FULL.
        (ffi::ErrorCode::DiskFull, _) | (_, ffi::SQLITE_IOERR_SHMSIZE) => Error::Full,
        (ffi::ErrorCode::OperationInterrupted, _) => Error::Stopped,
        (_, ffi::SQLITE_CORRUPT_VTAB) => Error::Index,
        (ffi::ErrorCode::NotADatabase | ffi::ErrorCode::DatabaseCorrupt, _) => Error::Damaged,
        (ffi::ErrorCode::CannotOpen, _) => Error::Io(std::io::ErrorKind::NotFound),
        (ffi::ErrorCode::PermissionDenied | ffi::ErrorCode::ReadOnly, _) => {
            Error::Io(std::io::ErrorKind::PermissionDenied)
        }
        (_, code) => Error::Failed(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_causes() {
        let cases = [
            (ffi::SQLITE_FULL, Error::Full),
            (ffi::SQLITE_IOERR_SHMSIZE, Error::Full),
            (ffi::SQLITE_NOTADB, Error::Damaged),
            (ffi::SQLITE_CORRUPT, Error::Damaged),
            (ffi::SQLITE_CORRUPT_VTAB, Error::Index),
            (ffi::SQLITE_INTERRUPT, Error::Stopped),
            (ffi::SQLITE_READONLY, Error::Io(std::io::ErrorKind::PermissionDenied)),
            (ffi::SQLITE_IOERR_FSYNC, Error::Failed(ffi::SQLITE_IOERR_FSYNC)),
        ];
        for (code, cause) in cases {
            assert_eq!(from_code(ffi::Error::new(code)), cause);
        }
    }

    #[test]
    fn messages_of_the_database_stay_inside() {
        let failure = ffi::Error::new(ffi::SQLITE_CONSTRAINT);
        let error = Error::from(rusqlite::Error::SqliteFailure(failure, Some("private".into())));
        assert!(!format!("{error} {error:?}").contains("private"));
    }
}
