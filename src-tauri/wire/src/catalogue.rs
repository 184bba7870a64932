//! What is known of a model beyond its name. Facts only: an absent price is unknown, not zero.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::Provider;

/// Published facts about one model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ModelFacts {
    /// Tokens it can read.
    pub context_tokens: Option<u64>,
    /// USD for a million tokens read.
    pub input_price: Option<f64>,
    /// USD for a million tokens written.
    pub output_price: Option<f64>,
    /// Whether it reasons before it answers.
    pub reasons: bool,
    /// Whether it reads images.
    pub sees_images: bool,
}

/// The facts of `model` at `provider`, if the catalogue has them.
pub fn facts(provider: Provider, model: &str) -> Option<ModelFacts> {
    // Google's list calls its models "models/…".
    let model = model.strip_prefix("models/").unwrap_or(model);
    CATALOGUE.get(&(provider.id(), model)).copied()
}

type Catalogue = HashMap<(&'static str, &'static str), ModelFacts>;

static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| include_str!("../data/models.tsv").lines().filter_map(row).collect());

fn row(line: &'static str) -> Option<((&'static str, &'static str), ModelFacts)> {
    let mut cells = line.split('\t');
    let key = (cells.next()?, cells.next()?);
    let context_tokens = cells.next()?.parse().ok();
    let input_price = cells.next()?.parse().ok();
    let output_price = cells.next()?.parse().ok();
    let abilities = cells.next()?;
    Some((
        key,
        ModelFacts {
            context_tokens,
            input_price,
            output_price,
            reasons: abilities.split(',').any(|word| word == "reasons"),
            sees_images: abilities.split(',').any(|word| word == "sees"),
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_and_unknown() {
        let known = facts(Provider::stored("openAi"), "gpt-5.1").expect("in the catalogue");
        assert_eq!((known.input_price, known.output_price), (Some(1.25), Some(10.0)));
        assert!(known.reasons && known.sees_images);
        assert_eq!(
            facts(Provider::stored("mistral"), "gpt-5.1"),
            None,
            "a price belongs to a provider"
        );
    }

    #[test]
    fn every_row_is_read() {
        let rows = include_str!("../data/models.tsv").lines().filter(|l| !l.starts_with('#'));
        let unread: Vec<_> = rows.filter(|line| row(line).is_none()).collect();
        assert!(unread.is_empty(), "{unread:?}");
    }
}
