use super::*;
use crate::{Day, Provider, facts};

const DOLLAR: u64 = 1_000_000_000;

fn prices() -> Prices {
    Prices {
        input: Some(DOLLAR * 5 / 4),
        output: Some(10 * DOLLAR),
        cache_read: Some(DOLLAR / 8),
        ..Prices::default()
    }
}

#[test]
fn to_the_billionth() {
    let usage = Usage {
        input: Some(1_000),
        cache_read: Some(3),
        output: Some(1),
        reasoning: Some(2),
        ..Usage::default()
    };
    // 1,000 × 1,250 + 3 × 125 + 3 × 10,000
    assert_eq!(prices().cost(&usage), Some(1_280_375));
    let one = Usage { cache_read: Some(1), ..Usage::default() };
    let cheap = Prices { cache_read: Some(12_500_000), ..Prices::default() };
    assert_eq!(cheap.cost(&one), Some(13), "half a billionth is rounded up");
}

#[test]
fn what_is_unknown_is_not_free() {
    let used = |usage: Usage| Prices::default().cost(&usage);
    assert_eq!(used(Usage { input: Some(1), ..Usage::default() }), None);
    assert_eq!(used(Usage::default()), None);
    assert_eq!(used(Usage { input: Some(0), output: Some(0), ..Usage::default() }), Some(0));
    assert_eq!(Prices::default().at_most(1, 0, 1), None);
    let written = Usage { cache_write: Some(8), cache_write_1h: Some(8), ..Usage::default() };
    assert_eq!(prices().cost(&written), Some(8 * 1_562 + 4 + 8 * 2_500));
}

#[test]
fn what_is_heard_has_a_price_of_its_own_or_none_at_all() {
    let heard = Usage { input: Some(1_000), audio: Some(600), ..Usage::default() };
    assert_eq!(prices().cost(&heard), None, "an unknown price is not nothing");
    let audible = Prices { audio: Some(32 * DOLLAR), ..prices() };
    assert_eq!(audible.cost(&heard), Some(1_250_000 + 600 * 32_000));
    assert_eq!(audible.at_most(0, 600, 0), Some(600 * 32_000));
    assert_eq!(prices().at_most(1_000, 600, 0), None);
    assert_eq!(Prices::FREE.at_most(1_000, 600, 1), Some(0));
    let tier = LongPrices { above: 200_000, input: DOLLAR * 5 / 2, output: 15 * DOLLAR };
    let long = Prices { long: Some(tier), ..audible };
    let much = Usage { audio: Some(200_001), ..Usage::default() };
    assert_eq!(long.cost(&much), Some(200_001 * 64_000), "it rises with the others");
}

#[test]
fn long_requests_are_dearer_as_a_whole() {
    let tier = LongPrices { above: 200_000, input: DOLLAR * 5 / 2, output: 15 * DOLLAR };
    let prices = Prices { long: Some(tier), ..prices() };
    let usage = |input| Usage {
        input: Some(input),
        cache_read: Some(100_000),
        output: Some(1_000),
        ..Usage::default()
    };
    assert_eq!(prices.cost(&usage(100_000)), Some(125_000_000 + 12_500_000 + 10_000_000));
    assert_eq!(prices.cost(&usage(100_001)), Some(250_002_500 + 25_000_000 + 15_000_000));
}

#[test]
fn openai_charges_more_above_its_own_threshold() {
    let day = Day::parse("2026-11-29").unwrap();
    let prices = |model| facts(Provider::stored("openAi"), model, day).unwrap().prices;
    let usage = |input| Usage {
        input: Some(input),
        cache_read: Some(72_000),
        output: Some(900),
        reasoning: Some(100),
        ..Usage::default()
    };
    // 2.50, 0.25 and 15 dollars; above 272,000 tokens 5, 0.50 and 22.50, for all of them.
    let of = |input| prices("gpt-5.4").cost(&usage(input));
    assert_eq!(of(200_000), Some(500_000_000 + 18_000_000 + 15_000_000));
    assert_eq!(of(200_001), Some(1_000_005_000 + 36_000_000 + 22_500_000));
    assert_eq!(prices("gpt-5.4").at_most(272_000, 0, 1_000), Some(850_000_000 + 15_000_000));
    assert_eq!(prices("gpt-5.4").at_most(272_001, 0, 1_000), Some(1_700_006_250 + 22_500_000));
    // 2, 0.20 and 2.50 into the cache, 10 written; twice and half as much again above.
    let written = Usage { cache_write: Some(300_000), output: Some(1_000), ..Usage::default() };
    assert_eq!(prices("gpt-6-sol").cost(&written), Some(1_500_000_000 + 15_000_000));
    assert_eq!(prices("gpt-4.1").cost(&usage(300_000)), Some(636_000_000 + 8_000_000));
    assert_eq!(prices("gpt-5.4-mini").long, None, "it reads no more than that");
}

#[test]
fn a_bound_is_never_passed() {
    let mut dice = 7_u64;
    let mut roll = |below: u64| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) % below
    };
    let providers = ["openAi", "anthropic", "google", "xAi"].map(Provider::stored);
    let priced = providers.into_iter().flat_map(|provider| {
        crate::known_models(provider).into_iter().map(move |model| (provider, model))
    });
    let day = Day::parse("2026-11-29").unwrap();
    let mut tried = 0;
    for (provider, model) in priced {
        let Some(facts) = facts(provider, model, day) else { continue };
        for _ in 0..20 {
            let usage = Usage {
                input: Some(roll(300_000)),
                cache_read: Some(roll(50_000)),
                cache_write: Some(roll(50_000)),
                audio: Some(roll(50_000)).filter(|_| facts.prices.audio.is_some()),
                output: Some(roll(10_000)),
                reasoning: Some(roll(10_000)),
                ..Usage::default()
            };
            let heard = usage.audio.unwrap_or(0);
            let read = usage.read().unwrap_or(0) - heard;
            let bound = facts.prices.at_most(read, heard, usage.written().unwrap_or(0));
            let Some(cost) = facts.prices.cost(&usage) else { continue };
            assert!(bound.is_some_and(|bound| cost <= bound), "{model} {usage:?}");
            tried += 1;
        }
    }
    assert!(tried > 1_000, "{tried}");
}

#[test]
fn numbers_beyond_all_reason_are_unknown() {
    let usage = Usage { input: Some(u64::MAX), output: Some(u64::MAX), ..Usage::default() };
    assert_eq!(prices().cost(&usage), None);
}
