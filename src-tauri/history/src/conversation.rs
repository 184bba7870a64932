//! Conversations: their titles, prompts, drafts and the branch that is shown.

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Row, Transaction};
use serde::{Deserialize, Serialize};

use crate::store::found;
use crate::{Error, FolderId, History, MessageId, PresetId, RouteId, Shelf, TagId};

/// Names a conversation. Never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConversationId(pub i64);

/// One line of the list of conversations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversationRow {
    /// Its name.
    pub id: ConversationId,
    /// What the list shows.
    pub title: String,
    /// When a message was last added.
    pub updated_ms: i64,
    /// The folder that it is in.
    pub folder: Option<FolderId>,
    /// When it was put on top, if it was.
    pub pinned_ms: Option<i64>,
    /// When it was put out of sight, if it was.
    pub archived_ms: Option<i64>,
    /// When it was moved to the trash, if it was.
    pub deleted_ms: Option<i64>,
    /// The tags that it bears.
    pub tags: Vec<TagId>,
}

/// A conversation without its messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// Its name.
    pub id: ConversationId,
    /// What the list shows.
    pub title: String,
    /// Sent before the first message; may be empty.
    pub system_prompt: String,
    /// Typed and not sent yet.
    pub draft: String,
    /// How answers are asked for: JSON of the layer above; empty where nothing is wished.
    pub parameters: String,
    /// The preset that it goes by; may be deleted since.
    pub preset: Option<PresetId>,
    /// The route that it goes by; the connection and the model are the first of it then.
    pub route: Option<RouteId>,
    /// The connection that the next answer comes from.
    pub connection: Option<String>,
    /// The model that the next answer comes from.
    pub model: Option<String>,
    /// The last message of the branch that is shown.
    pub leaf: Option<MessageId>,
    /// When it was begun.
    pub created_ms: i64,
    /// When a message was last added.
    pub updated_ms: i64,
    /// The folder that it is in.
    pub folder: Option<FolderId>,
    /// When it was put on top, if it was.
    pub pinned_ms: Option<i64>,
    /// When it was put out of sight, if it was.
    pub archived_ms: Option<i64>,
    /// The tags that it bears.
    pub tags: Vec<TagId>,
}

impl Conversation {
    /// Its line in the list.
    #[must_use]
    pub fn row(&self) -> ConversationRow {
        ConversationRow {
            id: self.id,
            title: self.title.clone(),
            updated_ms: self.updated_ms,
            folder: self.folder,
            pinned_ms: self.pinned_ms,
            archived_ms: self.archived_ms,
            deleted_ms: None,
            tags: self.tags.clone(),
        }
    }
}

impl ToSql for ConversationId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for ConversationId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(Self)
    }
}

impl History {
    /// The latest conversations that are nowhere else, or the next that come after one of them, at most so many.
    pub fn conversations_page(
        &self,
        after: Option<(i64, ConversationId)>,
        limit: u32,
    ) -> Result<Vec<ConversationRow>, Error> {
        self.shelf(Shelf::Loose, after, limit)
    }

    /// Every conversation that is not deleted, the latest first.
    pub fn conversations(&self) -> Result<Vec<ConversationRow>, Error> {
        self.read(|read| {
            let mut list = read.prepare_cached(&format!(
                "SELECT {ROW} FROM conversation c WHERE deleted_ms IS NULL
                 ORDER BY updated_ms DESC, id DESC",
            ))?;
            let rows = list.query_map([], row_of)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// One conversation that is not deleted.
    pub fn conversation(&self, id: ConversationId) -> Result<Conversation, Error> {
        self.read(|read| load(read, id))
    }

    /// Gives a conversation another title.
    pub fn rename(&self, id: ConversationId, title: &str) -> Result<(), Error> {
        self.set(id, "UPDATE conversation SET title = ?2, titled = 'person' WHERE id = ?1", title)
    }

    /// Changes what is sent before the first message.
    pub fn set_system_prompt(&self, id: ConversationId, prompt: &str) -> Result<(), Error> {
        self.set(id, "UPDATE conversation SET system_prompt = ?2 WHERE id = ?1", prompt)
    }

    /// Keeps what is typed and not sent yet. Sending clears it.
    pub fn set_draft(&self, id: ConversationId, text: &str) -> Result<(), Error> {
        self.set(id, "UPDATE conversation SET draft = ?2 WHERE id = ?1", text)
    }

    /// Changes how answers are asked for.
    pub fn set_parameters(&self, id: ConversationId, parameters: &str) -> Result<(), Error> {
        self.set(id, "UPDATE conversation SET parameters = ?2 WHERE id = ?1", parameters)
    }

    /// Chooses the preset that it goes by.
    pub fn set_preset(&self, id: ConversationId, preset: Option<PresetId>) -> Result<(), Error> {
        self.write(|write| {
            let mut set =
                write.prepare_cached("UPDATE conversation SET preset = ?2 WHERE id = ?1")?;
            found(set.execute((id, preset))?)
        })
    }

    /// Chooses where the next answer comes from.
    pub fn set_model(
        &self,
        id: ConversationId,
        connection: &str,
        model: &str,
    ) -> Result<(), Error> {
        self.write(|write| {
            found(write.execute(
                "UPDATE conversation SET connection = ?2, model = ?3, route = NULL WHERE id = ?1",
                (id, connection, model),
            )?)
        })
    }

    fn set(&self, id: ConversationId, sql: &str, value: &str) -> Result<(), Error> {
        self.write(|write| found(write.prepare_cached(sql)?.execute((id, value))?))
    }
}

/// The columns of a row of `conversation c`, in the order that `row_of` reads them.
pub(crate) const ROW: &str = "id, title, updated_ms, folder, pinned_ms, archived_ms, deleted_ms,
    (SELECT group_concat(tag) FROM conversation_tag o WHERE o.conversation = c.id)";

pub(crate) fn row_of(row: &Row<'_>) -> rusqlite::Result<ConversationRow> {
    Ok(ConversationRow {
        id: row.get(0)?,
        title: row.get(1)?,
        updated_ms: row.get(2)?,
        folder: row.get(3)?,
        pinned_ms: row.get(4)?,
        archived_ms: row.get(5)?,
        deleted_ms: row.get(6)?,
        tags: tags_of(row, 7)?,
    })
}

/// Numbers with commas between them.
fn tags_of(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<TagId>> {
    let listed: Option<String> = row.get(column)?;
    let numbers = listed.iter().flat_map(|listed| listed.split(','));
    Ok(numbers.filter_map(|number| number.parse().ok()).map(TagId).collect())
}

/// Loads a conversation that is not deleted.
pub(crate) fn load(read: &Transaction<'_>, id: ConversationId) -> Result<Conversation, Error> {
    let mut find = read.prepare_cached(
        "SELECT id, title, system_prompt, draft, connection, model, leaf, created_ms, updated_ms,
                parameters, preset, route, folder, pinned_ms, archived_ms,
                (SELECT group_concat(tag) FROM conversation_tag o WHERE o.conversation = c.id)
         FROM conversation c WHERE id = ?1 AND deleted_ms IS NULL",
    )?;
    Ok(find.query_row([id], from_row)?)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Conversation> {
    Ok(Conversation {
        id: row.get(0)?,
        title: row.get(1)?,
        system_prompt: row.get(2)?,
        draft: row.get(3)?,
        connection: row.get(4)?,
        model: row.get(5)?,
        leaf: row.get(6)?,
        created_ms: row.get(7)?,
        updated_ms: row.get(8)?,
        parameters: row.get(9)?,
        preset: row.get(10)?,
        route: row.get(11)?,
        folder: row.get(12)?,
        pinned_ms: row.get(13)?,
        archived_ms: row.get(14)?,
        tags: tags_of(row, 15)?,
    })
}
