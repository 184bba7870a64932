//! Deleting a conversation: at first it only disappears, so that it can come back; later it is purged for good.

use std::path::Path;

use rusqlite::{OptionalExtension, Transaction};

use crate::store::{found, now_ms};
use crate::{ConversationId, Error, History, MessageId, Setting, search, setting, snapshot};

impl History {
    /// Hides a conversation. `restore` brings it back until it is purged.
    pub fn delete(&self, id: ConversationId) -> Result<(), Error> {
        self.write(|write| {
            found(write.execute(
                "UPDATE conversation SET deleted_ms = ?2 WHERE id = ?1 AND deleted_ms IS NULL",
                (id, now_ms()),
            )?)
        })
    }

    /// Brings a deleted conversation back.
    pub fn restore(&self, id: ConversationId) -> Result<(), Error> {
        self.write(|write| {
            found(write.execute(
                "UPDATE conversation SET deleted_ms = NULL WHERE id = ?1 AND deleted_ms > 0",
                [id],
            )?)
        })
    }

    /// How many conversations there are, wherever they are kept.
    pub fn count_chats(&self) -> Result<i64, Error> {
        self.read(|read| {
            let mut count = read.prepare_cached(
                "SELECT count(*) FROM conversation WHERE deleted_ms IS NULL OR deleted_ms > 0",
            )?;
            Ok(count.query_row([], |row| row.get(0))?)
        })
    }

    /// Removes every conversation for good, and what is attached to the new chat's draft.
    pub fn erase_chats(&self) -> Result<usize, Error> {
        self.write(|write| {
            write.execute(
                "UPDATE conversation SET deleted_ms = ?1 WHERE deleted_ms IS NULL",
                [now_ms()],
            )?;
            write.execute("DELETE FROM draft_file WHERE conversation IS NULL", [])?;
            setting::store(write, Setting::NewChatDraft, "")
        })?;
        self.purge_all()
    }

    /// Removes for good whatever was deleted, and the copies of the file that an upgrade has set aside: they hold it, too.
    pub fn purge_all(&self) -> Result<usize, Error> {
        let purged = self.purge_deleted(i64::MAX)?;
        if let Some(path) = self.writer().path().filter(|path| !path.is_empty()) {
            snapshot::remove_all(Path::new(path))?;
        }
        Ok(purged)
    }

    /// Removes for good what was deleted at or before `before_ms`. Returns how many conversations. Their pages are
    /// overwritten, and the log that still held them is emptied: also the log of an earlier purge that was cut short. It goes
    /// in small steps, so that nobody who writes waits for all of it; what is begun can't be brought back any more.
    pub fn purge_deleted(&self, before_ms: i64) -> Result<usize, Error> {
        self.write(|write| {
            let mut begin = write.prepare_cached(
                "UPDATE conversation SET deleted_ms = ?2 WHERE deleted_ms <= ?1 AND deleted_ms > ?2",
            )?;
            Ok(begin.execute((before_ms, BEING_PURGED))?)
        })?;
        let mut purged = 0;
        while let Some(id) = self.read(|read| {
            let mut next =
                read.prepare_cached("SELECT id FROM conversation WHERE deleted_ms = ?1")?;
            Ok(next.query_row([BEING_PURGED], |row| row.get(0)).optional()?)
        })? {
            while self.write(|write| purge_some(write, id))? {}
            purged += 1;
        }
        self.empty_log()?;
        Ok(purged)
    }
}

/// The time of a deletion that cannot be undone any more.
const BEING_PURGED: i64 = -1;

/// Messages that are removed in one step, and about the bytes of them.
const STEP: usize = 64;
const STEP_BYTES: i64 = 256 * 1024;

/// Removes the last messages of a conversation, and then itself. Whether there is more of it.
fn purge_some(write: &Transaction<'_>, id: ConversationId) -> Result<bool, Error> {
    let mut last = write.prepare_cached(
        "SELECT id, octet_length(text) FROM message WHERE conversation = ?1 ORDER BY id DESC LIMIT ?2",
    )?;
    let found = last.query_map((id, STEP), |row| Ok((row.get(0)?, row.get(1)?)))?;
    let found: Vec<(MessageId, i64)> = found.collect::<rusqlite::Result<_>>()?;
    let mut bytes = 0;
    for (message, length) in &found {
        search::forget(write, *message)?;
        write.prepare_cached("DELETE FROM message WHERE id = ?1")?.execute([message])?;
        bytes += length;
        if bytes > STEP_BYTES {
            return Ok(true);
        }
    }
    if found.len() == STEP {
        return Ok(true);
    }
    write.prepare_cached("DELETE FROM conversation WHERE id = ?1")?.execute([id])?;
    Ok(false)
}

#[cfg(test)]
mod tests {
    use crate::{Finished, History, NewTurn, Part};

    const NEEDLE: &[u8] = b"needle-in-the-title";

    /// Every page as it looks decrypted: what somebody with the key would find.
    fn decrypted(history: &History) -> Vec<u8> {
        history.writer().serialize("main").unwrap().to_vec()
    }

    fn count(haystack: &[u8], needle: &[u8]) -> usize {
        haystack.windows(needle.len()).filter(|window| *window == needle).count()
    }

    /// Purges a conversation of long and short texts. Returns how often the text was in the pages before and after.
    fn found_before_and_after(secure_delete: bool) -> (usize, usize) {
        let folder = tempfile::tempdir().unwrap();
        let key = zeroize::Zeroizing::new([3; 32]);
        let history = History::open(&folder.path().join("history.db"), key).unwrap();
        if !secure_delete {
            history.writer().execute_batch("PRAGMA secure_delete = OFF").unwrap();
        }
        let word = String::from_utf8(NEEDLE.to_vec()).unwrap();
        let mut turn = NewTurn {
            title: word.clone(),
            system_prompt: word.clone(),
            parts: vec![Part::Thought(word.clone())],
            ..NewTurn::of("c", "m", word.repeat(1000))
        };
        for _ in 0..20 {
            let begun = history.begin_turn(&turn).unwrap();
            turn.conversation = Some(begun.conversation.id);
            history.save_progress(begun.answer.id, &word, &word).unwrap();
            let finished = Finished { reasoning: word.clone(), ..Finished::of(word.clone()) };
            history.finish_answer(begun.answer.id, &finished).unwrap();
        }
        let id = turn.conversation.unwrap();
        history.set_draft(id, &word).unwrap();
        let before = count(&decrypted(&history), NEEDLE);
        history.delete(id).unwrap();
        assert_eq!(history.purge_deleted(i64::MAX).unwrap(), 1);
        let log = folder.path().join("history.db-wal");
        assert_eq!(std::fs::metadata(log).unwrap().len(), 0, "the log is emptied");
        (before, count(&decrypted(&history), NEEDLE))
    }

    #[test]
    fn purged_text_is_in_no_page() {
        let (before, after) = found_before_and_after(true);
        assert!(before > 19_000, "the text was there: {before}");
        assert_eq!(after, 0);
    }

    #[test]
    fn all_chats_are_erased_wherever_they_are() {
        let history = History::in_memory().unwrap();
        let begin = || history.begin_turn(&NewTurn::of("c", "m", "Hello")).unwrap().conversation.id;
        let (_, archived, trashed) = (begin(), begin(), begin());
        history.organise(&[archived], &crate::Change::Archive).unwrap();
        history.delete(trashed).unwrap();
        let file = Part::File(crate::File::of("a.txt", "text/plain", &b"a"[..]));
        history.attach(None, &file).unwrap();
        assert_eq!(history.count_chats(), Ok(3));
        assert_eq!(history.erase_chats(), Ok(3));
        assert_eq!(history.count_chats(), Ok(0));
        assert!(history.draft_files(None).unwrap().is_empty());
        let left = |table: &str| -> i64 {
            let sql = format!("SELECT count(*) FROM {table}");
            history.read(|read| Ok(read.query_row(&sql, [], |row| row.get(0))?)).unwrap()
        };
        assert_eq!([left("message"), left("blob")], [0, 0]);
    }

    #[test]
    fn a_purge_waits_for_whoever_reads_and_is_then_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        let key = zeroize::Zeroizing::new([3; 32]);
        let history = std::sync::Arc::new(History::open(&path, key).unwrap());
        let turn = NewTurn::of("c", "m", "word".repeat(1000));
        let begun = history.begin_turn(&turn).unwrap();
        history.delete(begun.conversation.id).unwrap();
        let (reading, go) = (std::sync::mpsc::channel(), std::sync::mpsc::channel::<()>());
        let reader = std::thread::spawn({
            let history = history.clone();
            move || {
                history
                    .read(|read| {
                        read.query_row("SELECT count(*) FROM message", [], |_| Ok(()))?;
                        reading.0.send(()).unwrap();
                        go.1.recv().unwrap();
                        Ok(())
                    })
                    .unwrap();
            }
        });
        reading.1.recv().unwrap();
        let purging = std::thread::spawn({
            let history = history.clone();
            move || history.purge_deleted(i64::MAX).unwrap()
        });
        // Writing goes on while the purge waits for the reader.
        history.set_setting(crate::Setting::NewChatDraft, "typing").unwrap();
        go.0.send(()).unwrap();
        reader.join().unwrap();
        assert_eq!(purging.join().unwrap(), 1);
        let log = folder.path().join("history.db-wal");
        assert_eq!(std::fs::metadata(log).unwrap().len(), 0);
    }

    #[test]
    fn without_secure_delete_it_would_be() {
        let (_, after) = found_before_and_after(false);
        assert!(after > 0, "the test above can fail");
    }
}
