//! The events of a response.

use serde_json::{Value, json};

use crate::script::{Ending, Piece, Script, Usage, seal};

#[derive(Debug)]
pub(in crate::format) struct Writer {
    model: String,
    usage: Usage,
    sequence: u64,
    /// The items that are complete.
    done: Vec<Value>,
    open: Open,
    written: Vec<Value>,
}

/// The item that is being written.
#[derive(Debug, Default)]
enum Open {
    #[default]
    NotStarted,
    None,
    Reasoning {
        text: String,
        sealed: bool,
    },
    Message {
        text: String,
        annotations: Vec<Value>,
    },
}

impl Writer {
    pub(in crate::format) fn new(script: &Script) -> Self {
        Self {
            model: script.model.clone(),
            usage: script.usage,
            sequence: 0,
            done: Vec::new(),
            open: Open::NotStarted,
            written: Vec::new(),
        }
    }

    pub(in crate::format) fn write(&mut self, piece: &Piece) -> Vec<Value> {
        if matches!(self.open, Open::NotStarted) {
            self.open = Open::None;
            for name in ["response.created", "response.in_progress"] {
                let response = self.response("in_progress", Value::Null);
                self.event(name, json!({ "response": response }));
            }
        }
        match piece {
            Piece::Think(words) => self.think(words),
            Piece::Seal => {
                if let Open::Reasoning { sealed, .. } = &mut self.open {
                    *sealed = true;
                }
            }
            Piece::Say(words) => self.say(words),
            Piece::Search(words) => self.search(words),
            Piece::Source { url, title } => self.cite(url, title),
            Piece::Fail(words) => {
                let error = json!({"code": "server_error", "message": words, "param": null});
                self.event("error", error);
            }
            Piece::End(ending) => self.end(*ending),
        }
        std::mem::take(&mut self.written)
    }

    fn think(&mut self, words: &str) {
        if !matches!(self.open, Open::Reasoning { .. }) {
            self.close();
            self.open = Open::Reasoning { text: String::new(), sealed: false };
            let item = json!({"type": "reasoning", "id": "rs_practice", "summary": []});
            let index = self.done.len();
            self.event("response.output_item.added", json!({"output_index": index, "item": item}));
            let part = json!({"summary_index": 0, "part": {"type": "summary_text", "text": ""}});
            self.event("response.reasoning_summary_part.added", part);
        }
        if let Open::Reasoning { text, .. } = &mut self.open {
            text.push_str(words);
        }
        let delta = json!({"summary_index": 0, "delta": words});
        self.event("response.reasoning_summary_text.delta", delta);
    }

    fn say(&mut self, words: &str) {
        self.open_message();
        if let Open::Message { text, .. } = &mut self.open {
            text.push_str(words);
        }
        self.event("response.output_text.delta", json!({"content_index": 0, "delta": words}));
    }

    fn search(&mut self, words: &str) {
        self.close();
        let index = self.done.len();
        let action = json!({"type": "search", "query": words});
        let item = |status: &str| json!({"type": "web_search_call", "id": "ws_practice", "status": status, "action": action});
        let begun = json!({"output_index": index, "item": item("in_progress")});
        self.event("response.output_item.added", begun);
        for step in ["in_progress", "searching", "completed"] {
            let name = format!("response.web_search_call.{step}");
            self.event(&name, json!({"output_index": index, "item_id": "ws_practice"}));
        }
        let item = item("completed");
        self.event("response.output_item.done", json!({"output_index": index, "item": item}));
        self.done.push(item);
    }

    fn cite(&mut self, url: &str, title: &str) {
        self.open_message();
        let annotation = json!({"type": "url_citation", "url": url, "title": title, "start_index": 0, "end_index": 0});
        if let Open::Message { annotations, .. } = &mut self.open {
            annotations.push(annotation.clone());
        }
        let event = json!({"content_index": 0, "annotation_index": 0, "annotation": annotation});
        self.event("response.output_text.annotation.added", event);
    }

    fn open_message(&mut self) {
        if matches!(self.open, Open::Message { .. }) {
            return;
        }
        self.close();
        self.open = Open::Message { text: String::new(), annotations: Vec::new() };
        let item = json!({"type": "message", "id": "msg_practice", "role": "assistant", "content": [], "status": "in_progress"});
        let index = self.done.len();
        self.event("response.output_item.added", json!({"output_index": index, "item": item}));
        let part = json!({"type": "output_text", "text": "", "annotations": []});
        self.event("response.content_part.added", json!({"content_index": 0, "part": part}));
    }

    /// Ends the item that is being written; its words are told once more.
    fn close(&mut self) {
        let item = match std::mem::replace(&mut self.open, Open::None) {
            Open::NotStarted | Open::None => return,
            Open::Reasoning { text, sealed } => {
                let part = json!({"type": "summary_text", "text": text});
                let done = json!({"summary_index": 0, "text": text});
                self.event("response.reasoning_summary_text.done", done);
                let done = json!({"summary_index": 0, "part": part});
                self.event("response.reasoning_summary_part.done", done);
                reasoning(&text, sealed.then_some(&self.model))
            }
            Open::Message { text, annotations } => {
                let part = output(&text, &annotations);
                let done = json!({"content_index": 0, "text": text});
                self.event("response.output_text.done", done);
                let done = json!({"content_index": 0, "part": part});
                self.event("response.content_part.done", done);
                message(part)
            }
        };
        let index = self.done.len();
        self.event("response.output_item.done", json!({"output_index": index, "item": item}));
        self.done.push(item);
    }

    fn end(&mut self, ending: Ending) {
        self.close();
        let (status, reason) = state(ending);
        let mut response = self.response(status, usage(self.usage));
        response["incomplete_details"] = reason;
        self.event(&format!("response.{status}"), json!({ "response": response }));
    }

    fn response(&self, status: &str, usage: Value) -> Value {
        json!({"id": "resp_practice", "object": "response", "model": self.model, "status": status,
            "error": null, "incomplete_details": null, "output": self.done, "usage": usage})
    }

    fn event(&mut self, name: &str, mut event: Value) {
        event["type"] = json!(name);
        event["sequence_number"] = json!(self.sequence);
        self.sequence += 1;
        self.written.push(event);
    }
}

pub(in crate::format) fn whole(script: &Script) -> Value {
    let thought = script.thought();
    let sealed = script.pieces().any(|piece| matches!(piece, Piece::Seal));
    let item = reasoning(&thought, sealed.then_some(&script.model));
    let mut output: Vec<Value> = if thought.is_empty() { Vec::new() } else { vec![item] };
    output.push(message(self::output(&script.said(), &[])));
    let (status, reason) = state(script.ending());
    json!({"id": "resp_practice", "object": "response", "model": script.model, "status": status,
        "error": null, "incomplete_details": reason, "output": output, "usage": usage(script.usage)})
}

fn reasoning(text: &str, model: Option<&String>) -> Value {
    let summary = json!([{"type": "summary_text", "text": text}]);
    let sealed = model.map(|model| seal(model));
    json!({"type": "reasoning", "id": "rs_practice", "summary": summary, "encrypted_content": sealed})
}

fn message(part: Value) -> Value {
    json!({"type": "message", "id": "msg_practice", "role": "assistant", "status": "completed", "content": [part]})
}

fn output(text: &str, annotations: &[Value]) -> Value {
    json!({"type": "output_text", "text": text, "annotations": annotations})
}

fn state(ending: Ending) -> (&'static str, Value) {
    match ending {
        Ending::Stop => ("completed", Value::Null),
        Ending::Length => ("incomplete", json!({"reason": "max_output_tokens"})),
        Ending::Filter => ("incomplete", json!({"reason": "content_filter"})),
    }
}

/// What was cached is among what was read, and reasoning among what was written.
fn usage(usage: Usage) -> Value {
    json!({
        "input_tokens": usage.read(),
        "input_tokens_details": {"cached_tokens": usage.cache_read, "cache_write_tokens": usage.cache_write},
        "output_tokens": usage.written(),
        "output_tokens_details": {"reasoning_tokens": usage.reasoning},
        "total_tokens": usage.read() + usage.written(),
    })
}
