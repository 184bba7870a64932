//! A whole branch without what is heavy about it: which messages there are, and what they say, one at a time.

use rusqlite::Transaction;

use crate::{
    ConversationId, Error, History, Message, MessageId, Role, Stop, conversation, message,
};

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

    /// Shows `see` what each message of the current branch says, oldest first. It is read a part at a time, so that nobody
    /// waits while `see` thinks about one; and it ends when nobody waits for it.
    pub fn read_aloud(
        &self,
        conversation: ConversationId,
        stop: &Stop,
        mut see: impl FnMut(Words<'_>),
    ) -> Result<(), Error> {
        for part in parts(&self.outline(conversation)?) {
            for message in self.read(|read| load_part(read, part))? {
                stop.check()?;
                let Message { id, role, text, reasoning, .. } = &message;
                see(Words { id: *id, role: *role, text, reasoning });
            }
        }
        Ok(())
    }
}

/// Messages that are read in one go: some, or a single long one.
fn parts(lines: &[Line]) -> impl Iterator<Item = &[Line]> {
    const MESSAGES: usize = 64;
    const BYTES: i64 = 256 * 1024;
    let mut rest = lines;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = rest.iter().take(MESSAGES).take_while(|line| {
            let first = bytes == 0;
            bytes += line.bytes.max(1);
            first || bytes <= BYTES
        });
        let (part, after) = rest.split_at(fits.count());
        rest = after;
        (!part.is_empty()).then_some(part)
    })
}

/// A message that was purged meanwhile says nothing any more.
fn load_part(read: &Transaction<'_>, part: &[Line]) -> Result<Vec<Message>, Error> {
    let found = part.iter().map(|line| message::load(read, line.id));
    found.filter(|found| !matches!(found, Err(Error::NotFound))).collect()
}
