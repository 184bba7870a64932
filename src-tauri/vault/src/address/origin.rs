//! The part of an address that a key is bound to.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

/// Scheme, host and port. Two addresses of one origin belong to one server.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Origin {
    scheme: String,
    host: String,
    port: u16,
}

impl Origin {
    /// `https` or `http`.
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// The host in lower case; punycode where it is international, brackets around IPv6.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port, given or implied.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The origin of an http or https URL.
    pub(crate) fn of(url: &Url) -> Option<Origin> {
        let scheme = url.scheme();
        (scheme == "https" || scheme == "http").then_some(())?;
        Some(Origin {
            scheme: scheme.to_owned(),
            host: url.host_str()?.to_owned(),
            port: url.port_or_known_default()?,
        })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.host)?;
        match (self.scheme.as_str(), self.port) {
            ("https", 443) | ("http", 80) => Ok(()),
            (_, port) => write!(f, ":{port}"),
        }
    }
}

impl TryFrom<String> for Origin {
    type Error = &'static str;

    /// Only the canonical text is an origin, so that comparing origins is comparing texts.
    fn try_from(text: String) -> Result<Origin, Self::Error> {
        Url::parse(&text)
            .ok()
            .and_then(|url| Origin::of(&url))
            .filter(|origin| origin.to_string() == text)
            .ok_or("not an origin")
    }
}

impl From<Origin> for String {
    fn from(origin: Origin) -> String {
        origin.to_string()
    }
}
