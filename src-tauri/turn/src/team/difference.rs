//! What a new version of a team's file changes, for a person to read before they accept it.

use history::Limits;

use super::{Dollars, TeamConnection, TeamFile};

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Of which connection, by its name.
    pub connection: String,
    /// What.
    pub change: Change,
    /// As it was, and as it is to be. Empty is none.
    pub values: (String, String),
    /// Whether more may be asked or spent than before.
    pub widens: bool,
}

/// What changes of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name is its meaning")]
pub enum Change {
    Added,
    /// It stays here, and is not the team's any more.
    Dropped,
    Address,
    Key,
    Label,
    Models,
    DefaultModel,
    Rotation,
    MonthLimit,
    DayLimit,
    RequestLimit,
    RequestsAMinute,
    TokensAMinute,
}

impl TeamFile {
    /// What is different in a later one, in the order of its connections.
    pub fn differences(&self, after: &Self) -> Vec<Difference> {
        let of =
            |file: &Self, name: &str| file.connections.iter().find(|one| one.name == name).cloned();
        let mut all = Vec::new();
        for one in &after.connections {
            match of(self, &one.name) {
                Some(before) => all.extend(before.differences(one)),
                None => all.push(plain(&one.name, Change::Added, String::new(), one.address())),
            }
        }
        let dropped = self.connections.iter().filter(|one| of(after, &one.name).is_none());
        all.extend(
            dropped.map(|one| plain(&one.name, Change::Dropped, one.address(), String::new())),
        );
        all
    }
}

impl TeamConnection {
    fn differences(&self, after: &Self) -> Vec<Difference> {
        let (was, is) = (self.limits.limits(), after.limits.limits());
        let texts = |one: &Self| {
            [
                (Change::Address, one.address()),
                (Change::Key, format!("{} {}", one.key.manager, one.key.reference)),
                (Change::Label, one.label.clone()),
                (Change::Models, one.models.join(", ")),
                (Change::DefaultModel, one.default_model.clone().unwrap_or_default()),
                (Change::Rotation, count(one.rotate_after_days)),
            ]
        };
        let limits = |limits: Limits| {
            [
                (Change::MonthLimit, dollars(limits.month_nano)),
                (Change::DayLimit, dollars(limits.day_nano)),
                (Change::RequestLimit, dollars(limits.request_nano)),
                (Change::RequestsAMinute, count(limits.requests_a_minute)),
                (Change::TokensAMinute, count(limits.tokens_a_minute)),
            ]
        };
        let asks_more = !self.models.is_empty()
            && (after.models.is_empty()
                || after.models.iter().any(|one| !self.models.contains(one)));
        let is_wider = |change: Change| match change {
            Change::Models => asks_more,
            Change::MonthLimit => raised(was.month_nano, is.month_nano),
            Change::DayLimit => raised(was.day_nano, is.day_nano),
            Change::RequestLimit => raised(was.request_nano, is.request_nano),
            Change::RequestsAMinute => raised(was.requests_a_minute, is.requests_a_minute),
            Change::TokensAMinute => raised(was.tokens_a_minute, is.tokens_a_minute),
            _ => false,
        };
        let before = texts(self).into_iter().chain(limits(was));
        let after_all = texts(after).into_iter().chain(limits(is));
        before
            .zip(after_all)
            .filter(|((_, before), (_, after))| before != after)
            .map(|((change, before), (_, now))| Difference {
                widens: is_wider(change),
                ..plain(&after.name, change, before, now)
            })
            .collect()
    }

    /// Its address, as it is meant.
    pub fn address(&self) -> String {
        self.place().map(|(_, base)| base.as_str().to_owned()).unwrap_or_default()
    }
}

fn plain(name: &str, change: Change, before: String, after: String) -> Difference {
    Difference { connection: name.to_owned(), change, values: (before, after), widens: false }
}

fn raised(before: Option<i64>, after: Option<i64>) -> bool {
    before.is_some_and(|before| after.is_none_or(|after| after > before))
}

fn count(number: Option<i64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

fn dollars(nano: Option<i64>) -> String {
    nano.map(|nano| Dollars(nano).to_string()).unwrap_or_default()
}

impl std::fmt::Display for Dollars {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let cents = self.0.div_euclid(10_000_000);
        match self.0 % 10_000_000 {
            0 => write!(f, "${}.{:02}", cents / 100, cents % 100),
            _ => write!(f, "${}.{:09}", self.0 / 1_000_000_000, self.0 % 1_000_000_000),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::tests::{SHOP, shop};
    use super::*;

    #[test]
    fn each_change_is_told_and_what_widens_is_marked() {
        let after = SHOP
            .replace("version = 3", "version = 4")
            .replace("month_usd = 50", "month_usd = 80")
            .replace("day_usd = \"7.50\"", "day_usd = 5")
            .replace("requests_a_minute = 20", "tokens_a_minute = 9")
            .replace("\"gpt-5.1\", \"gpt-5-mini\"", "\"gpt-5-mini\"")
            .replace("Shop, gateway", "Shop, other");
        let after = TeamFile::read(after.as_bytes()).unwrap();
        let told: Vec<_> = shop()
            .differences(&after)
            .into_iter()
            .map(|one| (one.change, one.values.0, one.values.1, one.widens))
            .collect();
        let text = str::to_owned;
        assert_eq!(
            told,
            [
                (Change::Models, text("gpt-5.1, gpt-5-mini"), text("gpt-5-mini"), false),
                (Change::MonthLimit, text("$50.00"), text("$80.00"), true),
                (Change::DayLimit, text("$7.50"), text("$5.00"), false),
                (Change::RequestsAMinute, text("20"), text(""), true),
                (Change::TokensAMinute, text(""), text("9"), false),
                (Change::Added, text(""), text("https://llm.shop.example/v1"), false),
                (Change::Dropped, text("https://llm.shop.example/v1"), text(""), false),
            ]
        );
        assert_eq!(shop().differences(&shop()), []);
    }
}
