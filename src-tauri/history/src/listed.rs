//! What a provider's own list of models says of each, as it was seen last: known also where nobody asks for the list.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, Transaction};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::setting::{self, Setting};
use crate::{Error, History, OwnPrice};

/// By connection and by model.
type All<Of> = HashMap<String, HashMap<String, Of>>;

/// Billionths of a dollar for a million tokens read and written.
type Price = (i64, i64);

/// No server has more models that a person asks; those beyond stay as unknown as they were.
const MODELS_CAP: usize = 10_000;

/// What a list says of a model beside its price, as far as money or a request hangs on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ListedFacts {
    /// Tokens it can write.
    pub longest: Option<u64>,
    /// Whether its server passes the question on to another.
    pub passed_on: bool,
}

/// What is told of a model over a connection, by its person or by its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Told {
    /// What it costs.
    pub price: Option<OwnPrice>,
    /// The rest, which nobody but a list says.
    pub listed: ListedFacts,
}

impl History {
    /// Keeps the prices that a connection's list tells. Those that it told before are gone.
    pub fn set_listed_prices(
        &self,
        connection: &str,
        prices: impl IntoIterator<Item = (String, OwnPrice)>,
    ) -> Result<(), Error> {
        let prices = prices
            .into_iter()
            .map(|(model, OwnPrice { input_nano, output_nano })| (model, (input_nano, output_nano)))
            .collect();
        self.write(|write| keep::<Price>(write, Setting::ListedPrices, connection, prices))
    }

    /// The same of what else it tells.
    pub fn set_listed_facts(
        &self,
        connection: &str,
        facts: impl IntoIterator<Item = (String, ListedFacts)>,
    ) -> Result<(), Error> {
        let facts = facts.into_iter().filter(|(_, facts)| *facts != ListedFacts::default());
        let facts = facts.take(MODELS_CAP).collect();
        self.write(|write| keep(write, Setting::ListedFacts, connection, facts))
    }

    /// What is told of a model.
    pub fn told(&self, connection: &str, model: &str) -> Result<Told, Error> {
        let price = self.own_price(connection, model)?;
        let listed = self.read(|read| of(read, Setting::ListedFacts, connection, model))?;
        Ok(Told { price, listed: listed.unwrap_or_default() })
    }
}

/// Takes over the lists that another store keeps under this name, if they are lists: of each connection the whole one.
pub(crate) fn take_over(write: &Transaction<'_>, key: &str, kept: &str) -> Result<bool, Error> {
    match key {
        key if key == Setting::ListedPrices.key() => {
            join::<Price>(write, Setting::ListedPrices, kept)?;
        }
        key if key == Setting::ListedFacts.key() => {
            join::<ListedFacts>(write, Setting::ListedFacts, kept)?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

pub(crate) fn price(
    read: &Transaction<'_>,
    connection: &str,
    model: &str,
) -> Result<Option<OwnPrice>, Error> {
    let price: Option<Price> = of(read, Setting::ListedPrices, connection, model)?;
    Ok(price.map(|(input_nano, output_nano)| OwnPrice { input_nano, output_nano }))
}

fn of<Of: DeserializeOwned + Copy>(
    read: &Transaction<'_>,
    lists: Setting,
    connection: &str,
    model: &str,
) -> Result<Option<Of>, Error> {
    let all = all(read, lists)?;
    Ok(all.get(connection).and_then(|models| models.get(model)).copied())
}

fn keep<Of: DeserializeOwned + Serialize>(
    write: &Transaction<'_>,
    lists: Setting,
    connection: &str,
    list: HashMap<String, Of>,
) -> Result<(), Error> {
    let mut all = all(write, lists)?;
    all.insert(connection.to_owned(), list);
    setting::store(write, lists, &serde_json::to_string(&all).unwrap_or_default())
}

fn join<Of: DeserializeOwned + Serialize>(
    write: &Transaction<'_>,
    lists: Setting,
    kept: &str,
) -> Result<(), Error> {
    let mut here = all::<Of>(write, lists)?;
    here.extend(serde_json::from_str::<All<Of>>(kept).unwrap_or_default());
    setting::store(write, lists, &serde_json::to_string(&here).unwrap_or_default())
}

/// What cannot be read is asked for again with the next list.
fn all<Of: DeserializeOwned>(read: &Transaction<'_>, lists: Setting) -> Result<All<Of>, Error> {
    let mut find = read.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
    let kept: Option<String> = find.query_row([lists.key()], |row| row.get(0)).optional()?;
    Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listed_price_counts_until_a_person_knows_better() {
        let history = History::in_memory().unwrap();
        let price = |input_nano| OwnPrice { input_nano, output_nano: 7 };
        history
            .set_listed_prices("c", [("m".to_owned(), price(3)), ("n".to_owned(), price(4))])
            .unwrap();
        history.set_listed_prices("d", [("m".to_owned(), price(9))]).unwrap();
        assert_eq!(history.own_price("c", "m"), Ok(Some(price(3))));
        assert_eq!(history.own_price("c", "other"), Ok(None));
        history.set_own_price("c", "m", Some(price(5))).unwrap();
        assert_eq!(history.own_price("c", "m"), Ok(Some(price(5))));
        history.set_listed_prices("c", []).unwrap();
        assert_eq!(
            (history.own_price("c", "n"), history.own_price("d", "m")),
            (Ok(None), Ok(Some(price(9))))
        );
        assert_eq!(history.marks().unwrap().len(), 1, "it is no mark of a person’s");
    }

    #[test]
    fn what_a_list_says_is_of_one_connection_and_bounded() {
        let history = History::in_memory().unwrap();
        let facts = ListedFacts { longest: Some(700), passed_on: true };
        let many = (0..2 * MODELS_CAP).map(|number| (format!("m{number}"), facts));
        history.set_listed_facts("c", many).unwrap();
        history.set_listed_facts("d", [("m1".to_owned(), ListedFacts::default())]).unwrap();
        let listed =
            |connection: &str, model: &str| history.told(connection, model).unwrap().listed;
        assert_eq!(listed("c", "m1"), facts);
        assert_eq!(listed("d", "m1"), ListedFacts::default());
        assert_eq!(listed("c", &format!("m{MODELS_CAP}")), ListedFacts::default());
        history.set_listed_facts("c", []).unwrap();
        assert_eq!(listed("c", "m1"), ListedFacts::default(), "the last list counts");
    }
}
