//! What an answer cost: as its provider says, or else as its tokens and the published prices do. Never less than it did.

use std::time::Duration;

use history::{Cost, CostFrom, OwnPrice, Told};
use wire::{Abilities, Day, Format, Prices, Prompt, Provider, Search, Usage, facts};

use crate::Weight;
use crate::fold::Fold;
use crate::store::now_ms;

/// The prices of a model today. What runs on one's own computer costs nothing, unless it only passes the question on.
/// A person who has entered a price knows better than the catalogue.
pub(crate) fn prices(provider: Provider, model: &str, told: Told) -> Option<Prices> {
    if is_free(provider, model) && !told.listed.passed_on {
        return Some(Prices::FREE);
    }
    let known = facts(provider, model, Day::of_ms(now_ms())).map(|facts| facts.prices);
    // What a person says is of words: what is heard may cost something else.
    let audio = known.and_then(|known| known.audio);
    told.price.map(|own| Prices { audio, ..entered(own) }).or(known)
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
    /// What its person and its list say of it.
    pub told: Told,
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
    let Ahead { bytes, messages, max_tokens, files, told, search } = ahead;
    let max_tokens = within_listed(provider, model, told, max_tokens);
    let frames = messages.saturating_add(4).saturating_mul(16);
    let read = bytes.saturating_add(frames).saturating_add(files.at_most);
    let heard = files.heard_at_most;
    let asked = Asked { read, heard, bound: max_tokens.map(u64::from), search };
    let at_most_nano =
        most(provider, model, told, asked).nano.and_then(|nano| u64::try_from(nano).ok());
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
pub(crate) fn most(provider: Provider, model: &str, told: Told, asked: Asked) -> Most {
    let Asked { read, heard, search, .. } = asked;
    let unknown = || told.price.map(|_| told.listed.longest.unwrap_or(0).max(LONGEST));
    // Several answers are bound together, and may be longer than the longest one.
    let longest = || longest(provider, model, told).or_else(unknown).max(asked.bound);
    let written = asked.held_to(provider).or_else(longest);
    let nano = match prices(provider, model, told) {
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

/// An own price and one of a list are of models of which nobody knows how much they write: what a request writes beyond this is an
/// excess, which stops its key.
pub(crate) const LONGEST: u64 = 128_000;

/// The longest answer of a model that nobody bounds. A list that says less than is known makes no bound smaller: a request without
/// a bound of its own holds nobody to it.
fn longest(provider: Provider, model: &str, told: Told) -> Option<u64> {
    let known = facts(provider, model, Day::of_ms(now_ms()))?.output_tokens?;
    let most = known.max(told.listed.longest.unwrap_or(0));
    Some(if asks_for_bound(provider) { most.min(UNASKED) } else { most })
}

/// The bound of an answer that a request may carry: no more than a list says that the model writes at all, where nobody here knows
/// better. Who is asked for more refuses.
pub(crate) fn within_listed(
    provider: Provider,
    model: &str,
    told: Told,
    wished: Option<u32>,
) -> Option<u32> {
    let known = facts(provider, model, Day::of_ms(now_ms())).and_then(|facts| facts.output_tokens);
    let listed = told.listed.longest.filter(|_| known.is_none());
    let listed = listed.and_then(|longest| u32::try_from(longest).ok());
    wished.map(|wished| listed.map_or(wished, |longest| wished.min(longest)))
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
    told: Told,
    fold: &Fold,
    is_whole: bool,
) -> Cost {
    let usage = &fold.usage;
    let is_counted = usage.read().is_some() && usage.written().is_some();
    if !fold.has_begun() && *usage == Usage::default() {
        return Cost::default();
    }
    let prices = || prices(provider, model, told);
    let cost = match is_whole && is_counted {
        true => counted(provider, model, asked, told, usage),
        false => billed(usage).or_else(|| {
            Some((bound(&prices()?, provider, model, told, asked, fold)?, CostFrom::Bound))
        }),
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
    told: Told,
    usage: &Usage,
) -> Option<i64> {
    counted(provider, model, asked, told, usage).and_then(|(nano, _)| i64::try_from(nano).ok())
}

fn counted(
    provider: Provider,
    model: &str,
    asked: Asked,
    told: Told,
    usage: &Usage,
) -> Option<(u64, CostFrom)> {
    billed(usage).or_else(|| {
        let search = paid_search(provider, model, asked.search);
        let searched = search.map_or(Some(0), |search| search.cost(usage));
        let (prices, audio) = (prices(provider, model, told)?, usage.audio.unwrap_or(asked.heard));
        // Who does not count apart what was heard may charge for all that could be.
        let is_apart = audio == 0 || usage.audio.is_some() || prices == Prices::FREE;
        let from = if is_apart { CostFrom::Prices } else { CostFrom::Bound };
        let usage = Usage { audio: Some(audio), ..*usage };
        Some((prices.cost(&usage)?.checked_add(searched?)?, from))
    })
}

fn billed(usage: &Usage) -> Option<(u64, CostFrom)> {
    usage.cost_nano.map(|nano| (nano, CostFrom::Provider))
}

/// The most that a request can have cost of which nothing was heard before it was stopped: no model writes faster than this,
/// also where nobody sees what.
pub(crate) fn unheard(
    provider: Provider,
    model: &str,
    asked: Asked,
    told: Told,
    took_ms: i64,
) -> Option<i64> {
    let bound = asked.bound.or_else(|| longest(provider, model, told)).unwrap_or(u64::MAX);
    let took = Duration::from_millis(u64::try_from(took_ms).unwrap_or(0));
    let bound = Some(written_within(took.saturating_add(AT_ONCE)).min(bound));
    most(provider, model, told, Asked { bound, ..asked }).nano
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
    told: Told,
    asked: Asked,
    fold: &Fold,
) -> Option<u64> {
    let asked = asked.counted(&fold.usage);
    let came = u64::try_from(fold.text.len() + fold.reasoning.len()).unwrap_or(u64::MAX);
    // What was counted on the way was not all seen either.
    let came = came.max(fold.usage.written().unwrap_or(0));
    let came = came.saturating_add(unseen(provider, model, fold));
    let longest =
        asked.held_to(provider).or_else(|| longest(provider, model, told).max(asked.bound));
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
mod tests;
