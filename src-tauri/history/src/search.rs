//! Searching everything that was said: messages, the names of their files, and titles.
//!
//! The index is part of the encrypted file. What follows from a search (snippets, facts) is read for the hits that are shown
//! only; what is counted is counted up to a bound, so that a word that stands everywhere costs what a rare one costs.

mod clock;
mod day;
mod entry;
mod era;
mod index;
mod letters;
mod narrow;
mod newest;
mod places;
mod query;
mod rank;
mod shelves;
mod snippet;
mod titles;
mod words;

use rusqlite::Transaction;

pub use index::Indexed;
pub(crate) use index::{Upkeep, forget};
pub use snippet::Piece;

use crate::{ConversationId, Error, History, MessageId, Role, Stop};
use narrow::Asked;
use newest::{Found, newest};
use query::{Query, Term};
use rank::best;
use snippet::snippet;
use titles::titles;

/// Messages that are counted and put in order by how well they fit. Of more, the newest come first.
const COUNTED: usize = 500;

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// What fits best, where several words make that a question; else the newest.
    Fitting,
    /// The newest.
    Newest,
    /// What fits best, as long as there is not too much of it.
    Best,
}

/// What to look for, and which of it to show.
#[derive(Debug, Clone, Copy)]
pub struct Search<'a> {
    /// As it was typed.
    pub typed: &'a str,
    /// What comes first.
    pub order: Order,
    /// Hits that were shown before.
    pub skip: usize,
    /// Hits to show.
    pub limit: usize,
    /// Now, for words like "today".
    pub now_ms: i64,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Results {
    /// Titles first, then messages.
    pub hits: Vec<Hit>,
    /// How many messages there are, as far as they were counted.
    pub messages: usize,
    /// Whether there are more than were counted.
    pub are_more: bool,
    /// In how many conversations they stand.
    pub chats: usize,
    /// Whether what fits best comes first.
    pub is_ranked: bool,
    /// Filters that nobody understands: they were left out.
    pub misread: Vec<String>,
    /// How many percent of everything could be looked through, while that is not all.
    pub percent: Option<u8>,
}

/// A message, or a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where it stands.
    pub conversation: ConversationId,
    /// What that is called.
    pub title: Vec<Piece>,
    /// The message; `None` where the title was found.
    pub message: Option<MessageId>,
    /// Who said it.
    pub role: Option<Role>,
    /// The model that answered.
    pub model: Option<String>,
    /// When it was said; of a title, when its conversation changed, or when what the filters let through was last said in it.
    pub at_ms: i64,
    /// What it says there.
    pub snippet: Vec<Piece>,
}

impl History {
    /// Looks for what was typed. Nothing that can be typed is an error.
    pub fn search(&self, search: &Search<'_>, stop: &Stop) -> Result<Results, Error> {
        let found = self.read_long(stop, |read| {
            let query = Query::parse(search.typed, clock::day_of(read, search.now_ms)?);
            Ok(Results { misread: query.misread.clone(), ..look(read, search, &query, stop)? })
        });
        let mut results = match found {
            // It is made anew by itself; until then nothing can be found.
            Err(Error::Index) => {
                self.upkeep.note_damage();
                self.changes().written();
                Results::default()
            }
            found => found?,
        };
        results.percent = self.upkeep.percent();
        Ok(results)
    }
}

fn look(
    read: &Transaction<'_>,
    search: &Search<'_>,
    query: &Query,
    stop: &Stop,
) -> Result<Results, Error> {
    let Some(asked) = Asked::of(read, query, search.now_ms)? else {
        return Ok(Results::default());
    };
    let wanted = COUNTED.max(search.skip + search.limit);
    let Found { mut ids, chats, are_more } = newest(read, &asked, wanted, stop)?;
    let wants_best = match search.order {
        Order::Newest => false,
        Order::Best => true,
        Order::Fitting => query.terms.len() > 1,
    };
    let is_ranked = wants_best && !are_more && !query.terms.is_empty();
    if is_ranked {
        ids = best(read, &query.terms, &ids, stop)?;
    }
    let mut hits = if search.skip == 0 { titles(read, query, &asked, stop)? } else { Vec::new() };
    for id in ids.iter().skip(search.skip).take(search.limit) {
        stop.check()?;
        hits.push(hit(read, *id, &query.terms)?);
    }
    let chats = chats.len();
    Ok(Results { hits, messages: ids.len(), are_more, chats, is_ranked, ..Results::default() })
}

fn hit(read: &Transaction<'_>, id: MessageId, terms: &[Term]) -> Result<Hit, Error> {
    let mut find = read.prepare_cached(
        "SELECT m.conversation, c.title, m.role, m.model, m.created_ms, m.text,
                (SELECT group_concat(p.name, ', ') FROM part p WHERE p.message = m.id AND p.blob IS NOT NULL)
         FROM message m JOIN conversation c ON c.id = m.conversation WHERE m.id = ?1",
    )?;
    Ok(find.query_row([id], |row| {
        let text = row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?;
        let mut said = snippet(text, terms);
        let files: Option<String> = row.get(6)?;
        if let Some(files) = files.filter(|_| !said.iter().any(|piece| piece.is_marked)) {
            let named = snippet(&files, terms);
            if named.iter().any(|piece| piece.is_marked) {
                said = named;
            }
        }
        Ok(Hit {
            conversation: row.get(0)?,
            title: snippet(&row.get::<_, String>(1)?, &[]),
            message: Some(id),
            role: Some(row.get(2)?),
            model: row.get(3)?,
            at_ms: row.get(4)?,
            snippet: said,
        })
    })?)
}
