//! Errors in every costume: inside a chunk, inside its choice, or in the place of one.

use serde_json::Value;

use crate::Failure;
use crate::failure::{in_stream, told_with_200};
use crate::json::words;
use crate::words::{Said, is_nothing};

/// The error that a document tells of, if it does. An empty error field is none.
pub(super) fn of(value: &Value, choice: Option<&Value>) -> Option<Failure> {
    let field =
        |holder: &Value, name: &str| holder.get(name).filter(|held| !is_nothing(held)).cloned();
    if let Some(error) = field(value, "error") {
        // What is no more than a word, a number or a flag is told more of by what stands around it.
        return Some(match error.is_object() || error.is_array() {
            true => in_stream(&error),
            false => in_stream(&without(value, "choices")),
        });
    }
    if let Some(choice) = choice {
        let inner = field(choice, "error").or_else(|| field(choice.get("delta")?, "error"));
        let failed = choice.get("finish_reason").and_then(Value::as_str).is_some_and(is_failure);
        return match inner {
            Some(error) => Some(in_stream(&error)),
            None => failed.then(|| in_stream(&without(&without(choice, "text"), "delta"))),
        };
    }
    is_error(value).then(|| in_stream(value))
}

/// Whether a name of an event, a state or an end is one of failure.
pub(super) fn is_failure(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["error", "exception", "failed", "failure", "fail"].iter().any(|end| name.ends_with(end))
}

fn without(value: &Value, name: &str) -> Value {
    let mut rest = value.clone();
    if let Value::Object(fields) = &mut rest {
        fields.remove(name);
    }
    rest
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

/// What may be an error or a passing remark: a message that stands by itself or beside a code, or a state of failure. What
/// comes after it tells.
pub(super) fn suspected(value: &Value) -> Option<Failure> {
    let word = |name: &str| value.get(name).and_then(words);
    let says = word("message").or(word("msg")).is_some();
    let fails = |name: &str| word(name).is_some_and(is_failure);
    let is_named = ["err", "exception", "fault", "Error", "Message", "errorMessage", "errorCode"]
        .iter()
        .any(|name| value.get(name).is_some_and(|held| !is_nothing(held)));
    let denies = ["ok", "success"].iter().any(|name| value.get(name) == Some(&Value::Bool(false)));
    let below = ["data", "result", "response"].iter().filter_map(|name| value.get(name));
    let is_below = below.into_iter().any(|held| held.get("error").is_some_and(|e| !is_nothing(e)));
    let is_suspect = says && (is_bare(value) || word("code").is_some())
        || ["type", "status", "event", "state"].iter().any(|name| fails(name))
        || is_named
        || denies
        || is_below
        || names_a_bad_status(value);
    is_suspect.then(|| in_stream(value)).filter(|failure| !failure.said.is_empty())
}

/// The same of plain words in the place of a document.
pub(super) fn suspected_words(data: &str) -> Option<Failure> {
    let begin = data.trim_start_matches(['[', '*', ' ']).get(..5)?;
    begin.eq_ignore_ascii_case("error").then(|| told_with_200(&Said::in_text(data)))
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
        let said = |value: Value| {
            of(&value, super::super::chat_completions::answer_of(&value)).map(|f| f.said)
        };
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
            json!({"choices": [{"index": 0, "delta": {}, "finish_reason": "ERROR", "error_message": "boom"}]}),
            json!({"choices": [{"index": 0, "finish_reason": "failed", "message": "boom", "text": "a"}]}),
            json!({"error": true, "message": "boom"}),
            json!({"error": 400, "message": "boom"}),
            json!({"statusCode": 500, "error": "Internal Server Error", "message": "boom"}),
            json!({"error": {"foo": "boom", "code": "x"}}),
            json!({"errors": {"model": ["boom"]}}),
            json!({"status": "error", "data": {"message": "boom"}}),
        ];
        for value in errors {
            assert_eq!(said(value.clone()).as_deref(), Some("boom"), "{value}");
        }
        // A mere remark, if more of the answer comes.
        let suspects = [
            json!({"message": "boom"}),
            json!({"code": "InvalidParameter", "message": "boom", "request_id": "1"}),
            json!({"status": "failed", "message": "boom"}),
            json!({"type": "response.failed", "response": {"error": {"message": "boom"}}}),
            json!({"ok": false, "reason": "boom"}),
            json!({"Message": "boom"}),
            json!({"exception": "boom"}),
            json!({"fault": {"faultstring": "boom"}}),
            json!({"title": "boom", "status": 503, "type": "about:blank"}),
            json!({"data": {"error": "boom"}}),
        ];
        for value in suspects {
            assert_eq!(of(&value, None), None, "{value}");
            assert_eq!(suspected(&value).map(|f| f.said).as_deref(), Some("boom"), "{value}");
        }
        assert!(suspected_words("[ERROR] boom").is_some() && suspected_words("boom").is_none());
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
            assert_eq!(
                of(&value, super::super::chat_completions::answer_of(&value)),
                None,
                "{value}"
            );
        }
        for value in [
            json!({"type": "status", "message": "still here"}),
            json!({"status": "ok", "code": 200, "data": {"message": "still here"}}),
            json!({"type": "billing", "cost": 3}),
        ] {
            assert_eq!(suspected(&value), None, "{value}");
        }
    }
}
