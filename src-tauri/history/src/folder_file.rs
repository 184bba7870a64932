//! Files of a folder: what is asked in its chats is asked with them. A chat has those of the folder that it is in, and of no other.

use rusqlite::{OptionalExtension, Transaction};

use crate::draft_file::from_row;
use crate::part::{attachment, keep};
use crate::store::found;
use crate::{Attachment, ConversationId, Error, FolderId, History, MOST_FILES, Part, Role, Said};

impl History {
    /// Puts a file into a folder. Its place is its number from then on. `None` where the folder holds as many as it may.
    pub fn attach_to_folder(
        &self,
        folder: FolderId,
        part: &Part,
    ) -> Result<Option<Attachment>, Error> {
        self.write(|write| {
            let mut find = write.prepare_cached("SELECT 1 FROM folder WHERE id = ?1")?;
            if !find.exists([folder])? {
                return Err(Error::NotFound);
            }
            if list(write, folder)?.len() >= MOST_FILES {
                return Ok(None);
            }
            let id = add(write, folder, part)?;
            let kept = list(write, folder)?.into_iter().find(|file| file.place == id);
            kept.map(Some).ok_or(Error::NotFound)
        })
    }

    /// Takes a file out of the folder that holds it.
    pub fn detach_from_folder(&self, folder: FolderId, id: i64) -> Result<(), Error> {
        self.write(|write| {
            let mut delete =
                write.prepare_cached("DELETE FROM folder_file WHERE id = ?1 AND folder = ?2")?;
            found(delete.execute((id, folder))?)
        })
    }

    /// What a folder holds, in the order it was put in, without small pictures.
    pub fn folder_files(&self, folder: FolderId) -> Result<Vec<Attachment>, Error> {
        self.read(|read| list(read, folder))
    }

    /// The files that go with whatever is asked in a conversation: those of its folder.
    pub fn files_around(&self, conversation: ConversationId) -> Result<Vec<Attachment>, Error> {
        self.read(|read| {
            folder_of(read, conversation)?
                .map_or_else(|| Ok(Vec::new()), |folder| list(read, folder))
        })
    }
}

/// Puts a folder's files before what was said first, so that each goes once with a request, however long its chat is.
pub(crate) fn go_along(
    read: &Transaction<'_>,
    conversation: ConversationId,
    said: &mut [Said],
) -> Result<(), Error> {
    let Some(folder) = folder_of(read, conversation)? else { return Ok(()) };
    let Some(first) = said.iter_mut().find(|said| said.role == Role::User) else { return Ok(()) };
    let mut parts = all(read, folder)?;
    first.of_folder = parts.len();
    parts.append(&mut first.parts);
    first.parts = parts;
    Ok(())
}

/// Every file of a folder, with its bytes.
pub(crate) fn all(read: &Transaction<'_>, folder: FolderId) -> Result<Vec<Part>, Error> {
    let mut find = read.prepare_cached(
        "SELECT f.name, b.media_type, b.bytes, b.facts, b.words, b.preview, f.kind
         FROM folder_file f JOIN blob b ON b.id = f.blob WHERE f.folder = ?1 ORDER BY f.id",
    )?;
    let rows = find.query_map([folder], from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Puts in what [`all`] has read elsewhere.
pub(crate) fn add(write: &Transaction<'_>, folder: FolderId, part: &Part) -> Result<i64, Error> {
    let (kind, file) = match part {
        Part::Image(file) => ("image", file),
        Part::File(file) => ("file", file),
        // A person attaches no thoughts.
        Part::Thought(_) => return Err(Error::NotFound),
    };
    let blob = keep(write, file)?;
    write
        .prepare_cached(
            "INSERT INTO folder_file (folder, kind, name, blob) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((folder, kind, &file.name, blob))?;
    Ok(write.last_insert_rowid())
}

pub(crate) fn list(read: &Transaction<'_>, folder: FolderId) -> Result<Vec<Attachment>, Error> {
    let mut find = read.prepare_cached(
        "SELECT f.id, f.kind = 'image', f.name, b.media_type, length(b.bytes),
                length(CAST(b.words AS BLOB)), b.facts, NULL
         FROM folder_file f JOIN blob b ON b.id = f.blob WHERE f.folder = ?1 ORDER BY f.id",
    )?;
    let rows = find.query_map([folder], attachment)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn folder_of(
    read: &Transaction<'_>,
    conversation: ConversationId,
) -> Result<Option<FolderId>, Error> {
    let mut find = read.prepare_cached("SELECT folder FROM conversation WHERE id = ?1")?;
    Ok(find.query_row([conversation], |row| row.get(0)).optional()?.flatten())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Change, File, Finished, Folder, NewTurn};

    fn plan(bytes: &[u8]) -> Part {
        Part::File(File::of("plan.txt", "text/plain", bytes))
    }

    fn folder(history: &History) -> FolderId {
        history.add_folder(&Folder { name: "Thesis".into(), ..Folder::default() }).unwrap()
    }

    fn blobs(history: &History) -> i64 {
        history
            .read(|read| Ok(read.query_row("SELECT count(*) FROM blob", [], |row| row.get(0))?))
            .unwrap()
    }

    #[test]
    fn its_files_go_once_with_each_request_of_the_chats_that_are_in_it_now() {
        let history = History::in_memory().unwrap();
        let thesis = folder(&history);
        let kept = history.attach_to_folder(thesis, &plan(b"Plan A")).unwrap().unwrap();
        assert_eq!(history.folder_files(thesis).unwrap(), std::slice::from_ref(&kept));
        let turn = NewTurn {
            folder: Some(thesis),
            parts: vec![plan(b"Own")],
            ..NewTurn::of("c", "m", "Question")
        };
        let begun = history.begin_turn(&turn).unwrap();
        assert_eq!(begun.said[0].parts, [plan(b"Plan A"), plan(b"Own")]);
        history.finish_answer(begun.answer.id, &Finished::of("Answer")).unwrap();
        let chat = begun.conversation.id;
        let more = NewTurn { conversation: Some(chat), ..NewTurn::of("c", "m", "More") };
        let said = history.begin_turn(&more).unwrap().said;
        assert_eq!((said[0].parts.len(), said[2].parts.len()), (2, 0), "once");
        assert_eq!(history.message(begun.user.id).unwrap().attachments.len(), 1, "not its own");
        history.organise(&[chat], &Change::Move(None)).unwrap();
        assert!(history.files_around(chat).unwrap().is_empty());
        let again = history.begin_answer(begun.user.id, "c", "m").unwrap();
        assert_eq!(again.said[0].parts, [plan(b"Own")]);
        history.organise(&[chat], &Change::Move(Some(thesis))).unwrap();
        assert_eq!(history.files_around(chat).unwrap(), [kept]);
    }

    #[test]
    fn a_file_is_kept_once_and_goes_with_the_last_that_holds_it() {
        let history = History::in_memory().unwrap();
        let (one, other) = (folder(&history), folder(&history));
        let first = history.attach_to_folder(one, &plan(b"Plan A")).unwrap().unwrap();
        history.attach_to_folder(other, &plan(b"Plan A")).unwrap().unwrap();
        let draft = history.attach(None, &plan(b"Plan A")).unwrap();
        assert_eq!(blobs(&history), 1);
        assert_eq!(history.detach_from_folder(other, first.place), Err(Error::NotFound));
        history.detach_from_folder(one, first.place).unwrap();
        history.detach(None, draft.place).unwrap();
        assert_eq!(blobs(&history), 1, "the other folder has it");
        history.remove_folder(other).unwrap();
        assert_eq!(blobs(&history), 0);
        assert_eq!(history.attach_to_folder(other, &plan(b"x")), Err(Error::NotFound));
    }

    #[test]
    fn a_folder_moves_with_its_session() {
        let (disk, session) = (History::in_memory().unwrap(), History::in_memory().unwrap());
        let thesis = folder(&session);
        session.attach_to_folder(thesis, &plan(b"Plan A")).unwrap();
        disk.absorb(&session).unwrap();
        let moved = disk.folders().unwrap().remove(0);
        assert_eq!(moved.files.len(), 1);
    }
}
