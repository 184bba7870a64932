//! What an answer cost by its provider's own count, from the bytes that came to what is kept: records of `tests/fixtures/usage`
//! with costs that were worked out in decimals, from a description of each provider's way of counting.

use history::{CostFrom, Told};
use serde_json::Value;
use wire::sse::Frame;
use wire::{ChatEvent, Format, Provider};

use super::{Asked, of};
use crate::fold::Fold;

#[test]
fn what_providers_bill_is_kept_to_the_billionth() {
    let records = include_str!("../../../../tests/fixtures/usage/billed.jsonl");
    let mut told = [0, 0];
    for line in records.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let word = |name: &str| record[name].as_str().unwrap();
        let (provider, model) = (Provider::from_id(word("provider")).unwrap(), word("model"));
        let format = Format::from_id(word("format")).unwrap();
        let (mut mapper, mut events) = (format.mapper(provider), Vec::new());
        for document in record["documents"].as_array().unwrap() {
            let frame = Frame { event: String::new(), data: document.to_string() };
            mapper.frame(&frame, &mut events).unwrap();
        }
        let mut fold = Fold::new();
        fold.add(&ChatEvent::Text("Hello".into())).unwrap();
        events.iter().for_each(|event| fold.add(event).unwrap());
        let asked = Asked { read: 1_000_000, heard: 0, bound: None, search: false };
        let cost = of(provider, model, asked, Told::default(), &fold, true);
        let from = match word("from") {
            "provider" => CostFrom::Provider,
            _ => CostFrom::Prices,
        };
        assert_eq!((cost.nano, cost.from), (record["nano"].as_i64(), Some(from)), "{line}");
        told[usize::from(from == CostFrom::Provider)] += 1;
    }
    assert!(told.iter().all(|records| *records >= 15), "{told:?}");
}
