//! The one face of a provider's language: what is sent, and what its answers mean.

mod answer;
mod chat_completions;
mod error;
mod mapper;
mod messages;
mod thinking;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{KeyIn, Prompt, Provider, Request};

pub use mapper::Mapper;

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Format {
    /// OpenAI's chat completions, which many others imitate.
    ChatCompletions,
    /// Anthropic's own.
    Messages,
}

/// What a server is not asked for, because it refused it before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Without {
    /// A count of tokens at the stream's end.
    pub usage: bool,
}

impl Format {
    /// The request for an answer. It holds what the format knows and nothing else, so a page cannot smuggle in tools or URLs
    /// for the provider to fetch.
    pub fn chat(self, provider: Provider, prompt: &Prompt, without: Without) -> Request {
        let (path, body) = match self {
            Self::ChatCompletions => chat_completions::chat(provider.dialect(), prompt, without),
            Self::Messages => (Cow::Borrowed(messages::PATH), messages::chat(prompt)),
        };
        self.request(provider, path, Some(body), true)
    }

    /// The request for an answer to nothing: nobody answers it and it costs nothing, but a wrong key is told before that.
    pub fn empty_chat(self, provider: Provider) -> Request {
        let path = match self {
            Self::ChatCompletions => chat_completions::path(provider.dialect()),
            Self::Messages => Cow::Borrowed(messages::PATH),
        };
        self.request(provider, path, Some(b"{}".to_vec()), true)
    }

    /// The request for the list of models, or for the page of it that this query names.
    pub fn models(self, provider: Provider, query: Option<&str>) -> Request {
        let list = match self {
            Self::ChatCompletions => chat_completions::list(provider.dialect()),
            Self::Messages => Cow::Borrowed(messages::LIST),
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
    pub(crate) fn has_stop(self) -> bool {
        match self {
            Self::ChatCompletions | Self::Messages => true,
        }
    }

    /// Whether answers can be made repeatable.
    pub(crate) fn has_seed(self) -> bool {
        match self {
            Self::ChatCompletions => true,
            Self::Messages => false,
        }
    }

    /// In which header its inventor expects a key.
    pub(crate) fn key_in(self) -> KeyIn {
        match self {
            Self::ChatCompletions => KeyIn::Bearer,
            Self::Messages => KeyIn::XApiKey,
        }
    }

    fn headers(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::ChatCompletions => &[],
            Self::Messages => messages::HEADERS,
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
        Request { path, headers, body, key_in, streams }
    }
}
