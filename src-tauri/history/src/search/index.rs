//! Keeping the index of words: what is new comes in by small steps, what is purged goes out with it, and an index that does
//! not fit any more is made anew.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use rusqlite::{OptionalExtension, Transaction};

use super::entry::Entry;
use super::words::line;
use crate::{Error, History, MessageId, Setting};

/// By which rules texts are taken apart. Another number makes every index anew.
const RULES: i64 = 2;
/// Those of an index that nothing was put into.
const NONE: i64 = 0;

/// Messages in one step, and bytes: so few that nobody feels the writer being busy.
const STEP: usize = 256;
const STEP_BYTES: usize = 96 * 1024;

/// Pages of the index that are written anew in one step.
const STEP_PAGES: i64 = 64;

/// An index is put together where more than one of so many messages came into it at once.
const MANY: i64 = 8;

/// Fewer than this are new, not missing.
const FEW: i64 = 200;

/// How the index stands, without asking the file.
#[derive(Debug, Default)]
pub(crate) struct Upkeep {
    /// Messages that are not in it, and how many they were when that was counted.
    left: AtomicI64,
    whole: AtomicI64,
    counted: AtomicBool,
    damaged: AtomicBool,
    /// Whether it lies in many pieces: they came one after the other, and each knows the same words.
    scattered: AtomicBool,
    /// Whether the file says that the index is being filled, for the next start.
    noted: AtomicBool,
}

/// What one step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indexed {
    /// There is more to do.
    Some,
    /// Everything is in the index.
    All,
}

impl Upkeep {
    pub(super) fn note_damage(&self) {
        self.damaged.store(true, Ordering::SeqCst);
    }

    /// How many percent are in the index, while messages are missing that were there before.
    pub(super) fn percent(&self) -> Option<u8> {
        let (left, whole) = (self.left.load(Ordering::SeqCst), self.whole.load(Ordering::SeqCst));
        let done = (whole - left).max(0) * 100 / whole.max(1);
        (left > FEW).then(|| u8::try_from(done).unwrap_or(99).min(99))
    }

    fn count(&self, left: i64, whole: i64) {
        self.left.store(left, Ordering::SeqCst);
        self.whole.store(whole, Ordering::SeqCst);
        self.counted.store(true, Ordering::SeqCst);
    }
}

impl History {
    /// Puts some of what is not in the index into it. To be called again while there is more, with pauses for others.
    pub fn index_some(&self) -> Result<Indexed, Error> {
        match self.step() {
            // What was lost of an index shows as numbers that are there twice, too.
            Err(Error::Index | Error::Failed(_)) => {
                self.upkeep.note_damage();
                self.step()
            }
            done => done,
        }
    }

    fn step(&self) -> Result<Indexed, Error> {
        let rules = self.read(rules)?;
        // Nothing was put into it yet, and all that there is waits for it.
        if rules == NONE {
            self.write(adopt_rules)?;
        } else if self.upkeep.damaged.load(Ordering::SeqCst) || rules != RULES {
            self.write(begin_anew)?;
            self.upkeep.damaged.store(false, Ordering::SeqCst);
            self.upkeep.counted.store(false, Ordering::SeqCst);
        }
        if !self.upkeep.counted.load(Ordering::SeqCst) {
            self.begin_filling()?;
        }
        if self.titles()? {
            return Ok(Indexed::Some);
        }
        // Taken apart before the writer is needed. What was said does not change; what is gone by then is passed over.
        let entries = self.read(next_entries)?;
        if entries.is_empty() {
            return self.put_together();
        }
        let added = self.write(|write| add(write, &entries))?;
        self.upkeep.left.fetch_sub(added, Ordering::SeqCst);
        Ok(Indexed::Some)
    }

    /// Counts what is missing. How much that was is noted in the file, so that another start goes on with this filling and puts
    /// together what lies in pieces at its end.
    fn begin_filling(&self) -> Result<(), Error> {
        let left = self.read(missing)?;
        let begun = self.setting(Setting::IndexFilling)?.and_then(|begun| begun.parse().ok());
        let whole = begun.unwrap_or(0).max(left);
        self.upkeep.noted.store(begun.is_some(), Ordering::SeqCst);
        if whole > FEW && begun != Some(whole) {
            self.set_setting(Setting::IndexFilling, &whole.to_string())?;
            self.upkeep.noted.store(true, Ordering::SeqCst);
        }
        self.upkeep.count(left, whole);
        Ok(())
    }

    fn end_filling(&self) -> Result<(), Error> {
        if self.upkeep.noted.load(Ordering::SeqCst) {
            self.set_setting(Setting::IndexFilling, "")?;
            self.upkeep.noted.store(false, Ordering::SeqCst);
        }
        Ok(())
    }

    /// Once everything is in it.
    fn put_together(&self) -> Result<Indexed, Error> {
        if self.upkeep.whole.load(Ordering::SeqCst) > 0 {
            let filled = self.upkeep.whole.load(Ordering::SeqCst) * MANY;
            self.upkeep.scattered.fetch_or(filled > self.read(last_message)?, Ordering::SeqCst);
            self.upkeep.count(0, 0);
        }
        if self.upkeep.scattered.load(Ordering::SeqCst) {
            if self.write(merge)? {
                return Ok(Indexed::Some);
            }
            self.upkeep.scattered.store(false, Ordering::SeqCst);
        }
        self.end_filling()?;
        Ok(Indexed::All)
    }

    /// The titles first: they are few.
    fn titles(&self) -> Result<bool, Error> {
        let titles = self.read(next_titles)?;
        if titles.is_empty() {
            return Ok(false);
        }
        self.write(|write| {
            for (id, words) in &titles {
                write
                    .prepare_cached("DELETE FROM unindexed_title WHERE conversation = ?1")?
                    .execute([id])?;
                write.prepare_cached("DELETE FROM title_words WHERE rowid = ?1")?.execute([id])?;
                // It may be gone, or called otherwise again: then it is named once more.
                write
                    .prepare_cached(
                        "INSERT INTO title_words (rowid, title)
                         SELECT id, ?2 FROM conversation WHERE id = ?1",
                    )?
                    .execute((id, words))?;
            }
            Ok(true)
        })
    }
}

fn rules(read: &Transaction<'_>) -> Result<i64, Error> {
    Ok(read.query_row("SELECT rules FROM index_rules", [], |row| row.get(0))?)
}

fn missing(read: &Transaction<'_>) -> Result<i64, Error> {
    Ok(read.query_row("SELECT count(*) FROM unindexed_message", [], |row| row.get(0))?)
}

fn last_message(read: &Transaction<'_>) -> Result<i64, Error> {
    let last = read.query_row("SELECT coalesce(max(id), 0) FROM message", [], |row| row.get(0))?;
    Ok(last)
}

/// Makes fewer pieces of the index. Whether there was something to do.
fn merge(write: &Transaction<'_>) -> Result<bool, Error> {
    let before = write.total_changes();
    let mut merge = write
        .prepare_cached("INSERT INTO message_words (message_words, rank) VALUES ('merge', ?1)")?;
    merge.execute([-STEP_PAGES])?;
    // The command itself counts as one.
    Ok(write.total_changes() > before + 1)
}

fn next_titles(read: &Transaction<'_>) -> Result<Vec<(i64, String)>, Error> {
    let mut next = read.prepare_cached(
        "SELECT u.conversation, c.title FROM unindexed_title u
         JOIN conversation c ON c.id = u.conversation ORDER BY u.conversation DESC LIMIT ?1",
    )?;
    let rows = next.query_map([STEP * 2], |row| {
        Ok((row.get(0)?, line(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The newest first, since those are looked for most; in the order in which the index takes them.
fn next_entries(read: &Transaction<'_>) -> Result<Vec<(MessageId, Option<Entry>)>, Error> {
    let mut next = read
        .prepare_cached("SELECT message FROM unindexed_message ORDER BY message DESC LIMIT ?1")?;
    let ids = next.query_map([STEP], |row| row.get(0))?;
    let mut entries = Vec::new();
    let mut bytes = 0;
    for id in ids {
        let id: MessageId = id?;
        let entry = Entry::of(read, id)?;
        bytes += entry.as_ref().map_or(0, |entry| entry.read);
        entries.push((id, entry));
        if bytes > STEP_BYTES {
            break;
        }
    }
    entries.reverse();
    Ok(entries)
}

fn add(write: &Transaction<'_>, entries: &[(MessageId, Option<Entry>)]) -> Result<i64, Error> {
    let mut added = 0;
    for (id, entry) in entries {
        let mut done = write.prepare_cached("DELETE FROM unindexed_message WHERE message = ?1")?;
        if done.execute([id])? == 1 {
            added += 1;
            if let Some(entry) = entry {
                entry.add(write, *id)?;
            }
        }
    }
    Ok(added)
}

/// Takes a message out of the index, as part of removing it.
pub(crate) fn forget(write: &Transaction<'_>, id: MessageId) -> Result<(), Error> {
    let mut find = write.prepare_cached("SELECT 1 FROM unindexed_message WHERE message = ?1")?;
    if find.exists([id])? || rules(write)? != RULES {
        return Ok(());
    }
    match Entry::of(write, id)? {
        Some(entry) => entry.take_out(write, id),
        None => Ok(()),
    }
}

/// An empty index, and everything to be put into it.
fn begin_anew(write: &Transaction<'_>) -> Result<(), Error> {
    for table in ["message_words", "title_words"] {
        empty(write, table)?;
    }
    write.execute_batch(
        "INSERT OR IGNORE INTO unindexed_message SELECT id FROM message WHERE status <> 'streaming';
         INSERT OR IGNORE INTO unindexed_title SELECT id FROM conversation;",
    )?;
    adopt_rules(write)
}

fn adopt_rules(write: &Transaction<'_>) -> Result<(), Error> {
    write.execute("UPDATE index_rules SET rules = ?1", [RULES])?;
    Ok(())
}

/// A damaged index can neither be emptied nor trusted: it is made as the file says that it was made.
fn empty(write: &Transaction<'_>, table: &str) -> Result<(), Error> {
    let made: Option<String> = write
        .query_row("SELECT sql FROM sqlite_schema WHERE name = ?1", [table], |row| row.get(0))
        .optional()?;
    let Some(made) = made else { return Err(Error::Damaged) };
    write.execute_batch(&format!("DROP TABLE {table}; {made}"))?;
    write.execute_batch(&format!(
        "INSERT INTO {table} ({table}, rank) VALUES ('pgsz', 3970), ('secure-delete', 1);"
    ))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Finished, NewTurn};

    /// Answers of two kilobytes, of words that are as common as words are.
    fn talk(history: &History, answers: u64) -> usize {
        let bytes = say(history, answers);
        while history.index_some().unwrap() == Indexed::Some {}
        bytes
    }

    fn say(history: &History, answers: u64) -> usize {
        let mut bytes = 0;
        let mut chance = 7_u64;
        for _ in 0..answers {
            let mut text = String::new();
            for _ in 0..400 {
                chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let word = (chance >> 33) % 3_000;
                text.push_str(&format!("w{:x} ", word * word / 3_000));
            }
            bytes += text.len();
            let begun = history.begin_turn(&NewTurn::of("c", "m", "?")).unwrap();
            history.finish_answer(begun.answer.id, &Finished::of(text)).unwrap();
        }
        bytes
    }

    const PIECES: &str = "SELECT count(DISTINCT segid) FROM message_words_idx";

    fn number(history: &History, sql: &str) -> usize {
        history.read(|read| Ok(read.query_row(sql, [], |row| row.get(0))?)).unwrap()
    }

    #[test]
    fn the_index_takes_less_than_half_of_what_was_said_and_lies_in_one_piece() {
        let history = History::in_memory().unwrap();
        let bytes = talk(&history, 500);
        assert_eq!(number(&history, PIECES), 1);
        let size = "SELECT sum(pgsize - unused) FROM dbstat WHERE name LIKE 'message_words%'";
        let share = number(&history, size) * 100 / bytes;
        assert!(share <= 40, "{share} %");
        // A few more are no reason to write all of it anew.
        talk(&history, 50);
        assert!(number(&history, PIECES) > 1);
    }

    #[test]
    fn another_start_goes_on_with_a_filling_and_puts_its_pieces_together_once() {
        let folder = tempfile::tempdir().unwrap();
        let open = || {
            let key = zeroize::Zeroizing::new([1; 32]);
            History::open(&folder.path().join("history.db"), key).unwrap()
        };
        let missing = |history: &History| number(history, "SELECT count(*) FROM unindexed_message");
        let history = open();
        say(&history, 500);
        while missing(&history) > 500 {
            history.index_some().unwrap();
        }
        drop(history);
        let history = open();
        history.index_some().unwrap();
        assert!(history.upkeep.percent().is_some_and(|percent| percent >= 50));
        while missing(&history) > 0 {
            history.index_some().unwrap();
        }
        drop(history);
        let history = open();
        assert!(number(&history, PIECES) > 1);
        while history.index_some().unwrap() == Indexed::Some {}
        assert_eq!(number(&history, PIECES), 1);
        drop(history);
        // What was put together is not a reason to do it again.
        let history = open();
        talk(&history, 50);
        assert!(number(&history, PIECES) > 1);
        assert_eq!(history.setting(Setting::IndexFilling).unwrap().as_deref(), Some(""));
    }
}
