//! What is known of a model beyond its name: rows of `data/models.tsv`. Facts only: an absent price is unknown, not zero.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::money::decimal_nano;
use crate::{Day, Hearing, LongPrices, Prices, Provider};

/// Published facts about one model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelFacts {
    /// Tokens it can read.
    pub context_tokens: Option<u64>,
    /// Tokens it can write.
    pub output_tokens: Option<u64>,
    /// What it costs.
    pub prices: Prices,
    /// Whether it reasons before it answers.
    pub reasons: bool,
    /// Whether it reads images.
    pub sees_images: bool,
    /// Whether it reads PDF files.
    pub reads_pdf: bool,
    /// Whether it hears.
    pub hears: bool,
    /// The day it is switched off, if that is known.
    pub retires: Option<&'static str>,
    /// When these facts were gathered.
    pub as_of: &'static str,
}

/// The facts of `model` at `provider` on this day, if the catalogue has them.
pub fn facts(provider: Provider, model: &str, day: Day) -> Option<ModelFacts> {
    // Google's list calls its models "models/…".
    let model = model.strip_prefix("models/").unwrap_or(model);
    let rows = CATALOGUE.get(&(provider.id(), model))?;
    let mut facts = rows.iter().find(|row| row.is_valid(day)).map(|row| row.facts)?;
    facts.prices.audio = Hearing::of(provider, model).and_then(Hearing::price);
    Some(facts)
}

/// The models that the catalogue knows of a provider.
pub fn known_models(provider: Provider) -> Vec<&'static str> {
    let mut names: Vec<_> =
        CATALOGUE.keys().filter(|(id, _)| *id == provider.id()).map(|(_, name)| *name).collect();
    names.sort_unstable();
    names
}

/// Facts with the days on which they hold; empty is without a bound.
#[derive(Debug)]
struct Row {
    facts: ModelFacts,
    from: &'static str,
    until: &'static str,
}

impl Row {
    fn is_valid(&self, day: Day) -> bool {
        let day = day.as_str();
        self.from <= day && (self.until.is_empty() || day <= self.until)
    }
}

type Catalogue = HashMap<(&'static str, &'static str), Vec<Row>>;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let mut catalogue = Catalogue::new();
    for (key, row) in include_str!("../data/models.tsv").lines().filter_map(row) {
        catalogue.entry(key).or_default().push(row);
    }
    catalogue
});

fn row(line: &'static str) -> Option<((&'static str, &'static str), Row)> {
    if line.starts_with('#') {
        return None;
    }
    let cells: Vec<&'static str> = line.split('\t').collect();
    let cell = |index: usize| cells.get(index).copied().unwrap_or_default();
    let price = |index: usize| decimal_nano(cell(index));
    let can = |ability: &str| cell(12).split(',').any(|word| word == ability);
    let facts = ModelFacts {
        context_tokens: cell(2).parse().ok(),
        output_tokens: cell(3).parse().ok(),
        prices: Prices {
            input: price(4),
            output: price(5),
            cache_read: price(6),
            cache_write: price(7),
            cache_write_1h: price(8),
            audio: None,
            reasoning: price(9),
            long: long(cell(17), price(10), price(11)),
        },
        reasons: can("reasons"),
        sees_images: can("sees"),
        reads_pdf: can("pdf"),
        hears: can("hears"),
        retires: Some(cell(15)).filter(|day| !day.is_empty()),
        as_of: cell(16),
    };
    (cells.len() == 18)
        .then_some(((cell(0), cell(1)), Row { facts, from: cell(13), until: cell(14) }))
}

/// Prices of long requests, where a row has all that makes them.
fn long(above: &str, input: Option<u64>, output: Option<u64>) -> Option<LongPrices> {
    Some(LongPrices { above: above.parse().ok()?, input: input?, output: output? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: &str, provider: &str, model: &str) -> Option<ModelFacts> {
        facts(Provider::stored(provider), model, Day::parse(day).unwrap())
    }

    #[test]
    fn known_and_unknown() {
        let known = on("2026-11-29", "openAi", "gpt-5.1").expect("in the catalogue");
        let dollars = |price: Option<u64>| price.map(|nano| nano as f64 / 1e9);
        assert_eq!(dollars(known.prices.input), Some(1.25));
        assert_eq!(dollars(known.prices.output), Some(10.0));
        assert_eq!(dollars(known.prices.cache_read), Some(0.125));
        assert!(known.reasons && known.sees_images && known.reads_pdf);
        let hears = on("2026-11-29", "openAi", "gpt-audio").expect("in the catalogue");
        assert!(hears.hears && !known.hears);
        assert_eq!(dollars(hears.prices.audio), Some(32.0));
        assert_eq!(on("2026-11-29", "mistral", "gpt-5.1"), None, "a price belongs to a provider");
    }

    #[test]
    fn a_price_has_its_days() {
        let input = |day| on(day, "google", "models/gemini-4-argon").unwrap().prices.input;
        assert_eq!(input("2026-11-30"), Some(2_000_000_000));
        assert_eq!(input("2026-12-01"), Some(4_000_000_000));
    }

    #[test]
    fn every_row_is_read_and_names_a_provider() {
        let lines = include_str!("../data/models.tsv").lines().filter(|l| !l.starts_with('#'));
        let mut read = 0;
        for line in lines {
            let ((provider, _), row) = row(line).unwrap_or_else(|| panic!("{line}"));
            assert!(Provider::from_id(provider).is_some(), "{line}");
            assert!(Day::parse(row.facts.as_of).is_some(), "{line}");
            let long = [10, 11, 17].map(|cell| line.split('\t').nth(cell).unwrap_or_default());
            let prices = row.facts.prices;
            assert!(long == [""; 3] || prices.long.is_some(), "all or none: {line}");
            let is_dearer = |long: LongPrices| {
                Some(long.input) >= prices.input && Some(long.output) >= prices.output
            };
            assert!(prices.long.is_none_or(is_dearer), "{line}");
            read += 1;
        }
        assert!(read > 800, "{read}");
    }
}
