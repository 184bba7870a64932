//! Why a request is not answered; each format says it in its own shape.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::format::Format;

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Nobody has this key.
    WrongKey(String),
    /// The account is empty.
    NoCredit,
    /// The key may not do this.
    Restricted,
    /// The real provider would not take such a request.
    Malformed {
        /// What is the matter.
        words: String,
        /// The field that it is about.
        field: String,
    },
    /// No such model.
    NoModel(String),
    /// No such address.
    NoAddress,
    /// The body is too large.
    TooLarge,
    /// Not now.
    Busy,
    /// A fault, as asked for.
    Status(u16),
}

impl Refusal {
    pub(crate) fn malformed(field: impl Into<String>, words: impl Into<String>) -> Self {
        Self::Malformed { field: field.into(), words: words.into() }
    }

    /// The usual status.
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::WrongKey(_) => 401,
            Self::NoCredit | Self::Busy => 429,
            Self::Restricted => 403,
            Self::Malformed { .. } => 400,
            Self::NoModel(_) | Self::NoAddress => 404,
            Self::TooLarge => 413,
            Self::Status(status) => *status,
        }
    }

    /// What it says.
    pub(crate) fn words(&self) -> String {
        match self {
            // Real servers repeat it too, some of them whole.
            Self::WrongKey(key) => format!("Incorrect API key provided: {key}."),
            Self::NoCredit => "You exceeded your current quota.".to_owned(),
            Self::Restricted => {
                "You have insufficient permissions for this operation. Missing scopes: model.read."
                    .to_owned()
            }
            Self::Malformed { words, .. } => words.clone(),
            Self::NoModel(_) => "The model does not exist.".to_owned(),
            Self::NoAddress => "There is nothing at this address.".to_owned(),
            Self::TooLarge => "The request is too large.".to_owned(),
            Self::Busy => "Once more, please.".to_owned(),
            Self::Status(_) => "A fault, as asked for.".to_owned(),
        }
    }

    /// As this format says it.
    pub(crate) fn response(&self, format: Format) -> Response {
        let (status, body) = format.refuse(self);
        response(status, &body.to_string(), "req_practice")
    }
}

/// A refusal with this body.
pub(crate) fn response(status: u16, body: &str, id: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let json = [(header::CONTENT_TYPE, "application/json")];
    let mut response = (status, json, body.to_owned()).into_response();
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert("x-request-id", id);
    }
    if matches!(status.as_u16(), 429 | 503 | 529) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}
