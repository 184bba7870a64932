//! What a person should hear of spending before a limit stops it, each thing once.

use rusqlite::Transaction;

use crate::{Error, History, ledger};

/// Something to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alarm {
    /// Four fifths of what a connection, or an application, may spend in a month.
    Month {
        /// Its name.
        name: String,
        /// Spent.
        spent_nano: i64,
        /// The limit.
        limit_nano: i64,
    },
    /// The same of a day.
    Day {
        /// Its name.
        name: String,
        /// Spent.
        spent_nano: i64,
        /// The limit.
        limit_nano: i64,
    },
    /// Today cost over three times as much as days usually do.
    Spike {
        /// Today.
        spent_nano: i64,
        /// A usual day: half of those with any spending cost less.
        usual_nano: i64,
    },
}

/// With fewer days nobody knows what is usual.
const LEAST_DAYS: usize = 5;
/// A cent more than usual is no news: ten of them are.
const LEAST_NANO: i64 = 100_000_000;

impl History {
    /// What is to be told now and was not yet. It counts as told from here on.
    pub fn take_alarms(&self, now_ms: i64) -> Result<Vec<Alarm>, Error> {
        self.write(|write| {
            // The day that limits count by.
            let day = ledger::today(write, now_ms)?;
            let mut alarms = limits(write, &day, CONNECTIONS)?;
            alarms.extend(limits(write, &day, APPLICATIONS)?);
            if let Some(spike) = spike(write, &day)?
                && is_new(write, &format!("spike/{day}"))?
            {
                alarms.push(spike);
            }
            Ok(alarms)
        })
    }
}

/// Who has limits: which one, its name, what it may spend and has spent in a month and on a day.
const CONNECTIONS: &str =
    "SELECT spending_limit.connection, connection.name, month_nano, day_nano,
            coalesce((SELECT sum(nano) FROM spend WHERE spend.connection = spending_limit.connection AND day >= ?1), 0),
            coalesce((SELECT sum(nano) FROM spend WHERE spend.connection = spending_limit.connection AND day >= ?2), 0)
     FROM spending_limit JOIN connection ON connection.id = spending_limit.connection";

const APPLICATIONS: &str =
    "SELECT 'application ' || id, name, month_nano, day_nano,
            coalesce((SELECT sum(nano) FROM application_spend WHERE application = id AND day >= ?1), 0),
            coalesce((SELECT sum(nano) FROM application_spend WHERE application = id AND day >= ?2), 0)
     FROM application WHERE ended_ms IS NULL AND coalesce(month_nano, day_nano) IS NOT NULL";

fn limits(write: &Transaction<'_>, day: &str, whose: &str) -> Result<Vec<Alarm>, Error> {
    let month = day.get(..7).unwrap_or(day);
    let mut list = write.prepare_cached(whose)?;
    let mut rows = list.query((month, day))?;
    let mut alarms = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, name): (String, String) = (row.get(0)?, row.get(1)?);
        let (in_month, today): (i64, i64) = (row.get(4)?, row.get(5)?);
        let near = |limit: Option<i64>, spent: i64| {
            // A limit of nothing is no surprise.
            limit.filter(|&limit| limit > 0 && spent >= limit / 5 * 4)
        };
        if let Some(limit_nano) = near(row.get(2)?, in_month)
            && is_new(write, &format!("month/{id}/{month}/{limit_nano}"))?
        {
            alarms.push(Alarm::Month { name: name.clone(), spent_nano: in_month, limit_nano });
        }
        if let Some(limit_nano) = near(row.get(3)?, today)
            && is_new(write, &format!("day/{id}/{day}/{limit_nano}"))?
        {
            alarms.push(Alarm::Day { name, spent_nano: today, limit_nano });
        }
    }
    Ok(alarms)
}

fn spike(read: &Transaction<'_>, day: &str) -> Result<Option<Alarm>, Error> {
    let mut list = read.prepare_cached(
        "SELECT day, sum(nano) FROM spend WHERE day >= date(?1, '-30 days') AND day <= ?1
         GROUP BY day HAVING sum(nano) > 0 ORDER BY day DESC",
    )?;
    let rows =
        list.query_map([day], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
    let days = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    let Some(((latest, spent_nano), before)) = days.split_first() else { return Ok(None) };
    let mut before: Vec<i64> = before.iter().map(|(_, nano)| *nano).collect();
    before.sort_unstable();
    let usual = before.get(before.len() / 2).copied().filter(|_| before.len() >= LEAST_DAYS);
    let Some(usual_nano) = usual else { return Ok(None) };
    let is_spike = latest == day
        && *spent_nano > usual_nano.saturating_mul(3)
        && spent_nano - usual_nano >= LEAST_NANO;
    Ok(is_spike.then_some(Alarm::Spike { spent_nano: *spent_nano, usual_nano }))
}

/// Notes it, and whether it was not noted before.
fn is_new(write: &Transaction<'_>, what: &str) -> Result<bool, Error> {
    Ok(write.execute("INSERT OR IGNORE INTO told (what) VALUES (?1)", [what])? > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Application, Connection, Limits, Request, Settled, Upkeep};

    const DAY: i64 = 86_400_000;
    const NOW: i64 = 1_795_000_000_000;
    const CENT: i64 = 10_000_000;

    fn history() -> History {
        let history = History::in_memory().unwrap();
        let connection = Connection {
            id: "c".into(),
            provider: "openAi".into(),
            name: "Personal".into(),
            address: "https://api.openai.com/v1".into(),
            origin: "https://api.openai.com".into(),
            key: None,
            created_ms: 0,
            last_used_ms: None,
            refuses_stream_options: false,
            format: None,
            upkeep: Upkeep::default(),
        };
        history.put_connection(&connection).unwrap();
        history
    }

    fn spend(history: &History, nano: i64, at_ms: i64) {
        let request = Request {
            connection: "c",
            model: "m",
            conversation: None,
            message: None,
            key: None,
            at_most_nano: Some(nano),
            tokens_at_most: 1,
            now_ms: at_ms,
        };
        let entry = history.reserve(&request).unwrap().unwrap();
        history.settle(entry, &Settled { nano: Some(nano), ..Settled::default() }).unwrap();
    }

    #[test]
    fn four_fifths_of_a_limit_are_told_once_and_again_in_the_next_month() {
        let history = history();
        let limits = Limits { month_nano: Some(100 * CENT), ..Limits::default() };
        history.set_limits("c", &limits).unwrap();
        spend(&history, 79 * CENT, NOW);
        assert_eq!(history.take_alarms(NOW), Ok(vec![]));
        spend(&history, CENT, NOW + 1);
        let told =
            Alarm::Month { name: "Personal".into(), spent_nano: 80 * CENT, limit_nano: 100 * CENT };
        assert_eq!(history.take_alarms(NOW + 2), Ok(vec![told]));
        spend(&history, CENT, NOW + 3);
        assert_eq!(history.take_alarms(NOW + 4), Ok(vec![]));
        spend(&history, 90 * CENT, NOW + 31 * DAY);
        assert_eq!(history.take_alarms(NOW + 31 * DAY).unwrap().len(), 1);
    }

    #[test]
    fn an_applications_own_limit_is_told_too_until_it_has_ended() {
        let history = history();
        let limits = Limits { day_nano: Some(10 * CENT), ..Limits::default() };
        let aider = Application { limits, ..crate::application::tests::aider() };
        let aider = history.add_application(&aider, None).unwrap();
        let spend_by = |nano: i64, at_ms: i64| {
            let request = Request {
                connection: "c",
                model: "m",
                conversation: None,
                message: None,
                key: None,
                at_most_nano: Some(nano),
                tokens_at_most: 1,
                now_ms: at_ms,
            };
            let entry = history.reserve_for(aider.id, &request).unwrap().unwrap();
            history.settle(entry, &Settled { nano: Some(nano), ..Settled::default() }).unwrap();
        };
        spend_by(7 * CENT, NOW);
        assert_eq!(history.take_alarms(NOW), Ok(vec![]));
        spend_by(CENT, NOW + 1);
        let told = Alarm::Day { name: "Aider".into(), spent_nano: 8 * CENT, limit_nano: 10 * CENT };
        assert_eq!(history.take_alarms(NOW + 2), Ok(vec![told]));
        assert_eq!(history.take_alarms(NOW + 3), Ok(vec![]));
        spend_by(9 * CENT, NOW + DAY);
        history.end_application(aider.id, NOW + DAY).unwrap();
        assert_eq!(history.take_alarms(NOW + DAY), Ok(vec![]));
    }

    #[test]
    fn a_day_over_three_times_the_usual_is_told_once() {
        let (few, usual) = (history(), history());
        // The clock of the ledger only goes forward: the oldest comes first.
        for day in (1..=4).rev() {
            spend(&few, 10 * CENT, NOW - day * DAY);
        }
        for day in (1..=6).rev() {
            spend(&usual, 10 * CENT, NOW - day * DAY);
        }
        spend(&usual, 30 * CENT, NOW);
        assert_eq!(usual.take_alarms(NOW), Ok(vec![]), "three times is not over three times");
        spend(&usual, CENT, NOW);
        let spike = Alarm::Spike { spent_nano: 31 * CENT, usual_nano: 10 * CENT };
        assert_eq!(usual.take_alarms(NOW), Ok(vec![spike]));
        assert_eq!(usual.take_alarms(NOW), Ok(vec![]));
        spend(&few, 100 * CENT, NOW);
        assert_eq!(few.take_alarms(NOW), Ok(vec![]), "of four days nobody knows what is usual");
    }
}
