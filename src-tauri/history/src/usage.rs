//! What was spent, on what and through whom. Sums are kept as they grow, so that a page costs the same after a million requests.

use rusqlite::Transaction;
use rusqlite::types::Type;

use crate::{ConversationId, Error, History, Stop};

/// A month as `2026-11`, by UTC.
pub type Month = String;

/// What a model cost over a connection on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayUse {
    /// `2026-11-29`.
    pub day: String,
    /// Over which connection; it may be removed by now.
    pub connection: String,
    /// Which model.
    pub model: String,
    /// Billionths of a dollar.
    pub nano: i64,
    /// Requests of which nobody knows what they cost.
    pub unpriced: i64,
    /// How many there were.
    pub requests: i64,
    /// Tokens read.
    pub read_tokens: i64,
    /// Tokens written.
    pub written_tokens: i64,
}

/// How fast answers came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Speed {
    /// From sending to the first word: half came sooner.
    pub median_ms: Option<i64>,
    /// Of twenty, nineteen came sooner.
    pub most_ms: Option<i64>,
    /// Tokens written in a second of writing, by all of them together.
    pub tokens_a_second: Option<i64>,
}

/// What one of many cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share<T> {
    /// Which.
    pub of: T,
    /// Billionths of a dollar.
    pub nano: i64,
    /// Requests.
    pub requests: i64,
}

/// A month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Usage {
    /// Every day on which something was sent.
    pub days: Vec<DayUse>,
    /// By the latest answers.
    pub speed: Speed,
    /// Other programs, the dearest first.
    pub applications: Vec<Share<String>>,
    /// The dearest conversations and their titles; none where it is deleted.
    pub conversations: Vec<Share<Chat>>,
    /// Every month in which something was sent, the latest first.
    pub months: Vec<Month>,
}

/// Who has used a connection's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyUses {
    /// An application of another's; `None` is this program.
    pub application: Option<String>,
    /// In how many conversations.
    pub chats: i64,
    /// Which models.
    pub models: Vec<String>,
    /// When last.
    pub last_ms: i64,
    /// How often.
    pub requests: i64,
    /// Billionths of a dollar, as far as it is known.
    pub nano: i64,
}

/// A request, for a table outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When it was sent.
    pub sent_ms: i64,
    /// The connection's name, or its id where it is removed.
    pub key: String,
    /// For which application; empty is this program.
    pub application: String,
    /// From which conversation.
    pub conversation: Option<i64>,
    /// Which model.
    pub model: String,
    /// Tokens read.
    pub read_tokens: Option<i64>,
    /// Tokens written.
    pub written_tokens: Option<i64>,
    /// Billionths of a dollar.
    pub nano: Option<i64>,
    /// From sending to the first word.
    pub first_token_ms: Option<i64>,
    /// From sending to the end.
    pub whole_ms: Option<i64>,
}

/// A conversation and its title; none where it is deleted.
pub type Chat = (ConversationId, Option<String>);

/// How many answers say how fast they come.
const LATEST: i64 = 10_000;
const DEAREST: i64 = 20;

impl History {
    /// What was spent in a month.
    pub fn usage(&self, month: &str) -> Result<Usage, Error> {
        self.read(|read| {
            Ok(Usage {
                days: days(read, month)?,
                speed: speed(read, month)?,
                applications: applications(read, month)?,
                conversations: conversations(read, month)?,
                months: months(read)?,
            })
        })
    }

    /// Who has used one key of a connection, known by its item, at any time. What was written down before keys were told apart may
    /// have been any of them, and counts.
    pub fn key_uses(&self, connection: &str, item: &str) -> Result<Vec<KeyUses>, Error> {
        self.read_long(&Stop::default(), |read| {
            let mut list = read.prepare_cached(
                "SELECT (SELECT name FROM application WHERE id = ledger.application),
                        count(DISTINCT conversation), json_group_array(DISTINCT model), max(sent_ms), count(*),
                        sum(coalesce(nano, 0))
                 FROM ledger
                 WHERE connection = ?1 AND (key = ?2 OR key IS NULL)
                 GROUP BY application ORDER BY max(sent_ms) DESC",
            )?;
            let rows = list.query_map((connection, item), |row| {
                let models: String = row.get(2)?;
                let models = serde_json::from_str(&models).map_err(|error| {
                    rusqlite::Error::FromSqlConversionFailure(2, Type::Text, error.into())
                })?;
                Ok(KeyUses {
                    application: row.get(0)?,
                    chats: row.get(1)?,
                    models,
                    last_ms: row.get(3)?,
                    requests: row.get(4)?,
                    nano: row.get(5)?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// What a connection has spent since then, and what is reserved.
    pub fn spent_since(&self, connection: &str, since_ms: i64) -> Result<i64, Error> {
        self.read_long(&Stop::default(), |read| {
            let mut sum = read.prepare_cached(
                "SELECT coalesce(sum(coalesce(nano, at_most_nano, 0)), 0) FROM ledger
                 WHERE connection = ?1 AND day >= date(max(?2, 0) / 1000, 'unixepoch') AND sent_ms >= ?2",
            )?;
            Ok(sum.query_row((connection, since_ms), |row| row.get(0))?)
        })
    }

    /// Every settled request of a month in its order, one at a time: there may be a million.
    pub fn each_request(
        &self,
        month: &str,
        mut take: impl FnMut(Line) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.read_long(&Stop::default(), |read| {
            let mut list = read.prepare_cached(
                "SELECT sent_ms, coalesce((SELECT name FROM connection WHERE id = ledger.connection), connection),
                        coalesce((SELECT name FROM application WHERE id = ledger.application), ''), conversation, model,
                        read_tokens, written_tokens, nano, first_token_ms, whole_ms
                 FROM ledger WHERE day >= ?1 AND day < ?1 || '~' AND settled = 1 ORDER BY day, id",
            )?;
            let mut rows = list.query([month])?;
            while let Some(row) = rows.next()? {
                take(Line {
                    sent_ms: row.get(0)?,
                    key: row.get(1)?,
                    application: row.get(2)?,
                    conversation: row.get(3)?,
                    model: row.get(4)?,
                    read_tokens: row.get(5)?,
                    written_tokens: row.get(6)?,
                    nano: row.get(7)?,
                    first_token_ms: row.get(8)?,
                    whole_ms: row.get(9)?,
                })?;
            }
            Ok(())
        })
    }
}

fn days(read: &Transaction<'_>, month: &str) -> Result<Vec<DayUse>, Error> {
    let mut list = read.prepare_cached(
        "SELECT day, connection, model, nano, unpriced, requests, read_tokens, written_tokens
         FROM spend WHERE day >= ?1 AND day < ?1 || '~' ORDER BY day",
    )?;
    let rows = list.query_map([month], |row| {
        Ok(DayUse {
            day: row.get(0)?,
            connection: row.get(1)?,
            model: row.get(2)?,
            nano: row.get(3)?,
            unpriced: row.get(4)?,
            requests: row.get(5)?,
            read_tokens: row.get(6)?,
            written_tokens: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn speed(read: &Transaction<'_>, month: &str) -> Result<Speed, Error> {
    let mut list = read.prepare_cached(
        "SELECT first_token_ms, whole_ms, written_tokens FROM ledger
         WHERE day >= ?1 AND day < ?1 || '~' AND settled = 1 AND first_token_ms IS NOT NULL
         ORDER BY day DESC, id DESC LIMIT ?2",
    )?;
    let mut rows = list.query((month, LATEST))?;
    let (mut firsts, mut tokens, mut ms) = (Vec::new(), 0_i64, 0_i64);
    while let Some(row) = rows.next()? {
        let first: i64 = row.get(0)?;
        firsts.push(first);
        if let (Some(whole), Some(written)) = (row.get::<_, Option<i64>>(1)?, row.get(2)?) {
            tokens = tokens.saturating_add(written);
            ms = ms.saturating_add((whole - first).max(0));
        }
    }
    firsts.sort_unstable();
    // The one that so many of twenty do not exceed.
    let at = |share: usize| firsts.get((firsts.len() * share).div_ceil(20).saturating_sub(1));
    Ok(Speed {
        median_ms: at(10).copied(),
        most_ms: at(19).copied(),
        tokens_a_second: tokens.saturating_mul(1_000).checked_div(ms),
    })
}

fn applications(read: &Transaction<'_>, month: &str) -> Result<Vec<Share<String>>, Error> {
    let mut list = read.prepare_cached(
        "SELECT name, sum(nano), sum(requests) FROM application_spend JOIN application ON id = application
         WHERE day >= ?1 AND day < ?1 || '~' GROUP BY application ORDER BY 2 DESC, name",
    )?;
    let rows = list.query_map([month], |row| {
        Ok(Share { of: row.get(0)?, nano: row.get(1)?, requests: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn conversations(read: &Transaction<'_>, month: &str) -> Result<Vec<Share<Chat>>, Error> {
    let mut list = read.prepare_cached(
        "SELECT conversation_spend.conversation, title, nano, requests
         FROM conversation_spend LEFT JOIN conversation ON conversation.id = conversation_spend.conversation
         WHERE month = ?1 ORDER BY nano DESC, tokens DESC LIMIT ?2",
    )?;
    let rows = list.query_map((month, DEAREST), |row| {
        Ok(Share { of: (row.get(0)?, row.get(1)?), nano: row.get(2)?, requests: row.get(3)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn months(read: &Transaction<'_>) -> Result<Vec<Month>, Error> {
    let mut list =
        read.prepare_cached("SELECT DISTINCT substr(day, 1, 7) FROM spend ORDER BY 1 DESC")?;
    let rows = list.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{NewTurn, Request, Settled};

    const NOVEMBER: i64 = 1_795_000_000_000;

    fn spend(history: &History, model: &str, nano: i64, at_ms: i64, first_ms: i64) {
        let request = Request {
            connection: "c",
            model,
            conversation: Some(ConversationId(1)),
            message: None,
            key: Some("item"),
            at_most_nano: Some(nano),
            tokens_at_most: 10,
            now_ms: at_ms,
        };
        let entry = history.reserve(&request).unwrap().unwrap();
        let settled = Settled {
            nano: Some(nano),
            read_tokens: Some(7),
            written_tokens: Some(3),
            first_token_ms: Some(first_ms),
            whole_ms: Some(first_ms + 100),
        };
        history.settle(entry, &settled).unwrap();
    }

    #[test]
    fn a_month_is_told_by_days_models_and_chats() {
        let history = History::in_memory().unwrap();
        let begun = history.begin_turn(&NewTurn::of("c", "m", "Hello")).unwrap();
        assert_eq!(begun.conversation.id, ConversationId(1));
        for n in 1..=20 {
            spend(&history, if n % 2 == 0 { "a" } else { "b" }, 5, NOVEMBER + n, n * 10);
        }
        let usage = history.usage("2026-11").unwrap();
        assert_eq!(
            usage.days.iter().map(|day| (day.requests, day.nano)).collect::<Vec<_>>(),
            [(10, 50), (10, 50)]
        );
        let speed = Speed { median_ms: Some(100), most_ms: Some(190), tokens_a_second: Some(30) };
        assert_eq!(usage.speed, speed);
        assert_eq!(usage.conversations[0].of, (ConversationId(1), Some(String::new())));
        assert_eq!((usage.conversations[0].nano, usage.conversations[0].requests), (100, 20));
        assert_eq!(usage.months, ["2026-11"]);
        let other = history.usage("2026-10").unwrap();
        assert_eq!(
            (other.days, other.speed, other.conversations),
            (Vec::new(), Speed::default(), Vec::new())
        );
    }

    #[test]
    fn who_used_a_key_is_told_and_each_request_can_be_listed() {
        let history = History::in_memory().unwrap();
        spend(&history, "a", 5, NOVEMBER, 1);
        spend(&history, "b, \"c\"", 6, NOVEMBER + 5, 1);
        // Another key's is not counted; one that was written down before keys were told apart is, in any month.
        for (key, now_ms) in [(Some("other"), NOVEMBER + 6), (None, NOVEMBER - 40 * 86_400_000)] {
            let request = Request {
                connection: "c",
                model: "a",
                conversation: None,
                message: None,
                key,
                at_most_nano: Some(0),
                tokens_at_most: 0,
                now_ms,
            };
            history.reserve(&request).unwrap().unwrap();
        }
        let uses = history.key_uses("c", "item").unwrap();
        let [ours] = uses.as_slice() else { panic!("{uses:?}") };
        assert_eq!((ours.application.clone(), ours.chats, ours.requests), (None, 1, 3));
        assert_eq!(
            (ours.nano, ours.last_ms, ours.models.as_slice()),
            (11, NOVEMBER + 5, ["a".to_owned(), "b, \"c\"".to_owned()].as_slice())
        );
        assert_eq!(history.key_uses("d", "item").unwrap(), []);
        assert_eq!(
            [0, 1, 9].map(|ms| history.spent_since("c", NOVEMBER + ms).unwrap()),
            [11, 6, 0]
        );
        let mut lines = Vec::new();
        history
            .each_request("2026-11", |line| {
                lines.push(line);
                Ok(())
            })
            .unwrap();
        assert_eq!(
            lines.iter().map(|line| (line.key.as_str(), line.nano)).collect::<Vec<_>>(),
            [("c", Some(5)), ("c", Some(6))]
        );
    }
}
