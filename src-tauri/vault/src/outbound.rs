//! What may be sent: everything about a request except its server and its key.

use std::borrow::Cow;
use std::fmt;

/// The two methods that model APIs need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads a list.
    Get,
    /// Sends a body.
    Post,
}

/// In which header a provider expects its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderStyle {
    /// `Authorization: Bearer KEY`
    Bearer,
    /// `x-api-key: KEY`
    XApiKey,
    /// `api-key: KEY`
    ApiKey,
    /// `x-goog-api-key: KEY`
    XGoogApiKey,
}

/// Which form of answer is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accept {
    /// Server-sent events.
    EventStream,
    /// One JSON document.
    Json,
    /// Sound, or the JSON document that says why there is none.
    Sound,
}

/// What a request carries.
#[derive(Clone)]
pub enum Body {
    /// A JSON document.
    Json(Vec<u8>),
    /// A form of several parts (`multipart/form-data`).
    Form {
        /// What stands between the parts: letters, digits and hyphens.
        boundary: String,
        /// The parts, written out.
        bytes: Vec<u8>,
    },
}

/// A request without its server and its key; the vault adds both.
#[derive(Clone)]
pub struct Outbound {
    /// How to ask.
    pub method: Method,
    /// Relative to the base address, without a leading slash, such as `chat/completions`. It may
    /// carry a query. It cannot climb out of the base address.
    pub path: Cow<'static, str>,
    /// What it carries.
    pub body: Option<Body>,
    /// Where the key goes.
    pub header_style: HeaderStyle,
    /// What the provider's format wants besides, such as `anthropic-version`.
    pub extra_headers: &'static [(&'static str, &'static str)],
    /// What another program said to the provider about its request, such as which beta it wants. The names are ours.
    pub passed_headers: Vec<(&'static str, String)>,
    /// What the answer should be.
    pub accept: Accept,
}

impl fmt::Debug for Outbound {
    // The body is a person's conversation and has no place in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outbound({:?} {})", self.method, self.path)
    }
}

impl Body {
    /// What it is labelled as; `None` where its boundary could end the label.
    pub(crate) fn media_type(&self) -> Option<String> {
        match self {
            Self::Json(_) => Some("application/json".to_owned()),
            Self::Form { boundary, .. } => {
                let tame = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
                // The standard's own bound is 70 characters.
                let is_one = (1..=70).contains(&boundary.len()) && boundary.bytes().all(tame);
                is_one.then(|| format!("multipart/form-data; boundary={boundary}"))
            }
        }
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Json(bytes) | Self::Form { bytes, .. } => bytes,
        }
    }
}

impl HeaderStyle {
    /// The header's name and what stands before the key.
    pub(crate) fn parts(self) -> (&'static str, &'static [u8]) {
        match self {
            HeaderStyle::Bearer => ("authorization", b"Bearer "),
            HeaderStyle::XApiKey => ("x-api-key", b""),
            HeaderStyle::ApiKey => ("api-key", b""),
            HeaderStyle::XGoogApiKey => ("x-goog-api-key", b""),
        }
    }
}

impl Accept {
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Accept::EventStream => "text/event-stream",
            Accept::Json => "application/json",
            Accept::Sound => "audio/*, application/json;q=0.5, */*;q=0.1",
        }
    }
}
