//! One choice of a chunk: what it adds to the answer. Every field may have any type; one of the wrong type is not there.

use serde_json::Value;

use crate::json::{count, words};

/// What a choice adds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    Content(String),
    Reasoning(String),
    Refusal(String),
    ToolCall { name: Option<String> },
}

/// The choice that is the answer: the one with index 0, wherever it stands. One without an index counts as that.
pub(super) fn answer(chunk: &Value) -> Option<&Value> {
    let choices = chunk.get("choices")?.as_array()?;
    let index = |choice: &Value| choice.get("index").and_then(index);
    let objects = || choices.iter().filter(|choice| choice.is_object());
    objects()
        .find(|choice| index(choice) == Some(0))
        .or_else(|| objects().find(|choice| index(choice).is_none()))
}

/// The number of a choice; some servers write it as a text.
fn index(value: &Value) -> Option<u64> {
    count(value).or_else(|| value.as_str()?.trim().parse().ok())
}

/// What a choice adds, in order. A whole message counts only where nothing came piece by piece before it, and a piece that
/// says nothing leaves the word to what stands beside it.
pub(super) fn events(choice: &Value, has_begun: bool) -> Vec<Part> {
    let mut parts = Vec::new();
    let message = choice.get("message").filter(|_| !has_begun);
    for holder in [choice.get("delta"), message].into_iter().flatten() {
        if parts.is_empty() {
            read(holder, &mut parts);
        }
    }
    if parts.is_empty() {
        // The older completions interface has only this.
        parts.extend(choice.get("text").and_then(words).map(content));
    }
    parts
}

/// Why the choice ended, if it did. An empty word is no reason, and neither is the word for nothing.
pub(super) fn finish(choice: &Value) -> Option<&str> {
    let word = choice.get("finish_reason").and_then(words)?.trim();
    (!matches!(word, "" | "null" | "none" | "None")).then_some(word)
}

fn content(text: &str) -> Part {
    Part::Content(text.to_owned())
}

fn read(delta: &Value, parts: &mut Vec<Part>) {
    parts.extend(reasoning(delta).map(Part::Reasoning));
    let is_thought = is_thought(delta);
    if let Some(value) = delta.get("content") {
        let before = parts.len();
        read_content(value, parts);
        if is_thought {
            parts[before..].iter_mut().for_each(as_thought);
        }
    }
    parts.extend(delta.get("refusal").and_then(words).map(|text| Part::Refusal(text.to_owned())));
    let calls = delta.get("tool_calls").and_then(Value::as_array).into_iter().flatten();
    let old = delta.get("function_call").filter(|call| call.is_object());
    for call in calls.filter(|call| call.is_object()).chain(old) {
        let name = call.pointer("/function/name").or_else(|| call.get("name")).and_then(words);
        parts.push(Part::ToolCall { name: name.map(str::to_owned) });
    }
}

/// Whether the content of this delta is a thought: Google's way to say it, and that of others.
fn is_thought(delta: &Value) -> bool {
    let says = |name: &str, words: &[&str]| {
        delta.get(name).and_then(Value::as_str).is_some_and(|word| words.contains(&word))
    };
    delta.pointer("/extra_content/google/thought") == Some(&Value::Bool(true))
        || delta.get("thought") == Some(&Value::Bool(true))
        || says("channel", &["analysis"])
        || says("type", &["thinking", "reasoning", "thought"])
}

fn as_thought(part: &mut Part) {
    if let Part::Content(text) = part {
        *part = Part::Reasoning(std::mem::take(text));
    }
}

/// The content: a text, or a list of parts of several kinds.
fn read_content(value: &Value, parts: &mut Vec<Part>) {
    match value {
        Value::String(text) if !text.is_empty() => parts.push(content(text)),
        Value::Array(items) => items.iter().for_each(|item| read_content(item, parts)),
        Value::Object(_) => {
            let kind = value.get("type").and_then(Value::as_str).unwrap_or_default();
            let summed_up = || value.get("summary").filter(|_| is_thought(value)).map(all_words);
            if let Some(text) = reasoning(value).or_else(summed_up) {
                parts.push(Part::Reasoning(text));
            } else if let Some(text) = value.get("refusal").and_then(words) {
                parts.push(Part::Refusal(text.to_owned()));
            } else if let Some(text) =
                value.get("text").or_else(|| value.get("content")).map(all_words)
            {
                let is_thought = kind.contains("thinking") || kind.contains("reasoning");
                parts.extend((!text.is_empty()).then_some(match is_thought {
                    true => Part::Reasoning(text),
                    false => Part::Content(text),
                }));
            }
        }
        _ => {}
    }
}

/// The same thing has many names. A server may fill several of them with the same words, so the first that says something
/// counts.
fn reasoning(holder: &Value) -> Option<String> {
    const NAMES: [&str; 20] = [
        "reasoning_content", // DeepSeek, vLLM, llama.cpp and many more
        "reasoning",         // OpenRouter, Ollama, Groq, newer vLLM
        "thinking",          // Mistral, Anthropic's own blocks
        "thinking_content",
        "reasoning_text",
        "reasoning_summary",
        "thought",
        "thoughts",
        "thinking_blocks",   // LiteLLM
        "reasoning_details", // OpenRouter, MiniMax
        "cot",
        "thinking_delta",
        "reasoningContent", // Bedrock
        "reasoningText",
        "thinkingContent",
        "thinking_text",
        "thought_content",
        "reasoning_summary_text",
        "reasoning_output",
        "chain_of_thought",
    ];
    // LiteLLM keeps what it has no name for a level below.
    let below = ["provider_specific_fields", "model_extra"].map(|name| holder.get(name));
    let mut holders = [Some(holder)].into_iter().chain(below).flatten();
    holders.find_map(|holder| {
        let said = NAMES.iter().filter_map(|name| holder.get(name)).map(all_words);
        said.into_iter().find(|text| !text.is_empty())
    })
}

/// The words of a text, of a list of texts or parts, or of a part.
fn all_words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(all_words).collect(),
        Value::Object(fields) => {
            let names = [
                "text",
                "thinking",
                "content",
                "summary",
                "reasoning",
                "reasoningText",
                "value",
                "parts",
            ];
            let said = names.iter().filter_map(|name| fields.get(*name)).map(all_words);
            said.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_choice_0_is_the_answer() {
        let at = |choices: Value| answer(&json!({ "choices": choices })).map(|c| c["text"].clone());
        assert_eq!(at(json!([{"index":1,"text":"b"},{"index":0,"text":"a"}])), Some(json!("a")));
        assert_eq!(at(json!([{"index":1,"text":"b"}])), None);
        assert_eq!(at(json!([{"text":"a"},{"text":"b"}])), Some(json!("a")));
        assert_eq!(at(json!([{"index":"x","text":"a"}])), Some(json!("a")));
        assert_eq!(at(json!([null, 3, {"index":0.0,"text":"a"}])), Some(json!("a")));
        assert_eq!(
            at(json!([{"index":"1","text":"b"},{"index":"0","text":"a"}])),
            Some(json!("a"))
        );
        assert_eq!(at(json!([{"index":"1","text":"b"}])), None);
        assert_eq!(at(json!("no")), None);
    }

    #[test]
    fn a_piece_that_says_nothing_leaves_the_word_to_what_stands_beside_it() {
        for delta in [json!(null), json!({}), json!({"content": ""}), json!({"role": "assistant"})]
        {
            let beside = json!({"delta": delta, "message": {"content": "whole"}});
            assert_eq!(events(&beside, false), [content("whole")], "{beside}");
            assert!(events(&beside, true).is_empty(), "{beside}");
            let beside = json!({"delta": delta, "text": "old"});
            assert_eq!(events(&beside, false), [content("old")], "{beside}");
        }
        for word in [" ", "", "null", "\n"] {
            assert_eq!(finish(&json!({"finish_reason": word})), None, "{word:?}");
        }
    }

    #[test]
    fn reasoning_by_every_name() {
        let thoughts = [
            json!({"reasoning_content": "", "reasoning": "why"}),
            json!({"reasoning": {"content": "why"}}),
            json!({"reasoning_details": [{"type": "reasoning.summary", "summary": "why"}]}),
            json!({"thinking_blocks": [{"type": "thinking", "thinking": "why"}]}),
            json!({"reasoningContent": {"reasoningText": {"text": "why"}}}),
            json!({"provider_specific_fields": {"reasoning_content": "why"}}),
            json!({"reasoning_content": null, "provider_specific_fields": {"reasoning": "why"}}),
            json!({"thought": true, "content": "why"}),
            json!({"type": "thinking", "content": "why"}),
            json!({"channel": "analysis", "content": "why"}),
            json!({"extra_content": {"google": {"thought": true}}, "content": "why"}),
            json!({"content": [{"type": "reasoning", "summary": [{"type": "summary_text", "text": "why"}]}]}),
        ];
        for delta in thoughts {
            let read = events(&json!({ "delta": delta }), false);
            assert_eq!(read, [Part::Reasoning("why".into())], "{delta}");
        }
        let spoken = json!({"delta": {"type": "text", "channel": "final", "thought": false, "content": "so"}});
        assert_eq!(events(&spoken, false), [content("so")]);
    }

    #[test]
    fn a_field_of_any_type_costs_no_more_than_that_field() {
        let odd = [
            json!(null),
            json!(3),
            json!(-1.5),
            json!(true),
            json!([]),
            json!({}),
            json!([[3]]),
            json!(""),
        ];
        for value in odd {
            for field in [
                "reasoning_content",
                "reasoning",
                "thinking",
                "refusal",
                "tool_calls",
                "role",
                "function_call",
                "extra_content",
                "annotations",
            ] {
                let choice = json!({"index": 0, "delta": {"content": "kettle", (field): value}, "logprobs": value});
                let read = events(&choice, false);
                assert!(read.contains(&content("kettle")), "{field} {value}: {read:?}");
                assert_eq!(
                    read.iter().filter(|part| !matches!(part, Part::ToolCall { .. })).count(),
                    1,
                    "{field} {value}: {read:?}"
                );
            }
            assert_eq!(finish(&json!({ "finish_reason": value })), None, "{value}");
            assert!(
                events(&json!({ "delta": value, "message": value, "text": value }), false)
                    .is_empty()
            );
        }
    }
}
