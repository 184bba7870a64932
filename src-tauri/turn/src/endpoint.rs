//! A connection made ready for use: its address parsed, its key named.

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
pub(crate) fn name_of(provider: Provider, base: &BaseUrl) -> String {
    match provider {
        Provider::Other => base.origin().host().to_owned(),
        known => known.name().to_owned(),
    }
}

/// The request for the list of models.
pub(crate) fn models_request(provider: Provider) -> Outbound {
    // Anthropic's list wants its own header; its chat interface takes OpenAI's.
    let (header_style, extra_headers): (_, &'static [_]) = match provider {
        Provider::Anthropic => (HeaderStyle::XApiKey, &[("anthropic-version", "2023-06-01")]),
        _ => (HeaderStyle::Bearer, &[]),
    };
    Outbound {
        method: Method::Get,
        path: "models".into(),
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
