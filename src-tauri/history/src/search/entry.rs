//! What the index knows of one message. Made of what never changes once a message is there, so that the same can be taken out
//! again that was put in.

use rusqlite::{OptionalExtension, Transaction};

use super::day::Day;
use super::words::line;
use crate::{Error, MessageId, Role};

/// The columns of the index.
pub(super) struct Entry {
    said: String,
    model: String,
    marks: String,
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
        let mut marks = vec![mark_of_role(role).to_owned(), mark_of_conversation(conversation)];
        marks.extend(connection.as_deref().map(mark_of_connection));
        marks.push(Day::of(created_ms).marks());
        marks.extend(marks_of_text(&text).map(str::to_owned));
        let mut said = line(&text);
        let mut files = read.prepare_cached(
            "SELECT p.kind = 'image', p.name, b.media_type LIKE 'audio/%'
             FROM part p JOIN blob b ON b.id = p.blob WHERE p.message = ?1 ORDER BY p.place",
        )?;
        let mut files = files.query([id])?;
        while let Some(file) = files.next()? {
            let mark = match (file.get(0)?, file.get(2)?) {
                (true, _) => "has_image has_file",
                (false, true) => "has_audio has_file",
                (false, false) => "has_file",
            };
            marks.push(mark.to_owned());
            said.push(' ');
            said.push_str(&line(file.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?));
        }
        let model = line(model.as_deref().unwrap_or_default());
        Ok(Some(Self { said, model, marks: marks.join(" "), read: text.len() }))
    }

    pub(super) fn add(&self, write: &Transaction<'_>, id: MessageId) -> Result<(), Error> {
        let mut add = write.prepare_cached(
            "INSERT INTO message_words (rowid, said, model, marks) VALUES (?1, ?2, ?3, ?4)",
        )?;
        add.execute((id, &self.said, &self.model, &self.marks))?;
        Ok(())
    }

    pub(super) fn take_out(&self, write: &Transaction<'_>, id: MessageId) -> Result<(), Error> {
        let mut take_out = write.prepare_cached(
            "INSERT INTO message_words (message_words, rowid, said, model, marks)
             VALUES ('delete', ?1, ?2, ?3, ?4)",
        )?;
        take_out.execute((id, &self.said, &self.model, &self.marks))?;
        Ok(())
    }
}

pub(super) const fn mark_of_role(role: Role) -> &'static str {
    match role {
        Role::User => "role_user",
        Role::Assistant => "role_assistant",
    }
}

pub(super) fn mark_of_conversation(id: i64) -> String {
    format!("in_{id}")
}

pub(super) fn mark_of_connection(id: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    format!("on_{}", id.chars().map(plain).collect::<String>())
}

fn marks_of_text(text: &str) -> impl Iterator<Item = &'static str> {
    let has_code = text.contains("```") || text.contains("~~~");
    let has_link = ["https://", "http://", "www."].iter().any(|start| text.contains(start));
    let has_image = text.contains("![");
    let all = [("has_code", has_code), ("has_link", has_link), ("has_image", has_image)];
    all.into_iter().filter(|(_, has)| *has).map(|(mark, _)| mark)
}
