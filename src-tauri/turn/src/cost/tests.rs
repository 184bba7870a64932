//! Bounds, and what is kept of an answer's cost.

use history::{ListedFacts, OwnPrice};
use wire::{Abilities, ChatEvent, Message, Parameters, Role};

use super::*;

fn prompt(model: &str) -> Prompt {
    Prompt {
        model: model.into(),
        system: String::new(),
        messages: vec![Message::text(Role::User, "Hi")],
        parameters: Parameters::default(),
        abilities: Abilities::least(),
    }
}

fn priced(price: OwnPrice) -> Told {
    Told { price: Some(price), ..Told::default() }
}

fn listed(told: Told, longest: u64) -> Told {
    Told { listed: ListedFacts { longest: Some(longest), passed_on: false }, ..told }
}

fn asked(model: &str, search: bool) -> Asked {
    Asked { search, ..Asked::by(&prompt(model)) }
}

fn cost(provider: &str, model: &str, usage: Usage, is_whole: bool) -> Cost {
    let mut fold = Fold::new();
    fold.add(&ChatEvent::Text("Hello there".into())).unwrap();
    fold.add(&ChatEvent::Usage(usage)).unwrap();
    of(Provider::stored(provider), model, asked(model, false), Told::default(), &fold, is_whole)
}

#[test]
fn who_says_what_it_cost() {
    let usage = Usage { input: Some(1_000_000), output: Some(0), ..Usage::default() };
    let told = Usage { cost_nano: Some(7), ..usage };
    let table = [
        ("openAi", "gpt-5.1", usage, Some(1_250_000_000), Some(CostFrom::Prices)),
        ("openAi", "gpt-5.1", told, Some(7), Some(CostFrom::Provider)),
        ("openAi", "gpt-99", usage, None, None),
        ("ollama", "qwen3:8b", usage, Some(0), Some(CostFrom::Prices)),
        ("ollama", "gpt-oss:120b-cloud", usage, None, None),
        ("liteLlm", "gpt-5.1", usage, None, None),
        ("other", "gpt-5.1", usage, None, None),
    ];
    for (provider, model, usage, nano, from) in table {
        let cost = cost(provider, model, usage, true);
        assert_eq!((cost.nano, cost.from), (nano, from), "{provider} {model}");
    }
}

#[test]
fn an_estimate_bounds_what_it_can() {
    let of = |id: &str, model: &str, max: Option<u32>| {
        let ahead = Ahead { bytes: 4_000, messages: 1, max_tokens: max, ..Ahead::default() };
        estimate(Provider::stored(id), model, ahead)
    };
    // 4,000 bytes and 80 for the frame, perhaps into a cache, and 1,000 tokens written.
    let bound = of("openAi", "gpt-5.1", Some(1_000));
    assert_eq!(
        (bound.tokens, bound.at_most_nano),
        (1_004, Some(4_080 * 1_562 + 4_080 / 2 + 10_000_000))
    );
    let files = Weight { about: 1_000, at_most: 10_000, heard_at_most: 0 };
    let ahead =
        Ahead { bytes: 4_000, messages: 1, max_tokens: Some(1_000), files, ..Ahead::default() };
    let shown = estimate(Provider::stored("openAi"), "gpt-5.1", ahead);
    assert_eq!(shown.tokens, bound.tokens + 1_000);
    assert!(shown.at_most_nano > bound.at_most_nano.map(|nano| nano + 10_000 * 1_562));
    assert!(of("openAi", "gpt-5.1", None).at_most_nano > bound.at_most_nano);
    assert_eq!(of("openAi", "gpt-99", Some(1_000)).at_most_nano, None);
    assert_eq!(of("ollama", "anything", None).at_most_nano, Some(0));
}

#[test]
fn a_price_that_a_person_has_entered_counts() {
    let own = priced(OwnPrice { input_nano: 1_000_000_000, output_nano: 2_000_000_000 });
    let usage = Usage { input: Some(3_000), output: Some(500), ..Usage::default() };
    let cost = |id: &str, told, is_whole| {
        let mut fold = Fold::new();
        fold.add(&ChatEvent::Text("Hello there".into())).unwrap();
        fold.add(&ChatEvent::Usage(usage)).unwrap();
        let cost = of(
            Provider::stored(id),
            "house-model",
            asked("house-model", false),
            told,
            &fold,
            is_whole,
        );
        (cost.nano, cost.from)
    };
    assert_eq!(cost("other", own, true), (Some(4_000_000), Some(CostFrom::Prices)));
    assert_eq!(cost("other", Told::default(), true), (None, None));
    assert_eq!(cost("ollama", own, true).0, Some(0), "what runs here costs nothing");
    assert_eq!(cost("other", own, false).1, Some(CostFrom::Bound));
    let ahead =
        Ahead { bytes: 0, messages: 0, max_tokens: Some(1_000), told: own, ..Ahead::default() };
    // 64 tokens of frame, perhaps into a cache, and 1,000 written.
    let bound = estimate(Provider::other(), "house-model", ahead);
    assert_eq!(bound.at_most_nano, Some(64 * 1_250 + 2_000_000));
}

#[test]
fn what_is_heard_is_in_the_bound_and_in_the_cost() {
    let files = Weight { about: 600, at_most: 16, heard_at_most: 600 };
    let of = |id: &str, model: &str, told| {
        let ahead = Ahead { max_tokens: Some(1_000), files, told, ..Ahead::default() };
        estimate(Provider::stored(id), model, ahead)
    };
    let bound = of("openAi", "gpt-audio", Told::default());
    // 600 tokens heard at 32 USD a million, 80 of frames, perhaps into a cache, and 1,000 written.
    assert_eq!(bound.at_most_nano, Some(600 * 32_000 + 80 * 3_125 + 10_000_000));
    assert_eq!(bound.tokens, 600);
    assert_eq!(
        of("google", "gemini-3.8-flash", Told::default()).at_most_nano,
        None,
        "no price of audio"
    );
    let own = priced(OwnPrice { input_nano: 1_000_000_000, output_nano: 2_000_000_000 });
    assert_eq!(of("other", "mine", own).at_most_nano, None, "theirs is of words");
    assert_eq!(of("llamaCpp", "mine", Told::default()).at_most_nano, Some(0), "it runs here");

    let cost = |audio: Option<u64>| {
        let usage = Usage { input: Some(80), audio, output: Some(0), ..Usage::default() };
        let mut fold = Fold::new();
        fold.add(&ChatEvent::Text("Hello there".into())).unwrap();
        fold.add(&ChatEvent::Usage(usage)).unwrap();
        let asked = Asked { heard: 900, ..asked("gpt-audio", false) };
        let cost =
            super::of(Provider::stored("openAi"), "gpt-audio", asked, Told::default(), &fold, true);
        (cost.nano, cost.from)
    };
    assert_eq!(cost(Some(600)), (Some(600 * 32_000 + 200_000), Some(CostFrom::Prices)));
    assert_eq!(cost(None), (Some(900 * 32_000 + 200_000), Some(CostFrom::Bound)));
}

#[test]
fn searches_are_in_the_bound_and_in_the_cost() {
    let of = |id: &str, model: &str, search: bool| {
        let ahead = Ahead {
            bytes: 4_000,
            messages: 1,
            max_tokens: Some(1_000),
            search,
            ..Ahead::default()
        };
        estimate(Provider::stored(id), model, ahead).at_most_nano
    };
    let (off, on) = (of("openAi", "gpt-5.1", false), of("openAi", "gpt-5.1", true));
    assert!(on > off.map(|off| off + 30_000_000), "three searches, and what they find");
    assert_eq!(of("google", "gemini-3-pro-preview", true), None, "nobody bounds their number");
    assert_eq!(of("perplexity", "sonar", false), of("perplexity", "sonar", true));
    assert_eq!(of("practice", "practice", true), Some(0));

    let cost = |search: bool, searches: Option<u64>, is_whole: bool| {
        let usage = Usage { input: Some(1_000), output: Some(0), searches, ..Usage::default() };
        let mut fold = Fold::new();
        fold.add(&ChatEvent::Text("Hello there".into())).unwrap();
        fold.add(&ChatEvent::Usage(usage)).unwrap();
        let asked = asked("gpt-5.1", search);
        super::of(Provider::stored("openAi"), "gpt-5.1", asked, Told::default(), &fold, is_whole)
            .nano
    };
    assert_eq!(cost(false, None, true), Some(1_250_000));
    assert_eq!(cost(true, None, true), Some(1_250_000), "it did not search");
    assert_eq!(cost(true, Some(2), true), Some(21_250_000));
    assert!(cost(true, Some(2), false) > Some(30_000_000), "what was cut may have searched on");
}

#[test]
fn reasoning_that_nobody_sees_is_bounded_by_the_time_it_had() {
    let nano = |model: &str, words: &str, usage: Usage| {
        let mut fold = Fold::sent_before(Duration::from_secs(60));
        fold.add(&ChatEvent::Usage(usage)).unwrap();
        fold.add(&ChatEvent::Text(words.into())).unwrap();
        of(Provider::stored("openAi"), model, asked(model, false), Told::default(), &fold, false)
            .nano
    };
    let begun = Usage { input: Some(1_000), ..Usage::default() };
    // 61 s of 4,000 tokens are more than it writes at most: 128,000 tokens.
    assert_eq!(nano("gpt-5.1", "Hi", begun), Some(1_562_500 + 1_280_000_000));
    assert!(nano("gpt-4o", "Hi", begun) < Some(10_000_000), "this one hides none");
    let counted = Usage { output: Some(500), ..begun };
    assert!(nano("gpt-5.1", "Hi", counted) < Some(10_000_000), "counted is counted");
}

#[test]
fn a_bound_that_nobody_promises_bounds_nothing() {
    let asked = |bound: u64| Asked { bound: Some(bound), ..asked("grok-4.3", false) };
    let grok = Provider::stored("xAi");
    assert!(grok.dialect().reasoning_beside_output);
    let most = |bound| most(grok, "grok-4.3", Told::default(), asked(bound)).nano;
    assert_eq!(most(100), most(1_000), "it may think as long as it can");
    assert!(most(8_000_000) > most(100), "eight answers of a million tokens");
    let mut fold = Fold::sent_before(Duration::from_secs(60));
    fold.add(&ChatEvent::Text("Hi".into())).unwrap();
    let cut = |bound| of(grok, "grok-4.3", asked(bound), Told::default(), &fold, false).nano;
    assert_eq!(cut(100), cut(100_000_000));
}

#[test]
fn what_was_not_counted_is_bounded() {
    let begun = Usage { input: Some(1_000), output: Some(1), ..Usage::default() };
    let cut = cost("openAi", "gpt-5.1", begun, false);
    // 1,000 tokens read, perhaps into a cache, and eleven bytes that came.
    assert_eq!((cut.nano, cut.from), (Some(1_562_500 + 110_000), Some(CostFrom::Bound)));
    let uncounted = cost("openAi", "gpt-5.1", Usage::default(), true);
    assert_eq!(uncounted.from, Some(CostFrom::Bound));
    assert!(uncounted.nano > Some(0) && uncounted.usage.is_none());
    let nothing =
        of(Provider::other(), "m", asked("m", false), Told::default(), &Fold::new(), false);
    assert_eq!(nothing, Cost::default(), "what never began cost nothing");
}

#[test]
fn a_list_makes_a_bound_larger_and_smaller_only_where_a_request_carries_it() {
    let own = priced(OwnPrice { input_nano: 0, output_nano: 1_000_000 });
    let of = |id: &str, model: &str, told, max_tokens| {
        let ahead = Ahead { max_tokens, told, ..Ahead::default() };
        estimate(Provider::stored(id), model, ahead).at_most_nano
    };
    let other = |told, max_tokens| of("other", "house-model", told, max_tokens);
    assert_eq!(other(own, None), Some(128_000));
    assert_eq!(other(listed(own, 700), None), Some(128_000), "nothing holds it to that");
    assert_eq!(other(listed(own, 200_000), None), Some(200_000), "it may write as much");
    assert_eq!(other(listed(own, 700), Some(5_000)), Some(700), "no more is asked for");
    assert_eq!(other(listed(own, 700), Some(50)), Some(50));
    let known = |told, max_tokens| of("openAi", "gpt-5.1", told, max_tokens);
    assert_eq!(known(listed(own, 700), None), known(own, None));
    assert!(known(listed(own, 900_000), None) > known(own, None));
    assert_eq!(known(listed(own, 700), Some(5_000)), known(own, Some(5_000)), "it is known better");
    assert_eq!(other(listed(Told::default(), 700), Some(50)), None, "a length is no price");
}

#[test]
fn a_list_bounds_nothing_of_what_has_come() {
    let own = priced(OwnPrice { input_nano: 0, output_nano: 1_000_000 });
    let mut fold = Fold::new();
    fold.add(&ChatEvent::Text("a".repeat(5_000))).unwrap();
    let cost = |told| {
        let asked = asked("house-model", false);
        super::of(Provider::other(), "house-model", asked, told, &fold, false).nano
    };
    assert!(cost(listed(own, 7)) >= Some(5_000));
}

#[test]
fn what_is_passed_on_is_paid_for_whatever_it_is_called() {
    let passed_on = ListedFacts { longest: None, passed_on: true };
    let of = |listed| {
        let ahead = Ahead { told: Told { listed, ..Told::default() }, ..Ahead::default() };
        estimate(Provider::stored("ollama"), "gpt-oss", ahead).at_most_nano
    };
    assert_eq!((of(ListedFacts::default()), of(passed_on)), (Some(0), None));
}
