//! What a person has made of a model: a favourite, one that was used lately, one whose price they know.

use history::{Marks, OwnPrice};
use serde::{Deserialize, Serialize};

/// No model costs more dollars for a million tokens.
const MOST_DOLLARS: f64 = 1_000_000.0;

/// What is known of a model over a connection because of its person.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Marks"))]
#[serde(rename_all = "camelCase")]
pub struct MarksView {
    /// The connection.
    #[cfg_attr(test, ts(type = "ConnectionId"))]
    pub connection_id: String,
    /// The model.
    pub model: String,
    /// When it became a favourite, if it is one.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub starred_ms: Option<i64>,
    /// When it was last asked.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub used_ms: Option<i64>,
    /// What the person says that it costs.
    pub price: Option<PriceView>,
}

/// A price that a person has entered: USD for a million tokens.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Price"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PriceView {
    /// Read.
    pub input: f64,
    /// Written.
    pub output: f64,
}

impl From<Marks> for MarksView {
    fn from(marks: Marks) -> Self {
        Self {
            connection_id: marks.connection,
            model: marks.model,
            starred_ms: marks.starred_ms,
            used_ms: marks.used_ms,
            price: marks.price.map(|price| PriceView {
                input: price.input_nano as f64 / 1e9,
                output: price.output_nano as f64 / 1e9,
            }),
        }
    }
}

impl PriceView {
    /// As it is kept; `None` if it is no price.
    pub fn to_kept(self) -> Option<OwnPrice> {
        let nano = |dollars: f64| {
            let is_price = dollars.is_finite() && (0.0..=MOST_DOLLARS).contains(&dollars);
            // Within those bounds, a whole number of billionths fits.
            is_price.then(|| (dollars * 1e9).round() as i64)
        };
        Some(OwnPrice { input_nano: nano(self.input)?, output_nano: nano(self.output)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_kept_to_the_billionth_and_nonsense_is_none() {
        let kept = PriceView { input: 0.075, output: 12.5 }.to_kept().unwrap();
        assert_eq!((kept.input_nano, kept.output_nano), (75_000_000, 12_500_000_000));
        for odd in [f64::NAN, f64::INFINITY, -1.0, 1e12] {
            assert_eq!(PriceView { input: odd, output: 1.0 }.to_kept(), None);
        }
    }
}
