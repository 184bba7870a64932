//! The one face of a provider's language: what is sent, and what its answers mean.

mod answer;
mod chat_completions;
mod cohere;
mod error;
mod gemini;
mod mapper;
mod messages;
mod ollama;
mod responses;
#[cfg(test)]
mod tests;
mod thinking;
#[cfg(test)]
mod trial;
mod usage;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{Body, KeyIn, Prompt, Provider, Request};

pub use mapper::Mapper;
pub use ollama::{Pulling, Shown};

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Format {
    /// OpenAI's chat completions, which many others imitate.
    ChatCompletions,
    /// OpenAI's newer one, used without state on the other side.
    Responses,
    /// Anthropic's own.
    Messages,
    /// Google's own.
    Gemini,
    /// Ollama's own.
    Ollama,
    /// Cohere's own.
    Cohere,
}

/// What a server is not asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Without {
    /// A count of tokens at the stream's end, because it refused that before.
    pub usage: bool,
    /// That nobody keeps what is sent: not what is refused, but what a person has let go of.
    pub privacy: bool,
}

impl Format {
    /// All of them, the most common first.
    pub const ALL: [Self; 6] = [
        Self::ChatCompletions,
        Self::Responses,
        Self::Messages,
        Self::Gemini,
        Self::Ollama,
        Self::Cohere,
    ];

    /// The word that is stored.
    pub fn id(self) -> &'static str {
        match self {
            Self::ChatCompletions => "chatCompletions",
            Self::Responses => "responses",
            Self::Messages => "messages",
            Self::Gemini => "gemini",
            Self::Ollama => "ollama",
            Self::Cohere => "cohere",
        }
    }

    /// The format stored under this word, if this version knows it.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.id() == id)
    }

    /// The request for an answer. It holds what the format knows and nothing else, so a page cannot smuggle in tools or URLs
    /// for the provider to fetch.
    pub fn chat(self, provider: Provider, prompt: &Prompt, without: Without) -> Request {
        let (path, body) = match self {
            Self::ChatCompletions => chat_completions::chat(provider.dialect(), prompt, without),
            Self::Responses => (Cow::Borrowed(responses::PATH), responses::chat(prompt)),
            Self::Messages => (Cow::Borrowed(messages::PATH), messages::chat(prompt)),
            Self::Gemini => (gemini::path(&prompt.model), gemini::chat(prompt)),
            Self::Ollama => (Cow::Borrowed(ollama::PATH), ollama::chat(prompt)),
            Self::Cohere => (Cow::Borrowed(cohere::PATH), cohere::chat(prompt)),
        };
        self.request(provider, path, Some(body), true)
    }

    /// The request for an answer to nothing: nobody answers it and it costs nothing, but a wrong key is told before that.
    pub fn empty_chat(self, provider: Provider) -> Request {
        let path = match self {
            Self::ChatCompletions => chat_completions::path(provider.dialect()),
            Self::Responses => Cow::Borrowed(responses::PATH),
            Self::Messages => Cow::Borrowed(messages::PATH),
            Self::Gemini => gemini::path("none"),
            Self::Ollama => Cow::Borrowed(ollama::PATH),
            Self::Cohere => Cow::Borrowed(cohere::PATH),
        };
        self.request(provider, path, Some(b"{}".to_vec()), true)
    }

    /// The request for the list of models, or for the page of it that this query names.
    pub fn models(self, provider: Provider, query: Option<&str>) -> Request {
        let list = match self {
            Self::ChatCompletions | Self::Responses => chat_completions::list(provider.dialect()),
            Self::Messages => Cow::Borrowed(messages::LIST),
            Self::Gemini => Cow::Borrowed(gemini::LIST),
            Self::Ollama => Cow::Borrowed(ollama::LIST),
            Self::Cohere => Cow::Borrowed(cohere::LIST),
        };
        let path = match query {
            None => list,
            Some(query) => {
                let joint = if list.contains('?') { '&' } else { '?' };
                Cow::Owned(format!("{list}{joint}{query}"))
            }
        };
        self.request(provider, path, None, false)
    }

    /// The request for what stands at this path.
    pub fn read(self, provider: Provider, path: &'static str) -> Request {
        self.request(provider, Cow::Borrowed(path), None, false)
    }

    /// What translates an answer of this provider's.
    pub fn mapper(self, provider: Provider) -> Mapper {
        Mapper::new(self, provider)
    }

    /// Whether texts can be named that end an answer.
    pub fn has_stop(self) -> bool {
        match self {
            Self::ChatCompletions | Self::Messages | Self::Gemini | Self::Ollama | Self::Cohere => {
                true
            }
            Self::Responses => false,
        }
    }

    /// Whether who speaks it runs the models, and can be told how.
    pub fn runs_models(self) -> bool {
        self == Self::Ollama
    }

    /// The request to fetch a model of this name, where models can be fetched.
    pub fn pull(self, provider: Provider, model: &str) -> Option<Request> {
        let pulled = (self == Self::Ollama).then(|| ollama::pull(model))?;
        Some(self.request(provider, Cow::Borrowed(ollama::PULL), Some(pulled), true))
    }

    /// The request for what is known of one model, where who speaks it tells of each.
    pub fn show(self, provider: Provider, model: &str) -> Option<Request> {
        let shown = (self == Self::Ollama).then(|| ollama::show(model))?;
        Some(self.request(provider, Cow::Borrowed(ollama::SHOW), Some(shown), false))
    }

    /// Whether a PDF can be sent in it as it is.
    pub fn has_documents(self) -> bool {
        !matches!(self, Self::Ollama | Self::Cohere)
    }

    /// Whether audio can be sent in it.
    pub fn has_audio(self) -> bool {
        matches!(self, Self::ChatCompletions | Self::Gemini)
    }

    /// Whether answers can be made repeatable.
    pub fn has_seed(self) -> bool {
        match self {
            Self::ChatCompletions | Self::Gemini | Self::Ollama | Self::Cohere => true,
            Self::Responses | Self::Messages => false,
        }
    }

    /// In which header its inventor expects a key.
    pub(crate) fn key_in(self) -> KeyIn {
        match self {
            Self::ChatCompletions | Self::Responses | Self::Ollama | Self::Cohere => KeyIn::Bearer,
            Self::Messages => KeyIn::XApiKey,
            Self::Gemini => KeyIn::XGoogApiKey,
        }
    }

    fn headers(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Messages => messages::HEADERS,
            Self::ChatCompletions
            | Self::Responses
            | Self::Gemini
            | Self::Ollama
            | Self::Cohere => &[],
        }
    }

    fn request(
        self,
        provider: Provider,
        path: Cow<'static, str>,
        body: Option<Vec<u8>>,
        streams: bool,
    ) -> Request {
        let (key_in, headers) = (provider.key_in(self), self.headers());
        Request { path, headers, body: body.map(Body::Json), key_in, streams }
    }
}
