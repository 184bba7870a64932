//! Anthropic's events.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::format::answer::Answer;
use crate::format::error;
use crate::format::mapper::Read;
use crate::json::{count, words};
use crate::{Failure, FinishReason, Usage};

/// What is remembered from event to event.
#[derive(Debug, Default)]
pub(in crate::format) struct Reader {
    /// Thinking that is still open, by the number of its block.
    thinking: HashMap<u64, Thinking>,
    /// The marks of text that is still open, by the number of its block.
    marks: HashMap<u64, Vec<String>>,
    usage: Usage,
}

/// When tokens are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    /// Before a word was written.
    Begun,
    /// Behind what was written so far.
    SoFar,
}

/// A block of thinking: it goes back byte for byte, with the signature that comes at its end.
#[derive(Debug, Default)]
struct Thinking {
    text: String,
    signature: String,
}

impl Reader {
    /// Reads one event.
    pub(in crate::format) fn read(
        &mut self,
        value: &Value,
        answer: &mut Answer,
    ) -> Result<Read, Failure> {
        if let Some(failure) = error::of(value, None) {
            return Err(failure);
        }
        let index = value.get("index").and_then(count).unwrap_or_default();
        match value.get("type").and_then(Value::as_str).unwrap_or_default() {
            "message_start" => {
                let message = value.get("message").unwrap_or(&Value::Null);
                answer.start(message.get("model").and_then(words));
                self.count(message.get("usage"), Counted::Begun, answer);
            }
            // An answer to somebody who did not ask for a stream.
            "message" => self.whole(value, answer),
            "content_block_start" => {
                answer.understood = true;
                self.open(index, value.get("content_block").unwrap_or(&Value::Null), answer);
            }
            "content_block_delta" => {
                answer.understood = true;
                return Ok(self.delta(index, value.get("delta").unwrap_or(&Value::Null), answer));
            }
            "content_block_stop" => self.close(index, answer),
            "message_delta" => {
                answer.understood = true;
                self.finish(value.get("delta").unwrap_or(&Value::Null), answer);
                self.count(value.get("usage"), Counted::SoFar, answer);
            }
            "message_stop" => {
                answer.understood = true;
                answer.done = true;
            }
            "ping" => {}
            _ => return Ok(Read::Unknown),
        }
        Ok(Read::Understood)
    }

    fn whole(&mut self, message: &Value, answer: &mut Answer) {
        answer.start(message.get("model").and_then(words));
        let blocks = message.get("content").and_then(Value::as_array).into_iter().flatten();
        for (index, block) in (0..).zip(blocks) {
            self.open(index, block, answer);
            self.close(index, answer);
        }
        self.finish(message, answer);
        self.count(message.get("usage"), Counted::SoFar, answer);
    }

    fn open(&mut self, index: u64, block: &Value, answer: &mut Answer) {
        let text = |name: &str| block.get(name).and_then(words).unwrap_or_default().to_owned();
        match block.get("type").and_then(Value::as_str).unwrap_or_default() {
            "text" => {
                answer.text(&text("text"));
                let cited = block.get("citations").and_then(Value::as_array).into_iter().flatten();
                cited.for_each(|citation| self.cite(index, citation, answer));
            }
            "thinking" => {
                let thinking = Thinking { text: text("thinking"), signature: text("signature") };
                answer.reasoning(thinking.text.clone());
                self.thinking.insert(index, thinking);
            }
            "redacted_thinking" => answer.thought(block.clone()),
            "tool_use" => answer.tool_call(block.get("name").and_then(words).map(str::to_owned)),
            // A mark of it is enough: what it found does not go back.
            "server_tool_use" => answer.thought(json!({"type": "server_tool_use"})),
            "web_search_tool_result" => {
                let found = block.get("content").and_then(Value::as_array).into_iter().flatten();
                found.for_each(|page| answer.cite(page));
            }
            _ => {}
        }
    }

    fn delta(&mut self, index: u64, delta: &Value, answer: &mut Answer) -> Read {
        let text = |name: &str| delta.get(name).and_then(words).unwrap_or_default().to_owned();
        match delta.get("type").and_then(Value::as_str).unwrap_or_default() {
            "text_delta" => answer.text(&text("text")),
            "thinking_delta" => {
                let more = text("thinking");
                self.thinking.entry(index).or_default().text.push_str(&more);
                answer.reasoning(more);
            }
            "signature_delta" => {
                self.thinking.entry(index).or_default().signature.push_str(&text("signature"));
            }
            "citations_delta" => {
                self.cite(index, delta.get("citation").unwrap_or(&Value::Null), answer);
            }
            // What a tool is asked for; nobody offered one.
            "input_json_delta" => {}
            _ => return Read::Unknown,
        }
        Read::Understood
    }

    /// They may come before the words that they are of.
    fn cite(&mut self, index: u64, citation: &Value, answer: &mut Answer) {
        self.marks.entry(index).or_default().extend(answer.mark_of(citation));
    }

    fn close(&mut self, index: u64, answer: &mut Answer) {
        answer.understood = true;
        answer.mark(&self.marks.remove(&index).unwrap_or_default());
        // Without its signature it is no good to anybody.
        if let Some(Thinking { text, signature }) = self.thinking.remove(&index)
            && !signature.is_empty()
        {
            answer.thought(json!({"type": "thinking", "thinking": text, "signature": signature}));
        }
    }

    fn finish(&mut self, delta: &Value, answer: &mut Answer) {
        let Some(word) = delta.get("stop_reason").and_then(words) else { return };
        answer.finish = Some(FinishReason::parse(word));
    }

    /// The counts grow from event to event: the last one counts, and nothing is added up.
    fn count(&mut self, counted: Option<&Value>, when: Counted, answer: &mut Answer) {
        let Some(counted) = counted.filter(|counted| counted.is_object()) else { return };
        let of = |place: &str| counted.pointer(place).and_then(count);
        let known = |count: Option<u64>| count.filter(|count| *count > 0);
        let written = known(of("/cache_creation_input_tokens"));
        let for_an_hour = known(of("/cache_creation/ephemeral_1h_input_tokens"));
        let for_minutes = known(of("/cache_creation/ephemeral_5m_input_tokens"))
            .or_else(|| Some(written?.saturating_sub(for_an_hour.unwrap_or(0))))
            .filter(|count| *count > 0);
        let reasoning = known(of("/output_tokens_details/thinking_tokens"));
        // At the start only the first token is there, which says nothing of what will be written.
        let output = of("/output_tokens").filter(|_| when == Counted::SoFar);
        let among = reasoning.filter(|reasoning| output.is_some_and(|all| all >= *reasoning));
        self.usage = self.usage.updated_by(Usage {
            input: of("/input_tokens"),
            cache_read: known(of("/cache_read_input_tokens")),
            cache_write: for_minutes,
            cache_write_1h: for_an_hour,
            audio: None,
            output: output.map(|output| output - among.unwrap_or(0)),
            reasoning: among,
            searches: known(of("/server_tool_use/web_search_requests")),
            cost_nano: None,
        });
        if self.usage != Usage::default() {
            answer.usage(self.usage);
        }
    }
}
