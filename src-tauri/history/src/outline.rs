//! A whole branch without what is heavy about it: which messages there are, and what they say, one at a time.

use crate::{ConversationId, Error, History, Message, MessageId, Role, conversation, message};

/// One message of the current branch, without its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Its name.
    pub id: MessageId,
    /// How long its text is.
    pub bytes: i64,
}

/// What one message says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words<'a> {
    /// Its name.
    pub id: MessageId,
    /// Who says it.
    pub role: Role,
    /// Markdown, as it came.
    pub text: &'a str,
    /// What the model thought aloud.
    pub reasoning: &'a str,
}

impl History {
    /// Every message of the current branch, oldest first.
    pub fn outline(&self, conversation: ConversationId) -> Result<Vec<Line>, Error> {
        self.read(|read| {
            let shown = conversation::load(read, conversation)?;
            // A length is in the row's head, so the text itself is not read.
            let mut walk = read.prepare_cached(
                "WITH RECURSIVE above (id, parent, bytes, height) AS (
                     SELECT id, parent, octet_length(text), 0 FROM message WHERE id = ?1
                     UNION ALL
                     SELECT m.id, m.parent, octet_length(m.text), above.height + 1
                     FROM above JOIN message m ON m.id = above.parent
                 )
                 SELECT id, bytes FROM above ORDER BY height DESC",
            )?;
            let line = |row: &rusqlite::Row<'_>| Ok(Line { id: row.get(0)?, bytes: row.get(1)? });
            Ok(walk.query_map([shown.leaf], line)?.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// These messages of a conversation that is not deleted, in the order asked for.
    pub fn messages(
        &self,
        conversation: ConversationId,
        ids: &[MessageId],
    ) -> Result<Vec<Message>, Error> {
        self.read(|read| {
            conversation::load(read, conversation)?;
            let load = |id: &MessageId| {
                let found = message::load(read, *id)?;
                if found.conversation == conversation { Ok(found) } else { Err(Error::NotFound) }
            };
            ids.iter().map(load).collect()
        })
    }

    /// Shows `see` what each message of the current branch says, oldest first.
    pub fn read_aloud(
        &self,
        conversation: ConversationId,
        mut see: impl FnMut(Words<'_>),
    ) -> Result<(), Error> {
        let pieces = |column: &str| {
            format!(
                "m.{column} || coalesce((SELECT group_concat(p.{column}, '' ORDER BY p.id)
                     FROM piece p WHERE p.message = m.id), '')"
            )
        };
        self.read(|read| {
            let shown = conversation::load(read, conversation)?;
            let mut walk = read.prepare_cached(&format!(
                "WITH RECURSIVE above (id, parent, height) AS (
                     SELECT id, parent, 0 FROM message WHERE id = ?1
                     UNION ALL
                     SELECT m.id, m.parent, above.height + 1
                     FROM above JOIN message m ON m.id = above.parent
                 )
                 SELECT m.id, m.role, {}, {}
                 FROM above JOIN message m ON m.id = above.id ORDER BY above.height DESC",
                pieces("text"),
                pieces("reasoning"),
            ))?;
            let mut rows = walk.query([shown.leaf])?;
            while let Some(row) = rows.next()? {
                let text = |at| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
                see(Words {
                    id: row.get(0)?,
                    role: row.get(1)?,
                    text: text(2)?,
                    reasoning: text(3)?,
                });
            }
            Ok(())
        })
    }
}
