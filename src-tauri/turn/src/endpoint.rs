//! A connection made ready for use: its address parsed, its key named.

use std::borrow::Cow;

use history::Connection;
use vault::{Accept, BaseUrl, Credential, HeaderStyle, KeyId, Method, Outbound};
use wire::Provider;

use crate::{Failure, Trouble};

/// Where requests go and with which key.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// Whose format it speaks.
    pub provider: Provider,
    /// What to call it in messages.
    pub name: String,
    /// Its address.
    pub base: BaseUrl,
    /// Its key, if it needs one.
    pub key: Option<KeyId>,
    /// The connection it is of.
    pub(crate) connection: String,
    /// Whether that key was ever accepted.
    pub(crate) key_worked: bool,
    /// Whether it may be asked for a count of tokens.
    pub(crate) asks_for_usage: bool,
}

impl Endpoint {
    /// The endpoint of a stored connection.
    pub fn of(connection: &Connection) -> Result<Self, Failure> {
        let damaged = || Failure::of(Trouble::HistoryFailed);
        let provider = Provider::from_id(&connection.provider).ok_or_else(damaged)?;
        let base = BaseUrl::parse(&connection.address).map_err(|_| damaged())?;
        let key = match connection.key {
            Some(_) => Some(KeyId::parse(connection.key_item()).ok_or_else(damaged)?),
            None => None,
        };
        Ok(Self {
            provider,
            name: name_of(provider, &base),
            base,
            key,
            connection: connection.id.clone(),
            key_worked: connection.key.as_ref().is_some_and(|key| key.worked),
            asks_for_usage: provider.takes_stream_options() && !connection.refuses_stream_options,
        })
    }

    /// A failure in the light of what is known of the key: only one that worked can have been revoked.
    pub(crate) fn knowing(&self, failure: Failure) -> Failure {
        match failure.trouble {
            Trouble::KeyRejected if self.key_worked => {
                Failure { trouble: Trouble::KeyRevoked, ..failure }
            }
            _ => failure,
        }
    }

    pub(crate) fn credential(&self) -> Credential<'_> {
        self.key.as_ref().map_or(Credential::None, Credential::Stored)
    }
}

/// What people call the other side: the provider, or the host where it has no name.
pub fn name_of(provider: Provider, base: &BaseUrl) -> String {
    match provider {
        Provider::Other => authority(base),
        known => known.name().to_owned(),
    }
}

/// Host and port: two servers on one computer are not the same. The page and the native windows say it alike.
fn authority(base: &BaseUrl) -> String {
    let origin = base.origin().to_string();
    origin.split_once("://").map_or(origin.clone(), |(_, authority)| authority.to_owned())
}

/// Where models are listed.
pub(crate) const LIST: &str = "models";

/// What shows that a key is accepted.
pub(crate) enum Proof {
    /// The list of models: nobody gets it without a key.
    List,
    /// What stands at this path; the list is public.
    Path(&'static str),
    /// Nobody knows whether the list is public, so it is asked for without the key too, and then the chat is.
    ListWithoutKey,
}

/// See [`Proof`].
pub(crate) fn proof(provider: Provider) -> Proof {
    match provider {
        Provider::OpenAi | Provider::Anthropic | Provider::Google | Provider::Mistral => {
            Proof::List
        }
        Provider::OpenRouter => Proof::Path("key"),
        Provider::Ollama | Provider::LmStudio | Provider::LlamaCpp | Provider::Vllm => {
            Proof::ListWithoutKey
        }
        Provider::Other | Provider::Practice => Proof::ListWithoutKey,
    }
}

/// The request for something to read, such as the list of models.
pub(crate) fn get_request(provider: Provider, path: impl Into<Cow<'static, str>>) -> Outbound {
    // Anthropic's list wants its own header; its chat interface takes OpenAI's.
    let (header_style, extra_headers): (_, &'static [_]) = match provider {
        Provider::Anthropic => (HeaderStyle::XApiKey, &[("anthropic-version", "2023-06-01")]),
        _ => (HeaderStyle::Bearer, &[]),
    };
    Outbound {
        method: Method::Get,
        path: path.into(),
        body: None,
        header_style,
        extra_headers,
        accept: Accept::Json,
    }
}

/// The request for an answer.
pub(crate) fn chat_request(body: Vec<u8>) -> Outbound {
    Outbound {
        method: Method::Post,
        path: wire::ChatRequest::PATH.into(),
        body: Some(body),
        header_style: HeaderStyle::Bearer,
        extra_headers: &[],
        accept: Accept::EventStream,
    }
}
