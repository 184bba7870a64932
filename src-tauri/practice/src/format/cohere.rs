//! Cohere's chat.

mod request;
mod writer;

use axum::http::Uri;
use serde_json::{Value, json};

use super::{page, query, size};
use crate::refusal::Refusal;

pub(super) use request::read;
pub(super) use writer::{Writer, whole};

pub(super) fn refuse(refusal: &Refusal) -> (u16, Value) {
    let (status, words) = match refusal {
        Refusal::WrongKey(key) => (498, format!("invalid api token {key}")),
        Refusal::NoCredit => (402, "You have no credits left.".to_owned()),
        Refusal::NoModel(name) => (404, format!("model '{name}' not found")),
        Refusal::Malformed { words, .. } => (422, words.clone()),
        refusal => (refusal.status(), refusal.words()),
    };
    (status, json!({"id": "practice", "message": words}))
}

pub(super) fn list(names: &[String], uri: &Uri) -> Value {
    let (shown, has_more) = page(names, query(uri, "page_token"), size(uri, "page_size", 20));
    let entry =
        |name: &String| json!({"name": name, "endpoints": ["chat"], "context_length": 128_000.0});
    let mut list = json!({"models": shown.iter().map(entry).collect::<Vec<_>>()});
    if let Some(last) = shown.last().filter(|_| has_more) {
        list["next_page_token"] = json!(last);
    }
    list
}
