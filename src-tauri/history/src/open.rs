//! Opening the file: look before touching. A file that does not open is left exactly as it is.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::key::{self, Key};
use crate::readers::Readers;
use crate::{Claim, Error, History, schema, snapshot};

/// SQLCipher's page size, which the format fixes.
const PAGE: u64 = 4096;

/// How long a connection waits for the other one's lock.
const PATIENCE: Duration = Duration::from_secs(5);

impl History {
    /// Opens the history at `path`, or makes an empty one if nothing is there. An older format is brought up to date,
    /// after a copy of the file is set aside. No other process may have it open.
    pub fn open(path: &Path, key: Key) -> Result<Self, Error> {
        Self::open_claimed(path, key, Claim::on(path)?)
    }

    /// The same with a claim that was taken before.
    pub fn open_claimed(path: &Path, key: Key, claim: Claim) -> Result<Self, Error> {
        if !path.try_exists()? {
            create(path, &key)?;
        }
        let version = look(path, &key)?;
        let mut writer = connect(path, &key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        if version < schema::LATEST {
            truncate_wal(&writer)?;
            snapshot::take(path)?;
            schema::migrate(&mut writer)?;
        }
        // What is left there is no reason to keep a person from the chats.
        let _ = snapshot::remove_old(path);
        let readers = Readers::open(|| connect(path, &key, OpenFlags::SQLITE_OPEN_READ_ONLY))?;
        Ok(Self::new(writer, Some(readers), Some(claim)))
    }

    /// A history that lasts as long as this value and touches no disk.
    pub fn in_memory() -> Result<Self, Error> {
        let mut writer = Connection::open_in_memory()?;
        prepare(&writer)?;
        schema::migrate(&mut writer)?;
        Ok(Self::new(writer, None, None))
    }
}

/// Moves the write-ahead log into the file and empties it. A reader in the way is an error, not a thing to wait for: whoever
/// needs the log empty keeps readers out first.
pub(crate) fn truncate_wal(writer: &Connection) -> Result<(), Error> {
    writer.busy_timeout(Duration::ZERO)?;
    let tried = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
    writer.busy_timeout(PATIENCE)?;
    match tried? {
        0 => Ok(()),
        _busy => Err(Error::Failed(rusqlite::ffi::SQLITE_BUSY)),
    }
}

/// `path` with something added to its name.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Makes the names in the folder of `path` durable.
pub(crate) fn sync_folder(path: &Path) -> Result<(), Error> {
    // Elsewhere a folder cannot be opened, and the file system keeps names in order by itself.
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or_else(|| Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

/// Makes an empty history under another name first, so that a file with the real name is always a whole one: an empty
/// or half-written file then means damage, and is never taken for a new history.
fn create(path: &Path, key: &Key) -> Result<(), Error> {
    // A log without its file is what is left of a lost history. A new file under the same name would swallow it.
    if beside(path, "-wal").try_exists()? {
        return Err(Error::Damaged);
    }
    let fresh = beside(path, ".new");
    for suffix in ["", "-wal", "-shm"] {
        remove_if_there(&beside(&fresh, suffix))?;
    }
    create_private(&fresh)?;
    let mut connection = connect(&fresh, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    schema::migrate(&mut connection)?;
    connection.close().map_err(|(_, error)| error)?;
    fs::rename(&fresh, path)?;
    sync_folder(path)
}

fn remove_if_there(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// An empty file that only its owner may read. SQLite gives the log the same rights.
pub(crate) fn create_private(path: &Path) -> Result<(), Error> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?;
    Ok(())
}

/// Reads enough of an existing file to know that this key and this program fit it. Returns its format.
fn look(path: &Path, key: &Key) -> Result<i64, Error> {
    let length = fs::metadata(path)?.len();
    if length < PAGE {
        return Err(Error::Damaged);
    }
    let connection = open_with_key(path, key, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    // Closing would move the log into the file, even with a wrong key.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    match connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())) {
        Ok(()) => {}
        Err(error) => {
            return Err(match Error::from(error) {
                Error::Damaged => wrong_key_or_damaged(&connection, length),
                other => other,
            });
        }
    }
    let found = schema::version(&connection)?;
    if found > schema::LATEST {
        return Err(Error::Newer { found, known: schema::LATEST });
    }
    Ok(found)
}

/// A damaged first page and a wrong key look the same at first. But every page carries its own authentication code:
/// if any of them fits, the key is right. (One fits nothing and looks like a wrong key: damage to the first 16 bytes,
/// which go into every code.)
fn wrong_key_or_damaged(connection: &Connection, length: u64) -> Error {
    let failing = connection.prepare("PRAGMA cipher_integrity_check").and_then(|mut check| {
        let mut rows = check.query([])?;
        let mut count = 0;
        while rows.next()?.is_some() {
            count += 1;
        }
        Ok(count)
    });
    match failing {
        Ok(failing) if failing < length / PAGE => Error::Damaged,
        Ok(_) => Error::WrongKey,
        Err(error) => error.into(),
    }
}

pub(crate) fn connect(path: &Path, key: &Key, access: OpenFlags) -> Result<Connection, Error> {
    let connection = open_with_key(path, key, access)?;
    prepare(&connection)?;
    Ok(connection)
}

fn open_with_key(path: &Path, key: &Key, access: OpenFlags) -> Result<Connection, Error> {
    let connection = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    key::set(&connection, key)?;
    Ok(connection)
}

/// Settings of every connection. `cipher_memory_security` stays off: wiping every buffer makes reading a long branch
/// 1.7 times slower (55 against 33 ms for 10,000 messages), in a process that nobody else may read and that shows the
/// same text in a window.
fn prepare(connection: &Connection) -> Result<(), Error> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    if !connection.is_readonly("main")? {
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    }
    connection.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA checkpoint_fullfsync = ON; -- on a Mac, a plain sync stops at the drive's cache
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA temp_store = MEMORY;",
    )?;
    Ok(connection.pragma_update_and_check(None, "secure_delete", "ON", |_| Ok(()))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NewTurn;
    use zeroize::Zeroizing;

    fn key() -> Key {
        Zeroizing::new([7; 32])
    }

    #[test]
    fn new_file_needs_no_snapshot() {
        let folder = tempfile::tempdir().unwrap();
        History::open(&folder.path().join("history.db"), key()).unwrap();
        let names: Vec<_> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        let mut names = names;
        names.sort();
        assert_eq!(names, ["history.db", "history.db.lock"]);
    }

    #[test]
    fn newer_format_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        drop(History::open(&path, key()).unwrap());
        let newer = connect(&path, &key(), OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
        newer.pragma_update(None, "user_version", 99).unwrap();
        drop(newer);
        let before = fs::read(&path).unwrap();
        let refused = History::open(&path, key()).unwrap_err();
        assert_eq!(refused, Error::Newer { found: 99, known: schema::LATEST });
        assert_eq!(fs::read(&path).unwrap(), before);
    }

    #[test]
    fn half_made_file_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        fs::write(folder.path().join("history.db.new"), b"half").unwrap();
        History::open(&path, key()).unwrap();
    }

    #[test]
    fn log_without_its_file_is_damage() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        fs::write(folder.path().join("history.db-wal"), b"frames").unwrap();
        assert_eq!(History::open(&path, key()).unwrap_err(), Error::Damaged);
        assert!(!path.exists());
    }

    #[test]
    fn every_connection_is_prepared() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        let history = History::open(&path, key()).unwrap();
        let turn = NewTurn::of("", "", "");
        history.begin_turn(&turn).unwrap();
        let expected = [
            ("journal_mode", "wal"),
            ("synchronous", "2"),
            ("foreign_keys", "1"),
            ("secure_delete", "1"),
            ("trusted_schema", "0"),
            ("cell_size_check", "1"),
            ("temp_store", "2"),
            ("checkpoint_fullfsync", "1"),
        ];
        let check = |connection: &Connection| {
            for (pragma, value) in expected {
                let found = connection
                    .pragma_query_value(None, pragma, |row| {
                        let value: rusqlite::types::Value = row.get(0)?;
                        Ok(match value {
                            rusqlite::types::Value::Integer(number) => number.to_string(),
                            rusqlite::types::Value::Text(text) => text,
                            other => format!("{other:?}"),
                        })
                    })
                    .unwrap();
                assert_eq!(found, value, "{pragma}");
            }
        };
        check(&history.writer());
        history
            .read(|read| {
                check(read);
                Ok(())
            })
            .unwrap();
    }
}
