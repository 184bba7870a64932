//! A request as a format writes it, without a server and without a key.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;

use crate::form::Form;

/// What to send.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// Below the base address, without a leading slash; may carry a query.
    pub path: Cow<'static, str>,
    /// What the format wants besides the usual headers.
    pub headers: &'static [(&'static str, &'static str)],
    /// What is sent; `None` reads something instead.
    pub body: Option<Body>,
    /// Where the key goes.
    pub key_in: KeyIn,
    /// Whether a stream is asked for, or one document.
    pub streams: bool,
}

/// What a request carries.
#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    /// A JSON document.
    Json(Vec<u8>),
    /// A form of several parts.
    Form(Form),
}

/// In which header a key goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum KeyIn {
    /// `Authorization: Bearer KEY`
    Bearer,
    /// `x-api-key: KEY`
    XApiKey,
    /// `api-key: KEY`
    ApiKey,
    /// `x-goog-api-key: KEY`
    XGoogApiKey,
}

impl Body {
    /// Its bytes, as they are sent.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Json(bytes) => bytes,
            Self::Form(form) => form.bytes(),
        }
    }
}

impl fmt::Debug for Request {
    // The body is a person's conversation and has no place in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({})", self.path)
    }
}
