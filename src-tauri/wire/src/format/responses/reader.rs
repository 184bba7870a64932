//! The events of a response.

use serde_json::Value;

use crate::failure::in_stream;
use crate::format::answer::Answer;
use crate::format::mapper::Read;
use crate::format::{error, usage};
use crate::json::{count, words};
use crate::{Failure, FinishReason, Usage};

/// What is remembered from event to event.
#[derive(Debug, Default)]
pub(in crate::format) struct Reader {
    /// Some of the reasoning's words came piece by piece.
    has_reasoning: bool,
    /// Whole items came before the whole response.
    has_items: bool,
    /// The searches so far.
    searches: u64,
}

impl Reader {
    /// Reads one event.
    pub(in crate::format) fn read(
        &mut self,
        value: &Value,
        answer: &mut Answer,
    ) -> Result<Read, Failure> {
        let kind = value.get("type").and_then(Value::as_str).unwrap_or_default();
        let text = |name: &str| value.get(name).and_then(words).unwrap_or_default().to_owned();
        match kind {
            "response.created" | "response.queued" | "response.in_progress" => {
                answer.start(value.pointer("/response/model").and_then(words));
            }
            "response.output_text.delta" => answer.text(&text("delta")),
            "response.refusal.delta" => answer.refusal(text("delta")),
            "response.reasoning_summary_text.delta" | "response.reasoning_text.delta" => {
                self.has_reasoning = true;
                answer.reasoning(text("delta"));
            }
            "response.reasoning_summary_part.added" => {
                let is_later =
                    value.get("summary_index").and_then(count).is_some_and(|index| index > 0);
                if is_later && self.has_reasoning {
                    answer.reasoning("\n\n".to_owned());
                }
            }
            "response.output_text.annotation.added" => {
                answer.cite(value.get("annotation").unwrap_or(&Value::Null));
            }
            "response.output_item.done" => {
                self.has_items = true;
                self.item(value.get("item").unwrap_or(&Value::Null), answer);
            }
            "response.completed" | "response.incomplete" | "response.failed" => {
                return self.end(value.get("response").unwrap_or(&Value::Null), answer);
            }
            // An answer to somebody who did not ask for a stream.
            "" if value.get("object").and_then(Value::as_str) == Some("response") => {
                return self.end(value, answer);
            }
            // The work of tools, and ends of pieces whose words have come already.
            _ if kind.starts_with("response.") => {}
            _ => {
                return match error::of(value, None) {
                    Some(failure) => Err(failure),
                    None => Ok(Read::Unknown),
                };
            }
        }
        answer.understood = true;
        Ok(Read::Understood)
    }

    /// The whole response at its end. Words count only where none came piece by piece.
    fn end(&mut self, response: &Value, answer: &mut Answer) -> Result<Read, Failure> {
        answer.start(response.get("model").and_then(words));
        let items = response.get("output").and_then(Value::as_array).into_iter().flatten();
        let (has_items, has_reasoning) = (self.has_items, self.has_reasoning);
        let has_words = answer.has_begun();
        for item in items {
            if !has_items {
                self.item(item, answer);
            }
            let has_come = if is_reasoning(item) { has_reasoning } else { has_words };
            if !has_come {
                self.words_of(item, answer);
            }
        }
        if let Some(usage) = response.get("usage").and_then(|usage| usage::read(usage, false)) {
            answer.usage(usage);
        }
        if let Some(error) = response.get("error").filter(|error| error.is_object()) {
            return Err(in_stream(error));
        }
        answer.done = true;
        let reason = response.pointer("/incomplete_details/reason").and_then(words);
        answer.finish = Some(match (response.get("status").and_then(Value::as_str), reason) {
            (_, Some(reason)) => FinishReason::parse(reason),
            (Some("failed"), None) => return Err(in_stream(response)),
            (Some("incomplete"), None) => FinishReason::Other,
            _ => FinishReason::Stop,
        });
        Ok(Read::Understood)
    }

    fn item(&mut self, item: &Value, answer: &mut Answer) {
        match item.get("type").and_then(Value::as_str).unwrap_or_default() {
            // Without its sealed content it stands for something that was kept on the other side.
            "reasoning" if item.get("encrypted_content").and_then(words).is_some() => {
                answer.thought(item.clone());
            }
            // Reasoning that led to a search is refused without it.
            "web_search_call" => {
                answer.thought(item.clone());
                let kind = item.pointer("/action/type").and_then(Value::as_str);
                if !matches!(kind, Some("open_page" | "find_in_page" | "find")) {
                    self.searches += 1;
                    answer.usage(Usage { searches: Some(self.searches), ..Usage::default() });
                }
            }
            "function_call" | "custom_tool_call" => {
                answer.tool_call(item.get("name").and_then(words).map(str::to_owned));
            }
            _ => {}
        }
    }

    fn words_of(&self, item: &Value, answer: &mut Answer) {
        let parts = |name: &str| item.get(name).and_then(Value::as_array).into_iter().flatten();
        if is_reasoning(item) {
            for part in parts("summary").chain(parts("content")) {
                let text = part.get("text").and_then(words).unwrap_or_default();
                answer.reasoning(text.to_owned());
            }
            return;
        }
        for part in parts("content") {
            if let Some(text) = part.get("refusal").and_then(words) {
                answer.refusal(text.to_owned());
            }
            answer.text(part.get("text").and_then(words).unwrap_or_default());
            let cited = part.get("annotations").and_then(Value::as_array).into_iter().flatten();
            cited.for_each(|annotation| answer.cite(annotation));
        }
    }
}

fn is_reasoning(item: &Value) -> bool {
    item.get("type").and_then(Value::as_str) == Some("reasoning")
}
