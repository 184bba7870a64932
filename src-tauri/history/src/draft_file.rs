//! Files that are attached to what is being typed and not sent yet. They are kept like the words: at once.

use rusqlite::Transaction;

use crate::part::{attachment, file, keep};
use crate::store::found;
use crate::{Attachment, ConversationId, Error, File, History, MessageId, Part};

/// Files that a draft holds at most: more than any message needs.
pub const MOST_FILES: usize = 100;

/// What [`attachment`] reads, of a draft's files.
const COLUMNS: &str = "d.id, d.kind = 'image', d.name, b.media_type, length(b.bytes),
    length(CAST(b.words AS BLOB)), b.facts, b.preview";

impl History {
    /// Attaches a file to the draft of a conversation, or of a new chat. Its place is its number from then on.
    pub fn attach(
        &self,
        conversation: Option<ConversationId>,
        part: &Part,
    ) -> Result<Attachment, Error> {
        self.write(|write| {
            let id = add(write, conversation, part)?;
            one(write, id)
        })
    }

    /// Takes a file off the draft that holds it.
    pub fn detach(&self, conversation: Option<ConversationId>, id: i64) -> Result<(), Error> {
        self.write(|write| {
            let mut delete = write
                .prepare_cached("DELETE FROM draft_file WHERE id = ?1 AND conversation IS ?2")?;
            found(delete.execute((id, conversation))?)
        })
    }

    /// Gives a file of a draft another content, in the same place.
    pub fn replace_draft_file(
        &self,
        conversation: Option<ConversationId>,
        id: i64,
        file: File,
    ) -> Result<Attachment, Error> {
        self.write(|write| {
            replace(write, conversation, &[(id, file)])?;
            one(write, id)
        })
    }

    /// What is attached to a draft, in the order it was.
    pub fn draft_files(
        &self,
        conversation: Option<ConversationId>,
    ) -> Result<Vec<Attachment>, Error> {
        self.read(|read| {
            let sql = format!(
                "SELECT {COLUMNS} FROM draft_file d JOIN blob b ON b.id = d.blob
                 WHERE d.conversation IS ?1 ORDER BY d.id"
            );
            let mut find = read.prepare_cached(&sql)?;
            let rows = find.query_map([conversation], attachment)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// One of a draft's files, with its bytes.
    pub fn draft_file(&self, conversation: Option<ConversationId>, id: i64) -> Result<Part, Error> {
        self.read(|read| {
            let mut find = read.prepare_cached(
                "SELECT d.name, b.media_type, b.bytes, b.facts, b.words, b.preview, d.kind
                 FROM draft_file d JOIN blob b ON b.id = d.blob
                 WHERE d.id = ?1 AND d.conversation IS ?2",
            )?;
            Ok(find.query_row((id, conversation), from_row)?)
        })
    }

    /// The files of every message up to this one, first message first, without their bytes.
    pub fn files_up_to(&self, last: MessageId) -> Result<Vec<Attachment>, Error> {
        self.read(|read| {
            let mut find = read.prepare_cached(
                "WITH RECURSIVE above (id, parent) AS (
                     SELECT id, parent FROM message WHERE id = ?1
                     UNION ALL
                     SELECT m.id, m.parent FROM above JOIN message m ON m.id = above.parent
                 )
                 SELECT p.place, p.kind = 'image', p.name, b.media_type, length(b.bytes),
                        length(CAST(b.words AS BLOB)), b.facts, NULL
                 FROM above JOIN part p ON p.message = above.id JOIN blob b ON b.id = p.blob
                 ORDER BY p.message, p.place",
            )?;
            let rows = find.query_map([last], attachment)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

fn one(read: &Transaction<'_>, id: i64) -> Result<Attachment, Error> {
    let sql =
        format!("SELECT {COLUMNS} FROM draft_file d JOIN blob b ON b.id = d.blob WHERE d.id = ?1");
    Ok(read.prepare_cached(&sql)?.query_row([id], attachment)?)
}

fn add(
    write: &Transaction<'_>,
    conversation: Option<ConversationId>,
    part: &Part,
) -> Result<i64, Error> {
    let (kind, file) = match part {
        Part::Image(file) => ("image", file),
        Part::File(file) => ("file", file),
        // A person attaches no thoughts.
        Part::Thought(_) => return Err(Error::NotFound),
    };
    let blob = keep(write, file)?;
    write
        .prepare_cached(
            "INSERT INTO draft_file (conversation, kind, name, blob) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((conversation, kind, &file.name, blob))?;
    Ok(write.last_insert_rowid())
}

/// Gives files of a draft another content.
pub(crate) fn replace(
    write: &Transaction<'_>,
    conversation: Option<ConversationId>,
    replaced: &[(i64, File)],
) -> Result<(), Error> {
    for (id, file) in replaced {
        let blob = keep(write, file)?;
        let mut give = write.prepare_cached(
            "UPDATE draft_file SET kind = 'file', name = ?3, blob = ?4
             WHERE id = ?1 AND conversation IS ?2",
        )?;
        found(give.execute((id, conversation, &file.name, blob))?)?;
    }
    Ok(())
}

/// Moves files of a draft to the message that is sent, behind the parts that it has.
pub(crate) fn take(
    write: &Transaction<'_>,
    conversation: Option<ConversationId>,
    files: &[i64],
    message: MessageId,
) -> Result<(), Error> {
    for id in files {
        let mut give = write.prepare_cached(
            "INSERT INTO part (message, place, kind, name, blob)
             SELECT ?1, (SELECT coalesce(max(place), 0) + 1 FROM part WHERE message = ?1),
                    kind, name, blob
             FROM draft_file WHERE id = ?2 AND conversation IS ?3",
        )?;
        found(give.execute((message, id, conversation))?)?;
        // Only now: bytes that nobody holds are gone.
        write.prepare_cached("DELETE FROM draft_file WHERE id = ?1")?.execute([id])?;
    }
    Ok(())
}

/// Every file of a draft, with its bytes.
pub(crate) fn all(
    read: &Transaction<'_>,
    conversation: Option<ConversationId>,
) -> Result<Vec<Part>, Error> {
    let mut find = read.prepare_cached(
        "SELECT d.name, b.media_type, b.bytes, b.facts, b.words, b.preview, d.kind
         FROM draft_file d JOIN blob b ON b.id = d.blob WHERE d.conversation IS ?1 ORDER BY d.id",
    )?;
    let rows = find.query_map([conversation], from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Reads name, media type, bytes, facts, words, preview and kind.
pub(crate) fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Part> {
    Ok(match row.get_ref(6)?.as_str()? {
        "image" => Part::Image(file(row)?),
        _ => Part::File(file(row)?),
    })
}

/// Attaches what [`all`] has read elsewhere.
pub(crate) fn add_all(
    write: &Transaction<'_>,
    conversation: Option<ConversationId>,
    parts: &[Part],
) -> Result<(), Error> {
    parts.iter().try_for_each(|part| add(write, conversation, part).map(drop))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{File, NewTurn};

    fn picture(bytes: &[u8]) -> Part {
        Part::Image(File::of("cat.png", "image/png", bytes))
    }

    fn blobs(history: &History) -> i64 {
        history
            .read(|read| Ok(read.query_row("SELECT count(*) FROM blob", [], |row| row.get(0))?))
            .unwrap()
    }

    #[test]
    fn what_is_attached_is_kept_until_it_is_sent_or_taken_off() {
        let history = History::in_memory().unwrap();
        let cat = history.attach(None, &picture(b"meow")).unwrap();
        let dog = history.attach(None, &picture(b"woof")).unwrap();
        let left = history.attach(None, &picture(b"moo")).unwrap();
        assert_eq!(history.draft_files(None).unwrap(), [cat.clone(), dog.clone(), left.clone()]);
        history.detach(None, dog.place).unwrap();
        assert_eq!(history.detach(None, dog.place), Err(Error::NotFound));
        let turn = NewTurn { files: vec![cat.place], ..NewTurn::of("c", "m", "Look") };
        let begun = history.begin_turn(&turn).unwrap();
        assert_eq!(begun.said[0].parts, [picture(b"meow")]);
        assert_eq!(
            history.draft_files(None).unwrap(),
            std::slice::from_ref(&left),
            "what was not sent stays"
        );
        assert_eq!(blobs(&history), 2);
        assert_eq!(history.files_up_to(begun.answer.id).unwrap().len(), 1);
        // Sent is sent: it cannot be sent once more, nor from another draft, and then nothing is.
        let again = NewTurn { conversation: Some(begun.conversation.id), ..turn };
        assert_eq!(history.begin_turn(&again).unwrap_err(), Error::NotFound);
        let elsewhere = NewTurn { files: vec![left.place], ..again };
        assert_eq!(history.begin_turn(&elsewhere).unwrap_err(), Error::NotFound);
        assert_eq!(history.page(begun.conversation.id, 9).unwrap().messages.len(), 2);
    }

    #[test]
    fn what_takes_the_place_of_a_file_stands_where_it_stood() {
        let history = History::in_memory().unwrap();
        let talk = Part::File(File::of("talk.mp3", "audio/mpeg", *b"sound"));
        let talk = history.attach(None, &talk).unwrap();
        history.attach(None, &picture(b"meow")).unwrap();
        let words = || File::of("talk.mp3.txt", "text/plain", *b"words");
        let written = history.replace_draft_file(None, talk.place, words()).unwrap();
        assert_eq!((written.place, written.name.as_str()), (talk.place, "talk.mp3.txt"));
        assert_eq!(history.draft_files(None).unwrap()[0], written);
        assert_eq!(blobs(&history), 2, "the sound is gone");
        let elsewhere = Some(ConversationId(7));
        let refused = history.replace_draft_file(elsewhere, talk.place, words());
        assert_eq!(refused, Err(Error::NotFound));
    }

    #[test]
    fn a_draft_goes_with_its_conversation_and_moves_with_its_session() {
        let (disk, session) = (History::in_memory().unwrap(), History::in_memory().unwrap());
        let begun = session.begin_turn(&NewTurn::of("c", "m", "Hello")).unwrap();
        session.finish_answer(begun.answer.id, &crate::Finished::of("Hi")).unwrap();
        session.attach(Some(begun.conversation.id), &picture(b"meow")).unwrap();
        session.attach(None, &picture(b"woof")).unwrap();
        disk.absorb(&session).unwrap();
        let moved = disk.conversations().unwrap()[0].id;
        assert_eq!(disk.draft_files(Some(moved)).unwrap().len(), 1);
        assert_eq!(disk.draft_files(None).unwrap().len(), 1);
        disk.delete(moved).unwrap();
        disk.purge_deleted(i64::MAX).unwrap();
        assert_eq!(blobs(&disk), 1);
    }
}
