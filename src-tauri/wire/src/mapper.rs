//! Chat-completion chunks to events.
//!
//! An answer is never lost to something that is not an answer: an event that adds nothing readable is skipped and counted, a
//! field of the wrong type costs that field.

mod delta;
mod error;
mod thinking;

use serde_json::Value;

use crate::failure::{in_stream, nonsense, told_with_200};
use crate::json::{parse, parse_all, words};
use crate::sse::Frame;
use crate::words::{Said, pythons};
use crate::{ChatEvent, Failure, FinishReason, Usage};

use thinking::Thinking;

/// Translates one stream. Feed it every frame, then `end` it.
#[derive(Debug, Default)]
pub struct Mapper {
    started: bool,
    done: bool,
    finish: Option<FinishReason>,
    /// Something of the form was read, though it may have added no word.
    understood: bool,
    has_text: bool,
    refused: bool,
    called_tool: bool,
    skipped: u32,
    /// A message that may have been an error, unless more of the answer came after it.
    suspected: Option<Failure>,
    thinking: Thinking,
    /// The beginning of what could not be read: it may say what is the matter.
    unread: String,
}

/// The most that is kept of what could not be read.
const UNREAD_CAP: usize = 4_000;

impl Mapper {
    /// Adds the events of one frame to `events`. An error ends the stream; the events before it count.
    pub fn frame(&mut self, frame: &Frame, events: &mut Vec<ChatEvent>) -> Result<(), Failure> {
        // Some gateways put the field's name twice, or a nameless heartbeat between frames.
        let mut data = frame.data.trim();
        while let Some(rest) = data.strip_prefix("data:") {
            data = rest.trim();
        }
        if self.done || data.is_empty() {
            return Ok(());
        }
        if data.trim_matches('"').eq_ignore_ascii_case("[DONE]") {
            self.done = true;
            return Ok(());
        }
        let mut values = parse_all(data);
        if values.is_empty() && data.starts_with("{'") {
            values.extend(parse(&pythons(data)));
        }
        if error::is_failure(&frame.event) {
            let failure = match &values[..] {
                [] => told_with_200(&Said::in_text(data)),
                [value, ..] => in_stream(value),
            };
            if ["error", "exception"].iter().any(|name| frame.event.eq_ignore_ascii_case(name)) {
                return Err(failure);
            }
            // The failure of something else, such as a search, if more of the answer comes.
            if values.iter().all(|value| value.get("choices").is_none()) {
                self.suspected = Some(failure);
                self.skip();
                self.note(data);
                return Ok(());
            }
        }
        if values.is_empty() {
            self.suspected = error::suspected_words(data).or(self.suspected.take());
            self.skip();
            self.note(data);
        }
        for value in &values {
            self.document(value, events)?;
        }
        Ok(())
    }

    /// Whether the server has said that the answer is over; nothing it sends later counts.
    pub fn is_done(&self) -> bool {
        self.done
    }

    /// Whether the answer has an end, though more may follow, such as a count of tokens.
    pub fn has_end(&self) -> bool {
        self.done || self.finish.is_some()
    }

    /// How many events added nothing that could be read.
    pub fn skipped(&self) -> u32 {
        self.skipped
    }

    /// Gives out what was held back, and says how the answer ended. `None` means that the stream broke off: no mark of an
    /// end was seen. If there were events and not one could be read, that is an error, in the server's own words.
    pub fn end(&mut self, events: &mut Vec<ChatEvent>) -> Result<Option<FinishReason>, Failure> {
        let held = std::mem::take(&mut self.thinking).end();
        self.add(held, events);
        if let Some(error) = self.suspected.take().filter(|_| self.finish.is_none()) {
            return Err(error);
        }
        if !self.understood && self.skipped > 0 {
            return Err(nonsense(&self.unread));
        }
        let end = self.finish.or(self.done.then_some(FinishReason::Stop));
        // What the reason leaves out is told by what came.
        Ok(end.map(|reason| match reason {
            FinishReason::Stop if self.refused => FinishReason::Refusal,
            FinishReason::Stop if self.called_tool && !self.has_text => FinishReason::ToolCalls,
            reason => reason,
        }))
    }

    fn document(&mut self, value: &Value, events: &mut Vec<ChatEvent>) -> Result<(), Failure> {
        // Google puts a list around an error, and some servers around everything.
        if let Value::Array(items) = value {
            if items.is_empty() {
                self.skip();
            }
            return items.iter().try_for_each(|item| self.document(item, events));
        }
        let choice = delta::answer(value);
        if let Some(error) = error::of(value, choice) {
            // Words that came with the error are words of the answer all the same.
            if let Some(choice) = choice {
                self.choice(choice, events);
            }
            return Err(error);
        }
        let usage = delta::usage(value, choice);
        if value.get("choices").is_some_and(Value::is_array) {
            self.start(value, events);
        } else if usage.is_none() {
            self.suspected = error::suspected(value).or(self.suspected.take());
            self.skip();
            self.note(&Said::in_known_places(value).message);
            return Ok(());
        }
        if let Some(choice) = choice {
            self.choice(choice, events);
        }
        events.extend(usage.map(ChatEvent::Usage));
        Ok(())
    }

    fn start(&mut self, value: &Value, events: &mut Vec<ChatEvent>) {
        self.understood = true;
        if !self.started {
            self.started = true;
            let model = value.get("model").and_then(words).unwrap_or_default().to_owned();
            events.push(ChatEvent::Started { model });
        }
    }

    fn choice(&mut self, choice: &Value, events: &mut Vec<ChatEvent>) {
        let mut read = Vec::new();
        for event in delta::events(choice, self.has_text || self.thinking.has_begun()) {
            match event {
                delta::Part::Content(text) => self.thinking.push(&text, &mut read),
                delta::Part::Reasoning(text) => read.push(ChatEvent::Reasoning(text)),
                delta::Part::Refusal(text) => {
                    self.refused = true;
                    read.push(ChatEvent::Text(text));
                }
                delta::Part::ToolCall { name } => read.push(ChatEvent::ToolCall { name }),
            }
        }
        self.add(read, events);
        if let Some(word) = delta::finish(choice) {
            self.finish = Some(FinishReason::parse(word));
        }
    }

    fn add(&mut self, read: Vec<ChatEvent>, events: &mut Vec<ChatEvent>) {
        self.has_text |= read.iter().any(|event| matches!(event, ChatEvent::Text(_)));
        if !read.is_empty() {
            self.suspected = None;
        }
        self.called_tool |= read.iter().any(|event| matches!(event, ChatEvent::ToolCall { .. }));
        events.extend(read);
    }

    fn skip(&mut self) {
        self.skipped = self.skipped.saturating_add(1);
    }

    /// Keeps words that may say what is the matter. Half a document is none.
    fn note(&mut self, words: &str) {
        if self.unread.len() < UNREAD_CAP && !words.starts_with('{') && !words.starts_with("[{") {
            self.unread.extend(words.chars().take(UNREAD_CAP));
            self.unread.push('\n');
        }
    }
}

impl Usage {
    /// What a later count knows better; what it does not know stays.
    pub fn updated_by(self, later: Self) -> Self {
        Self { prompt: later.prompt.or(self.prompt), answer: later.answer.or(self.answer) }
    }
}

#[cfg(test)]
mod tests;
