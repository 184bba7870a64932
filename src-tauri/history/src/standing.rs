//! How connections stand: who uses each, and whether its limits let anything through now.

use std::collections::HashMap;

use rusqlite::Transaction;

use crate::limit;
use crate::{ApplicationId, Error, History, application, connection, ledger};

/// How one stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Which connection.
    pub connection: String,
    /// How many conversations would send over it next.
    pub chats: i64,
    /// The applications that are lent its key.
    pub applications: Vec<(ApplicationId, String)>,
    /// What it may spend today or this month is spent.
    pub cap_reached: bool,
    /// It was charged more than it could have been, and nobody has looked yet.
    pub on_hold: bool,
}

impl History {
    /// How every connection stands.
    pub fn standings(&self, now_ms: i64) -> Result<Vec<Standing>, Error> {
        self.read(|read| {
            let chats = chats(read)?;
            let lent = application::all(read)?;
            let mut standings = Vec::new();
            for connection in connection::all(read)? {
                let id = connection.id;
                let limit::Kept { limits, excess_nano } = limit::find(read, &id)?;
                let spent = ledger::spent_over(read, &id, now_ms)?;
                let is_reached =
                    |limit: Option<i64>, spent: i64| limit.is_some_and(|limit| spent >= limit);
                let of = lent.iter().filter(|(lent, _)| lent.connection == id);
                standings.push(Standing {
                    chats: chats.get(&id).copied().unwrap_or(0),
                    applications: of.map(|(lent, _)| (lent.id, lent.name.clone())).collect(),
                    cap_reached: is_reached(limits.month_nano, spent.month_nano)
                        || is_reached(limits.day_nano, spent.day_nano),
                    on_hold: excess_nano.is_some(),
                    connection: id,
                });
            }
            Ok(standings)
        })
    }
}

fn chats(read: &Transaction<'_>) -> Result<HashMap<String, i64>, Error> {
    let mut count = read.prepare_cached(
        "SELECT connection, count(*) FROM conversation
         WHERE connection IS NOT NULL AND deleted_ms IS NULL GROUP BY connection",
    )?;
    let rows = count.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Application, Change, Connection, Limits, NewTurn, Request, Upkeep};

    fn connection(id: &str) -> Connection {
        Connection {
            id: id.to_owned(),
            provider: "openAi".to_owned(),
            name: id.to_owned(),
            address: String::new(),
            origin: String::new(),
            key: None,
            refuses_stream_options: false,
            format: None,
            created_ms: 0,
            last_used_ms: None,
            upkeep: Upkeep::default(),
        }
    }

    #[test]
    fn who_uses_a_key_is_counted_and_what_holds_it_up_is_known() {
        let history = History::in_memory().unwrap();
        ["c", "d"].iter().for_each(|id| history.put_connection(&connection(id)).unwrap());
        for _ in 0..2 {
            history.begin_turn(&NewTurn::of("c", "m", "Hello")).unwrap();
        }
        let gone = history.begin_turn(&NewTurn::of("c", "m", "Hello")).unwrap();
        history.organise(&[gone.conversation.id], &Change::Trash).unwrap();
        let aider = application::tests::aider();
        let kept = history.add_application(&aider, None).unwrap();
        let ended = history.add_application(&Application { name: "Old".into(), ..aider }, None);
        history.end_application(ended.unwrap().id, 5).unwrap();
        let limits = Limits { day_nano: Some(7), ..Limits::default() };
        history.set_limits("c", &limits).unwrap();
        let request = Request {
            connection: "c",
            model: "m",
            conversation: None,
            message: None,
            key: None,
            at_most_nano: Some(7),
            tokens_at_most: 1,
            now_ms: 5,
        };
        let entry = history.reserve(&request).unwrap().unwrap();
        let [c, d] = <[Standing; 2]>::try_from(history.standings(5).unwrap()).unwrap();
        assert_eq!((c.chats, c.applications), (2, vec![(kept.id, "Aider".to_owned())]));
        assert!(c.cap_reached && !c.on_hold, "what is reserved counts as spent");
        assert_eq!(d, Standing { connection: "d".to_owned(), ..Standing::default() });
        history.release(entry).unwrap();
        assert!(!history.standings(5).unwrap()[0].cap_reached);
    }
}
