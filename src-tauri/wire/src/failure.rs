//! What went wrong at the provider, in classes a person can act on.

mod kind;
mod parameter;

use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::words::Said;
use crate::{Parameter, retry_after};

/// The classes. Each has its own words and its own way out in the UI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// 401: the key is wrong, revoked or someone else's.
    KeyRejected,
    /// 402, or 429 because the account is empty.
    NoCredit,
    /// 403: the key may not do this.
    NotAllowed,
    /// 404 for a model.
    ModelNotFound,
    /// 404 or 405 for the address itself.
    AddressNotFound,
    /// 400, 413, 422 and the like: the request will never be accepted as it is.
    RequestRefused,
    /// The provider does not serve the place that is asked from.
    NotServed,
    /// Of those that it passes questions on to, nobody may answer this one, or can.
    NoTakers,
    /// The provider’s rules forbid what was asked, whoever asks it.
    Moderated,
    /// The conversation is longer than the model can read.
    ContextTooLong,
    /// The one request has more tokens than the key may send in a minute.
    PaceTooSmall,
    /// 408, or 504 and 524 of a gateway: somebody gave up waiting.
    TimedOut,
    /// 429: too many requests just now.
    Busy,
    /// 5xx, or an error in mid-stream.
    ProviderDown,
    /// An answer that is not in the format.
    Nonsense,
}

/// A provider's refusal or fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The class.
    pub kind: FailureKind,
    /// The server's own words, decoded, with their line breaks, at most 600 characters; may be empty.
    pub said: String,
    /// Status, code and request id, for small print: `429 insufficient_quota, req_8f2c`.
    pub detail: Option<String>,
    /// How long the server asks us to wait.
    pub retry_after: Option<Duration>,
    /// Whether it is the wish for a count of tokens that is refused.
    pub refuses_stream_options: bool,
    /// Whether it is said that the key was made for less than this.
    pub lacks_scope: bool,
    /// The parameters of the request that a refusal names, the plainest said first.
    pub named: Vec<Parameter>,
}

/// What came with an answer that was not 2xx.
#[derive(Debug, Clone, Copy)]
pub struct Refused<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The body, as far as it was read.
    pub body: &'a str,
    /// The `Retry-After` header.
    pub retry_after: Option<&'a str>,
    /// The request id header.
    pub request_id: Option<&'a str>,
    /// The time the wait is counted from.
    pub now: SystemTime,
}

/// Sorts a refusal into its class.
pub fn classify(refused: Refused<'_>) -> Failure {
    let said = Said::in_body(refused.body);
    let mut detail = refused.status.to_string();
    // A code that only repeats the status says nothing more.
    let code = [&said.code, &said.kind].into_iter().flatten().find(|code| **code != detail);
    if let Some(code) = code {
        detail.push_str(&format!(" {}", clip(code, 80)));
    }
    if let Some(id) = refused.request_id {
        detail.push_str(&format!(", {}", clip(id, 80)));
    }
    let retry_after = refused
        .retry_after
        .and_then(|value| retry_after(value, refused.now))
        .or_else(|| delay_in(refused.body));
    // Money that is held for requests under way comes back: whoever names a time to wait is not without credit.
    let kind = match kind::of(Some(refused.status), &said) {
        FailureKind::NoCredit
            if refused.status == 402 && retry_after.is_some() && !kind::lacks_credit(&said) =>
        {
            FailureKind::Busy
        }
        kind => kind,
    };
    let is_of_parameters = matches!(refused.status, 400 | 422);
    Failure {
        kind,
        named: named(kind, is_of_parameters, || parameter::named(refused.body, &said.message)),
        said: clip(&said.message, 600),
        detail: Some(detail),
        retry_after,
        refuses_stream_options: names_stream_options(refused.body),
        lacks_scope: kind::lacks_scope(&said),
    }
}

/// An error that arrived in a body of status 200.
pub(crate) fn told_with_200(said: &Said) -> Failure {
    let kind = kind::of(said.status.filter(|status| *status >= 400), said);
    let is_of_parameters = matches!(said.status, None | Some(400 | 422));
    Failure {
        kind,
        named: named(kind, is_of_parameters, || parameter::named("", &said.message)),
        said: clip(&said.message, 600),
        detail: said.code.clone().or_else(|| said.kind.clone()).map(|code| clip(&code, 80)),
        retry_after: None,
        refuses_stream_options: names_stream_options(&said.message),
        lacks_scope: kind::lacks_scope(said),
    }
}

/// See [`told_with_200`].
pub(crate) fn in_stream(error: &Value) -> Failure {
    let said = Said::in_value(error);
    let failure = told_with_200(&said);
    let refuses_stream_options =
        failure.refuses_stream_options || names_stream_options(&error.to_string());
    let is_of_parameters = matches!(said.status, None | Some(400 | 422));
    let named = named(failure.kind, is_of_parameters, || parameter::named_in(error, &said.message));
    Failure { refuses_stream_options, named, ..failure }
}

/// A body that is nothing Latchkey knows, with the words in it, if it has some.
pub(crate) fn nonsense(body: &str) -> Failure {
    let is_page = body.trim_start().starts_with('<');
    Failure {
        kind: FailureKind::Nonsense,
        said: clip(&Said::in_body(body).message, 600),
        detail: is_page.then(|| "200, but a web page".to_owned()),
        retry_after: None,
        refuses_stream_options: false,
        lacks_scope: false,
        named: Vec::new(),
    }
}

/// Only who refuses the request itself can mean a parameter of it.
fn named(
    kind: FailureKind,
    is_of_parameters: bool,
    find: impl FnOnce() -> Vec<Parameter>,
) -> Vec<Parameter> {
    match kind {
        FailureKind::RequestRefused if is_of_parameters => find(),
        _ => Vec::new(),
    }
}

/// Google says in the body how long to wait: `"retryDelay": "46s"`.
fn delay_in(body: &str) -> Option<Duration> {
    let (_, rest) = body.split_once("\"retryDelay\"")?;
    let value = rest.trim_start_matches([':', ' ', '\n']).strip_prefix('"')?;
    let seconds: f64 = value.split_once("s\"")?.0.parse().ok()?;
    let is_wait = seconds.is_finite() && (0.0..=86_400.0).contains(&seconds);
    is_wait.then(|| Duration::from_secs_f64(seconds))
}

fn names_stream_options(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["stream_options", "stream options", "streamoptions", "include_usage"]
        .iter()
        .any(|name| text.contains(name))
}

/// The beginning of a foreign text. Line breaks stay.
fn clip(text: &str, most: usize) -> String {
    let readable = text.trim().chars().filter(|c| !c.is_control() || *c == '\n');
    readable.take(most).collect()
}

#[cfg(test)]
mod tests;
