//! Errors in every costume: inside a chunk, inside its choice, or in the place of one.

use serde_json::Value;

use crate::Failure;
use crate::failure::in_stream;
use crate::words::is_nothing;

/// The error that a document tells of, if it does. An empty error field is none.
pub(super) fn of(value: &Value, choice: Option<&Value>) -> Option<Failure> {
    let field =
        |holder: &Value, name: &str| holder.get(name).filter(|held| !is_nothing(held)).cloned();
    if let Some(error) = field(value, "error") {
        return Some(in_stream(&with_status(error, value)));
    }
    if let Some(choice) = choice {
        let inner = field(choice, "error").or_else(|| field(choice.get("delta")?, "error"));
        return match (inner, choice.get("finish_reason").and_then(Value::as_str)) {
            (Some(error), _) => Some(in_stream(&error)),
            (None, Some("error")) => Some(in_stream(&Value::Null)),
            (None, _) => None,
        };
    }
    is_error(value).then(|| in_stream(value))
}

/// Words alone do not say how bad it is; a number beside them may.
fn with_status(error: Value, around: &Value) -> Value {
    let status =
        ["code", "status", "status_code", "statusCode"].iter().find_map(|name| around.get(name));
    match (&error, status) {
        (Value::String(words), Some(status)) => {
            serde_json::json!({ "message": words, "code": status })
        }
        _ => error,
    }
}

/// Whether a document without a choice is an error rather than something to pass over.
fn is_error(value: &Value) -> bool {
    let is = |name: &str, word: &str| value.get(name).and_then(Value::as_str) == Some(word);
    let has = |name: &str| value.get(name).is_some_and(|held| !is_nothing(held));
    if is("object", "error") || is("type", "error") || is("status", "error") || is("event", "error")
    {
        return true;
    }
    if has("detail")
        || has("errors")
        || has("error_message")
        || has("error_msg")
        || has("error_code")
    {
        return true;
    }
    // MiniMax answers so, with status 200.
    if value.pointer("/base_resp/status_code").is_some_and(|code| !is_nothing(code)) {
        return true;
    }
    (has("message") || has("msg")) && names_a_bad_status(value)
}

/// What may be an error or a passing remark: a message that stands by itself. What comes after it tells.
pub(super) fn suspected(value: &Value) -> Option<Failure> {
    let says =
        |name: &str| value.get(name).is_some_and(|held| held.is_string() && !is_nothing(held));
    ((says("message") || says("msg")) && is_bare(value)).then(|| in_stream(value))
}

/// Whether a message stands there by itself.
fn is_bare(value: &Value) -> bool {
    let beside = ["message", "msg", "request_id", "requestId", "id", "param", "timestamp", "path"];
    value
        .as_object()
        .is_some_and(|fields| fields.keys().all(|name| beside.contains(&name.as_str())))
}

fn names_a_bad_status(value: &Value) -> bool {
    let names = ["code", "status", "status_code", "statusCode"];
    let status = |name: &&str| {
        let held = value.get(name)?;
        held.as_i64().or_else(|| held.as_str()?.parse().ok())
    };
    names.iter().filter_map(status).any(|status| status >= 400)
        || value.get("success") == Some(&Value::Bool(false))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn costumes() {
        let said = |value: Value| of(&value, super::super::delta::answer(&value)).map(|f| f.said);
        let errors = [
            json!({"error": {"message": "boom"}}),
            json!({"error": "boom"}),
            json!({"error": "boom", "status": 503}),
            json!({"object": "error", "message": "boom"}),
            json!({"type": "error", "message": "boom"}),
            json!({"detail": "boom"}),
            json!({"detail": [{"msg": "boom"}]}),
            json!({"code": 500, "msg": "boom"}),
            json!({"success": false, "message": "boom", "data": null}),
            json!({"base_resp": {"status_code": 1004, "status_msg": "boom"}}),
            json!({"choices": [{"index": 0, "error": {"message": "boom"}}]}),
            json!({"choices": [{"index": 0, "delta": {}, "finish_reason": "error", "error": "boom"}]}),
        ];
        for value in errors {
            assert_eq!(said(value.clone()).as_deref(), Some("boom"), "{value}");
        }
        assert_eq!(
            said(json!({"choices": [{"index": 0, "finish_reason": "error"}]})).as_deref(),
            Some("")
        );
    }

    #[test]
    fn what_is_no_error() {
        let fine = [
            json!({"error": ""}),
            json!({"error": null}),
            json!({"error": {}}),
            json!({"error": false}),
            json!({"error": {"message": "", "code": null}}),
            json!({"type": "ping"}),
            json!({"type": "status", "message": "still here"}),
            json!({"message": "still here"}),
            json!({"gateway": {"checks": []}}),
            json!({"base_resp": {"status_code": 0, "status_msg": ""}}),
            json!({"choices": [{"index": 1, "error": "not ours"}]}),
            json!({"model": "m", "message": {"content": "Hi"}, "done": false}),
            json!(null),
            json!(3),
            json!("words"),
        ];
        for value in fine {
            assert_eq!(of(&value, super::super::delta::answer(&value)), None, "{value}");
        }
    }
}
