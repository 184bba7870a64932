//! Who writes down what is heard and who says what is written: rows of `data/voices.json`, with what that costs.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::Provider;

/// What a provider hears and says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voices(&'static Row);

/// A model that writes down what it hears.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Listener {
    /// Its name.
    pub model: String,
    /// Billionths of a dollar a minute; `None` is unknown.
    pub nano_per_minute: Option<u64>,
    /// The shortest take that is paid for, in milliseconds.
    #[serde(default)]
    pub least_ms: u64,
}

/// A model that says what is written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Speaker {
    /// Its name.
    pub model: String,
    /// Billionths of a dollar for a million characters; `None` is unknown.
    pub nano_per_million: Option<u64>,
    /// How it can sound; none where nobody knows.
    pub voices: Vec<String>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    provider: String,
    #[serde(default)]
    listeners: Vec<Listener>,
    #[serde(default)]
    speakers: Vec<Speaker>,
    #[serde(default)]
    any_model: bool,
    #[serde(default = "usual_take")]
    take_bytes: u64,
    #[serde(default = "usual_letters")]
    letters: usize,
}

/// Whoever tells of no limit takes what OpenAI takes.
const fn usual_take() -> u64 {
    26_214_400
}

const fn usual_letters() -> usize {
    4_096
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    // A test reads every row; without them nobody hears and nobody speaks.
    serde_json::from_str(include_str!("../data/voices.json")).unwrap_or_default()
});

impl Voices {
    /// What this provider hears and says, if it does either.
    pub fn of(provider: Provider) -> Option<Self> {
        ROWS.iter().find(|row| row.provider == provider.id()).map(Self)
    }

    /// The models that write down.
    pub fn listeners(self) -> &'static [Listener] {
        &self.0.listeners
    }

    /// The models that speak.
    pub fn speakers(self) -> &'static [Speaker] {
        &self.0.speakers
    }

    /// Whether models of other names may do either: a person says which.
    pub fn takes_any_model(self) -> bool {
        self.0.any_model
    }

    /// The longest file that is taken.
    pub fn take_bytes(self) -> u64 {
        self.0.take_bytes
    }

    /// The most characters that are said at once.
    pub fn letters(self) -> usize {
        self.0.letters
    }

    /// The model of this name that writes down.
    pub fn listener(self, model: &str) -> Option<Listener> {
        let known = self.0.listeners.iter().find(|known| known.model == model).cloned();
        known.or_else(|| {
            let unknown = Listener { model: model.to_owned(), nano_per_minute: None, least_ms: 0 };
            self.0.any_model.then_some(unknown)
        })
    }

    /// The model of this name that speaks.
    pub fn speaker(self, model: &str) -> Option<Speaker> {
        let known = self.0.speakers.iter().find(|known| known.model == model).cloned();
        known.or_else(|| {
            let (model, voices) = (model.to_owned(), Vec::new());
            self.0.any_model.then_some(Speaker { model, nano_per_million: None, voices })
        })
    }
}

impl Listener {
    /// What a take of this length costs, in billionths of a dollar. Each second that was begun counts.
    pub fn cost(&self, length_ms: u64) -> Option<u64> {
        let seconds = length_ms.max(self.least_ms).div_ceil(1_000);
        Some(self.nano_per_minute?.checked_mul(seconds)?.div_ceil(60))
    }
}

impl Speaker {
    /// What saying so many characters costs, in billionths of a dollar.
    pub fn cost(&self, letters: usize) -> Option<u64> {
        let letters = u64::try_from(letters).ok()?;
        Some(self.nano_per_million?.checked_mul(letters)?.div_ceil(1_000_000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_names_a_provider_and_its_source() {
        let text = include_str!("../data/voices.json");
        let rows: Vec<Row> = serde_json::from_str(text).unwrap();
        let cells: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
        for (row, cells) in rows.iter().zip(cells) {
            assert!(Provider::from_id(&row.provider).is_some(), "{row:?}");
            assert!(row.any_model || !row.listeners.is_empty(), "{row:?}");
            let says = |name: &str| cells[name].as_str().is_some_and(|text| !text.is_empty());
            assert!(says("asOf") && says("source"), "{row:?}");
        }
    }

    #[test]
    fn what_it_costs() {
        let listener = |provider: &str, model: &str| {
            Voices::of(Provider::stored(provider)).and_then(|voices| voices.listener(model))
        };
        let whisper = listener("openAi", "whisper-1").unwrap();
        assert_eq!(whisper.cost(60_000), Some(6_000_000));
        assert_eq!(whisper.cost(1), Some(100_000), "a second that was begun");
        let turbo = listener("groq", "whisper-large-v3-turbo").unwrap();
        assert_eq!(turbo.cost(1_000), Some(111_112), "ten seconds at least");
        assert_eq!(listener("other", "mine").unwrap().cost(60_000), None);
        assert_eq!(listener("openAi", "gpt-5.1"), None);
        assert_eq!(listener("anthropic", "claude-opus-5"), None);
        let openai = Voices::of(Provider::stored("openAi")).unwrap();
        assert_eq!(openai.speaker("tts-1").unwrap().cost(1_000), Some(15_000_000));
        assert_eq!(openai.speaker("tts-1").unwrap().cost(1), Some(15_000));
    }
}
