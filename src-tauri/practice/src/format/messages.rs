//! Anthropic's messages.

mod request;
mod writer;

use axum::http::Uri;
use serde_json::{Value, json};

use super::{page, query, size};
use crate::refusal::Refusal;

pub(super) use request::read;
pub(super) use writer::{Writer, whole};

/// The type goes by the status alone; an empty account is told in words.
pub(super) fn refuse(refusal: &Refusal) -> (u16, Value) {
    let (status, words) = match refusal {
        Refusal::NoCredit => (
            400,
            "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing.".to_owned(),
        ),
        Refusal::NoModel(name) => (404, format!("model: {name}")),
        Refusal::WrongKey(key) => (401, format!("invalid x-api-key {key}")),
        refusal => (refusal.status(), refusal.words()),
    };
    let kind = match status {
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        504 => "timeout_error",
        503 | 529 => "overloaded_error",
        500.. => "api_error",
        _ => "invalid_request_error",
    };
    let error = json!({"type": kind, "message": words});
    (status, json!({"type": "error", "error": error, "request_id": "req_practice"}))
}

/// Twenty models a page, unless more are asked for.
pub(super) fn list(names: &[String], uri: &Uri) -> Value {
    let (shown, has_more) = page(names, query(uri, "after_id"), size(uri, "limit", 20));
    let entry = |name: &String| {
        json!({"type": "model", "id": name, "display_name": name, "created_at": "2026-11-01T00:00:00Z",
            "max_input_tokens": 200_000, "max_tokens": 64_000})
    };
    json!({
        "data": shown.iter().map(entry).collect::<Vec<_>>(),
        "has_more": has_more, "first_id": shown.first(), "last_id": shown.last(),
    })
}
