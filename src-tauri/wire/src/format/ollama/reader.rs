//! Lines of a chat.

use serde_json::Value;

use crate::format::answer::Answer;
use crate::format::error;
use crate::format::mapper::Read;
use crate::json::{count, words};
use crate::{Failure, FinishReason, Usage};

/// Reads one line.
pub(in crate::format) fn read(value: &Value, answer: &mut Answer) -> Result<Read, Failure> {
    let message = value.get("message").filter(|message| message.is_object());
    let is_done = value.get("done") == Some(&Value::Bool(true));
    if let Some(failure) = error::of(value, None) {
        return Err(failure);
    }
    if message.is_none() && !is_done {
        return Ok(Read::Unknown);
    }
    answer.start(value.get("model").and_then(words));
    if let Some(message) = message {
        let text = |name: &str| message.get(name).and_then(words).unwrap_or_default();
        answer.reasoning(text("thinking").to_owned());
        answer.content(text("content"));
        let calls = message.get("tool_calls").and_then(Value::as_array).into_iter().flatten();
        for call in calls {
            let name = call.pointer("/function/name").and_then(words);
            answer.tool_call(name.map(str::to_owned));
        }
    }
    if is_done {
        let reason = value.get("done_reason").and_then(words);
        answer.finish = Some(reason.map_or(FinishReason::Stop, FinishReason::parse));
        answer.done = true;
        let usage = Usage {
            input: value.get("prompt_eval_count").and_then(count),
            output: value.get("eval_count").and_then(count),
            ..Usage::default()
        };
        if usage != Usage::default() {
            answer.usage(usage);
        }
    }
    Ok(Read::Understood)
}
