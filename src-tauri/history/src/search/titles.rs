//! Titles that are found. A filter lets one through for what its chat is: for where it lies and its tags, and for the time, the
//! models and the providers of what was said in it.

use rusqlite::{OptionalExtension, Transaction};

use super::Hit;
use super::narrow::Asked;
use super::query::{Filter, Query, Term};
use super::snippet::snippet;
use crate::{Error, Stop};

/// Titles that are shown.
const SHOWN: usize = 8;
/// Chats whose messages are looked at for it, so that a common word beside a filter that hardly any chat fits has an end.
const LOOKED_INTO: usize = 1_000;

/// The newest titles with all words, where nothing is asked for that only a message can have.
pub(super) fn titles(
    read: &Transaction<'_>,
    query: &Query,
    asked: &Asked<'_>,
    stop: &Stop,
) -> Result<Vec<Hit>, Error> {
    if query.terms.is_empty() || query.filters.iter().any(Filter::is_of_messages) {
        return Ok(Vec::new());
    }
    let mut find = read.prepare_cached(
        "SELECT rowid FROM title_words WHERE title_words MATCH ?1 ORDER BY rowid DESC",
    )?;
    let mut name = read.prepare_cached(
        "SELECT title, updated_ms FROM conversation WHERE id = ?1 AND deleted_ms IS NULL",
    )?;
    let all: Vec<_> = query.terms.iter().map(Term::expression).collect();
    let mut rows = find.query([all.join(" AND ")])?;
    let mut hits = Vec::new();
    let mut looked_into = 0;
    while hits.len() < SHOWN
        && looked_into < LOOKED_INTO
        && let Some(row) = rows.next()?
    {
        let id: i64 = row.get(0)?;
        if !asked.is_within(id) {
            continue;
        }
        let named = name.query_row([id], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)));
        // What was named otherwise just now comes under its new name soon.
        let Some((title, mut at_ms)) = named.optional()? else { continue };
        if asked.asks_for_messages() {
            looked_into += 1;
            let Some(last) = asked.last_said(read, id, stop)? else { continue };
            at_ms = last;
        }
        hits.push(Hit {
            conversation: row.get(0)?,
            title: snippet(&title, &query.terms),
            message: None,
            role: None,
            model: None,
            at_ms,
            snippet: Vec::new(),
        });
    }
    Ok(hits)
}
