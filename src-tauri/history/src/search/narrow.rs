//! What was typed as the index is asked for it: words of it, and the marks that filters stand for.

use std::collections::HashSet;

use rusqlite::Transaction;

use super::clock::begin_of;
use super::day::{Day, marks_between};
use super::entry::{OF_A_MODEL, mark_of_connection, mark_of_conversation, mark_of_role};
use super::era::Era;
use super::places::stands;
use super::query::{Filter, Query, Term};
use super::shelves::{in_folder, tagged};
use super::words::line;
use crate::{Error, Role, Stop};

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
    /// It bears one of each list: what stands for connections.
    providers: Vec<Vec<String>>,
    /// It stands in one of these conversations.
    within: Option<HashSet<i64>>,
    /// It was said from this moment on.
    since: Option<i64>,
    /// It was said before this one.
    until: Option<i64>,
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
        let mut asked = Self {
            terms: &query.terms,
            models: Vec::new(),
            marks: Vec::new(),
            providers: Vec::new(),
            within: None,
            since: None,
            until: None,
        };
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
                    asked.since = asked.since.max(Some(begin_of(read, *day)?));
                    continue;
                }
                Filter::Before(day) => {
                    let end = begin_of(read, *day)?;
                    asked.until = Some(asked.until.map_or(end, |other| end.min(other)));
                    continue;
                }
                Filter::Provider(name) => {
                    let marks = connections(read, name)?;
                    asked.providers.push(marks.clone());
                    asked.marks.push(marks);
                    continue;
                }
                Filter::Tag(name) => tagged(read, name)?,
                Filter::Folder(path) => in_folder(read, path)?,
            };
            asked.within = Some(match asked.within {
                Some(others) => others.intersection(&chats).copied().collect(),
                None => chats,
            });
        }
        if asked.since.is_some() || asked.until.is_some() {
            // The index knows days of UTC: those that the span touches. What of them is outside is told by its moment.
            let last = asked.until.map(|until| Day::of(until - 1).next_day());
            asked.marks.push(marks_between(asked.since.map(Day::of), last, now_ms));
        }
        if let Some(chats) = asked.within.as_ref().filter(|chats| chats.len() <= NAMED) {
            asked.marks.push(chats.iter().copied().map(mark_of_conversation).collect());
        }
        Ok((!asked.marks.iter().any(Vec::is_empty)).then_some(asked))
    }

    /// Whether a conversation is one of those that may be.
    pub(super) fn is_within(&self, conversation: i64) -> bool {
        self.within.as_ref().is_none_or(|within| within.contains(&conversation))
    }

    /// Whether a moment is in the time that was asked for.
    pub(super) fn is_in_time(&self, ms: i64) -> bool {
        self.since.is_none_or(|since| ms >= since) && self.until.is_none_or(|until| ms < until)
    }

    /// Whether it matters what is in a conversation, and not only which it is.
    pub(super) fn asks_for_messages(&self) -> bool {
        let asks_for_time = self.since.is_some() || self.until.is_some();
        asks_for_time || !self.models.is_empty() || !self.providers.is_empty()
    }

    /// When something was last said in a conversation that time, model and provider let through, whatever its words are.
    pub(super) fn last_said(
        &self,
        read: &Transaction<'_>,
        conversation: i64,
        stop: &Stop,
    ) -> Result<Option<i64>, Error> {
        let mut all = read.prepare_cached(
            "SELECT created_ms, model, connection FROM message WHERE conversation = ?1 ORDER BY id DESC",
        )?;
        let mut rows = all.query([conversation])?;
        while let Some(row) = rows.next()? {
            stop.check()?;
            let (ms, model): (i64, Option<String>) = (row.get(0)?, row.get(1)?);
            let mark = row.get::<_, Option<String>>(2)?.map(|id| mark_of_connection(&id));
            let is_of = |model: &str| self.models.iter().all(|term| stands(model, term));
            if self.is_in_time(ms)
                && (self.models.is_empty() || model.is_some_and(|model| is_of(&model)))
                && self
                    .providers
                    .iter()
                    .all(|of| mark.as_ref().is_some_and(|mark| of.contains(mark)))
            {
                return Ok(Some(ms));
            }
        }
        Ok(None)
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
            let query = Query::parse(typed, Day::of(0));
            let asked = history.read(|read| Asked::of(read, &query, 0)).unwrap().unwrap();
            let era = Era::of(MessageId(100_000));
            assert_eq!(asked.expression(era), expected, "{typed}");
            assert_eq!(asked.without_beginnings(era).as_deref(), without, "{typed}");
        }
    }
}
