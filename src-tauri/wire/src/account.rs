//! What a provider tells an ordinary key of its money. Only a few do.

use serde::Deserialize;
use serde_json::Value;

use crate::money::nano_dollars;

/// Who tells it, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Account {
    /// What the key has used, its own limit, and mostly the credit behind it.
    OpenRouter,
    /// What is left of what was paid ahead.
    DeepSeek,
}

/// What was told. Amounts are billionths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// What the key has used in this month, by UTC.
    pub month_nano: Option<i64>,
    /// What it has used today.
    pub day_nano: Option<i64>,
    /// What the provider lets it use.
    pub limit_nano: Option<i64>,
    /// What is left of that.
    pub limit_left_nano: Option<i64>,
    /// What is left of the account's money, and in which currency.
    pub balance: Option<(i64, String)>,
}

/// A million dollars: who tells of more tells nonsense.
const MOST: i64 = 1_000_000_000_000_000;

impl Account {
    /// What is asked for, below the address.
    pub const fn paths(self) -> &'static [&'static str] {
        match self {
            Self::OpenRouter => &["key", "credits"],
            Self::DeepSeek => &["user/balance"],
        }
    }

    /// Reads the answers to [`Account::paths`], of which the first has to be there. `None` where they are not what was asked for:
    /// an amount below nothing, a text in its place, another document.
    pub fn read(self, answers: &[Option<Value>]) -> Option<Told> {
        let first = answers.first()?.as_ref()?;
        match self {
            Self::OpenRouter => {
                let told = open_router(first.get("data")?)?;
                let balance = match answers.get(1).and_then(Option::as_ref) {
                    Some(credits) => Some((credit(credits.get("data")?)?, "USD".to_owned())),
                    None => None,
                };
                Some(Told { balance, ..told })
            }
            Self::DeepSeek => deep_seek(first),
        }
    }
}

fn open_router(data: &Value) -> Option<Told> {
    Some(Told {
        month_nano: Some(amount(data.get("usage_monthly")?)?),
        day_nano: Some(amount(data.get("usage_daily")?)?),
        limit_nano: or_none(data.get("limit"))?,
        // What was used beyond a limit that was lowered later is below nothing, and told so.
        limit_left_nano: or_none(data.get("limit_remaining").filter(|left| !is_below(left)))?,
        balance: None,
    })
}

fn credit(data: &Value) -> Option<i64> {
    Some(amount(data.get("total_credits")?)? - amount(data.get("total_usage")?)?)
}

fn deep_seek(answer: &Value) -> Option<Told> {
    let infos = answer.get("balance_infos")?.as_array()?;
    let read = |info: &Value| {
        let currency = info.get("currency")?.as_str()?;
        let is_one = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
        let total = amount(info.get("total_balance")?)?;
        is_one.then(|| (total, currency.to_owned()))
    };
    let all: Option<Vec<_>> = infos.iter().map(read).collect();
    let mut all = all?;
    // Of several currencies the one that prices are in says most.
    all.sort_by_key(|(_, currency)| currency != "USD");
    Some(Told { balance: Some(all.into_iter().next()?), ..Told::default() })
}

/// Nothing said is none; something that is no amount is no answer.
fn or_none(value: Option<&Value>) -> Option<Option<i64>> {
    match value {
        None | Some(Value::Null) => Some(None),
        Some(value) => amount(value).map(Some),
    }
}

fn is_below(value: &Value) -> bool {
    value.as_f64().is_some_and(|value| value < 0.0)
}

fn amount(value: &Value) -> Option<i64> {
    let nano = i64::try_from(nano_dollars(value)?).ok()?;
    (nano <= MOST).then_some(nano)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn key(usage: Value) -> Option<Value> {
        Some(
            json!({"data": {"label": "sk-or-v1-…", "limit": 20, "limit_remaining": 16.875, "usage": 9.5,
            "usage_daily": 0.000000001, "usage_monthly": usage, "is_management_key": false}}),
        )
    }

    #[test]
    fn a_key_of_open_router_is_told_its_use_to_the_billionth() {
        let credits = Some(json!({"data": {"total_credits": 25.5, "total_usage": "9.5"}}));
        let told = Account::OpenRouter.read(&[key(json!(3.125)), credits]).unwrap();
        assert_eq!(told.month_nano, Some(3_125_000_000));
        assert_eq!(told.day_nano, Some(1));
        assert_eq!(
            (told.limit_nano, told.limit_left_nano),
            (Some(20_000_000_000), Some(16_875_000_000))
        );
        assert_eq!(told.balance, Some((16_000_000_000, "USD".to_owned())));
        let told = Account::OpenRouter.read(&[key(json!(0)), None]).unwrap();
        assert_eq!((told.month_nano, told.balance), (Some(0), None));
        let unlimited = json!({"data": {"limit": null, "limit_remaining": null, "usage_daily": 0, "usage_monthly": 1}});
        assert_eq!(Account::OpenRouter.read(&[Some(unlimited)]).unwrap().limit_nano, None);
    }

    #[test]
    fn a_balance_of_deep_seek_is_told_in_its_currency() {
        let answer = |infos: Value| Some(json!({"is_available": true, "balance_infos": infos}));
        let yuan =
            json!({"currency": "CNY", "total_balance": "110.00", "granted_balance": "10.00"});
        let dollars = json!({"currency": "USD", "total_balance": "8.25"});
        let read = |infos| Account::DeepSeek.read(&[answer(infos)]).and_then(|told| told.balance);
        assert_eq!(read(json!([yuan])), Some((110_000_000_000, "CNY".to_owned())));
        assert_eq!(read(json!([yuan, dollars])), Some((8_250_000_000, "USD".to_owned())));
    }

    #[test]
    fn a_lie_is_no_answer() {
        for usage in [
            json!(-1),
            json!("many"),
            json!(null),
            json!([]),
            json!(1e300),
            json!("1e300"),
            json!("-0.5"),
        ] {
            assert_eq!(Account::OpenRouter.read(&[key(usage.clone()), None]), None, "{usage}");
        }
        let credits = Some(json!({"data": {"total_credits": "x", "total_usage": 1}}));
        assert_eq!(Account::OpenRouter.read(&[key(json!(1)), credits]), None);
        for odd in [json!({}), json!([]), json!({"data": 7}), json!("usage"), json!(null)] {
            assert_eq!(Account::OpenRouter.read(&[Some(odd.clone())]), None, "{odd}");
            assert_eq!(Account::DeepSeek.read(&[Some(odd)]), None);
        }
        for info in [
            json!({"currency": "USD", "total_balance": "-1"}),
            json!({"currency": "dollars", "total_balance": "1"}),
            json!({"currency": "USD"}),
            json!(1),
        ] {
            let answer = Some(json!({"balance_infos": [info]}));
            assert_eq!(Account::DeepSeek.read(&[answer]), None);
        }
        assert_eq!(Account::DeepSeek.read(&[Some(json!({"balance_infos": []}))]), None);
        assert_eq!(Account::OpenRouter.read(&[None, None]), None);
    }
}
