//! Google's generated content.

mod request;
mod writer;

use axum::http::Uri;
use serde_json::{Value, json};

use super::{page, query, size};
use crate::refusal::Refusal;

pub(super) use request::read;
pub(super) use writer::{Writer, whole};

pub(super) fn refuse(refusal: &Refusal) -> (u16, Value) {
    let info = |reason: &str| {
        json!([{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason,
            "domain": "googleapis.com"}])
    };
    let (status, words, details) = match refusal {
        Refusal::WrongKey(key) => (
            400,
            format!("API key not valid. Please pass a valid API key. {key}"),
            info("API_KEY_INVALID"),
        ),
        // A limit of nothing never clears.
        Refusal::NoCredit => (
            429,
            "You exceeded your current quota, please check your plan and billing details. * Quota exceeded for metric: \
             generate_content_requests, limit: 0"
                .to_owned(),
            json!([]),
        ),
        Refusal::NoModel(name) => (404, format!("models/{name} is not found."), json!([])),
        Refusal::Malformed { field, words } => {
            let violation = json!({"field": field, "description": words});
            let details = json!([{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}]);
            (400, words.clone(), details)
        }
        refusal => (refusal.status(), refusal.words(), json!([])),
    };
    let error =
        json!({"code": status, "message": words, "status": name_of(status), "details": details});
    (status, json!({ "error": error }))
}

fn name_of(status: u16) -> &'static str {
    match status {
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        429 | 402 => "RESOURCE_EXHAUSTED",
        500 => "INTERNAL",
        408 | 504 => "DEADLINE_EXCEEDED",
        501.. => "UNAVAILABLE",
        _ => "INVALID_ARGUMENT",
    }
}

/// Fifty models a page, unless more are asked for.
pub(super) fn list(names: &[String], uri: &Uri) -> Value {
    let (shown, has_more) = page(names, query(uri, "pageToken"), size(uri, "pageSize", 50));
    let entry = |name: &String| {
        json!({"name": format!("models/{name}"), "displayName": name, "inputTokenLimit": 1_048_576,
            "outputTokenLimit": 65_536, "supportedGenerationMethods": ["generateContent", "countTokens"]})
    };
    let mut models: Vec<Value> = shown.iter().map(entry).collect();
    if !has_more {
        // Not all that is listed answers with words.
        models.push(json!({"name": "models/practice-embedding", "supportedGenerationMethods": ["embedContent"]}));
    }
    let mut list = json!({ "models": models });
    if let Some(last) = shown.last().filter(|_| has_more) {
        list["nextPageToken"] = json!(last);
    }
    list
}
