//! What was typed as the index is asked for it: words of it, and the marks that filters stand for.

use std::collections::HashSet;

use rusqlite::Transaction;

use super::day::marks_between;
use super::entry::{OF_A_MODEL, mark_of_connection, mark_of_conversation, mark_of_role};
use super::era::Era;
use super::query::{Filter, Query, Term};
use super::words::line;
use crate::{Error, FolderId, Role, folder};

/// Conversations that are named to the index one by one. Of more, the hits are looked at.
const NAMED: usize = 400;

/// What a message has to have.
pub(super) struct Asked<'a> {
    /// All of these are said in it.
    terms: &'a [Term],
    /// All of these stand in the name of its model.
    models: Vec<&'a Term>,
    /// It bears one mark of each list.
    marks: Vec<Vec<String>>,
    /// It stands in one of these conversations.
    pub(super) only: Option<HashSet<i64>>,
}

impl<'a> Asked<'a> {
    /// `None` where nothing can fit.
    pub(super) fn of(
        read: &Transaction<'_>,
        query: &'a Query,
        now_ms: i64,
    ) -> Result<Option<Self>, Error> {
        if query.is_empty() {
            return Ok(None);
        }
        let mut asked =
            Self { terms: &query.terms, models: Vec::new(), marks: Vec::new(), only: None };
        let (mut after, mut before) = (None, None);
        let mut within: Option<HashSet<i64>> = None;
        for filter in &query.filters {
            let chats = match filter {
                Filter::Model(term) => {
                    asked.models.push(term);
                    continue;
                }
                Filter::Role(role) => {
                    asked.marks.push(vec![mark_of_role(*role).to_owned()]);
                    continue;
                }
                Filter::Has(mark) => {
                    asked.marks.push(vec![(*mark).to_owned()]);
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
                    asked.marks.push(connections(read, name)?);
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
            asked.marks.push(marks_between(after, before, now_ms));
        }
        match within {
            Some(chats) if chats.len() > NAMED => asked.only = Some(chats),
            Some(chats) => asked.marks.push(chats.into_iter().map(mark_of_conversation).collect()),
            None => {}
        }
        Ok((!asked.marks.iter().any(Vec::is_empty)).then_some(asked))
    }

    /// As the index is asked for the messages of an era. It knows which words a message has, and not where.
    pub(super) fn expression(&self, era: Era) -> String {
        let mark = era.mark();
        let mut all = self.marks_and_models(&mark);
        for term in self.terms {
            all.extend(of_words(term, &mark, term.goes_on));
        }
        // Nothing but conversations may be asked for: any message will do then.
        if all.is_empty() {
            let roles = [Role::User, Role::Assistant].map(|role| mark_of_role(role).to_owned());
            return any_of(&mark, &roles);
        }
        all.join(" AND ")
    }

    /// The same without the words that may go on, if there are such and others: these are many words to the index.
    pub(super) fn without_beginnings(&self, era: Era) -> Option<String> {
        let mark = era.mark();
        if !self.terms.iter().any(|term| term.goes_on) {
            return None;
        }
        let mut all = self.marks_and_models(&mark);
        for term in self.terms {
            let mut words: Vec<_> = of_words(term, &mark, false).collect();
            if term.goes_on {
                words.pop();
            }
            all.append(&mut words);
        }
        (!all.is_empty()).then(|| all.join(" AND "))
    }

    /// The terms that have to be looked for in a message that has all words.
    pub(super) fn unsure(&self) -> impl Iterator<Item = &'a Term> {
        self.terms.iter().filter(|term| term.words.len() > 1)
    }

    /// The terms that have to be looked for in a message of which nothing is known of those that go on.
    pub(super) fn unknown(&self) -> impl Iterator<Item = &'a Term> {
        self.terms.iter().filter(|term| term.words.len() > 1 || term.goes_on)
    }

    /// The same for the name of its model.
    pub(super) fn unsure_of_model(&self) -> impl Iterator<Item = &'a Term> {
        self.models.iter().copied().filter(|term| term.words.len() > 1)
    }

    fn marks_and_models(&self, era: &str) -> Vec<String> {
        let of_model = format!("{era}{OF_A_MODEL}");
        let models = self.models.iter().flat_map(|term| of_words(term, &of_model, term.goes_on));
        let marks = self.marks.iter().map(|marks| any_of(era, marks));
        models.chain(marks).collect()
    }
}

/// The words of a term as the index knows them.
fn of_words(term: &Term, begin: &str, goes_on: bool) -> impl Iterator<Item = String> {
    let last = term.words.len() - 1;
    let open = move |at| if goes_on && at == last { " *" } else { "" };
    term.words.iter().enumerate().map(move |(at, word)| format!("\"{begin}{word}\"{}", open(at)))
}

fn any_of(era: &str, marks: &[String]) -> String {
    let marks: Vec<_> = marks.iter().map(|mark| format!("\"{era}{mark}\"")).collect();
    format!("({})", marks.join(" OR "))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{History, MessageId};

    #[test]
    fn the_index_is_asked_for_words_of_an_era() {
        let history = History::in_memory().unwrap();
        let cases = [
            ("full jit", r#""1_full" AND "1_jit" *"#, Some(r#""1_full""#)),
            ("\"full jitter\"", r#""1_full" AND "1_jitter""#, None),
            ("ji", r#""1_ji" *"#, None),
            ("role:user ji", r#"("1__role_user") AND "1_ji" *"#, Some(r#"("1__role_user")"#)),
            ("model:gpt-5", r#""1___gpt" AND "1___5""#, None),
            ("model:son has:code", r#""1___son" * AND ("1__has_code")"#, None),
        ];
        for (typed, expected, without) in cases {
            let query = Query::parse(typed, 0);
            let asked = history.read(|read| Asked::of(read, &query, 0)).unwrap().unwrap();
            let era = Era::of(MessageId(100_000));
            assert_eq!(asked.expression(era), expected, "{typed}");
            assert_eq!(asked.without_beginnings(era).as_deref(), without, "{typed}");
        }
    }
}
