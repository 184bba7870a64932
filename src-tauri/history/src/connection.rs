//! Connections: where answers come from. What is known about a key, never the key.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Row, Transaction};
use serde::{Deserialize, Serialize};

use crate::store::found;
use crate::{Error, History, application, leftover, limit, model, pace, refused};

/// An address and, mostly, a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Its name inside the program; also names the keychain item.
    pub id: String,
    /// The provider, in the words of the layer above.
    pub provider: String,
    /// What the person calls it.
    pub name: String,
    /// Base address of the API.
    pub address: String,
    /// Scheme, host and port.
    pub origin: String,
    /// What is known about its key; None when it needs none.
    pub key: Option<KeyFacts>,
    /// Whether the server refuses to be asked for a count of tokens at a stream's end.
    pub refuses_stream_options: bool,
    /// What is spoken there, in the words of the layer above; `None` where its provider tells.
    pub format: Option<String>,
    /// When it was added.
    pub created_ms: i64,
    /// When it last answered.
    pub last_used_ms: Option<i64>,
}

/// What may be shown of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFacts {
    /// Its kind, in the words of the layer above.
    pub kind: String,
    /// Its last four characters.
    pub last_four: String,
    /// Where it is.
    pub kept_in: KeptIn,
    /// Whether it was ever accepted.
    pub worked: bool,
    /// The keychain's item, where it is not named like the connection.
    pub item: Option<String>,
    /// The key in the keychain that this one, of the session, stands in for.
    pub behind: Option<Box<KeyFacts>>,
}

impl Connection {
    /// The name under which its key is kept.
    pub fn key_item(&self) -> &str {
        let kept = self.key.as_ref().map(|key| key.behind.as_deref().unwrap_or(key));
        kept.and_then(|key| key.item.as_deref()).unwrap_or(&self.id)
    }
}

/// Where a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum KeptIn {
    /// In the keychain of the operating system.
    Keychain,
    /// In memory, until the program ends.
    Session,
}

impl ToSql for KeptIn {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Keychain => "keychain",
            Self::Session => "session",
        }
        .to_sql()
    }
}

impl FromSql for KeptIn {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "keychain" => Ok(Self::Keychain),
            "session" => Ok(Self::Session),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

impl History {
    /// Every connection, in the order they were added.
    pub fn connections(&self) -> Result<Vec<Connection>, Error> {
        self.read(all)
    }

    /// Adds a connection, or replaces the one of the same id. An item that it no longer names is a leftover then; one
    /// that it names is none any more.
    pub fn put_connection(&self, connection: &Connection) -> Result<(), Error> {
        self.write(|write| {
            let before = all(write)?.into_iter().find(|known| known.id == connection.id);
            put(write, connection)?;
            if let Some(before) = before.filter(|before| before.key_item() != connection.key_item())
            {
                leftover::note(write, before.key_item())?;
            }
            leftover::forget(write, connection.key_item())
        })
    }

    /// Takes away every key of a session that stood in for another: the session is over.
    pub fn drop_stand_ins(&self) -> Result<(), Error> {
        self.write(|write| {
            write.execute(
                "UPDATE connection
                 SET stand_in_kind = NULL, stand_in_last_four = NULL, stand_in_worked = 0
                 WHERE stand_in_kind IS NOT NULL",
                [],
            )?;
            Ok(())
        })
    }

    /// Gives a connection another name.
    pub fn rename_connection(&self, id: &str, name: &str) -> Result<(), Error> {
        self.write(|write| {
            found(write.execute("UPDATE connection SET name = ?2 WHERE id = ?1", (id, name))?)
        })
    }

    /// Removes a connection. Conversations that used it have none then; their messages still name it.
    pub fn remove_connection(&self, id: &str) -> Result<(), Error> {
        self.write(|write| {
            write.execute(
                "UPDATE conversation SET connection = NULL, model = NULL WHERE connection = ?1",
                [id],
            )?;
            model::forget(write, id)?;
            refused::forget(write, id)?;
            pace::forget(write, id)?;
            limit::forget(write, id)?;
            application::end_all(write, id)?;
            write.execute("DELETE FROM route_step WHERE connection = ?1", [id])?;
            found(write.execute("DELETE FROM connection WHERE id = ?1", [id])?)
        })
    }

    /// Notes when a connection last answered, and with that, that its key is accepted.
    pub fn touch_connection(&self, id: &str, ms: i64) -> Result<(), Error> {
        self.write(|write| {
            found(
                write.execute("UPDATE connection SET last_used_ms = ?2 WHERE id = ?1", (id, ms))?,
            )?;
            note_worked(write, id)
        })
    }

    /// Notes that a connection's key was accepted, though it has not answered yet.
    pub fn note_key_worked(&self, id: &str) -> Result<(), Error> {
        self.write(|write| note_worked(write, id))
    }

    /// Notes that a connection's server refuses to be asked for a count of tokens.
    pub fn note_stream_options_refused(&self, id: &str) -> Result<(), Error> {
        self.write(|write| {
            found(
                write.execute(
                    "UPDATE connection SET refuses_stream_options = 1 WHERE id = ?1",
                    [id],
                )?,
            )
        })
    }
}

pub(crate) fn all(read: &Transaction<'_>) -> Result<Vec<Connection>, Error> {
    let mut list = read.prepare_cached(
        "SELECT id, provider, name, address, origin, key_kind, key_last_four, key_kept_in,
                created_ms, last_used_ms, key_worked, refuses_stream_options, key_item,
                stand_in_kind, stand_in_last_four, stand_in_worked, format
         FROM connection ORDER BY created_ms, id",
    )?;
    let rows = list.query_map([], from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The key that is used was accepted: the one that stands in, where one does.
fn note_worked(write: &Transaction<'_>, id: &str) -> Result<(), Error> {
    found(write.execute(
        "UPDATE connection
         SET key_worked = CASE WHEN stand_in_kind IS NULL THEN key_kind IS NOT NULL ELSE key_worked END,
             stand_in_worked = stand_in_kind IS NOT NULL
         WHERE id = ?1",
        [id],
    )?)
}

pub(crate) fn put(write: &Transaction<'_>, connection: &Connection) -> Result<(), Error> {
    let used = connection.key.as_ref();
    let key = used.map(|key| key.behind.as_deref().unwrap_or(key));
    let stand_in = used.filter(|key| key.behind.is_some());
    write.execute(
        "INSERT OR REPLACE INTO connection
             (id, provider, name, address, origin, key_kind, key_last_four, key_kept_in,
              created_ms, last_used_ms, key_worked, refuses_stream_options, key_item,
              stand_in_kind, stand_in_last_four, stand_in_worked, format)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        rusqlite::params![
            &connection.id,
            &connection.provider,
            &connection.name,
            &connection.address,
            &connection.origin,
            key.map(|key| &key.kind),
            key.map(|key| &key.last_four),
            key.map(|key| key.kept_in),
            connection.created_ms,
            connection.last_used_ms,
            key.is_some_and(|key| key.worked),
            connection.refuses_stream_options,
            key.and_then(|key| key.item.as_ref()),
            stand_in.map(|key| &key.kind),
            stand_in.map(|key| &key.last_four),
            stand_in.is_some_and(|key| key.worked),
            &connection.format,
        ],
    )?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Connection> {
    let kind: Option<String> = row.get(5)?;
    let key = match kind {
        None => None,
        Some(kind) => Some(KeyFacts {
            kind,
            last_four: row.get(6)?,
            kept_in: row.get(7)?,
            worked: row.get(10)?,
            item: row.get(12)?,
            behind: None,
        }),
    };
    let key = match (row.get::<_, Option<String>>(13)?, key) {
        (Some(kind), Some(behind)) => Some(KeyFacts {
            kind,
            last_four: row.get(14)?,
            kept_in: KeptIn::Session,
            worked: row.get(15)?,
            item: None,
            behind: Some(Box::new(behind)),
        }),
        (_, key) => key,
    };
    Ok(Connection {
        id: row.get(0)?,
        provider: row.get(1)?,
        name: row.get(2)?,
        address: row.get(3)?,
        origin: row.get(4)?,
        key,
        created_ms: row.get(8)?,
        last_used_ms: row.get(9)?,
        refuses_stream_options: row.get(11)?,
        format: row.get(16)?,
    })
}
