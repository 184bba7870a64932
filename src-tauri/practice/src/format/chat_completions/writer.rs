//! Chat completions.

use serde_json::{Value, json};

use crate::script::{Ending, Piece, Script, Usage};

#[derive(Debug)]
pub(in crate::format) struct Writer {
    model: String,
    usage: Usage,
}

impl Writer {
    pub(in crate::format) fn new(script: &Script) -> Self {
        Self { model: script.model.clone(), usage: script.usage }
    }

    pub(in crate::format) fn write(&mut self, piece: &Piece) -> Vec<Value> {
        match piece {
            Piece::Think(text) => vec![self.delta(json!({"reasoning_content": text}))],
            // This format seals nothing, and tells of searches at its end.
            Piece::Seal | Piece::Search(_) => Vec::new(),
            Piece::Say(text) => vec![self.delta(json!({"content": text}))],
            Piece::Source { url, title } => {
                vec![self.delta(json!({"annotations": [annotation(url, title)]}))]
            }
            Piece::Fail(words) => {
                vec![
                    json!({"error": {"message": words, "type": "server_error", "code": "server_error"}}),
                ]
            }
            Piece::End(ending) => vec![
                json!({"model": self.model,
                    "choices": [{"index": 0, "delta": {}, "finish_reason": word(*ending)}]}),
                json!({"model": self.model, "choices": [], "usage": usage(self.usage)}),
                json!("[DONE]"),
            ],
        }
    }

    fn delta(&self, delta: Value) -> Value {
        json!({"id": "practice", "object": "chat.completion.chunk", "model": self.model,
            "choices": [{"index": 0, "delta": delta, "finish_reason": null}]})
    }
}

pub(in crate::format) fn whole(script: &Script) -> Value {
    let mut message = json!({"role": "assistant", "content": script.said()});
    let thought = script.thought();
    if !thought.is_empty() {
        message["reasoning_content"] = json!(thought);
    }
    json!({
        "id": "practice", "object": "chat.completion", "model": script.model,
        "choices": [{"index": 0, "message": message, "finish_reason": word(script.ending())}],
        "usage": usage(script.usage),
    })
}

fn annotation(url: &str, title: &str) -> Value {
    json!({"type": "url_citation",
        "url_citation": {"url": url, "title": title, "start_index": 0, "end_index": 0}})
}

fn word(ending: Ending) -> &'static str {
    match ending {
        Ending::Stop => "stop",
        Ending::Length => "length",
        Ending::Filter => "content_filter",
    }
}

/// What was cached or heard is among what was read, and reasoning among what was written.
fn usage(usage: Usage) -> Value {
    let mut counted = json!({
        "prompt_tokens": usage.read(),
        "completion_tokens": usage.written(),
        "total_tokens": usage.read() + usage.written(),
        "prompt_tokens_details": {"cached_tokens": usage.cache_read, "cache_write_tokens": usage.cache_write},
        "completion_tokens_details": {"reasoning_tokens": usage.reasoning},
        "server_tool_use": {"web_search_requests": usage.searches},
    });
    if usage.heard > 0 {
        counted["prompt_tokens_details"]["audio_tokens"] = json!(usage.heard);
    }
    counted
}
