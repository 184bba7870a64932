//! Errors and lists as the asking library expects them.

use serde_json::{Value, json};

/// Whose library asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// One that speaks as OpenAI does.
    OpenAi,
    /// One that speaks as Anthropic does.
    Anthropic,
}

impl Dialect {
    /// The body of an error.
    pub(crate) fn error(self, status: u16, code: &str, words: &str) -> Value {
        match self {
            Self::OpenAi => {
                let kind = match status {
                    429 => "insufficient_quota",
                    403 => "permission_error",
                    500.. => "server_error",
                    _ => "invalid_request_error",
                };
                json!({"error": {"message": words, "type": kind, "param": null, "code": code}})
            }
            Self::Anthropic => {
                let kind = match status {
                    401 => "authentication_error",
                    402 => "billing_error",
                    403 => "permission_error",
                    404 | 405 => "not_found_error",
                    413 => "request_too_large",
                    429 => "rate_limit_error",
                    500.. => "api_error",
                    _ => "invalid_request_error",
                };
                json!({"type": "error", "error": {"type": kind, "message": words}})
            }
        }
    }

    /// The list of models.
    pub(crate) fn models(self, names: &[String]) -> Value {
        let data: Vec<_> = names.iter().map(|name| self.model(name)).collect();
        match self {
            Self::OpenAi => json!({"object": "list", "data": data}),
            Self::Anthropic => json!({
                "data": data, "has_more": false,
                "first_id": names.first(), "last_id": names.last(),
            }),
        }
    }

    /// One model.
    pub(crate) fn model(self, name: &str) -> Value {
        match self {
            Self::OpenAi => {
                json!({"id": name, "object": "model", "created": 0, "owned_by": "latchkey"})
            }
            Self::Anthropic => json!({
                "id": name, "type": "model", "display_name": name,
                "created_at": "1970-01-01T00:00:00Z",
            }),
        }
    }
}
