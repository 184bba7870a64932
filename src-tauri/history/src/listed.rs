//! What a provider's own list of models says that each costs, as it was seen last: known also where nobody asks for the list.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, Transaction};

use crate::setting::{self, Setting};
use crate::{Error, History, OwnPrice};

/// By connection and by model: billionths of a dollar for a million tokens read and written.
type All = HashMap<String, HashMap<String, (i64, i64)>>;

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
        self.write(|write| {
            let mut all = all(write)?;
            all.insert(connection.to_owned(), prices);
            let kept = serde_json::to_string(&all).unwrap_or_default();
            setting::store(write, Setting::ListedPrices, &kept)
        })
    }
}

/// Takes over the lists that another store keeps: of each connection the whole one.
pub(crate) fn take_over(write: &Transaction<'_>, kept: &str) -> Result<(), Error> {
    let mut here = all(write)?;
    here.extend(serde_json::from_str::<All>(kept).unwrap_or_default());
    setting::store(write, Setting::ListedPrices, &serde_json::to_string(&here).unwrap_or_default())
}

pub(crate) fn price(
    read: &Transaction<'_>,
    connection: &str,
    model: &str,
) -> Result<Option<OwnPrice>, Error> {
    let all = all(read)?;
    let price = all.get(connection).and_then(|models| models.get(model));
    Ok(price.map(|&(input_nano, output_nano)| OwnPrice { input_nano, output_nano }))
}

/// What cannot be read is asked for again with the next list.
fn all(read: &Transaction<'_>) -> Result<All, Error> {
    let mut find = read.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
    let kept: Option<String> =
        find.query_row([Setting::ListedPrices.key()], |row| row.get(0)).optional()?;
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
}
