//! What a model takes: a row of `data/abilities.json`. What a model refuses is never sent, and one that nobody here knows gets
//! the least.

use std::ops::Range;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::{EffortLevel, Format, Json, Parameter, Parameters, Provider, Search, known_models};

/// What a model takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Abilities {
    /// Whether it lets itself be told how to choose words: temperature and top-p.
    pub sampling: Sampling,
    /// The highest temperature that it takes: 1 or 2.
    pub hottest: u8,
    /// How much it can be told to reason, the least first; empty where it cannot be told.
    pub efforts: Vec<EffortLevel>,
    /// The same in chat completions, where they take fewer of these words.
    pub chat_efforts: Option<Vec<EffortLevel>>,
    /// In which form it is told.
    pub thinking: Thinking,
    /// Whether it thinks where nothing is said of that.
    pub thinks_unasked: bool,
    /// Whether it takes texts that end the answer, where its format has them.
    pub stop: bool,
    /// Whether it takes a seed, where its format has one.
    pub seed: bool,
    /// Whether it can be told how long to write.
    pub verbosity: bool,
    /// How far it can be held to JSON.
    pub json: JsonTaken,
    /// The formats that it is asked in, the best first, where not in all that its provider speaks.
    pub formats: Vec<Format>,
    /// How it searches the web, if it does.
    #[serde(skip)]
    pub search: Option<Search>,
}

/// Whether temperature and top-p are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Sampling {
    /// Never: they are refused.
    #[default]
    No,
    /// Always.
    Yes,
    /// Only while it does not reason.
    AtNone,
}

/// How far a model can be held to JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum JsonTaken {
    /// Not at all.
    #[default]
    No,
    /// To a document of a schema.
    Schema,
    /// To that, and to any document.
    Any,
}

impl JsonTaken {
    /// Whether it can be held to this.
    pub fn takes(self, json: &Json) -> bool {
        match (self, json) {
            (Self::No, _) | (Self::Schema, Json::Any) => false,
            (Self::Schema, Json::Schema(_)) | (Self::Any, _) => true,
        }
    }
}

/// In which form a model is told how much to reason, where its format has several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Thinking {
    /// By a word alone; it cannot be switched on or off.
    #[default]
    Effort,
    /// It decides by itself, within what the word says.
    Adaptive,
    /// By a number of tokens.
    Budget,
    /// By Gemini's own words.
    Level,
    /// By `none` or `default`: Groq's words to Qwen.
    Usual,
    /// By a mode of the prompt, Mistral's way with Magistral. Nobody says that it can be switched off.
    PromptMode,
    /// By yes or no, if it thinks at all: nobody here knows, so only a person says it.
    Unsure,
}

impl Default for Abilities {
    fn default() -> Self {
        Self {
            sampling: Sampling::default(),
            hottest: 2,
            efforts: Vec::new(),
            chat_efforts: None,
            thinking: Thinking::default(),
            thinks_unasked: false,
            stop: true,
            seed: true,
            verbosity: false,
            json: JsonTaken::No,
            formats: Vec::new(),
            search: None,
        }
    }
}

impl Abilities {
    /// What is known of this model at this provider.
    pub fn of(provider: Provider, model: &str) -> Self {
        let model = model.strip_prefix("models/").unwrap_or(model);
        let known = row(provider, model).or_else(|| deployed(provider, model));
        Self { search: Search::of(provider, model), ..known.unwrap_or_else(Self::least) }
    }

    /// What any model takes.
    pub fn least() -> Self {
        Self { stop: false, seed: false, ..Self::default() }
    }

    /// How much it can be told to reason in this format.
    pub fn efforts_in(&self, format: Format) -> &[EffortLevel] {
        let fewer = self.chat_efforts.as_ref().filter(|_| format == Format::ChatCompletions);
        fewer.unwrap_or(&self.efforts)
    }

    /// Is told this no more; what several parameters share stays for the others.
    pub fn leave_out(&mut self, parameter: Parameter) {
        match parameter {
            Parameter::Effort => {
                self.efforts.clear();
                self.chat_efforts = None;
                self.thinks_unasked = false;
            }
            Parameter::Stop => self.stop = false,
            Parameter::Seed => self.seed = false,
            Parameter::Json => self.json = JsonTaken::No,
            Parameter::Verbosity => self.verbosity = false,
            Parameter::Temperature | Parameter::TopP | Parameter::MaxTokens => {}
        }
    }

    /// Those of the wishes that this model takes in this format.
    pub fn allow(&self, format: Format, wished: &Parameters) -> Parameters {
        let effort = wished.effort.filter(|effort| self.efforts_in(format).contains(effort));
        let samples = match self.sampling {
            Sampling::No => false,
            Sampling::Yes => true,
            Sampling::AtNone => effort == Some(EffortLevel::None),
        };
        let takes_stop = self.stop && format.has_stop();
        Parameters {
            effort,
            temperature: (wished.temperature.filter(|_| samples))
                .map(|temperature| temperature.min(f64::from(self.hottest))),
            // Some refuse both at once, and one of them says enough.
            top_p: wished.top_p.filter(|_| samples && wished.temperature.is_none()),
            max_tokens: wished.max_tokens,
            stop: if takes_stop { wished.stop.clone() } else { Vec::new() },
            seed: wished.seed.filter(|_| self.seed && format.has_seed()),
            json: wished.json.clone().filter(|json| self.json.takes(json)),
            verbosity: wished.verbosity.filter(|_| self.verbosity),
            search: wished.search && self.search.is_some_and(|search| search.speaks(format)),
            context: wished.context.filter(|_| format.runs_models()),
            keep_minutes: wished.keep_minutes.filter(|_| format.runs_models()),
        }
    }
}

#[derive(Debug, Deserialize)]
struct Row {
    provider: String,
    models: Vec<String>,
    #[serde(flatten)]
    abilities: Abilities,
}

/// The first row that fits counts.
static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    // A test reads every row; without them every model gets the least.
    serde_json::from_str(include_str!("../data/abilities.json")).unwrap_or_default()
});

/// What the first row that fits says of a model.
fn row(provider: Provider, model: &str) -> Option<Abilities> {
    let fits = |row: &&Row| {
        row.provider == provider.id() && row.models.iter().any(|name| fits(name, model))
    };
    ROWS.iter().find(fits).map(|row| row.abilities.clone())
}

/// What is known of a deployment, which has whatever name its owner gave it: what OpenAI's model takes that this name plainly
/// holds. A seed is not taken by all that Azure deploys, so none is sent.
fn deployed(provider: Provider, name: &str) -> Option<Abilities> {
    if provider != Provider::stored("azure") {
        return None;
    }
    let (name, openai) = (name.to_ascii_lowercase(), Provider::stored("openAi"));
    let held = [openai, provider].into_iter().flat_map(known_models);
    let held = held.filter_map(|model| Some((place(&name, model)?, model))).collect::<Vec<_>>();
    let (at, model) = held.iter().max_by_key(|(at, _)| at.len())?;
    // Two models in one name are a riddle.
    if !held.iter().all(|(other, _)| at.start <= other.start && other.end <= at.end) {
        return None;
    }
    let known = row(openai, model).or_else(|| row(provider, model))?;
    Some(Abilities { seed: false, ..known })
}

/// Where a name holds this model's, with nothing around it that could make it another's: `gpt-5` is not in `gpt-5.1`.
fn place(name: &str, model: &str) -> Option<Range<usize>> {
    let at = name.find(model)?;
    let end = at + model.len();
    let is_open = |letter: Option<char>| letter.is_none_or(|letter| "-_ ".contains(letter));
    let stands = is_open(name[..at].chars().next_back()) && is_open(name[end..].chars().next());
    stands.then_some(at..end)
}

/// Whether a name is this one, in which `*` stands for anything.
pub(crate) fn fits(pattern: &str, name: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| name.strip_prefix(first)) else {
        return false;
    };
    let mut ends_open = !pattern.contains('*') && rest.is_empty();
    for piece in pieces {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
        ends_open = piece.is_empty() || rest.is_empty();
    }
    ends_open
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(provider: &str, model: &str) -> Abilities {
        Abilities::of(Provider::stored(provider), model)
    }

    #[test]
    fn every_row_is_read_and_names_a_provider() {
        let rows: Vec<Row> = serde_json::from_str(include_str!("../data/abilities.json")).unwrap();
        for row in &rows {
            assert!(Provider::from_id(&row.provider).is_some(), "{row:?}");
            assert!(row.abilities.efforts.is_sorted(), "{row:?}");
        }
    }

    #[test]
    fn names() {
        let table = [
            ("gpt-5.1", "gpt-5.1", true),
            ("gpt-5.1", "gpt-5.1-mini", false),
            ("gpt-5*", "gpt-5", true),
            ("gpt-5.*-pro*", "gpt-5.4-pro-2026-03-05", true),
            ("gpt-5.*-pro*", "gpt-5.4-mini", false),
            ("*reasoning*", "command-a-reasoning-08-2025", true),
            ("*", "anything", true),
            ("a*b", "acb", true),
            ("a*b", "acbd", false),
        ];
        for (pattern, name, expected) in table {
            assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn a_deployment_is_taken_for_the_model_that_its_name_plainly_holds() {
        let efforts = |name: &str| of("azure", name).efforts;
        assert_eq!(efforts("gpt-5-mini"), of("openAi", "gpt-5-mini").efforts);
        assert_eq!(efforts("prod-GPT-5.1-eu"), of("openAi", "gpt-5.1").efforts);
        assert_eq!(efforts("team_gpt-5.1-codex-max_2"), of("openAi", "gpt-5.1-codex-max").efforts);
        assert_eq!(of("azure", "our-gpt-4.1").sampling, Sampling::Yes);
        assert_eq!(of("azure", "gpt-35-turbo-16k").sampling, Sampling::Yes);
        assert!(!of("azure", "our-gpt-4.1").seed && of("openAi", "gpt-4.1").seed);
        for name in ["gpt-4.1-or-gpt-5", "gpt-5x", "mygpt-5", "gpt-5.11", "chatbot", ""] {
            assert_eq!(of("azure", name), Abilities::least(), "{name}");
        }
        assert_eq!(of("openAi", "prod-gpt-5.1-eu"), Abilities::least(), "only deployments");
    }

    #[test]
    fn a_model_has_its_own_route_where_facts_say_so() {
        let (responses, chat) = (vec![Format::Responses], vec![Format::ChatCompletions]);
        for model in ["gpt-5.1-codex", "gpt-5.3-codex", "gpt-5.5-pro", "o3-deep-research", "o1-pro"]
        {
            assert_eq!(of("openAi", model).formats, responses, "{model}");
            assert_eq!(of("azure", &format!("our-{model}")).formats, responses, "{model}");
        }
        assert_eq!(of("xAi", "grok-4.20-multi-agent-0309").formats, responses);
        assert_eq!(of("openAi", "gpt-audio-1.5").formats, chat);
        assert_eq!(of("openAi", "gpt-5.1").formats, []);
        let rows: Vec<Row> = serde_json::from_str(include_str!("../data/abilities.json")).unwrap();
        for row in rows {
            let provider = Provider::stored(&row.provider);
            let spoken = |format: &Format| provider.formats().any(|spoken| spoken == *format);
            assert!(row.abilities.formats.iter().all(spoken), "{row:?}");
        }
    }

    #[test]
    fn claude_is_held_to_a_schema_and_to_nothing_less() {
        let json = |model: &str, json| {
            let wished = Parameters { json: Some(json), ..Parameters::default() };
            of("anthropic", model).allow(Format::Messages, &wished).json
        };
        let schema = || Json::Schema(serde_json::json!({"type": "object"}));
        for model in ["claude-opus-5-5", "claude-sonnet-4-6", "claude-haiku-4-5"] {
            assert_eq!(json(model, schema()), Some(schema()), "{model}");
            assert_eq!(json(model, Json::Any), None, "{model}: it knows no such mode");
        }
        assert_eq!(json("claude-opus-4-1", schema()), None, "nothing says that it takes one");
        assert_eq!(of("openAi", "gpt-5.1").json, JsonTaken::Any);
    }

    #[test]
    fn chat_completions_take_fewer_words_than_responses() {
        let wished = Parameters { effort: Some(EffortLevel::Max), ..Parameters::default() };
        let sent = |format| of("azure", "gpt-6.1-sol").allow(format, &wished).effort;
        assert_eq!(sent(Format::Responses), Some(EffortLevel::Max));
        assert_eq!(sent(Format::ChatCompletions), None);
        let stops = Parameters { stop: vec!["END".into()], ..Parameters::default() };
        for model in ["gpt-5", "o4-mini", "gpt-6-luna"] {
            let sent = of("azure", model).allow(Format::ChatCompletions, &stops);
            assert!(sent.stop.is_empty(), "{model} refuses it");
        }
    }

    #[test]
    fn what_a_model_refuses_is_left_out() {
        let wished = Parameters {
            effort: Some(EffortLevel::Medium),
            temperature: Some(0.7),
            top_p: Some(0.9),
            max_tokens: Some(500),
            stop: vec!["END".into()],
            seed: Some(3),
            json: Some(crate::Json::Any),
            verbosity: Some(crate::Verbosity::Low),
            search: true,
            context: Some(8_192),
            keep_minutes: Some(-1),
        };
        let chat = Format::ChatCompletions;
        let reasoning = of("openAi", "gpt-5.1").allow(chat, &wished);
        assert_eq!((reasoning.effort, reasoning.temperature), (Some(EffortLevel::Medium), None));
        let at_none = Parameters { effort: Some(EffortLevel::None), ..wished.clone() };
        let quick = of("openAi", "gpt-5.1").allow(chat, &at_none);
        assert_eq!((quick.temperature, quick.top_p), (Some(0.7), None));
        let unknown = of("openAi", "gpt-99-nova").allow(chat, &wished);
        let least = Parameters { max_tokens: Some(500), ..Parameters::default() };
        assert_eq!(unknown, least, "an unknown model gets the least");
        let none = of("openAi", "gpt-6-astra").allow(chat, &at_none);
        assert_eq!(none.effort, None, "it cannot be switched off");
        let local = of("ollama", "qwen3:8b").allow(Format::Ollama, &wished);
        assert_eq!((local.context, local.keep_minutes), (Some(8_192), Some(-1)));
        assert_eq!((reasoning.context, reasoning.keep_minutes), (None, None));
        let searches = |format| of("openAi", "gpt-5.1").allow(format, &wished).search;
        assert!(searches(Format::Responses) && !searches(chat), "a tool of one format only");
    }
}
