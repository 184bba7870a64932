//! Tags: words that conversations are found by. One that nobody bears any more is gone.

use rusqlite::Transaction;
use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

use crate::{ConversationId, Error, History};

/// Names a tag. Never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TagId(pub i64);

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its number.
    pub id: TagId,
    /// The word.
    pub name: String,
    /// How many conversations bear it.
    pub chats: i64,
}

impl ToSql for TagId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for TagId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(Self)
    }
}

impl History {
    /// Every tag, by name.
    pub fn tags(&self) -> Result<Vec<Tag>, Error> {
        self.read(|read| {
            let mut list = read.prepare_cached(
                "SELECT id, name, (SELECT count(*) FROM conversation_tag o WHERE o.tag = t.id)
                 FROM tag t ORDER BY name COLLATE NOCASE",
            )?;
            let rows = list.query_map([], |row| {
                Ok(Tag { id: row.get(0)?, name: row.get(1)?, chats: row.get(2)? })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// Gives a conversation a tag, which is made if there is none of that name.
pub(crate) fn give(
    write: &Transaction<'_>,
    conversation: ConversationId,
    name: &str,
) -> Result<(), Error> {
    write.prepare_cached("INSERT OR IGNORE INTO tag (name) VALUES (?1)")?.execute([name])?;
    write
        .prepare_cached(
            "INSERT OR IGNORE INTO conversation_tag (conversation, tag)
             SELECT ?1, id FROM tag WHERE name = ?2",
        )?
        .execute((conversation, name))?;
    Ok(())
}

/// Takes a tag from a conversation.
pub(crate) fn take(
    write: &Transaction<'_>,
    conversation: ConversationId,
    tag: TagId,
) -> Result<(), Error> {
    write
        .prepare_cached("DELETE FROM conversation_tag WHERE conversation = ?1 AND tag = ?2")?
        .execute((conversation, tag))?;
    Ok(())
}

/// Forgets the tags that nobody bears.
pub(crate) fn drop_unused(write: &Transaction<'_>) -> Result<(), Error> {
    write
        .prepare_cached(
            "DELETE FROM tag WHERE NOT EXISTS (SELECT 1 FROM conversation_tag WHERE tag = tag.id)",
        )?
        .execute([])?;
    Ok(())
}

/// The names of a conversation's tags.
pub(crate) fn names(
    read: &Transaction<'_>,
    conversation: ConversationId,
) -> Result<Vec<String>, Error> {
    let mut list = read.prepare_cached(
        "SELECT t.name FROM conversation_tag o JOIN tag t ON t.id = o.tag WHERE o.conversation = ?1",
    )?;
    let rows = list.query_map([conversation], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
