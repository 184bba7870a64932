//! Connections: where answers come from. What is known about a key, never the key.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Row, Transaction};
use serde::{Deserialize, Serialize};

use crate::key_facts::{self, KeyFacts, Upkeep};
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
    /// What belongs to a key that one lives with.
    pub upkeep: Upkeep,
}

impl Connection {
    /// Every key that it has, in use or not.
    pub fn keys(&self) -> impl Iterator<Item = &KeyFacts> {
        let Upkeep { next, old, .. } = &self.upkeep;
        let used = self.key.as_ref();
        let behind = used.and_then(|key| key.behind.as_deref());
        [used, behind, next.as_ref(), old.as_ref()].into_iter().flatten()
    }

    /// Every item of the keychain that it names.
    pub fn items(&self) -> Vec<&str> {
        self.keys()
            .filter(|key| key.kept_in == KeptIn::Keychain)
            .map(|key| key.item.as_str())
            .collect()
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
    /// Nowhere: a program of the person's prints it, once a session.
    Command,
}

impl ToSql for KeptIn {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Keychain => "keychain",
            Self::Session => "session",
            Self::Command => "command",
        }
        .to_sql()
    }
}

impl FromSql for KeptIn {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "keychain" => Ok(Self::Keychain),
            "session" => Ok(Self::Session),
            "command" => Ok(Self::Command),
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
            put_over(write, before.as_ref(), connection)
        })
    }

    /// Changes a connection as it is at this moment, whole or not at all, and returns what it has become.
    pub fn change_connection(
        &self,
        id: &str,
        change: impl FnOnce(&mut Connection),
    ) -> Result<Connection, Error> {
        self.write(|write| {
            let before = all(write)?.into_iter().find(|known| known.id == id);
            let before = before.ok_or(Error::NotFound)?;
            let mut after = before.clone();
            change(&mut after);
            put_over(write, Some(&before), &after)?;
            Ok(after)
        })
    }

    /// Takes away every key of a session that stood in for another: the session is over.
    pub fn drop_stand_ins(&self) -> Result<(), Error> {
        self.write(|write| {
            write.execute("DELETE FROM key WHERE role = 'standIn'", [])?;
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
            let removed = all(write)?.into_iter().find(|known| known.id == id);
            for item in removed.iter().flat_map(Connection::items) {
                leftover::note(write, item)?;
            }
            write.execute(
                "UPDATE conversation SET connection = NULL, model = NULL WHERE connection = ?1",
                [id],
            )?;
            model::forget(write, id)?;
            refused::forget(write, id)?;
            pace::forget(write, id)?;
            limit::forget(write, id)?;
            application::end_all(write, id)?;
            key_facts::forget(write, id)?;
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
            key_facts::note_worked(write, id)
        })
    }

    /// Notes that a connection's key was accepted, though it has not answered yet.
    pub fn note_key_worked(&self, id: &str) -> Result<(), Error> {
        self.write(|write| key_facts::note_worked(write, id))
    }

    /// Notes what its provider said of a connection's key: whether it may not do everything.
    pub fn note_key_restricted(&self, id: &str, restricted: bool) -> Result<(), Error> {
        self.write(|write| key_facts::note_restricted(write, id, restricted))
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
        "SELECT id, provider, name, address, origin, created_ms, last_used_ms, refuses_stream_options, format,
                label, rotate_after_days, default_model, may_be_kept
         FROM connection ORDER BY created_ms, id",
    )?;
    let rows = list.query_map([], from_row)?;
    let mut connections = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    key_facts::add(read, &mut connections)?;
    Ok(connections)
}

fn put_over(
    write: &Transaction<'_>,
    before: Option<&Connection>,
    after: &Connection,
) -> Result<(), Error> {
    put(write, after)?;
    let named = after.items();
    for gone in before.iter().flat_map(|before| before.items()).filter(|item| !named.contains(item))
    {
        leftover::note(write, gone)?;
    }
    named.into_iter().try_for_each(|item| leftover::forget(write, item))
}

pub(crate) fn put(write: &Transaction<'_>, connection: &Connection) -> Result<(), Error> {
    write.execute(
        "INSERT OR REPLACE INTO connection
             (id, provider, name, address, origin, created_ms, last_used_ms, refuses_stream_options, format,
              label, rotate_after_days, default_model, may_be_kept)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        rusqlite::params![
            &connection.id,
            &connection.provider,
            &connection.name,
            &connection.address,
            &connection.origin,
            connection.created_ms,
            connection.last_used_ms,
            connection.refuses_stream_options,
            &connection.format,
            &connection.upkeep.label,
            connection.upkeep.rotate_after_days,
            &connection.upkeep.default_model,
            connection.upkeep.may_be_kept,
        ],
    )?;
    key_facts::put(write, connection)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Connection> {
    Ok(Connection {
        id: row.get(0)?,
        provider: row.get(1)?,
        name: row.get(2)?,
        address: row.get(3)?,
        origin: row.get(4)?,
        key: None,
        created_ms: row.get(5)?,
        last_used_ms: row.get(6)?,
        refuses_stream_options: row.get(7)?,
        format: row.get(8)?,
        upkeep: Upkeep {
            label: row.get(9)?,
            rotate_after_days: row.get(10)?,
            default_model: row.get(11)?,
            may_be_kept: row.get(12)?,
            ..Upkeep::default()
        },
    })
}
