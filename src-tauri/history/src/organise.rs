//! Where conversations are kept: what is done with several at once, and the lists that come of it.

use rusqlite::Transaction;

use crate::store::now_ms;
use crate::{ConversationId, ConversationRow, Error, FolderId, History, TagId, conversation, tag};

/// What is done with conversations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Kept on top.
    Pin,
    /// Not any more.
    Unpin,
    /// Put into a folder; `None` takes them out.
    Move(Option<FolderId>),
    /// Put out of sight.
    Archive,
    /// Back among the others.
    Unarchive,
    /// Given a tag of this name.
    Tag(String),
    /// A tag is taken from them.
    Untag(TagId),
    /// Moved to the trash.
    Trash,
    /// Back out of it.
    Restore,
}

/// A list of conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// Those that are nowhere else.
    Loose,
    /// Those on top, in the order in which they came there.
    Pinned,
    /// Those of a folder.
    Folder(FolderId),
    /// Those that bear a tag.
    Tag(TagId),
    /// Those that are out of sight.
    Archive,
    /// Those that go for good.
    Trash,
}

/// How many conversations are out of sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Away {
    /// In the archive.
    pub archived: i64,
    /// In the trash.
    pub trashed: i64,
}

impl History {
    /// Does the same with some conversations, all or none. What is gone already is passed over.
    pub fn organise(
        &self,
        ids: &[ConversationId],
        change: &Change,
    ) -> Result<Vec<ConversationRow>, Error> {
        self.write(|write| {
            let now = now_ms();
            for id in ids {
                apply(write, *id, change, now)?;
            }
            tag::drop_unused(write)?;
            let mut rows = Vec::new();
            for id in ids {
                match conversation::load(write, *id) {
                    Ok(found) => rows.push(found.row()),
                    Err(Error::NotFound) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(rows)
        })
    }

    /// Conversations of a list, or those that come after one of them, at most so many.
    pub fn shelf(
        &self,
        shelf: Shelf,
        after: Option<(i64, ConversationId)>,
        limit: u32,
    ) -> Result<Vec<ConversationRow>, Error> {
        let (which, of) = match shelf {
            Shelf::Loose => ("pinned_ms IS NULL AND folder IS NULL AND ?1 = 0", 0),
            Shelf::Pinned => ("pinned_ms IS NOT NULL AND ?1 = 0", 0),
            Shelf::Folder(folder) => ("folder = ?1", folder.0),
            Shelf::Tag(tag) => {
                ("id IN (SELECT conversation FROM conversation_tag WHERE tag = ?1)", tag.0)
            }
            Shelf::Archive | Shelf::Trash => ("?1 = 0", 0),
        };
        let kept = match shelf {
            Shelf::Archive => "deleted_ms IS NULL AND archived_ms IS NOT NULL",
            Shelf::Trash => "deleted_ms > 0",
            Shelf::Tag(_) => "deleted_ms IS NULL",
            Shelf::Loose | Shelf::Pinned | Shelf::Folder(_) => {
                "deleted_ms IS NULL AND archived_ms IS NULL"
            }
        };
        let order = match shelf {
            Shelf::Pinned => "pinned_ms",
            Shelf::Trash => "deleted_ms DESC, id DESC",
            Shelf::Loose | Shelf::Folder(_) | Shelf::Tag(_) | Shelf::Archive => {
                "updated_ms DESC, id DESC"
            }
        };
        let since = if shelf == Shelf::Trash { "deleted_ms" } else { "updated_ms" };
        let (ms, id) = after.unwrap_or((i64::MAX, ConversationId(i64::MAX)));
        self.read(|read| {
            let mut list = read.prepare_cached(&format!(
                "SELECT {} FROM conversation c
                 WHERE {kept} AND {which} AND ({since}, id) < (?2, ?3) ORDER BY {order} LIMIT ?4",
                conversation::ROW
            ))?;
            let rows = list.query_map((of, ms, id, limit), conversation::row_of)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// How many are in the archive and in the trash.
    pub fn away(&self) -> Result<Away, Error> {
        self.read(|read| {
            let count = |sql: &str| Ok::<i64, Error>(read.prepare_cached(sql)?.query_row([], |row| row.get(0))?);
            Ok(Away {
                archived: count(
                    "SELECT count(*) FROM conversation WHERE deleted_ms IS NULL AND archived_ms IS NOT NULL",
                )?,
                trashed: count("SELECT count(*) FROM conversation WHERE deleted_ms > 0")?,
            })
        })
    }
}

fn apply(
    write: &Transaction<'_>,
    id: ConversationId,
    change: &Change,
    now: i64,
) -> Result<(), Error> {
    let set = |sql: &str, value: Option<i64>| {
        let sql = format!(
            "UPDATE conversation SET {sql} WHERE id = ?1 AND (deleted_ms IS NULL OR deleted_ms > 0)"
        );
        write.prepare_cached(&sql)?.execute((id, value)).map(drop).map_err(Error::from)
    };
    match change {
        Change::Pin => set("pinned_ms = coalesce(pinned_ms, ?2), archived_ms = NULL", Some(now)),
        Change::Unpin => set("pinned_ms = ?2", None),
        Change::Move(folder) => {
            if let Some(folder) = folder {
                let mut find = write.prepare_cached("SELECT 1 FROM folder WHERE id = ?1")?;
                if !find.exists([folder])? {
                    return Err(Error::NotFound);
                }
            }
            set("folder = ?2, archived_ms = NULL", folder.map(|folder| folder.0))
        }
        // It keeps its place on top for when it comes back.
        Change::Archive => set("archived_ms = coalesce(archived_ms, ?2)", Some(now)),
        Change::Unarchive => set("archived_ms = ?2", None),
        Change::Tag(name) => {
            let mut find = write.prepare_cached("SELECT 1 FROM conversation WHERE id = ?1")?;
            if find.exists([id])? { tag::give(write, id, name) } else { Ok(()) }
        }
        Change::Untag(tag) => tag::take(write, id, *tag),
        Change::Trash => set("deleted_ms = coalesce(deleted_ms, ?2)", Some(now)),
        Change::Restore => set("deleted_ms = ?2", None),
    }
}
