//! Pieces of generated content.

use serde_json::{Value, json};

use crate::script::{Ending, Piece, Script, Usage, seal};

#[derive(Debug)]
pub(in crate::format) struct Writer {
    model: String,
    usage: Usage,
    /// What was said last: that is what a source is of.
    said: String,
}

impl Writer {
    pub(in crate::format) fn new(script: &Script) -> Self {
        Self { model: script.model.clone(), usage: script.usage, said: String::new() }
    }

    pub(in crate::format) fn write(&mut self, piece: &Piece) -> Vec<Value> {
        vec![match piece {
            Piece::Think(text) => self.part(json!({"text": text, "thought": true})),
            Piece::Seal => self.part(json!({"text": "", "thoughtSignature": seal(&self.model)})),
            Piece::Say(text) => {
                self.said.clone_from(text);
                self.part(json!({ "text": text }))
            }
            Piece::Search(words) => {
                let grounding = json!({ "webSearchQueries": [words] });
                self.chunk(json!({"index": 0, "groundingMetadata": grounding}), self.begun())
            }
            Piece::Source { url, title } => {
                let chunks = json!([{"web": {"uri": url, "title": title}}]);
                // What it shows as a web page is never shown.
                let supports =
                    json!([{"segment": {"text": self.said}, "groundingChunkIndices": [0]}]);
                let grounding = json!({"groundingChunks": chunks, "groundingSupports": supports, "searchEntryPoint": {"renderedContent": "<b>Search</b>"}});
                self.chunk(json!({"index": 0, "groundingMetadata": grounding}), self.begun())
            }
            Piece::Fail(words) => {
                json!({"error": {"code": 503, "message": words, "status": "UNAVAILABLE"}})
            }
            Piece::End(ending) => {
                let content = json!({"parts": [{"text": ""}], "role": "model"});
                let reason = word(*ending);
                let candidate = json!({"content": content, "finishReason": reason, "index": 0});
                self.chunk(candidate, usage(self.usage))
            }
        }]
    }

    fn part(&self, part: Value) -> Value {
        let candidate = json!({"content": {"parts": [part], "role": "model"}, "index": 0});
        self.chunk(candidate, self.begun())
    }

    /// Every piece counts; until the end it is known only what was read.
    fn begun(&self) -> Value {
        usage(Usage { output: 0, reasoning: 0, ..self.usage })
    }

    fn chunk(&self, candidate: Value, counted: Value) -> Value {
        json!({"candidates": [candidate], "usageMetadata": counted, "modelVersion": self.model,
            "responseId": "practice"})
    }
}

pub(in crate::format) fn whole(script: &Script) -> Value {
    let thought = script.thought();
    let thought = (!thought.is_empty()).then(|| json!({"text": thought, "thought": true}));
    let parts: Vec<Value> = thought.into_iter().chain([json!({"text": script.said()})]).collect();
    let writer = Writer::new(script);
    let content = json!({"parts": parts, "role": "model"});
    let reason = word(script.ending());
    let candidate = json!({"content": content, "finishReason": reason, "index": 0});
    writer.chunk(candidate, usage(script.usage))
}

fn word(ending: Ending) -> &'static str {
    match ending {
        Ending::Stop => "STOP",
        Ending::Length => "MAX_TOKENS",
        Ending::Filter => "SAFETY",
    }
}

/// What was cached is among what was read; thoughts stand beside what was written. It does not tell what it wrote to a cache.
fn usage(usage: Usage) -> Value {
    let mut counted = json!({
        "promptTokenCount": usage.read(),
        "totalTokenCount": usage.read() + usage.written(),
    });
    let known = [
        ("cachedContentTokenCount", usage.cache_read),
        ("candidatesTokenCount", usage.output),
        ("thoughtsTokenCount", usage.reasoning),
    ];
    for (name, count) in known.into_iter().filter(|(_, count)| *count > 0) {
        counted[name] = json!(count);
    }
    if usage.heard > 0 {
        counted["promptTokensDetails"] = json!([{"modality": "AUDIO", "tokenCount": usage.heard}]);
    }
    counted
}
