//! An amount as a person writes it, exact: a text such as `"12.50"`, or a whole number.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

const DOLLAR: i64 = 1_000_000_000;

/// The most that a file may name.
const MOST: i64 = 1_000_000 * DOLLAR;

/// Billionths of a dollar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dollars(pub i64);

impl Dollars {
    fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !is_number(whole) || !is_number(part) || part.len() > 9 || whole.len() > 9 {
            return None;
        }
        let nano = whole.parse::<i64>().ok()?.checked_mul(DOLLAR)?;
        let nano = nano.checked_add(format!("{part:0<9}").parse().ok()?)?;
        (nano <= MOST).then_some(Self(nano))
    }
}

impl Serialize for Dollars {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&format!("{}.{:09}", self.0 / DOLLAR, self.0 % DOLLAR))
    }
}

impl<'de> Deserialize<'de> for Dollars {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Amount;
        impl Visitor<'_> for Amount {
            type Value = Dollars;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("dollars from 0 to 1000000: a whole number, or a text with a point")
            }

            fn visit_i64<E: Error>(self, whole: i64) -> Result<Dollars, E> {
                let amount = Dollars::parse(&whole.to_string());
                amount.ok_or_else(|| E::custom(ODD))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Dollars, E> {
                Dollars::parse(text).ok_or_else(|| E::custom(ODD))
            }
        }
        from.deserialize_any(Amount)
    }
}

const ODD: &str = "an amount is dollars from 0 to 1000000, such as 20 or \u{201c}12.50\u{201d}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_and_never_odd() {
        for (text, nano) in [
            ("0", Some(0)),
            ("12.50", Some(12_500_000_000)),
            ("0.000000001", Some(1)),
            ("1000000", Some(MOST)),
            ("1000000.01", None),
            ("-1", None),
            ("+1", None),
            ("1.", None),
            (".5", None),
            ("1e3", None),
            ("1,5", None),
            ("0.0000000001", None),
            ("99999999999999999999", None),
            ("", None),
        ] {
            assert_eq!(Dollars::parse(text).map(|amount| amount.0), nano, "{text}");
        }
        let json = serde_json::to_string(&Dollars(12_500_000_000)).unwrap();
        assert_eq!(serde_json::from_str::<Dollars>(&json).unwrap().0, 12_500_000_000);
        assert!(serde_json::from_str::<Dollars>("-3").is_err());
        assert!(serde_json::from_str::<Dollars>("1.5").is_err(), "no machine has it exactly");
    }
}
