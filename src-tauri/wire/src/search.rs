//! Searching the web as a provider's own tool: rows of `data/search.json`. What is searched for leaves the provider, and it is
//! paid for apart from tokens, so it is off until a person wants it.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::abilities::fits;
use crate::{Format, Provider, Usage};

/// How a model searches, and what that costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Search(&'static Row);

/// What is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Per {
    /// Each search.
    Search,
    /// An answer that searched, however often.
    Answer,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    provider: String,
    models: Vec<String>,
    /// In which formats it can be asked for; in none, where the model cannot search.
    formats: Vec<Format>,
    #[serde(default)]
    nano: Option<u64>,
    #[serde(default = "each")]
    per: Per,
    #[serde(default)]
    most: Option<u32>,
    #[serde(default)]
    always: bool,
}

fn each() -> Per {
    Per::Search
}

/// The first row that fits counts.
static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    // A test reads every row; without them nothing searches.
    serde_json::from_str(include_str!("../data/search.json")).unwrap_or_default()
});

impl Search {
    /// How this model of this provider searches, if it does.
    pub(crate) fn of(provider: Provider, model: &str) -> Option<Self> {
        let row = ROWS.iter().find(|row| {
            row.provider == provider.id() && row.models.iter().any(|name| fits(name, model))
        })?;
        (!row.formats.is_empty()).then_some(Self(row))
    }

    /// Whether it can be asked for in this format.
    pub fn speaks(self, format: Format) -> bool {
        self.0.formats.contains(&format)
    }

    /// The format to ask for it in, where this one is usual: the usual one, or another that is spoken at the same address.
    pub fn format_at(self, provider: Provider, address: &str, usual: Format) -> Option<Format> {
        provider.format_among(&self.0.formats, address, usual)
    }

    /// What each costs, in billionths of a dollar; `None` is unknown.
    pub fn nano(self) -> Option<u64> {
        self.0.nano
    }

    /// What is paid for.
    pub fn per(self) -> Per {
        self.0.per
    }

    /// How often an answer searches at most, where that can be said beforehand.
    pub fn most(self) -> Option<u32> {
        self.0.most
    }

    /// Whether it is paid for even while it is off.
    pub fn is_always_paid(self) -> bool {
        self.0.always
    }

    /// The most that the searches of one answer cost. What they find is read by the model, and costs beside that.
    pub fn at_most(self) -> Option<u64> {
        self.0.nano?.checked_mul(u64::from(self.0.most?))
    }

    /// The most tokens that an answer reads which searches: all that the model can read, as often as it reads anew.
    pub fn read_at_most(self, context: u64) -> Option<u64> {
        let rounds = match self.0.per {
            Per::Answer => 1,
            Per::Search => u64::from(self.0.most?) + 1,
        };
        context.checked_mul(rounds)
    }

    /// What the searches of an answer cost that its provider has counted.
    pub fn cost(self, usage: &Usage) -> Option<u64> {
        match (usage.searches.unwrap_or(0), self.0.per) {
            (0, _) if !self.0.always => Some(0),
            (_, Per::Answer) => self.0.nano,
            (searches, Per::Search) => self.0.nano?.checked_mul(searches),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(provider: &str, model: &str) -> Option<Search> {
        Search::of(Provider::stored(provider), model)
    }

    #[test]
    fn every_row_is_read_names_a_provider_and_its_source() {
        let rows: Vec<Row> = serde_json::from_str(include_str!("../data/search.json")).unwrap();
        let cells: Vec<serde_json::Value> =
            serde_json::from_str(include_str!("../data/search.json")).unwrap();
        for (row, cells) in rows.iter().zip(cells) {
            assert!(Provider::from_id(&row.provider).is_some(), "{row:?}");
            let says = |name: &str| cells[name].as_str().is_some_and(|text| !text.is_empty());
            assert!(row.formats.is_empty() || says("asOf") && says("source"), "{row:?}");
            assert!(row.most.is_some_and(|most| most > 0) || row.most.is_none(), "{row:?}");
        }
    }

    #[test]
    fn who_searches_where() {
        let address = "https://api.x.ai/v1";
        let x_ai = Provider::stored("xAi");
        let grok = of("xAi", "grok-4.3").expect("it searches");
        let chat = Format::ChatCompletions;
        assert_eq!(grok.format_at(x_ai, address, chat), Some(Format::Responses));
        assert_eq!(grok.format_at(x_ai, "https://elsewhere.example", chat), None);
        assert!(of("openAi", "gpt-5.1").is_some_and(|search| search.speaks(Format::Responses)));
        for (provider, model) in [
            ("openAi", "gpt-5.1-chat-latest"),
            ("openAi", "gpt-99"),
            ("groq", "x"),
            ("other", "gpt-5.1"),
        ] {
            assert_eq!(of(provider, model), None, "{provider} {model}");
        }
    }

    #[test]
    fn what_searches_cost() {
        let searched = |searches| Usage { searches, ..Usage::default() };
        let table = [
            ("openAi", "gpt-5.1", Some(2), Some(20_000_000)),
            ("openAi", "gpt-5.1", None, Some(0)),
            ("google", "gemini-2.5-pro", Some(3), Some(35_000_000)),
            ("google", "gemini-3-pro", Some(3), Some(42_000_000)),
            ("google", "gemini-4-argon", Some(1), None),
            ("google", "gemini-4-argon", None, Some(0)),
            ("perplexity", "sonar", None, Some(14_000_000)),
            ("openAi", "gpt-5.1", Some(u64::MAX), None),
        ];
        for (provider, model, searches, nano) in table {
            let cost = of(provider, model).unwrap().cost(&searched(searches));
            assert_eq!(cost, nano, "{provider} {model} {searches:?}");
        }
        let openai = of("openAi", "gpt-5.1").unwrap();
        assert_eq!(openai.at_most(), Some(30_000_000));
        assert_eq!(openai.read_at_most(1_000), Some(4_000));
        let unbounded = of("google", "gemini-3-pro").unwrap();
        assert_eq!((unbounded.at_most(), unbounded.read_at_most(1_000)), (None, None));
    }
}
