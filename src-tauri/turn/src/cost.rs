//! What an answer cost: as its provider says, or else as its tokens and the published prices do. Never less than it did.

use std::time::Duration;

use history::{Cost, CostFrom, OwnPrice};
use wire::{Abilities, Day, Format, Prices, Prompt, Provider, Search, Usage, facts};

use crate::Weight;
use crate::fold::Fold;
use crate::store::now_ms;

/// The prices of a model today. What runs on one's own computer costs nothing, unless it only passes the question on.
/// A person who has entered a price knows better than the catalogue.
pub(crate) fn prices(provider: Provider, model: &str, own: Option<OwnPrice>) -> Option<Prices> {
    if is_free(provider, model) {
        return Some(Prices::FREE);
    }
    let known = facts(provider, model, Day::of_ms(now_ms())).map(|facts| facts.prices);
    // What a person says is of words: what is heard may cost something else.
    let audio = known.and_then(|known| known.audio);
    own.map(|own| Prices { audio, ..entered(own) }).or(known)
}

/// Whether it runs on one's own computer, and there to its end.
pub(crate) fn is_free(provider: Provider, model: &str) -> bool {
    let is_cloud = ["-cloud", ":cloud"].iter().any(|end| model.ends_with(end));
    let is_own = provider.is_local() || provider == Provider::practice();
    is_own && !is_cloud && !provider.dialect().passes_on
}

fn entered(own: OwnPrice) -> Prices {
    let nano = |nano: i64| u64::try_from(nano).ok();
    Prices { input: nano(own.input_nano), output: nano(own.output_nano), ..Prices::default() }
}

/// What is ahead of a model.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ahead {
    /// Bytes of words that it reads.
    pub bytes: u64,
    /// In so many messages.
    pub messages: u64,
    /// The most tokens that it writes, where that is bound.
    pub max_tokens: Option<u32>,
    /// What the files with them cost to read.
    pub files: Weight,
    /// What the person says that it costs.
    pub own: Option<OwnPrice>,
    /// Whether it may search the web.
    pub search: bool,
}

/// About how much is read, and the most that an answer may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// Tokens, more or less: a token has about four bytes of plain words.
    pub tokens: u64,
    /// Billionths of a dollar; `None` where the price is unknown.
    pub at_most_nano: Option<u64>,
}

/// Estimates an answer to what is ahead. A bound of the answer's length bounds its cost.
pub fn estimate(provider: Provider, model: &str, ahead: Ahead) -> Estimate {
    let Ahead { bytes, messages, max_tokens, files, own, search } = ahead;
    let frames = messages.saturating_add(4).saturating_mul(16);
    let read = bytes.saturating_add(frames).saturating_add(files.at_most);
    let heard = files.heard_at_most;
    let asked = Asked { read, heard, bound: max_tokens.map(u64::from), search };
    let at_most_nano =
        most(provider, model, own, asked).nano.and_then(|nano| u64::try_from(nano).ok());
    let tokens = bytes.div_ceil(4).saturating_add(messages.saturating_mul(4));
    Estimate { tokens: tokens.saturating_add(files.about), at_most_nano }
}

/// What a request asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// The most tokens that are read.
    pub(crate) read: u64,
    /// The most tokens that are heard beside.
    pub(crate) heard: u64,
    /// The most tokens that may be written, where that is bound.
    pub(crate) bound: Option<u64>,
    /// Whether the web may be searched.
    pub(crate) search: bool,
}

impl Asked {
    pub(crate) fn by(prompt: &Prompt) -> Self {
        Self {
            read: prompt.tokens_at_most(),
            heard: prompt.heard_at_most(),
            bound: prompt.parameters.max_tokens.map(u64::from),
            search: prompt.parameters.search,
        }
    }

    /// The most tokens that are written whatever happens. Where reasoning is counted beside the answer, nobody promises that a
    /// bound of the answer bounds it.
    fn held_to(self, provider: Provider) -> Option<u64> {
        self.bound.filter(|_| !provider.dialect().reasoning_beside_output)
    }

    /// The same, as far as it was counted.
    pub(crate) fn counted(self, usage: &Usage) -> Self {
        let heard = usage.audio.unwrap_or(self.heard);
        let read = usage.read().map(|read| read.saturating_sub(usage.audio.unwrap_or(0)));
        Self { read: read.unwrap_or(self.read), heard, ..self }
    }
}

/// The most that a request may cost.
pub(crate) struct Most {
    /// Billionths of a dollar; `None` where the price is unknown.
    pub(crate) nano: Option<i64>,
    /// Tokens, read and written.
    pub(crate) tokens: i64,
}

/// The most that what is asked for may cost.
pub(crate) fn most(provider: Provider, model: &str, own: Option<OwnPrice>, asked: Asked) -> Most {
    // An own price and one of a list are of models of which nobody knows how much they write: what a request writes beyond this
    // is an excess, which stops its key.
    const LONGEST: u64 = 128_000;
    let Asked { read, heard, search, .. } = asked;
    // Several answers are bound together, and may be longer than the longest one.
    let longest = || longest(provider, model).or(own.map(|_| LONGEST)).max(asked.bound);
    let written = asked.held_to(provider).or_else(longest);
    let nano = match prices(provider, model, own) {
        Some(Prices::FREE) => Some(0),
        Some(prices) => written.and_then(|written| match paid_search(provider, model, search) {
            None => prices.at_most(read, heard, written),
            Some(search) => searched_at_most(&prices, provider, model, search, asked, written),
        }),
        None => None,
    };
    let tokens = read.saturating_add(heard).saturating_add(written.unwrap_or(UNASKED));
    Most {
        nano: nano.map(|nano| i64::try_from(nano).unwrap_or(i64::MAX)),
        tokens: i64::try_from(tokens).unwrap_or(i64::MAX),
    }
}

/// The longest answer of a model that nobody bounds.
fn longest(provider: Provider, model: &str) -> Option<u64> {
    let most = facts(provider, model, Day::of_ms(now_ms()))?.output_tokens?;
    Some(if asks_for_bound(provider) { most.min(UNASKED) } else { most })
}

/// The search that is paid for, if one is.
fn paid_search(provider: Provider, model: &str, search: bool) -> Option<Search> {
    Abilities::of(provider, model).search.filter(|known| search || known.is_always_paid())
}

/// The most that an answer costs which searches: what is found is read too, and nobody knows beforehand how much that is but
/// for what the model can read at all.
fn searched_at_most(
    prices: &Prices,
    provider: Provider,
    model: &str,
    search: Search,
    Asked { read, heard, .. }: Asked,
    written: u64,
) -> Option<u64> {
    let context = facts(provider, model, Day::of_ms(now_ms()))?.context_tokens?;
    let read = search.read_at_most(context)?.max(read);
    prices.at_most(read, heard, written)?.checked_add(search.at_most()?)
}

/// The bound of an answer where the format wants one and the person has none: long enough for nearly everything.
pub(crate) const UNASKED: u64 = 32_000;

fn asks_for_bound(provider: Provider) -> bool {
    provider.formats().next() == Some(Format::Messages)
}

/// What an answer cost. One that did not come to its end may have cost more than was counted, and then the bound is told.
pub(crate) fn of(
    provider: Provider,
    model: &str,
    asked: Asked,
    own: Option<OwnPrice>,
    fold: &Fold,
    is_whole: bool,
) -> Cost {
    let usage = &fold.usage;
    let is_counted = usage.read().is_some() && usage.written().is_some();
    if !fold.has_begun() && *usage == Usage::default() {
        return Cost::default();
    }
    let prices = || prices(provider, model, own);
    let cost = match is_whole && is_counted {
        true => counted(provider, model, asked, own, usage),
        false => told(usage)
            .or_else(|| Some((bound(&prices()?, provider, model, asked, fold)?, CostFrom::Bound))),
    };
    Cost {
        usage: (*usage != Usage::default()).then(|| serde_json::to_string(usage).ok()).flatten(),
        nano: cost.and_then(|(nano, _)| i64::try_from(nano).ok()),
        from: cost.map(|(_, from)| from),
    }
}

/// What a request cost that failed after its provider had counted tokens of it: those, and no more.
pub(crate) fn failed(
    provider: Provider,
    model: &str,
    asked: Asked,
    own: Option<OwnPrice>,
    usage: &Usage,
) -> Option<i64> {
    counted(provider, model, asked, own, usage).and_then(|(nano, _)| i64::try_from(nano).ok())
}

fn counted(
    provider: Provider,
    model: &str,
    asked: Asked,
    own: Option<OwnPrice>,
    usage: &Usage,
) -> Option<(u64, CostFrom)> {
    told(usage).or_else(|| {
        let search = paid_search(provider, model, asked.search);
        let searched = search.map_or(Some(0), |search| search.cost(usage));
        let (prices, audio) = (prices(provider, model, own)?, usage.audio.unwrap_or(asked.heard));
        // Who does not count apart what was heard may charge for all that could be.
        let is_apart = audio == 0 || usage.audio.is_some() || prices == Prices::FREE;
        let from = if is_apart { CostFrom::Prices } else { CostFrom::Bound };
        let usage = Usage { audio: Some(audio), ..*usage };
        Some((prices.cost(&usage)?.checked_add(searched?)?, from))
    })
}

fn told(usage: &Usage) -> Option<(u64, CostFrom)> {
    usage.cost_nano.map(|nano| (nano, CostFrom::Provider))
}

/// The most that a request can have cost of which nothing was heard before it was stopped: no model writes faster than this,
/// also where nobody sees what.
pub(crate) fn unheard(
    provider: Provider,
    model: &str,
    asked: Asked,
    own: Option<OwnPrice>,
    took_ms: i64,
) -> Option<i64> {
    let bound = asked.bound.or_else(|| longest(provider, model)).unwrap_or(u64::MAX);
    let took = Duration::from_millis(u64::try_from(took_ms).unwrap_or(0));
    let bound = Some(written_within(took.saturating_add(AT_ONCE)).min(bound));
    most(provider, model, own, Asked { bound, ..asked }).nano
}

/// What is written before anybody looks at a clock.
const AT_ONCE: Duration = Duration::from_secs(1);

/// Tokens: no model writes faster than this.
fn written_within(took: Duration) -> u64 {
    const A_MILLISECOND: u64 = 4;
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX).saturating_mul(A_MILLISECOND)
}

/// Tokens that may have been written before anybody saw them, and that were not counted since: few providers show all the
/// reasoning that they charge for, and some count as they go.
pub(crate) fn unseen(provider: Provider, model: &str, fold: &Fold) -> u64 {
    let facts = facts(provider, model, Day::of_ms(now_ms()));
    match fold.unseen().filter(|_| facts.is_none_or(|facts| facts.reasons)) {
        None => 0,
        Some(unseen) if fold.usage.written().is_some() => written_within(unseen),
        Some(unseen) => written_within(unseen.saturating_add(AT_ONCE)),
    }
}

/// The most that what was read and what came can have cost. A token is a byte at least.
fn bound(
    prices: &Prices,
    provider: Provider,
    model: &str,
    asked: Asked,
    fold: &Fold,
) -> Option<u64> {
    let asked = asked.counted(&fold.usage);
    let came = u64::try_from(fold.text.len() + fold.reasoning.len()).unwrap_or(u64::MAX);
    // What was counted on the way was not all seen either.
    let came = came.max(fold.usage.written().unwrap_or(0));
    let came = came.saturating_add(unseen(provider, model, fold));
    let longest = asked.held_to(provider).or_else(|| longest(provider, model).max(asked.bound));
    let written = came.min(longest.unwrap_or(u64::MAX)).max(fold.usage.written().unwrap_or(0));
    let search = paid_search(provider, model, asked.search);
    match search.filter(|_| *prices != Prices::FREE) {
        None => prices.at_most(asked.read, asked.heard, written),
        Some(search) => searched_at_most(prices, provider, model, search, asked, written),
    }
}

#[cfg(test)]
mod billed;

#[cfg(test)]
mod tests {
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

    fn asked(model: &str, search: bool) -> Asked {
        Asked { search, ..Asked::by(&prompt(model)) }
    }

    fn cost(provider: &str, model: &str, usage: Usage, is_whole: bool) -> Cost {
        let mut fold = Fold::new();
        fold.add(&ChatEvent::Text("Hello there".into())).unwrap();
        fold.add(&ChatEvent::Usage(usage)).unwrap();
        of(Provider::stored(provider), model, asked(model, false), None, &fold, is_whole)
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
        let own = Some(OwnPrice { input_nano: 1_000_000_000, output_nano: 2_000_000_000 });
        let usage = Usage { input: Some(3_000), output: Some(500), ..Usage::default() };
        let cost = |id: &str, own, is_whole| {
            let mut fold = Fold::new();
            fold.add(&ChatEvent::Text("Hello there".into())).unwrap();
            fold.add(&ChatEvent::Usage(usage)).unwrap();
            let cost = of(
                Provider::stored(id),
                "house-model",
                asked("house-model", false),
                own,
                &fold,
                is_whole,
            );
            (cost.nano, cost.from)
        };
        assert_eq!(cost("other", own, true), (Some(4_000_000), Some(CostFrom::Prices)));
        assert_eq!(cost("other", None, true), (None, None));
        assert_eq!(cost("ollama", own, true).0, Some(0), "what runs here costs nothing");
        assert_eq!(cost("other", own, false).1, Some(CostFrom::Bound));
        let ahead =
            Ahead { bytes: 0, messages: 0, max_tokens: Some(1_000), own, ..Ahead::default() };
        // 64 tokens of frame, perhaps into a cache, and 1,000 written.
        let bound = estimate(Provider::other(), "house-model", ahead);
        assert_eq!(bound.at_most_nano, Some(64 * 1_250 + 2_000_000));
    }

    #[test]
    fn what_is_heard_is_in_the_bound_and_in_the_cost() {
        let files = Weight { about: 600, at_most: 16, heard_at_most: 600 };
        let of = |id: &str, model: &str, own| {
            let ahead = Ahead { max_tokens: Some(1_000), files, own, ..Ahead::default() };
            estimate(Provider::stored(id), model, ahead)
        };
        let bound = of("openAi", "gpt-audio", None);
        // 600 tokens heard at 32 USD a million, 80 of frames, perhaps into a cache, and 1,000 written.
        assert_eq!(bound.at_most_nano, Some(600 * 32_000 + 80 * 3_125 + 10_000_000));
        assert_eq!(bound.tokens, 600);
        assert_eq!(of("google", "gemini-3.8-flash", None).at_most_nano, None, "no price of audio");
        let own = Some(OwnPrice { input_nano: 1_000_000_000, output_nano: 2_000_000_000 });
        assert_eq!(of("other", "mine", own).at_most_nano, None, "theirs is of words");
        assert_eq!(of("llamaCpp", "mine", None).at_most_nano, Some(0), "it runs here");

        let cost = |audio: Option<u64>| {
            let usage = Usage { input: Some(80), audio, output: Some(0), ..Usage::default() };
            let mut fold = Fold::new();
            fold.add(&ChatEvent::Text("Hello there".into())).unwrap();
            fold.add(&ChatEvent::Usage(usage)).unwrap();
            let asked = Asked { heard: 900, ..asked("gpt-audio", false) };
            let cost = super::of(Provider::stored("openAi"), "gpt-audio", asked, None, &fold, true);
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
            super::of(Provider::stored("openAi"), "gpt-5.1", asked, None, &fold, is_whole).nano
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
            of(Provider::stored("openAi"), model, asked(model, false), None, &fold, false).nano
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
        let most = |bound| most(grok, "grok-4.3", None, asked(bound)).nano;
        assert_eq!(most(100), most(1_000), "it may think as long as it can");
        assert!(most(8_000_000) > most(100), "eight answers of a million tokens");
        let mut fold = Fold::sent_before(Duration::from_secs(60));
        fold.add(&ChatEvent::Text("Hi".into())).unwrap();
        let cut = |bound| of(grok, "grok-4.3", asked(bound), None, &fold, false).nano;
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
        let nothing = of(Provider::other(), "m", asked("m", false), None, &Fold::new(), false);
        assert_eq!(nothing, Cost::default(), "what never began cost nothing");
    }
}
