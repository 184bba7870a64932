//! Anthropic's events.

use serde_json::{Value, json};

use crate::script::{Ending, Piece, Script, Usage, seal};

#[derive(Debug)]
pub(in crate::format) struct Writer {
    model: String,
    usage: Usage,
    started: bool,
    /// The number of the next block.
    next: usize,
    open: Option<Block>,
    written: Vec<Value>,
}

/// The block that is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    Thinking,
    Text,
}

impl Writer {
    pub(in crate::format) fn new(script: &Script) -> Self {
        Self {
            model: script.model.clone(),
            usage: script.usage,
            started: false,
            next: 0,
            open: None,
            written: Vec::new(),
        }
    }

    pub(in crate::format) fn write(&mut self, piece: &Piece) -> Vec<Value> {
        if !self.started {
            self.started = true;
            // Of what will be written only the first token is there yet.
            let counted = usage(Usage { output: 1, reasoning: 0, ..self.usage });
            let message = json!({"id": "msg_practice", "type": "message", "role": "assistant", "model": self.model,
                "content": [], "stop_reason": null, "stop_sequence": null, "usage": counted});
            self.written.push(json!({"type": "message_start", "message": message}));
            self.written.push(json!({"type": "ping"}));
        }
        match piece {
            Piece::Think(text) => {
                self.open(Block::Thinking);
                self.delta(json!({"type": "thinking_delta", "thinking": text}));
            }
            Piece::Seal if self.open == Some(Block::Thinking) => {
                let signature = seal(&self.model);
                self.delta(json!({"type": "signature_delta", "signature": signature}));
            }
            Piece::Seal => {}
            Piece::Say(text) => {
                self.open(Block::Text);
                self.delta(json!({"type": "text_delta", "text": text}));
            }
            Piece::Search(words) => self.search(words),
            Piece::Source { url, title } => {
                self.open(Block::Text);
                let citation = json!({"type": "web_search_result_location", "url": url, "title": title,
                    "cited_text": "", "encrypted_index": ""});
                self.delta(json!({"type": "citations_delta", "citation": citation}));
            }
            Piece::Fail(words) => {
                let error = json!({"type": "overloaded_error", "message": words});
                self.written.push(json!({"type": "error", "error": error}));
            }
            Piece::End(ending) => {
                self.close();
                let delta = json!({"stop_reason": word(*ending), "stop_sequence": null});
                let counted = usage(self.usage);
                self.written
                    .push(json!({"type": "message_delta", "delta": delta, "usage": counted}));
                self.written.push(json!({"type": "message_stop"}));
            }
        }
        std::mem::take(&mut self.written)
    }

    /// What is searched for, and what was found, in blocks of their own.
    fn search(&mut self, words: &str) {
        self.close();
        let used = json!({"type": "server_tool_use", "id": "srvtoolu_practice", "name": "web_search", "input": {}});
        let asked = json!({"type": "input_json_delta", "partial_json": json!({"query": words}).to_string()});
        let found = json!({"type": "web_search_tool_result", "tool_use_id": "srvtoolu_practice", "content": []});
        for (block, delta) in [(used, Some(asked)), (found, None)] {
            let index = self.next;
            self.written.push(
                json!({"type": "content_block_start", "index": index, "content_block": block}),
            );
            delta.into_iter().for_each(|delta| self.delta(delta));
            self.written.push(json!({"type": "content_block_stop", "index": index}));
            self.next += 1;
        }
    }

    fn open(&mut self, block: Block) {
        if self.open == Some(block) {
            return;
        }
        self.close();
        self.open = Some(block);
        let content = match block {
            Block::Thinking => json!({"type": "thinking", "thinking": "", "signature": ""}),
            Block::Text => json!({"type": "text", "text": ""}),
        };
        let index = self.next;
        self.written
            .push(json!({"type": "content_block_start", "index": index, "content_block": content}));
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.written.push(json!({"type": "content_block_stop", "index": self.next}));
            self.next += 1;
        }
    }

    fn delta(&mut self, delta: Value) {
        let index = self.next;
        self.written.push(json!({"type": "content_block_delta", "index": index, "delta": delta}));
    }
}

pub(in crate::format) fn whole(script: &Script) -> Value {
    let thought = script.thought();
    let signature = seal(&script.model);
    let thinking = (!thought.is_empty())
        .then(|| json!({"type": "thinking", "thinking": thought, "signature": signature}));
    let text = json!({"type": "text", "text": script.said()});
    let content: Vec<Value> = thinking.into_iter().chain([text]).collect();
    json!({"id": "msg_practice", "type": "message", "role": "assistant", "model": script.model, "content": content,
        "stop_reason": word(script.ending()), "stop_sequence": null, "usage": usage(script.usage)})
}

fn word(ending: Ending) -> &'static str {
    match ending {
        Ending::Stop => "end_turn",
        Ending::Length => "max_tokens",
        Ending::Filter => "refusal",
    }
}

/// What was cached stands beside what was read fresh; thinking is among what was written.
fn usage(usage: Usage) -> Value {
    json!({
        "input_tokens": usage.fresh,
        "cache_read_input_tokens": usage.cache_read,
        "cache_creation_input_tokens": usage.cache_write,
        "cache_creation": {"ephemeral_5m_input_tokens": usage.cache_write, "ephemeral_1h_input_tokens": 0},
        "output_tokens": usage.written(),
        "output_tokens_details": {"thinking_tokens": usage.reasoning},
        "server_tool_use": {"web_search_requests": usage.searches},
    })
}
