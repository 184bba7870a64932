//! What the index knows of one message. Made of what never changes once a message is there, so that the same can be taken out
//! again that was put in.

use std::ops::ControlFlow;

use rusqlite::{OptionalExtension, Transaction};

use super::day::Day;
use super::era::Era;
use super::words::each_word;
use crate::{Error, MessageId, Role};

/// The words of the index. Words that were said are as they are; what a filter asks for begins with a line, a model's name with two.
pub(super) struct Entry {
    said: String,
    /// Bytes that were read for it.
    pub(super) read: usize,
}

impl Entry {
    /// That of a message; `None` if there is none.
    pub(super) fn of(read: &Transaction<'_>, id: MessageId) -> Result<Option<Self>, Error> {
        let row = read
            .prepare_cached(
                "SELECT role, model, connection, conversation, created_ms, text FROM message WHERE id = ?1",
            )?
            .query_row([id], |row| {
                let facts: (Role, Option<String>, Option<String>, i64, i64) =
                    (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
                Ok((facts, row.get::<_, String>(5)?))
            })
            .optional()?;
        let Some(((role, model, connection, conversation, created_ms), text)) = row else {
            return Ok(None);
        };
        let mut said =
            Said { era: Era::of(id).mark(), line: String::with_capacity(2 * text.len()) };
        said.mark(mark_of_role(role));
        said.mark(&mark_of_conversation(conversation));
        if let Some(connection) = &connection {
            said.mark(&mark_of_connection(connection));
        }
        Day::of(created_ms).marks().iter().for_each(|mark| said.mark(mark));
        marks_of_text(&text).for_each(|mark| said.mark(mark));
        said.words("", &text);
        said.words(OF_A_MODEL, &model.unwrap_or_default());
        let mut files = read.prepare_cached(
            "SELECT p.kind = 'image', p.name, b.media_type LIKE 'audio/%'
             FROM part p JOIN blob b ON b.id = p.blob WHERE p.message = ?1 ORDER BY p.place",
        )?;
        let mut files = files.query([id])?;
        while let Some(file) = files.next()? {
            said.mark("_has_file");
            match (file.get(0)?, file.get(2)?) {
                (true, _) => said.mark("_has_image"),
                (false, true) => said.mark("_has_audio"),
                (false, false) => {}
            }
            said.words("", file.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
        }
        Ok(Some(Self { said: said.line, read: text.len() }))
    }

    pub(super) fn add(&self, write: &Transaction<'_>, id: MessageId) -> Result<(), Error> {
        write
            .prepare_cached("INSERT INTO message_words (rowid, said) VALUES (?1, ?2)")?
            .execute((id, &self.said))?;
        Ok(())
    }

    pub(super) fn take_out(&self, write: &Transaction<'_>, id: MessageId) -> Result<(), Error> {
        let mut take_out = write.prepare_cached(
            "INSERT INTO message_words (message_words, rowid, said) VALUES ('delete', ?1, ?2)",
        )?;
        take_out.execute((id, &self.said))?;
        Ok(())
    }
}

/// All words of a message, each of its era.
struct Said {
    era: String,
    line: String,
}

impl Said {
    fn mark(&mut self, mark: &str) {
        self.word("", mark);
    }

    fn words(&mut self, kind: &str, text: &str) {
        let _whole = each_word(text, |word, _| {
            self.word(kind, word);
            ControlFlow::Continue(())
        });
    }

    fn word(&mut self, kind: &str, word: &str) {
        for part in [&self.era, kind, word, " "] {
            self.line.push_str(part);
        }
    }
}

/// What the words of a model's name begin with.
pub(super) const OF_A_MODEL: &str = "__";

pub(super) const fn mark_of_role(role: Role) -> &'static str {
    match role {
        Role::User => "_role_user",
        Role::Assistant => "_role_assistant",
    }
}

pub(super) fn mark_of_conversation(id: i64) -> String {
    format!("_in_{id}")
}

pub(super) fn mark_of_connection(id: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    format!("_on_{}", id.chars().map(plain).collect::<String>())
}

fn marks_of_text(text: &str) -> impl Iterator<Item = &'static str> {
    let has_code = text.contains("```") || text.contains("~~~");
    let has_link = ["https://", "http://", "www."].iter().any(|start| text.contains(start));
    let has_image = text.contains("![");
    let all = [("_has_code", has_code), ("_has_link", has_link), ("_has_image", has_image)];
    all.into_iter().filter(|(_, has)| *has).map(|(mark, _)| mark)
}
