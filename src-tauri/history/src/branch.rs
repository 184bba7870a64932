//! The branch that is shown: from the current leaf up to the first message.

use rusqlite::Transaction;

use crate::{
    Conversation, ConversationId, Error, History, Message, MessageId, Part, Role, conversation,
    message, part, store::found,
};

/// Some messages that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Oldest first.
    pub messages: Vec<Message>,
    /// Whether the branch goes on above the first of them.
    pub has_earlier: bool,
}

/// One message as a request needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Who said it.
    pub role: Role,
    /// What was said.
    pub text: String,
    /// What goes with it.
    pub parts: Vec<Part>,
    /// So many of them, the first, are of the folder that the conversation is in: they go with all of it.
    pub of_folder: usize,
    /// The connection that an answer came over.
    pub connection: Option<String>,
    /// The model that answered.
    pub model: Option<String>,
    /// Why an answer ended, in the words of the layer above.
    pub finish: Option<String>,
}

impl History {
    /// The last `limit` messages of the current branch.
    pub fn page(&self, conversation: ConversationId, limit: u32) -> Result<Page, Error> {
        self.read(|read| {
            let shown = conversation::load(read, conversation)?;
            shown.leaf.map_or_else(
                || Ok(Page { messages: Vec::new(), has_earlier: false }),
                |lowest| page_up_from(read, lowest, limit),
            )
        })
    }

    /// The whole current branch, oldest first. It ends with the answer that is being written, if there is one.
    pub fn branch(&self, conversation: ConversationId) -> Result<Vec<Said>, Error> {
        self.read(|read| {
            let shown = conversation::load(read, conversation)?;
            shown.leaf.map_or_else(|| Ok(Vec::new()), |leaf| said_up_to(read, leaf))
        })
    }

    /// Shows a branch that a message stands in: the one that is shown, if it does.
    pub fn show_message(&self, message: MessageId) -> Result<Conversation, Error> {
        self.shown_with(message)?.map_or_else(|| self.choose_version(message), Ok)
    }

    /// The conversation of a message, if the branch that is shown of it has that message.
    pub fn shown_with(&self, message: MessageId) -> Result<Option<Conversation>, Error> {
        self.read(|read| {
            let found = message::load(read, message)?;
            let conversation = conversation::load(read, found.conversation)?;
            let mut above = read.prepare_cached(
                "WITH RECURSIVE above (id, parent) AS (
                     SELECT id, parent FROM message WHERE id = ?1
                     UNION ALL
                     SELECT m.id, m.parent FROM above JOIN message m ON m.id = above.parent
                 )
                 SELECT 1 FROM above WHERE id = ?2",
            )?;
            let is_shown = above.exists((conversation.leaf, message))?;
            Ok(is_shown.then_some(conversation))
        })
    }

    /// Shows another version: the branch through `message` that was written to last.
    pub fn choose_version(&self, message: MessageId) -> Result<Conversation, Error> {
        self.write(|write| {
            let chosen = message::load(write, message)?;
            // Ids grow with time and a child comes after its parent, so the greatest id below is the newest leaf.
            let leaf: MessageId = write
                .prepare_cached(
                    "WITH RECURSIVE below (id) AS (
                         VALUES (?1)
                         UNION ALL
                         SELECT m.id FROM message m JOIN below ON m.parent = below.id
                     )
                     SELECT max(id) FROM below",
                )?
                .query_row([message], |row| row.get(0))?;
            show(write, chosen.conversation, leaf)?;
            conversation::load(write, chosen.conversation)
        })
    }
}

/// Makes `leaf` the end of the branch that is shown.
pub(crate) fn show(
    write: &Transaction<'_>,
    conversation: ConversationId,
    leaf: MessageId,
) -> Result<(), Error> {
    let mut show = write.prepare_cached("UPDATE conversation SET leaf = ?2 WHERE id = ?1")?;
    found(show.execute((conversation, leaf))?)
}

/// Walks up by the primary key and stops at the limit, so the cost does not depend on how long the branch is.
fn page_up_from(read: &Transaction<'_>, lowest: MessageId, limit: u32) -> Result<Page, Error> {
    let mut walk = read.prepare_cached(&format!(
        "WITH RECURSIVE above (id, parent, height) AS (
             SELECT id, parent, 0 FROM message WHERE id = ?1
             UNION ALL
             SELECT m.id, m.parent, above.height + 1
             FROM above JOIN message m ON m.id = above.parent
             LIMIT ?2
         )
         SELECT {} FROM above JOIN message m ON m.id = above.id ORDER BY above.height DESC",
        message::COLUMNS
    ))?;
    let rows = walk.query_map((lowest, limit), message::from_row)?;
    let mut messages = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    for message in &mut messages {
        message::complete(read, message)?;
    }
    let has_earlier = messages.first().is_some_and(|first| first.parent.is_some());
    Ok(Page { messages, has_earlier })
}

pub(crate) fn said_up_to(read: &Transaction<'_>, last: MessageId) -> Result<Vec<Said>, Error> {
    let mut walk = read.prepare_cached(
        "WITH RECURSIVE above (id, parent, height) AS (
             SELECT id, parent, 0 FROM message WHERE id = ?1
             UNION ALL
             SELECT m.id, m.parent, above.height + 1
             FROM above JOIN message m ON m.id = above.parent
         )
         SELECT m.id, m.role, m.connection, m.model, m.text || coalesce(
             (SELECT group_concat(p.text, '' ORDER BY p.id) FROM piece p WHERE p.message = m.id), ''),
             m.finish
         FROM above JOIN message m ON m.id = above.id ORDER BY above.height DESC",
    )?;
    let rows = walk.query_map([last], |row| {
        let said = Said {
            role: row.get(1)?,
            text: row.get(4)?,
            parts: Vec::new(),
            of_folder: 0,
            connection: row.get(2)?,
            model: row.get(3)?,
            finish: row.get(5)?,
        };
        Ok((row.get(0)?, said))
    })?;
    let said = rows.map(|row| {
        let (id, said) = row?;
        Ok(Said { parts: part::all(read, id)?, ..said })
    });
    said.collect()
}
