//! Ollama's chat.

mod request;
mod writer;

use serde_json::{Value, json};

use crate::refusal::Refusal;

pub(super) use request::read;
pub(super) use writer::{Writer, whole};

pub(super) fn refuse(refusal: &Refusal) -> (u16, Value) {
    let (status, words) = match refusal {
        Refusal::NoCredit => (402, "insufficient credit: add funds at ollama.com".to_owned()),
        Refusal::WrongKey(key) => (401, format!("unauthorized {key}")),
        Refusal::NoModel(name) => (404, format!("model '{name}' not found")),
        refusal => (refusal.status(), refusal.words()),
    };
    (status, json!({ "error": words }))
}

pub(super) fn list(names: &[String]) -> Value {
    let entry = |name: &String| {
        json!({"name": name, "model": name, "modified_at": "2026-11-01T00:00:00Z", "size": 1, "digest": "practice",
            "details": {"family": "practice", "parameter_size": "0B", "quantization_level": "Q0"}})
    };
    json!({"models": names.iter().map(entry).collect::<Vec<_>>()})
}
