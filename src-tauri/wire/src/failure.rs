//! What went wrong at the provider, in classes a person can act on.

use std::time::{Duration, SystemTime};

use serde::Deserialize;
use serde_json::Value;

use crate::retry_after;

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
    /// The conversation is longer than the model can read.
    ContextTooLong,
    /// 408: the server gave up waiting.
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
    /// The server's own words, at most 600 characters; may be empty.
    pub said: String,
    /// Status, code and request id, for small print: `429 insufficient_quota, req_8f2c`.
    pub detail: Option<String>,
    /// How long the server asks us to wait.
    pub retry_after: Option<Duration>,
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
    let said = ErrorBody::parse(refused.body);
    let kind = kind_of(refused.status, &said);
    let code = said.code.as_deref().or(said.kind.as_deref());
    let mut detail = refused.status.to_string();
    for part in
        [code.map(|code| format!(" {code}")), refused.request_id.map(|id| format!(", {id}"))]
            .into_iter()
            .flatten()
    {
        detail.push_str(&clip(&part, 80));
    }
    Failure {
        kind,
        said: clip(&said.message, 600),
        detail: Some(detail),
        retry_after: refused.retry_after.and_then(|value| retry_after(value, refused.now)),
    }
}

/// An `error` object that arrived inside a 200 stream.
pub(crate) fn in_stream(error: &Value) -> Failure {
    let said = ErrorBody::from_value(error);
    let status = said.code.as_deref().and_then(|code| code.parse().ok()).unwrap_or(0);
    let kind = match kind_of(status, &said) {
        FailureKind::RequestRefused | FailureKind::Nonsense if status == 0 => {
            FailureKind::ProviderDown
        }
        kind => kind,
    };
    Failure {
        kind,
        said: clip(&said.message, 600),
        detail: said.code.or(said.kind).map(|code| clip(&code, 80)),
        retry_after: None,
    }
}

#[derive(Default)]
struct ErrorBody {
    message: String,
    code: Option<String>,
    kind: Option<String>,
}

#[derive(Deserialize)]
struct Envelope {
    error: Option<Value>,
    message: Option<Value>,
    detail: Option<Value>,
}

impl ErrorBody {
    /// Reads `{"error": {message, code, type}}`, `{"error": "text"}`, `{"message"}`, `{"detail"}`, an array around one of
    /// them (Google), or plain text.
    fn parse(body: &str) -> Self {
        let value = match serde_json::from_str::<Value>(body) {
            Ok(Value::Array(mut items)) if !items.is_empty() => items.swap_remove(0),
            Ok(value) => value,
            Err(_) => return Self::plain(body),
        };
        match serde_json::from_value::<Envelope>(value) {
            Ok(Envelope { error: Some(error), .. }) => Self::from_value(&error),
            Ok(Envelope { message: Some(text), .. } | Envelope { detail: Some(text), .. }) => {
                Self::from_value(&text)
            }
            _ => Self::default(),
        }
    }

    fn from_value(error: &Value) -> Self {
        let word = |key: &str| match error.get(key) {
            Some(Value::String(text)) => Some(text.clone()),
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => None,
        };
        match error {
            Value::String(text) => Self { message: text.clone(), ..Self::default() },
            Value::Object(_) => Self {
                message: word("message").unwrap_or_default(),
                code: word("code").or_else(|| word("status")),
                kind: word("type"),
            },
            other => Self { message: other.to_string(), ..Self::default() },
        }
    }

    fn plain(body: &str) -> Self {
        // A proxy's HTML page says nothing to a person.
        let text = body.trim();
        let message = if text.starts_with('<') { String::new() } else { text.to_owned() };
        Self { message, ..Self::default() }
    }

    fn says(&self, words: &[&str]) -> bool {
        let code = self.code.as_deref().unwrap_or_default();
        let kind = self.kind.as_deref().unwrap_or_default();
        words.iter().any(|word| code == *word || kind == *word)
    }
}

fn kind_of(status: u16, said: &ErrorBody) -> FailureKind {
    if said.says(&["insufficient_quota", "billing_hard_limit_reached", "insufficient_credits"]) {
        return FailureKind::NoCredit;
    }
    if said.says(&["context_length_exceeded", "string_above_max_length"]) {
        return FailureKind::ContextTooLong;
    }
    if said.says(&["model_not_found"]) {
        return FailureKind::ModelNotFound;
    }
    // Google answers a wrong key with 400 and this status.
    if said.says(&["invalid_api_key", "API_KEY_INVALID"]) || google_key(status, &said.message) {
        return FailureKind::KeyRejected;
    }
    match status {
        401 => FailureKind::KeyRejected,
        402 => FailureKind::NoCredit,
        403 => FailureKind::NotAllowed,
        404 if mentions_model(&said.message) => FailureKind::ModelNotFound,
        404 | 405 => FailureKind::AddressNotFound,
        408 => FailureKind::TimedOut,
        429 => FailureKind::Busy,
        500.. => FailureKind::ProviderDown,
        400..=499 => FailureKind::RequestRefused,
        _ if said.says(&["rate_limit_exceeded", "rate_limit_error", "overloaded_error"]) => {
            FailureKind::Busy
        }
        _ if said.says(&["authentication_error"]) => FailureKind::KeyRejected,
        _ => FailureKind::Nonsense,
    }
}

fn google_key(status: u16, message: &str) -> bool {
    status == 400 && message.starts_with("API key not valid")
}

// Local servers answer an unknown model and an unknown path both with a bare 404; only the words differ.
fn mentions_model(message: &str) -> bool {
    message.to_ascii_lowercase().contains("model")
}

fn clip(text: &str, most: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use FailureKind::*;

    fn refused(status: u16, body: &str) -> Failure {
        let now = SystemTime::UNIX_EPOCH;
        classify(Refused { status, body, retry_after: Some("22"), request_id: Some("req_1"), now })
    }

    #[test]
    fn classes() {
        let table = [
            (
                401,
                r#"{"error":{"message":"Incorrect API key","code":"invalid_api_key"}}"#,
                KeyRejected,
            ),
            (
                400,
                r#"[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}]"#,
                KeyRejected,
            ),
            (402, "", NoCredit),
            (
                429,
                r#"{"error":{"type":"insufficient_quota","message":"m","code":"insufficient_quota"}}"#,
                NoCredit,
            ),
            (429, r#"{"error":{"message":"slow down","code":"rate_limit_exceeded"}}"#, Busy),
            (429, "", Busy),
            (403, r#"{"error":"You have insufficient permissions"}"#, NotAllowed),
            (
                404,
                r#"{"error":{"message":"The model `x` does not exist","code":"model_not_found"}}"#,
                ModelNotFound,
            ),
            (
                404,
                r#"{"error":{"message":"model \"x\" not found, try pulling it first"}}"#,
                ModelNotFound,
            ),
            (404, "<html>nginx</html>", AddressNotFound),
            (405, "", AddressNotFound),
            (408, "", TimedOut),
            (
                400,
                r#"{"error":{"code":"context_length_exceeded","message":"too long"}}"#,
                ContextTooLong,
            ),
            (400, r#"{"message":"bad"}"#, RequestRefused),
            (422, r#"{"detail":[{"msg":"x"}]}"#, RequestRefused),
            (500, "", ProviderDown),
            (503, "upstream", ProviderDown),
            (
                529,
                r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
                ProviderDown,
            ),
            (204, "", Nonsense),
        ];
        for (status, body, kind) in table {
            assert_eq!(refused(status, body).kind, kind, "{status} {body}");
        }
    }

    #[test]
    fn small_print_and_wait() {
        let failure =
            refused(429, r#"{"error":{"message":"m\u0007","code":"insufficient_quota"}}"#);
        assert_eq!(failure.detail.as_deref(), Some("429 insufficient_quota, req_1"));
        assert_eq!(failure.said, "m", "control characters are left out");
        assert_eq!(failure.retry_after, Some(Duration::from_secs(22)));
        assert_eq!(refused(500, &"x".repeat(9_000)).said.len(), 600);
        assert_eq!(refused(502, "<html>bad gateway</html>").said, "");
    }

    #[test]
    fn errors_inside_a_stream() {
        let table = [
            (r#"{"message":"boom","type":"server_error"}"#, ProviderDown),
            (r#"{"message":"slow","code":429}"#, Busy),
            (r#"{"message":"quota","code":"insufficient_quota"}"#, NoCredit),
            (r#""plain""#, ProviderDown),
            (r#"{"message":"x","type":"overloaded_error"}"#, Busy),
        ];
        for (json, kind) in table {
            assert_eq!(in_stream(&serde_json::from_str(json).unwrap()).kind, kind, "{json}");
        }
    }
}
