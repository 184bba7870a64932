//! The events of a chat.

use serde_json::Value;

use crate::failure::in_stream;
use crate::format::answer::Answer;
use crate::format::error;
use crate::format::mapper::Read;
use crate::json::{count, words};
use crate::{Failure, FinishReason, Usage};

/// Reads one event.
pub(in crate::format) fn read(value: &Value, answer: &mut Answer) -> Result<Read, Failure> {
    let kind = value.get("type").and_then(Value::as_str).unwrap_or_default();
    match kind {
        "message-start" => answer.start(value.pointer("/delta/message/model").and_then(words)),
        "content-start" | "content-delta" => {
            content(value.pointer("/delta/message/content").unwrap_or(&Value::Null), answer);
        }
        "tool-call-start" => {
            let name = value.pointer("/delta/message/tool_calls/function/name");
            answer.tool_call(name.and_then(words).map(str::to_owned));
        }
        "citation-start" => cite(value.pointer("/delta/message/citations"), answer),
        "message-end" => {
            let delta = value.get("delta").unwrap_or(&Value::Null);
            if let Some(failure) = failed(delta) {
                return Err(failure);
            }
            end(delta, answer);
        }
        "content-end" | "tool-plan-delta" | "tool-call-delta" | "tool-call-end"
        | "citation-end" => {}
        // An answer to somebody who did not ask for a stream.
        "" if value.get("message").is_some_and(Value::is_object) => {
            let parts = value.pointer("/message/content").and_then(Value::as_array);
            answer.start(None);
            parts.into_iter().flatten().for_each(|part| content(part, answer));
            end(value, answer);
        }
        _ => {
            return match error::of(value, None) {
                Some(failure) => Err(failure),
                None => Ok(Read::Unknown),
            };
        }
    }
    answer.understood = true;
    Ok(Read::Understood)
}

fn content(content: &Value, answer: &mut Answer) {
    let text = |name: &str| content.get(name).and_then(words).unwrap_or_default().to_owned();
    answer.reasoning(text("thinking"));
    answer.text(&text("text"));
}

fn cite(citations: Option<&Value>, answer: &mut Answer) {
    let sources = citations.and_then(|cited| cited.get("sources")).and_then(Value::as_array);
    for source in sources.into_iter().flatten() {
        source.get("document").into_iter().for_each(|document| answer.cite(document));
    }
}

/// An end that is an error.
fn failed(delta: &Value) -> Option<Failure> {
    let fails = delta.get("finish_reason").and_then(Value::as_str) == Some("ERROR");
    error::of(delta, None).or_else(|| fails.then(|| in_stream(delta)))
}

fn end(delta: &Value, answer: &mut Answer) {
    answer.done = true;
    if let Some(reason) = delta.get("finish_reason").and_then(words) {
        answer.finish = Some(FinishReason::parse(reason));
    }
    // What is billed is not all that ran, and it is what costs.
    let billed = |name: &str| {
        let places = [format!("/usage/billed_units/{name}"), format!("/usage/tokens/{name}")];
        places.iter().find_map(|place| delta.pointer(place).and_then(count))
    };
    let usage = Usage {
        input: billed("input_tokens"),
        output: billed("output_tokens"),
        ..Usage::default()
    };
    if usage != Usage::default() {
        answer.usage(usage);
    }
}
