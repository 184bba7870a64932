//! What fits, the newest first: so that a word that stands everywhere costs what a rare one costs.
//!
//! The index names the messages that have all words. Whether these follow each other is looked for in what was said; and so is a
//! beginning, where few messages have all the rest.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, Transaction};

use super::era::Era;
use super::narrow::Asked;
use super::places::stands;
use super::query::Term;
use crate::{Error, MessageId, Stop};

/// Messages of an era that are rather read than looked for in the index, which has to put in order all words that begin so.
const FEW: usize = 100;

/// The messages that fit, without what is deleted.
#[derive(Default)]
pub(super) struct Found {
    pub(super) ids: Vec<MessageId>,
    pub(super) chats: HashSet<i64>,
    /// Whether there are more than were wanted.
    pub(super) are_more: bool,
}

/// Looks for as many as are wanted.
pub(super) fn newest(
    read: &Transaction<'_>,
    asked: &Asked<'_>,
    wanted: usize,
    stop: &Stop,
) -> Result<Found, Error> {
    let last: Option<MessageId> =
        read.query_row("SELECT max(id) FROM message", [], |row| row.get(0))?;
    let Some(last) = last else { return Ok(Found::default()) };
    let gone = deleted(read)?;
    let mut walk = Walk { read, asked, wanted, stop, gone, found: Found::default() };
    for era in Era::of(last).and_before() {
        walk.through(era)?;
        if walk.found.are_more {
            break;
        }
    }
    Ok(walk.found)
}

/// From the newest message towards the first.
struct Walk<'a> {
    read: &'a Transaction<'a>,
    asked: &'a Asked<'a>,
    wanted: usize,
    stop: &'a Stop,
    /// Conversations that are deleted.
    gone: HashSet<i64>,
    found: Found,
}

impl Walk<'_> {
    fn through(&mut self, era: Era) -> Result<(), Error> {
        if let Some(few) = self.few(era)? {
            let unknown: Vec<_> = self.asked.unknown().collect();
            return few.into_iter().try_for_each(|id| self.look_at(id, &unknown));
        }
        let unsure: Vec<_> = self.asked.unsure().collect();
        let mut all = self.read.prepare_cached(MATCHING)?;
        let mut rows = all.query([self.asked.expression(era)])?;
        while !self.found.are_more
            && let Some(row) = rows.next()?
        {
            self.look_at(row.get(0)?, &unsure)?;
        }
        Ok(())
    }

    /// The messages that have all words but those that may go on, if they are few.
    fn few(&self, era: Era) -> Result<Option<Vec<MessageId>>, Error> {
        let Some(wider) = self.asked.without_beginnings(era) else { return Ok(None) };
        let mut all = self.read.prepare_cached(MATCHING)?;
        let ids = all.query_map([wider], |row| row.get(0))?.take(FEW + 1);
        let ids = ids.collect::<rusqlite::Result<Vec<_>>>()?;
        Ok((ids.len() <= FEW).then_some(ids))
    }

    /// Takes a message that has all words, if these terms stand in it.
    fn look_at(&mut self, id: MessageId, terms: &[&Term]) -> Result<(), Error> {
        self.stop.check()?;
        let sql = match terms {
            [] => "SELECT conversation, created_ms FROM message WHERE id = ?1",
            _ => "SELECT conversation, created_ms, text FROM message WHERE id = ?1",
        };
        let mut said = self.read.prepare_cached(sql)?;
        let (chat, at_ms, left) = said
            .query_row([id], |row| {
                let mut left = terms.to_vec();
                if !left.is_empty() {
                    let text = row.get_ref(2)?.as_str()?;
                    left.retain(|term| !stands(text, term));
                }
                Ok((row.get(0)?, row.get(1)?, left))
            })
            .optional()?
            // The index knows of a message that is gone.
            .ok_or(Error::Index)?;
        if !self.asked.is_within(chat)
            || !self.asked.is_in_time(at_ms)
            || self.gone.contains(&chat)
            || !self.names(id, &left)?
            || !self.is_of_model(id)?
        {
            return Ok(());
        }
        if self.found.ids.len() >= self.wanted {
            self.found.are_more = true;
        } else {
            self.found.ids.push(id);
            self.found.chats.insert(chat);
        }
        Ok(())
    }

    /// Whether all of these stand in the names of a message's files.
    fn names(&self, id: MessageId, terms: &[&Term]) -> Result<bool, Error> {
        if terms.is_empty() {
            return Ok(true);
        }
        let mut names = self
            .read
            .prepare_cached("SELECT name FROM part WHERE message = ?1 AND blob IS NOT NULL")?;
        let names = names.query_map([id], |row| row.get(0))?;
        let names: Vec<String> = names.collect::<rusqlite::Result<_>>()?;
        Ok(terms.iter().all(|term| names.iter().any(|name| stands(name, term))))
    }

    fn is_of_model(&self, id: MessageId) -> Result<bool, Error> {
        let mut unsure = self.asked.unsure_of_model().peekable();
        if unsure.peek().is_none() {
            return Ok(true);
        }
        let mut model = self.read.prepare_cached("SELECT model FROM message WHERE id = ?1")?;
        let model: Option<String> = model.query_row([id], |row| row.get(0))?;
        Ok(model.is_some_and(|model| unsure.all(|term| stands(&model, term))))
    }
}

const MATCHING: &str =
    "SELECT rowid FROM message_words WHERE message_words MATCH ?1 ORDER BY rowid DESC";

fn deleted(read: &Transaction<'_>) -> Result<HashSet<i64>, Error> {
    let mut all =
        read.prepare_cached("SELECT id FROM conversation WHERE deleted_ms IS NOT NULL")?;
    let all = all.query_map([], |row| row.get(0))?;
    Ok(all.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::super::day::Day;
    use super::super::query::Query;
    use super::*;
    use crate::{History, Indexed};

    /// Messages far from each other, so that they are of several eras, in a conversation for every ten.
    fn said(count: i64, text: impl Fn(i64) -> String) -> History {
        let history = History::in_memory().unwrap();
        let add = |write: &Transaction<'_>| {
            for number in 0..count {
                let (chat, id) = (1 + number / 10, 1 + number * 700);
                write.execute(
                    "INSERT OR IGNORE INTO conversation (id, title, system_prompt, created_ms, updated_ms)
                     VALUES (?1, '', '', 1, 1)",
                    [chat],
                )?;
                write.execute(
                    "INSERT INTO message (id, conversation, role, status, created_ms, text, reasoning)
                     VALUES (?1, ?2, 'user', 'complete', 1, ?3, '')",
                    (id, chat, text(number)),
                )?;
            }
            Ok(())
        };
        history.write(add).unwrap();
        while history.index_some().unwrap() == Indexed::Some {}
        history
    }

    fn found(history: &History, typed: &str, wanted: usize) -> (Vec<i64>, bool) {
        let query = Query::parse(typed, Day::of(0));
        let look = |read: &Transaction<'_>| {
            let asked = Asked::of(read, &query, 0)?.unwrap();
            newest(read, &asked, wanted, &Stop::default())
        };
        let found = history.read(look).unwrap();
        (found.ids.iter().map(|id| (id.0 - 1) / 700).collect(), found.are_more)
    }

    #[test]
    fn every_era_is_looked_through_whether_the_index_or_the_messages_say_what_goes_on() {
        let history = said(600, |number| {
            let rare = if number % 50 == 0 { "rare " } else { "" };
            format!(
                "common {rare}{}",
                ["thing", "that", "other"][usize::try_from(number % 3).unwrap()]
            )
        });
        let all =
            |fits: &dyn Fn(i64) -> bool| (0..600).rev().filter(|n| fits(*n)).collect::<Vec<_>>();
        let cases: [(&str, Vec<i64>); 6] = [
            ("common ", all(&|_| true)),
            ("th", all(&|n| n % 3 < 2)),
            ("common th", all(&|n| n % 3 < 2)),
            ("rare th", all(&|n| n % 50 == 0 && n % 3 < 2)),
            ("\"rare th", all(&|n| n % 50 == 0 && n % 3 < 2)),
            ("\"common th", all(&|n| n % 50 != 0 && n % 3 < 2)),
        ];
        for (typed, expected) in cases {
            assert_eq!(found(&history, typed, 1_000), (expected.clone(), false), "{typed}");
            let few = expected[..7].to_vec();
            assert_eq!(found(&history, typed, 7), (few, true), "{typed}");
        }
    }

    #[test]
    fn what_is_common_is_not_read_to_its_end() {
        let history = said(3_000, |_| "common thing".to_owned());
        let steps = |typed, wanted| {
            let count = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
            let counting = std::sync::Arc::clone(&count);
            let count_on = move || {
                counting.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                false
            };
            history.writer().progress_handler(10, Some(count_on)).unwrap();
            found(&history, typed, wanted);
            count.load(std::sync::atomic::Ordering::SeqCst)
        };
        for typed in ["common ", "common th", "th", "\"common th"] {
            let (some, all) = (steps(typed, 50), steps(typed, 3_000));
            assert!(some * 10 < all, "{typed}: {some} of {all}");
        }
    }
}
