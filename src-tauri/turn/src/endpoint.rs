//! A connection made ready for use: its address parsed, its key named.

use history::Connection;
use vault::{Accept, BaseUrl, Body, Credential, HeaderStyle, KeyId, Method, Outbound};
use wire::{Abilities, Format, Hearing, KeyIn, Provider, Request, Search, Without};

use crate::breaker::{Part, Way};
use crate::{Failure, Trouble};

/// Where requests go and with which key.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// Whose it is.
    pub provider: Provider,
    /// What it speaks.
    pub format: Format,
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
    /// What it refused to be asked for.
    pub(crate) without: Without,
}

impl Endpoint {
    /// The endpoint of a stored connection.
    pub fn of(connection: &Connection) -> Result<Self, Failure> {
        let damaged = || Failure::of(Trouble::HistoryFailed);
        let provider = Provider::stored(&connection.provider);
        let base = BaseUrl::parse(&connection.address).map_err(|_| damaged())?;
        let key = match &connection.key {
            Some(key) => Some(KeyId::parse(&key.item).ok_or_else(damaged)?),
            // The key that it had leaked, and was removed: without one it would only be refused.
            None if connection.upkeep.leaked.is_some() => {
                return Err(Failure::at(Trouble::KeyLeaked, &connection.name, None));
            }
            None => None,
        };
        Ok(Self {
            provider,
            format: connection
                .format
                .as_deref()
                .and_then(Format::from_id)
                .unwrap_or_else(|| format_of(provider, &base)),
            name: name_of(provider, &base),
            base,
            key,
            connection: connection.id.clone(),
            key_worked: connection.key.as_ref().is_some_and(|key| key.worked),
            without: Without {
                usage: connection.refuses_stream_options,
                privacy: connection.upkeep.may_be_kept,
            },
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

    /// The same for a question to this model: some are asked in one of their provider's formats only.
    pub fn asking(self, model: &str) -> Self {
        let formats = Abilities::of(self.provider, model).formats;
        let format = self.provider.format_among(&formats, self.base.as_str(), self.format);
        Self { format: format.unwrap_or(self.format), ..self }
    }

    /// The same for a question whose answer may search: some search in one of their formats only.
    pub(crate) fn searching(self, search: Option<Search>) -> Self {
        let format = search.and_then(|search| self.format_of(search));
        Self { format: format.unwrap_or(self.format), ..self }
    }

    /// In which format a search can be asked for here, if it can.
    pub fn format_of(&self, search: Search) -> Option<Format> {
        search.format_at(self.provider, self.base.as_str(), self.format)
    }

    /// The same for a question in which something is to be heard: some hear in one of their formats only.
    pub(crate) fn hearing(self, hearing: Option<Hearing>) -> Self {
        let at =
            |hearing: Hearing| hearing.format_at(self.provider, self.base.as_str(), self.format);
        let format = hearing.and_then(at);
        Self { format: format.unwrap_or(self.format), ..self }
    }

    /// The way to one of its models.
    pub(crate) fn way(&self, model: &str) -> Way {
        let key = self.key.as_ref().map_or(self.connection.as_str(), KeyId::as_str);
        Way {
            origin: Part::Origin(self.base.origin().to_string()),
            key: Part::Key(key.to_owned()),
            model: Part::Model(key.to_owned(), model.to_owned()),
        }
    }

    pub(crate) fn credential(&self) -> Credential<'_> {
        self.key.as_ref().map_or(Credential::None, Credential::Stored)
    }
}

/// What people call the other side: the provider, or the host where it has no name.
pub fn name_of(provider: Provider, base: &BaseUrl) -> String {
    match provider == Provider::other() {
        true => authority(base),
        false => provider.name().to_owned(),
    }
}

/// Host and port: two servers on one computer are not the same. The page and the native windows say it alike.
fn authority(base: &BaseUrl) -> String {
    let origin = base.origin().to_string();
    origin.split_once("://").map_or(origin.clone(), |(_, authority)| authority.to_owned())
}

/// What is spoken at an address: what its provider speaks there, or what nearly everybody does.
pub(crate) fn format_of(provider: Provider, base: &BaseUrl) -> Format {
    provider.format_at(base.as_str()).unwrap_or(Format::ChatCompletions)
}

/// A request of some format as the vault sends it.
pub(crate) fn outbound(request: Request) -> Outbound {
    Outbound {
        method: if request.body.is_some() { Method::Post } else { Method::Get },
        path: request.path,
        body: request.body.map(|body| match body {
            wire::Body::Json(bytes) => Body::Json(bytes),
            wire::Body::Form(form) => {
                let (boundary, bytes) = form.into_parts();
                Body::Form { boundary, bytes }
            }
        }),
        header_style: match request.key_in {
            KeyIn::Bearer => HeaderStyle::Bearer,
            KeyIn::XApiKey => HeaderStyle::XApiKey,
            KeyIn::ApiKey => HeaderStyle::ApiKey,
            KeyIn::XGoogApiKey => HeaderStyle::XGoogApiKey,
        },
        extra_headers: request.headers,
        passed_headers: Vec::new(),
        accept: if request.streams { Accept::EventStream } else { Accept::Json },
    }
}
