//! The address of a provider, as a person types it, made safe to send a key to.

mod endpoint;
mod origin;

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use url::{Host, Url};

pub use origin::Origin;

use crate::paste::is_hidden;

/// Where a provider's API begins, such as `https://api.openai.com/v1`: https anywhere, http only to
/// this computer, and without a trailing slash.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BaseUrl {
    text: String,
    origin: Origin,
    loopback: bool,
}

/// Why a text is not an address that a key may go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AddressError {
    /// Nothing was given.
    #[error("the address is empty")]
    Empty,
    /// More than 2,048 characters.
    #[error("the address is too long")]
    TooLong,
    /// A character that nobody can see: it would lead to another path, or another host.
    #[error("there is a hidden character in the address")]
    Hidden,
    /// It cannot be read as an address.
    #[error("this is not an address")]
    Malformed,
    /// Neither https nor http.
    #[error("only https and http addresses are possible")]
    Scheme,
    /// http to another computer: the key would travel in the clear.
    #[error("http is possible only to this computer; use https")]
    Plaintext,
    /// A user name or password in front of the host.
    #[error("the address must not hold a user name")]
    UserInfo,
    /// A query behind `?`.
    #[error("the address must not hold a query")]
    Query,
    /// A fragment behind `#`.
    #[error("the address must not hold a fragment")]
    Fragment,
}

impl BaseUrl {
    /// Reads an address. Without a scheme it means https, or http to this computer.
    pub fn parse(text: &str) -> Result<BaseUrl, AddressError> {
        BaseUrl::parse_pasted(text).map(|(base, _)| base)
    }

    /// The same, and what was cut from its end: people paste the address of an endpoint, and its base is what is meant.
    pub fn parse_pasted(text: &str) -> Result<(BaseUrl, Option<String>), AddressError> {
        let text = text.trim();
        check_text(text)?;
        let url = match text.contains("://") {
            true => Url::parse(text).map_err(|_| AddressError::Malformed)?,
            false => without_scheme(text)?,
        };
        check_parts(&url)?;
        let loopback = is_loopback(&url);
        match url.scheme() {
            "https" => {}
            "http" if loopback => {}
            "http" => return Err(AddressError::Plaintext),
            _ => return Err(AddressError::Scheme),
        }
        let origin = Origin::of(&url).ok_or(AddressError::Malformed)?;
        let path = url.path().trim_end_matches('/');
        let base = endpoint::without_endpoint(path);
        let cut = (base.len() < path.len()).then(|| path[base.len()..].to_owned());
        let text = format!("{origin}{}", base.trim_end_matches('/'));
        Ok((BaseUrl { text, origin, loopback }, cut))
    }

    /// The scheme, host and port.
    pub fn origin(&self) -> Origin {
        self.origin.clone()
    }

    /// The address as text, without a trailing slash. An international host is in punycode.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is on this computer.
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BaseUrl({})", self.text)
    }
}

impl TryFrom<String> for BaseUrl {
    type Error = AddressError;

    fn try_from(text: String) -> Result<BaseUrl, AddressError> {
        BaseUrl::parse(&text)
    }
}

impl From<BaseUrl> for String {
    fn from(base: BaseUrl) -> String {
        base.text
    }
}

/// Refuses what the URL parser would silently repair: it drops line breaks, takes a backslash for a
/// slash, and forgets an empty user name or port.
fn check_text(text: &str) -> Result<(), AddressError> {
    if text.is_empty() {
        return Err(AddressError::Empty);
    }
    if text.len() > 2048 {
        return Err(AddressError::TooLong);
    }
    if text.contains(is_hidden) {
        return Err(AddressError::Hidden);
    }
    if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
        return Err(AddressError::Malformed);
    }
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    if authority.contains('@') {
        return Err(AddressError::UserInfo);
    }
    // `https:` without slashes would pass for a host of that name.
    match authority.ends_with(':') {
        true => Err(AddressError::Malformed),
        false => Ok(()),
    }
}

fn without_scheme(text: &str) -> Result<Url, AddressError> {
    let parse = |scheme: &str| Url::parse(&format!("{scheme}://{text}"));
    let url = parse("https").map_err(|_| AddressError::Malformed)?;
    match is_loopback(&url) {
        true => parse("http").map_err(|_| AddressError::Malformed),
        false => Ok(url),
    }
}

fn check_parts(url: &Url) -> Result<(), AddressError> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressError::UserInfo);
    }
    if url.query().is_some() {
        return Err(AddressError::Query);
    }
    if url.fragment().is_some() {
        return Err(AddressError::Fragment);
    }
    match url.port() {
        Some(0) => Err(AddressError::Malformed),
        _ => Ok(()),
    }
}

/// The name `localhost` counts because the client resolves it itself, to loopback only.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}
