//! OpenAI's chat completions. The fields are those of all who imitate it: nobody can say which of them is asked.

mod request;
mod writer;

use serde_json::{Value, json};

use crate::refusal::Refusal;

pub(super) use request::{EFFORTS, read};
pub(super) use writer::{Writer, whole};

pub(super) fn refuse(refusal: &Refusal) -> (u16, Value) {
    let (code, field) = match refusal {
        Refusal::WrongKey(_) => ("invalid_api_key", None),
        Refusal::NoCredit => ("insufficient_quota", None),
        Refusal::Restricted => ("insufficient_permissions", None),
        Refusal::Malformed { field, .. } => ("invalid_request_error", Some(field)),
        Refusal::NoModel(_) => ("model_not_found", None),
        Refusal::NoAddress => ("unknown_url", None),
        Refusal::TooLarge => ("too_large", None),
        Refusal::Busy => ("rate_limit_exceeded", None),
        Refusal::Status(_) => ("practice_fault", None),
    };
    let error = json!({"message": refusal.words(), "type": code, "code": code, "param": field});
    (refusal.status(), json!({ "error": error }))
}

pub(super) fn list(names: &[String]) -> Value {
    let entry = |name: &String| json!({"id": name, "object": "model", "owned_by": "practice"});
    json!({"object": "list", "data": names.iter().map(entry).collect::<Vec<_>>()})
}
