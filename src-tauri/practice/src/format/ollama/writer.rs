//! Lines of a chat.

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
            Piece::Think(text) => {
                vec![self.line(json!({"role": "assistant", "content": "", "thinking": text}))]
            }
            Piece::Say(text) => vec![self.line(json!({"role": "assistant", "content": text}))],
            // It seals nothing and searches nowhere.
            Piece::Seal | Piece::Search(_) | Piece::Source { .. } => Vec::new(),
            Piece::Fail(words) => vec![json!({ "error": words })],
            Piece::End(ending) => {
                let line = self.line(json!({"role": "assistant", "content": ""}));
                vec![ended(line, *ending, self.usage)]
            }
        }
    }

    fn line(&self, message: Value) -> Value {
        json!({"model": self.model, "created_at": "2026-11-01T00:00:00Z", "message": message, "done": false})
    }
}

pub(in crate::format) fn whole(script: &Script) -> Value {
    let mut message = json!({"role": "assistant", "content": script.said()});
    let thought = script.thought();
    if !thought.is_empty() {
        message["thinking"] = json!(thought);
    }
    ended(Writer::new(script).line(message), script.ending(), script.usage)
}

/// What was cached is not read again, and so it is not counted; thoughts are among what was written.
fn ended(mut line: Value, ending: Ending, usage: Usage) -> Value {
    line["done"] = json!(true);
    line["done_reason"] = json!(match ending {
        Ending::Stop | Ending::Filter => "stop",
        Ending::Length => "length",
    });
    line["total_duration"] = json!(1_000_000);
    line["prompt_eval_count"] = json!(usage.fresh);
    line["eval_count"] = json!(usage.written());
    line
}
