//! What usage costs, in every way that providers count: records of `tests/fixtures/usage` with costs that were worked out in
//! decimals, from a description of each provider's way of counting and nothing of this crate.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

use serde_json::Value;
use wire::sse::Frame;
use wire::{ChatEvent, Day, Format, Provider, Usage, facts};

#[test]
fn two_hundred_records_to_the_billionth() {
    let records = include_str!("../../../tests/fixtures/usage/records.jsonl");
    assert!(records.lines().count() >= 200);
    let day = Day::parse("2026-11-29").unwrap();
    for line in records.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let word = |name: &str| record[name].as_str().unwrap();
        let provider = Provider::from_id(word("provider")).unwrap();
        let format = Format::from_id(word("format")).unwrap();
        let usage = read(format, provider, &record["document"]);
        let prices = facts(provider, word("model"), day).expect("a known model").prices;
        assert_eq!(prices.cost(&usage), record["nano"].as_u64(), "{line}\n{usage:?} {prices:?}");
    }
}

fn read(format: Format, provider: Provider, document: &Value) -> Usage {
    let (mut mapper, mut events) = (format.mapper(provider), Vec::new());
    let frame = Frame { event: String::new(), data: document.to_string() };
    mapper.frame(&frame, &mut events).unwrap();
    let counted = events.into_iter().filter_map(|event| match event {
        ChatEvent::Usage(usage) => Some(usage),
        _ => None,
    });
    counted.reduce(Usage::updated_by).expect("a count")
}
