//! Mistral's conversations: the one of its interfaces that searches. Used without state on the other side.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::request::{self, content};
use crate::failure::in_stream;
use crate::format::Without;
use crate::format::answer::Answer;
use crate::format::mapper::Read;
use crate::format::usage;
use crate::json::words;
use crate::provider::Dialect;
use crate::{Failure, FinishReason, Prompt, Role};

/// Where a conversation is asked and what with.
pub(super) fn chat(
    dialect: &Dialect,
    prompt: &Prompt,
    without: Without,
) -> (Cow<'static, str>, Vec<u8>) {
    let mut body = json!({
        "model": prompt.model,
        "inputs": prompt.messages.iter().map(|message| entry(dialect, message)).collect::<Vec<_>>(),
        "tools": [{"type": "web_search"}],
        "stream": true,
        // Kept on the other side otherwise.
        "store": false,
    });
    if !prompt.system.is_empty() {
        body["instructions"] = json!(prompt.system);
    }
    let mut wished: Map<String, Value> = request::parameters(dialect, prompt, without);
    // It is a field of chat completions, and what is not known here is refused.
    wished.remove("prompt_mode");
    if !wished.is_empty() {
        body["completion_args"] = Value::Object(wished);
    }
    (Cow::Borrowed("conversations"), serde_json::to_vec(&body).unwrap_or_default())
}

fn entry(dialect: &Dialect, message: &crate::Message) -> Value {
    let (role, kind) = match message.role {
        Role::User => ("user", "message.input"),
        Role::Assistant => ("assistant", "message.output"),
    };
    let content = content(dialect, &message.parts);
    json!({"object": "entry", "type": kind, "role": role, "content": content})
}

/// Reads one event, if it is one of a conversation.
pub(super) fn read(value: &Value, answer: &mut Answer) -> Option<Result<Read, Failure>> {
    match value.get("type").and_then(Value::as_str)? {
        "conversation.response.started" => answer.understood = true,
        "message.output.delta" => {
            answer.start(value.get("model").and_then(words));
            say(value.get("content").unwrap_or(&Value::Null), answer);
        }
        "conversation.response.done" => {
            answer.understood = true;
            answer.finish = Some(FinishReason::Stop);
            answer.done = true;
            usage::of(value, None, false).into_iter().for_each(|usage| answer.usage(usage));
        }
        "conversation.response.error" => return Some(Err(in_stream(value))),
        kind if ["tool.execution.", "agent.handoff."].iter().any(|of| kind.starts_with(of)) => {
            answer.understood = true;
        }
        _ => return None,
    }
    Some(Ok(Read::Understood))
}

/// A piece of what is said: a text, a chunk of some kind, or several.
fn say(content: &Value, answer: &mut Answer) {
    match content {
        Value::String(text) => answer.content(text),
        Value::Array(chunks) => chunks.iter().for_each(|chunk| say(chunk, answer)),
        Value::Object(_) => {
            let text =
                |at: &str| content.pointer(at).and_then(words).unwrap_or_default().to_owned();
            match content.get("type").and_then(Value::as_str).unwrap_or_default() {
                "tool_reference" => {
                    let mark = answer.mark_of(content);
                    answer.mark(mark.as_slice());
                }
                "thinking" => answer.reasoning(text("/thinking/0/text")),
                _ => answer.content(&text("/text")),
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::format::trial::{prompt, run_at, sent, source, started, text};
    use crate::{ChatEvent, EffortLevel, FinishReason, Format, Parameters, Usage};

    const CHAT: Format = Format::ChatCompletions;

    #[test]
    fn a_search_goes_to_the_conversations_and_is_kept_nowhere() {
        let wished = Parameters {
            search: true,
            temperature: Some(0.5),
            effort: Some(EffortLevel::High),
            seed: Some(1),
            ..Parameters::default()
        };
        let (path, body) =
            sent("mistral", CHAT, &prompt("mistral", CHAT, "mistral-small-latest", wished));
        assert_eq!(path, "conversations");
        assert_eq!(
            body,
            r#"{"model":"mistral-small-latest","inputs":[{"object":"entry","type":"message.input","role":"user","content":"Hi"}],"tools":[{"type":"web_search"}],"stream":true,"store":false,"instructions":"Be brief.","completion_args":{"temperature":0.5,"random_seed":1,"reasoning_effort":"high"}}"#
        );
        let off = prompt("mistral", CHAT, "mistral-small-latest", Parameters::default());
        assert_eq!(sent("mistral", CHAT, &off).0, "chat/completions");
    }

    #[test]
    fn its_events_are_read() {
        let (events, end, skipped) = run_at(
            "mistral",
            CHAT,
            &[
                json!({"type": "conversation.response.started", "conversation_id": "c"}),
                json!({"type": "tool.execution.started", "name": "web_search"}),
                json!({"type": "tool.execution.done", "name": "web_search"}),
                json!({"type": "message.output.delta", "model": "m", "content": "It is "}),
                json!({"type": "message.output.delta", "content": {"type": "text", "text": "so"}}),
                json!({"type": "message.output.delta", "content": {"type": "tool_reference", "tool": "web_search", "title": "T", "url": "https://a.example"}}),
                json!({"type": "conversation.response.done", "usage": {"prompt_tokens": 9, "completion_tokens": 2, "connector_tokens": 5, "connectors": {"web_search": 2}}}),
            ],
        );
        let usage =
            Usage { input: Some(9), output: Some(2), searches: Some(2), ..Usage::default() };
        let expected = [
            started("m"),
            text("It is "),
            text("so"),
            source("https://a.example", "T"),
            text("[1]"),
            ChatEvent::Usage(usage),
        ];
        assert_eq!((events.as_slice(), skipped), (expected.as_slice(), 0));
        assert_eq!(end, Ok(Some(FinishReason::Stop)));
        let failed = json!({"type": "conversation.response.error", "message": "boom", "code": 1});
        assert_eq!(run_at("mistral", CHAT, &[failed]).1.unwrap_err().said, "boom");
    }
}
