//! The events of a chat.

use serde_json::{Value, json};

use crate::script::{Ending, Piece, Script, Usage};

#[derive(Debug)]
pub(in crate::format) struct Writer {
    usage: Usage,
    started: bool,
    /// The number of the next piece of content.
    next: usize,
    /// What is being written.
    open: Option<&'static str>,
    written: Vec<Value>,
}

impl Writer {
    pub(in crate::format) fn new(script: &Script) -> Self {
        Self { usage: script.usage, started: false, next: 0, open: None, written: Vec::new() }
    }

    pub(in crate::format) fn write(&mut self, piece: &Piece) -> Vec<Value> {
        if !self.started {
            self.started = true;
            let message =
                json!({"role": "assistant", "content": [], "tool_plan": "", "citations": []});
            self.written.push(
                json!({"type": "message-start", "id": "practice", "delta": {"message": message}}),
            );
        }
        match piece {
            Piece::Think(text) => self.content("thinking", text),
            Piece::Say(text) => self.content("text", text),
            // Its thoughts are not sealed.
            Piece::Seal | Piece::Search(_) => {}
            Piece::Source { url, title } => {
                let document = json!({"id": "doc", "url": url, "title": title});
                let source = json!({"type": "document", "id": "doc", "document": document});
                let cited = json!({"start": 0, "end": 1, "text": "", "sources": [source]});
                self.event("citation-start", json!({"message": {"citations": cited}}));
                self.written.push(json!({"type": "citation-end", "index": self.next}));
            }
            Piece::Fail(words) => {
                let delta = json!({"error": words, "finish_reason": "ERROR"});
                self.written.push(json!({"type": "message-end", "delta": delta}));
            }
            Piece::End(ending) => {
                self.close();
                let delta = json!({"finish_reason": word(*ending), "usage": usage(self.usage)});
                self.written.push(json!({"type": "message-end", "delta": delta}));
            }
        }
        std::mem::take(&mut self.written)
    }

    fn content(&mut self, kind: &'static str, text: &str) {
        if self.open != Some(kind) {
            self.close();
            self.open = Some(kind);
            self.event("content-start", json!({"message": {"content": {"type": kind, kind: ""}}}));
        }
        self.event("content-delta", json!({"message": {"content": {kind: text}}}));
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.written.push(json!({"type": "content-end", "index": self.next}));
            self.next += 1;
        }
    }

    fn event(&mut self, name: &str, delta: Value) {
        self.written.push(json!({"type": name, "index": self.next, "delta": delta}));
    }
}

pub(in crate::format) fn whole(script: &Script) -> Value {
    let thought = script.thought();
    let thinking = (!thought.is_empty()).then(|| json!({"type": "thinking", "thinking": thought}));
    let text = json!({"type": "text", "text": script.said()});
    let content: Vec<Value> = thinking.into_iter().chain([text]).collect();
    json!({"id": "practice", "finish_reason": word(script.ending()),
        "message": {"role": "assistant", "content": content}, "usage": usage(script.usage)})
}

fn word(ending: Ending) -> &'static str {
    match ending {
        Ending::Stop | Ending::Filter => "COMPLETE",
        Ending::Length => "MAX_TOKENS",
    }
}

/// What is billed, and what ran; both are written as fractions.
fn usage(usage: Usage) -> Value {
    let count = |tokens: usize| u32::try_from(tokens).map_or(f64::MAX, f64::from);
    let counts =
        json!({"input_tokens": count(usage.read()), "output_tokens": count(usage.written())});
    json!({"billed_units": counts, "tokens": counts, "cached_tokens": usage.cache_read})
}
