//! What was typed as the index is asked for it: words of it, and the marks that filters stand for.

use std::collections::HashSet;

use rusqlite::Transaction;

use super::day::marks_between;
use super::entry::{mark_of_connection, mark_of_conversation, mark_of_role};
use super::query::{Filter, Query, Term};
use super::words::line;
use crate::{Error, FolderId, folder};

/// Conversations that are named to the index one by one. Of more, the hits are looked at.
const NAMED: usize = 400;

/// As the index is asked.
pub(super) struct Asked {
    pub(super) expression: String,
    /// Only what stands in one of these conversations.
    pub(super) only: Option<HashSet<i64>>,
}

impl Asked {
    /// `None` where nothing can fit.
    pub(super) fn of(
        read: &Transaction<'_>,
        query: &Query,
        now_ms: i64,
    ) -> Result<Option<Self>, Error> {
        if query.is_empty() {
            return Ok(None);
        }
        let mut all = Vec::new();
        if !query.terms.is_empty() {
            all.push(format!("said : ({})", joined(&query.terms)));
        }
        let (mut after, mut before) = (None, None);
        let mut within: Option<HashSet<i64>> = None;
        for filter in &query.filters {
            let chats = match filter {
                Filter::Model(term) => {
                    all.push(format!("model : ({})", term.expression()));
                    continue;
                }
                Filter::Role(role) => {
                    all.push(format!("marks : {}", mark_of_role(*role)));
                    continue;
                }
                Filter::Has(mark) => {
                    all.push(format!("marks : {mark}"));
                    continue;
                }
                Filter::After(day) => {
                    after = after.max(Some(*day));
                    continue;
                }
                Filter::Before(day) => {
                    before = Some(before.map_or(*day, |other| (*day).min(other)));
                    continue;
                }
                Filter::Provider(name) => {
                    let Some(any) = any_of(&connections(read, name)?) else { return Ok(None) };
                    all.push(any);
                    continue;
                }
                Filter::Tag(name) => tagged(read, name)?,
                Filter::Folder(name) => in_folder(read, name)?,
            };
            within = Some(match within {
                Some(others) => others.intersection(&chats).copied().collect(),
                None => chats,
            });
        }
        if after.is_some() || before.is_some() {
            let Some(any) = any_of(&marks_between(after, before, now_ms)) else { return Ok(None) };
            all.push(any);
        }
        Ok(Self::joined(all, within))
    }

    fn joined(mut all: Vec<String>, within: Option<HashSet<i64>>) -> Option<Self> {
        let mut only = None;
        match within {
            Some(chats) if chats.len() > NAMED => only = Some(chats),
            Some(chats) => {
                let marks: Vec<_> = chats.into_iter().map(mark_of_conversation).collect();
                all.push(any_of(&marks)?);
            }
            None => {}
        }
        if all.is_empty() {
            all.push("marks : (role_user OR role_assistant)".to_owned());
        }
        let parts: Vec<_> = all.iter().map(|part| format!("({part})")).collect();
        Some(Self { expression: parts.join(" AND "), only })
    }
}

/// All of these terms.
pub(super) fn joined(terms: &[Term]) -> String {
    terms.iter().map(Term::expression).collect::<Vec<_>>().join(" AND ")
}

fn any_of(marks: &[String]) -> Option<String> {
    (!marks.is_empty()).then(|| format!("marks : ({})", marks.join(" OR ")))
}

/// The marks of the connections whose provider, name or server is called so.
fn connections(read: &Transaction<'_>, name: &str) -> Result<Vec<String>, Error> {
    let mut all = read.prepare_cached("SELECT id, provider, name, origin FROM connection")?;
    let mut rows = all.query([])?;
    let mut marks = Vec::new();
    while let Some(row) = rows.next()? {
        let texts: [String; 3] = [row.get(1)?, row.get(2)?, row.get(3)?];
        if texts.iter().any(|text| line(text).replace(' ', "").contains(name)) {
            marks.push(mark_of_connection(&row.get::<_, String>(0)?));
        }
    }
    Ok(marks)
}

/// The conversations that bear a tag which begins so.
fn tagged(read: &Transaction<'_>, name: &str) -> Result<HashSet<i64>, Error> {
    let mut all = read.prepare_cached(
        "SELECT t.name, o.conversation FROM tag t JOIN conversation_tag o ON o.tag = t.id",
    )?;
    let mut rows = all.query([])?;
    let mut chats = HashSet::new();
    while let Some(row) = rows.next()? {
        if line(&row.get::<_, String>(0)?).starts_with(name) {
            chats.insert(row.get(1)?);
        }
    }
    Ok(chats)
}

/// The conversations in the folders that are called so, and in those that are in them.
fn in_folder(read: &Transaction<'_>, name: &str) -> Result<HashSet<i64>, Error> {
    let mut all = read.prepare_cached("SELECT id, name FROM folder")?;
    let named = all.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    let mut chats = HashSet::new();
    for row in named {
        let (id, called): (FolderId, String) = row?;
        if !line(&called).starts_with(name) {
            continue;
        }
        for inner in folder::with_inner(read, id)? {
            let mut of = read.prepare_cached("SELECT id FROM conversation WHERE folder = ?1")?;
            for chat in of.query_map([inner], |row| row.get(0))? {
                chats.insert(chat?);
            }
        }
    }
    Ok(chats)
}
