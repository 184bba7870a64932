//! Who hears audio that is attached, in which format and of which kinds, and what that costs: rows of `data/hearing.json`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::abilities::fits;
use crate::{AudioKind, Format, Provider};

/// More than any model that is known cuts a second into.
const MOST_PER_SECOND: u64 = 50;

/// How a model hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hearing(&'static Row);

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    provider: String,
    models: Vec<String>,
    formats: Vec<Format>,
    kinds: Vec<AudioKind>,
    tokens_per_second: Option<u64>,
    nano_per_million: Option<u64>,
}

/// The first row that fits counts.
static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    // A test reads every row; without them nobody hears.
    serde_json::from_str(include_str!("../data/hearing.json")).unwrap_or_default()
});

impl Hearing {
    /// How this model of this provider hears, if anything is known of that. Whether it does its row of the catalogue says.
    pub fn of(provider: Provider, model: &str) -> Option<Self> {
        let model = model.strip_prefix("models/").unwrap_or(model);
        let row = ROWS.iter().find(|row| {
            row.provider == provider.id() && row.models.iter().any(|name| fits(name, model))
        });
        row.map(Self)
    }

    /// The format to be heard in, where this one is usual: the usual one, or another that is spoken at the same address.
    pub fn format_at(self, provider: Provider, address: &str, usual: Format) -> Option<Format> {
        provider.format_among(&self.0.formats, address, usual)
    }

    /// Whether it takes this kind.
    pub fn takes(self, kind: AudioKind) -> bool {
        self.0.kinds.contains(&kind)
    }

    /// The kinds that it takes.
    pub fn kinds(self) -> &'static [AudioKind] {
        &self.0.kinds
    }

    /// Tokens that so much is heard as: about, or the most where nobody tells.
    pub fn tokens(self, length_ms: u64) -> u64 {
        let per_second = self.0.tokens_per_second.unwrap_or(MOST_PER_SECOND);
        length_ms.saturating_mul(per_second).div_ceil(1_000)
    }

    /// Billionths of a dollar for a million tokens that are heard; `None` is unknown.
    pub(crate) fn price(self) -> Option<u64> {
        self.0.nano_per_million
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(provider: &str, model: &str) -> Option<Hearing> {
        Hearing::of(Provider::stored(provider), model)
    }

    #[test]
    fn every_row_is_read_names_a_provider_and_its_source() {
        let text = include_str!("../data/hearing.json");
        let rows: Vec<Row> = serde_json::from_str(text).unwrap();
        let cells: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
        for (row, cells) in rows.iter().zip(cells) {
            assert!(Provider::from_id(&row.provider).is_some(), "{row:?}");
            assert!(!row.kinds.is_empty() && row.tokens_per_second != Some(0), "{row:?}");
            assert!(row.formats.iter().all(|format| format.has_audio()), "{row:?}");
            let says = |name: &str| cells[name].as_str().is_some_and(|text| !text.is_empty());
            assert!(says("asOf") && says("source"), "{row:?}");
        }
    }

    #[test]
    fn who_hears_what_and_where() {
        let openai = of("openAi", "gpt-audio-1.5").unwrap();
        let (chat, address) = (Format::ChatCompletions, "https://api.openai.com/v1");
        let at = |usual| openai.format_at(Provider::stored("openAi"), address, usual);
        assert_eq!((at(Format::Responses), at(chat)), (Some(chat), Some(chat)));
        assert!(openai.takes(AudioKind::Mp3) && !openai.takes(AudioKind::M4a));
        assert_eq!(openai.tokens(90_050), 901, "a token that was begun");
        let google = of("google", "models/gemini-2.5-flash").unwrap();
        assert!(google.takes(AudioKind::Flac));
        let elsewhere = "https://generativelanguage.googleapis.com/v1beta/openai";
        assert_eq!(google.format_at(Provider::stored("google"), elsewhere, chat), None);
        let other = of("other", "anything").unwrap();
        assert_eq!(other.format_at(Provider::other(), "https://a.example/v1", chat), Some(chat));
        assert_eq!(
            other.format_at(Provider::other(), "https://a.example/v1", Format::Messages),
            None
        );
        assert_eq!((of("openAi", "gpt-5.1"), of("anthropic", "claude-opus-5")), (None, None));
    }

    #[test]
    fn what_hearing_costs_is_known_or_unknown_and_never_nothing() {
        let price = |provider: &str, model: &str| of(provider, model).and_then(Hearing::price);
        assert_eq!(price("openAi", "gpt-audio"), Some(32_000_000_000));
        assert_eq!(price("openAi", "gpt-audio-mini-2025-12-15"), Some(10_000_000_000));
        assert_eq!(price("google", "gemini-2.5-flash"), Some(1_000_000_000));
        assert_eq!(price("google", "gemini-3.8-flash"), None);
        assert_eq!(price("openRouter", "openai/gpt-audio"), None);
    }
}
