//! What belongs to a message beside its words. Bytes are kept once, however many messages hold them.

use std::sync::Arc;

use rusqlite::{OptionalExtension, Row, Transaction};
use sha2::{Digest, Sha256};

use crate::{Error, History, MessageId};

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A picture.
    Image(File),
    /// Any other file.
    File(File),
    /// Reasoning in its provider's sealed form: JSON of the layer above.
    Thought(String),
}

/// A file that goes with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What it is called, without a path.
    pub name: String,
    /// Such as `image/png`.
    pub media_type: String,
    /// What it holds.
    pub bytes: Arc<[u8]>,
    /// What is known of it: JSON of the layer above, or empty.
    pub facts: String,
    /// What it says, where it says anything in words.
    pub words: Option<String>,
    /// A small picture of it, as a file.
    pub preview: Option<Arc<[u8]>>,
}

impl File {
    /// A file of which nothing else is known.
    pub fn of(name: &str, media_type: &str, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self {
            name: name.to_owned(),
            media_type: media_type.to_owned(),
            bytes: bytes.into(),
            facts: String::new(),
            words: None,
            preview: None,
        }
    }
}

/// What may be said of a file without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Which part of its message it is.
    pub place: i64,
    /// Whether it is a picture.
    pub is_image: bool,
    /// What it is called.
    pub name: String,
    /// Such as `image/png`.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Bytes of its words; `None` where it has none.
    pub words: Option<i64>,
    /// What is known of it: JSON of the layer above, or empty.
    pub facts: String,
    /// A small picture of it, as a file.
    pub preview: Option<Arc<[u8]>>,
}

impl History {
    /// One of a message's files.
    pub fn file(&self, message: MessageId, place: i64) -> Result<File, Error> {
        self.read(|read| {
            let mut find = read.prepare_cached(
                "SELECT p.name, b.media_type, b.bytes, b.facts, b.words, b.preview
                 FROM part p JOIN blob b ON b.id = p.blob WHERE p.message = ?1 AND p.place = ?2",
            )?;
            Ok(find.query_row((message, place), file)?)
        })
    }
}

/// The files of a message.
pub(crate) fn attachments(
    read: &Transaction<'_>,
    message: MessageId,
) -> Result<Vec<Attachment>, Error> {
    let mut find = read.prepare_cached(
        "SELECT p.place, p.kind = 'image', p.name, b.media_type, length(b.bytes),
                length(CAST(b.words AS BLOB)), b.facts, b.preview
         FROM part p JOIN blob b ON b.id = p.blob WHERE p.message = ?1 ORDER BY p.place",
    )?;
    let rows = find.query_map([message], attachment)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Reads place, whether it is a picture, name, media type, size, length of the words, facts and preview.
pub(crate) fn attachment(row: &Row<'_>) -> rusqlite::Result<Attachment> {
    Ok(Attachment {
        place: row.get(0)?,
        is_image: row.get(1)?,
        name: row.get(2)?,
        media_type: row.get(3)?,
        size: row.get(4)?,
        words: row.get(5)?,
        facts: row.get(6)?,
        preview: row.get::<_, Option<Vec<u8>>>(7)?.map(Arc::from),
    })
}

/// All parts of a message, with their bytes.
pub(crate) fn all(read: &Transaction<'_>, message: MessageId) -> Result<Vec<Part>, Error> {
    let mut find = read.prepare_cached(
        "SELECT p.name, b.media_type, b.bytes, b.facts, b.words, b.preview, p.kind, p.state
         FROM part p LEFT JOIN blob b ON b.id = p.blob WHERE p.message = ?1 ORDER BY p.place",
    )?;
    let rows = find.query_map([message], |row| {
        Ok(match row.get_ref(6)?.as_str()? {
            "thought" => Part::Thought(row.get(7)?),
            "image" => Part::Image(file(row)?),
            _ => Part::File(file(row)?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Adds parts behind those that a message has.
pub(crate) fn add(
    write: &Transaction<'_>,
    message: MessageId,
    parts: &[Part],
) -> Result<(), Error> {
    for part in parts {
        let (kind, name, blob, state) = match part {
            Part::Image(file) => ("image", file.name.as_str(), Some(keep(write, file)?), None),
            Part::File(file) => ("file", file.name.as_str(), Some(keep(write, file)?), None),
            Part::Thought(state) => ("thought", "", None, Some(state)),
        };
        write
            .prepare_cached(
                "INSERT INTO part (message, place, kind, name, blob, state)
                 SELECT ?1, coalesce(max(place), 0) + 1, ?2, ?3, ?4, ?5 FROM part WHERE message = ?1",
            )?
            .execute((message, kind, name, blob, state))?;
    }
    Ok(())
}

/// Gives a message the files of another.
pub(crate) fn copy_files(
    write: &Transaction<'_>,
    from: MessageId,
    to: MessageId,
) -> Result<(), Error> {
    write
        .prepare_cached(
            "INSERT INTO part (message, place, kind, name, blob)
             SELECT ?2, place, kind, name, blob FROM part WHERE message = ?1 AND blob IS NOT NULL",
        )?
        .execute((from, to))?;
    Ok(())
}

/// Reads name, media type, bytes, facts, words and preview.
pub(crate) fn file(row: &Row<'_>) -> rusqlite::Result<File> {
    let bytes = row.get_ref(2)?.as_blob()?;
    Ok(File {
        name: row.get(0)?,
        media_type: row.get(1)?,
        bytes: Arc::from(bytes),
        facts: row.get(3)?,
        words: row.get(4)?,
        preview: row.get::<_, Option<Vec<u8>>>(5)?.map(Arc::from),
    })
}

/// Keeps a file's bytes, if they are not kept yet, and says under which number.
pub(crate) fn keep(write: &Transaction<'_>, file: &File) -> Result<i64, Error> {
    let mut hash = Sha256::new();
    // The same bytes under another type are another file.
    hash.update(file.media_type.as_bytes());
    hash.update([0]);
    hash.update(&file.bytes);
    let hash = hash.finalize().to_vec();
    let known = write
        .prepare_cached("SELECT id FROM blob WHERE hash = ?1")?
        .query_row([&hash], |row| row.get(0))
        .optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    write
        .prepare_cached(
            "INSERT INTO blob (hash, media_type, bytes, facts, words, preview)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((
            &hash,
            &file.media_type,
            &*file.bytes,
            &file.facts,
            &file.words,
            file.preview.as_deref(),
        ))?;
    Ok(write.last_insert_rowid())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Finished, NewTurn};

    fn picture(bytes: &[u8]) -> Part {
        Part::Image(File {
            facts: "{\"width\":3}".into(),
            words: Some("Miau, ä".into()),
            preview: Some(Arc::from(&b"small"[..])),
            ..File::of("cat.png", "image/png", bytes)
        })
    }

    fn turn(parts: Vec<Part>) -> NewTurn {
        NewTurn { parts, ..NewTurn::of("c", "m", "Look") }
    }

    fn count(history: &History, table: &str) -> i64 {
        let sql = format!("SELECT count(*) FROM {table}");
        history.read(|read| Ok(read.query_row(&sql, [], |row| row.get(0))?)).unwrap()
    }

    #[test]
    fn a_file_is_kept_once_and_goes_with_the_last_message_that_holds_it() {
        let history = History::in_memory().unwrap();
        let first = history.begin_turn(&turn(vec![picture(b"meow"), picture(b"purr")])).unwrap();
        let second = history.begin_turn(&turn(vec![picture(b"meow")])).unwrap();
        assert_eq!((count(&history, "part"), count(&history, "blob")), (3, 2));
        assert_eq!(first.said[0].parts, [picture(b"meow"), picture(b"purr")]);
        let shown = history.message(second.user.id).unwrap().attachments;
        assert_eq!((shown.len(), shown[0].size, shown[0].is_image), (1, 4, true));
        assert_eq!((shown[0].words, shown[0].facts.as_str()), (Some(8), "{\"width\":3}"));
        assert_eq!(shown[0].preview.as_deref(), Some(&b"small"[..]));
        let file = history.file(second.user.id, shown[0].place).unwrap();
        assert_eq!(Part::Image(file), picture(b"meow"));
        for (begun, left) in [(&first, 1), (&second, 0)] {
            history.delete(begun.conversation.id).unwrap();
            history.purge_deleted(i64::MAX).unwrap();
            assert_eq!(count(&history, "blob"), left);
        }
    }

    #[test]
    fn an_edited_message_keeps_its_files_and_an_answer_its_thoughts() {
        let history = History::in_memory().unwrap();
        let begun = history.begin_turn(&turn(vec![picture(b"meow")])).unwrap();
        let edited = history.begin_sibling_user(begun.user.id, "Look again", "c", "m").unwrap();
        assert_eq!(edited.said[0].parts, [picture(b"meow")]);
        assert_eq!(count(&history, "blob"), 1);
        let thought = Part::Thought("{\"sealed\":1}".into());
        let finished = Finished { parts: vec![thought.clone()], ..Finished::of("A cat.") };
        history.finish_answer(edited.answer.id, &finished).unwrap();
        let next =
            NewTurn { conversation: Some(begun.conversation.id), ..NewTurn::of("c", "m", "Sure?") };
        let said = history.begin_turn(&next).unwrap().said;
        assert_eq!(said[1].parts, [thought]);
        assert_eq!(said[1].model.as_deref(), Some("m"));
    }
}
