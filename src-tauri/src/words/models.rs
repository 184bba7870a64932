//! Models that are fetched, and models whose price a person says.

use super::Asked;

pub const FETCH: Asked = Asked {
    title: "Fetch this model?",
    note: "Most models are several gigabytes. It can be stopped, and what came by then is kept for the next time.",
    yes: "Fetch",
};

pub const FETCHED_BY: &str = "Fetched by the server at";

pub const COUNT_WITH_PRICE: Asked = Asked {
    title: "Count with this price?",
    note: "What this key may spend is checked against it.",
    yes: "Count with it",
};

pub const A_MILLION_READ: &str = "A million tokens read";
pub const A_MILLION_WRITTEN: &str = "A million tokens written";

/// In the place of a price that a person does not say.
pub const AS_PUBLISHED: &str = "as published, or unknown";
