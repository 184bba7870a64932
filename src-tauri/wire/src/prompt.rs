//! What is asked of a model, in no provider's language.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Abilities, AudioKind, Search};

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Role {
    User,
    Assistant,
}

/// What to ask: the model, what it is told to be, and the conversation, oldest message first.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// The model's id.
    pub model: String,
    /// The system prompt; empty where there is none.
    pub system: String,
    /// The conversation, in turns.
    pub messages: Vec<Message>,
    /// How to answer.
    pub parameters: Parameters,
    /// What the model takes.
    pub abilities: Abilities,
}

/// One message of the conversation so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Who said it.
    pub role: Role,
    /// What was said, in order.
    pub parts: Vec<Part>,
}

/// A piece of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Words.
    Text(String),
    /// A picture.
    Image {
        /// Such as `image/png`.
        media_type: String,
        /// The file's bytes.
        data: Arc<[u8]>,
    },
    /// What is to be heard.
    Audio {
        /// What it is.
        kind: AudioKind,
        /// The file's bytes.
        data: Arc<[u8]>,
        /// The most tokens that it is heard as.
        tokens: u64,
    },
    /// Any other file.
    File {
        /// What it is called, without a path.
        name: String,
        /// Such as `application/pdf`.
        media_type: String,
        /// The file's bytes.
        data: Arc<[u8]>,
        /// As so many tokens it is read at most, as far as its pages tell.
        tokens: u64,
    },
    /// What the model thought, in its provider's sealed form. It goes back only to whom it came from.
    Thought(Thought),
}

/// Opaque state of an answer's reasoning.
#[derive(Debug, Clone, PartialEq)]
pub struct Thought {
    /// The id of the provider that made it.
    pub provider: String,
    /// The model that made it.
    pub model: String,
    /// The document, exactly as it came.
    pub state: serde_json::Value,
}

/// How to answer. What is `None` is not sent, which is not the same as off.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Parameters {
    /// How much to reason.
    pub effort: Option<EffortLevel>,
    /// How freely to choose words.
    pub temperature: Option<f64>,
    /// The share of likely words to choose from.
    pub top_p: Option<f64>,
    /// The most tokens of an answer, reasoning included.
    pub max_tokens: Option<u32>,
    /// Texts that end the answer.
    pub stop: Vec<String>,
    /// What makes answers repeatable.
    pub seed: Option<i64>,
    /// An answer in JSON.
    pub json: Option<Json>,
    /// How long an answer should be.
    pub verbosity: Option<Verbosity>,
    /// Whether the model may search the web.
    pub search: bool,
    /// How many tokens a model that runs here reads and writes at most: more takes more memory.
    pub context: Option<u32>,
    /// How many minutes a model that runs here stays loaded after an answer: 0 not at all, -1 without end.
    pub keep_minutes: Option<i32>,
}

/// One of them, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum Parameter {
    Effort,
    Temperature,
    TopP,
    MaxTokens,
    Stop,
    Seed,
    Json,
    Verbosity,
}

/// How much a model reasons before it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum EffortLevel {
    None,
    Minimal,
    Low,
    Medium,
    High,
    XHigh,
    Max,
}

/// The form of an answer in JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Json {
    /// Any document.
    Any,
    /// A document of this schema.
    Schema(serde_json::Value),
}

/// How long an answer should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Verbosity {
    Low,
    Medium,
    High,
}

impl Prompt {
    /// How the web is searched, if it is.
    pub fn search(&self) -> Option<Search> {
        self.abilities.search.filter(|_| self.parameters.search)
    }

    /// A bound of the tokens that are heard, which cost something else than those that are read.
    pub fn heard_at_most(&self) -> u64 {
        let parts = self.messages.iter().flat_map(|message| &message.parts);
        let heard =
            parts.map(|part| if let Part::Audio { tokens, .. } = part { *tokens } else { 0 });
        heard.fold(0, u64::saturating_add)
    }

    /// A bound of the tokens that this is read as beside, whatever the model's way of cutting: a token is at least a byte of text.
    /// A picture is a few thousand at most, and a page of a file too, which may be small in bytes.
    pub fn tokens_at_most(&self) -> u64 {
        const FRAME: usize = 16;
        const PICTURE: usize = 10_000;
        let part = |part: &Part| match part {
            Part::Text(text) => text.len(),
            Part::Image { .. } => PICTURE,
            Part::Audio { .. } => FRAME,
            Part::File { data, tokens, .. } => {
                usize::try_from(*tokens).unwrap_or(usize::MAX).max(PICTURE + data.len())
            }
            Part::Thought(thought) => thought.state.to_string().len(),
        };
        let message = |message: &Message| {
            FRAME + message.parts.iter().map(part).fold(0, usize::saturating_add)
        };
        let said = self.messages.iter().map(message).fold(0, usize::saturating_add);
        u64::try_from((4 * FRAME + self.system.len()).saturating_add(said)).unwrap_or(u64::MAX)
    }
}

impl Parameter {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Effort,
        Self::Temperature,
        Self::TopP,
        Self::MaxTokens,
        Self::Stop,
        Self::Seed,
        Self::Json,
        Self::Verbosity,
    ];

    /// The word that is stored.
    pub fn id(self) -> &'static str {
        match self {
            Self::Effort => "effort",
            Self::Temperature => "temperature",
            Self::TopP => "topP",
            Self::MaxTokens => "maxTokens",
            Self::Stop => "stop",
            Self::Seed => "seed",
            Self::Json => "json",
            Self::Verbosity => "verbosity",
        }
    }

    /// The parameter stored under this word, if this version knows it.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|parameter| parameter.id() == id)
    }
}

impl Parameters {
    /// Whether this is wished.
    pub fn has(&self, parameter: Parameter) -> bool {
        match parameter {
            Parameter::Effort => self.effort.is_some(),
            Parameter::Temperature => self.temperature.is_some(),
            Parameter::TopP => self.top_p.is_some(),
            Parameter::MaxTokens => self.max_tokens.is_some(),
            Parameter::Stop => !self.stop.is_empty(),
            Parameter::Seed => self.seed.is_some(),
            Parameter::Json => self.json.is_some(),
            Parameter::Verbosity => self.verbosity.is_some(),
        }
    }

    /// Wishes it no more.
    pub fn leave_out(&mut self, parameter: Parameter) {
        match parameter {
            Parameter::Effort => self.effort = None,
            Parameter::Temperature => self.temperature = None,
            Parameter::TopP => self.top_p = None,
            Parameter::MaxTokens => self.max_tokens = None,
            Parameter::Stop => self.stop = Vec::new(),
            Parameter::Seed => self.seed = None,
            Parameter::Json => self.json = None,
            Parameter::Verbosity => self.verbosity = None,
        }
    }
}

impl Message {
    /// A message of words alone.
    pub fn text(role: Role, text: impl Into<String>) -> Self {
        Self { role, parts: vec![Part::Text(text.into())] }
    }
}

impl EffortLevel {
    /// All of them, the least first.
    pub const ALL: [Self; 7] =
        [Self::None, Self::Minimal, Self::Low, Self::Medium, Self::High, Self::XHigh, Self::Max];

    /// The word that providers use.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Minimal => "minimal",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::XHigh => "xhigh",
            Self::Max => "max",
        }
    }
}
