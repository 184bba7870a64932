//! What an answer has come to so far, in every format alike.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::json::words;
use crate::{ChatEvent, FinishReason, Source, Usage};

use super::thinking::Thinking;

/// No answer rests on more pages than anybody would look at.
const SOURCES_CAP: usize = 200;

/// An answer that is being read. A format says what it finds; what that means for the whole is decided here.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// What was found since the mapper last took it.
    pub(super) events: Vec<ChatEvent>,
    pub(super) finish: Option<FinishReason>,
    /// The server has said that nothing more comes.
    pub(super) done: bool,
    /// Something of the form was read, though it may have added no word.
    pub(super) understood: bool,
    /// How many events added to it.
    pub(super) added: usize,
    has_text: bool,
    /// Thoughts came in the format's own way.
    has_thoughts: bool,
    refused: bool,
    called_tool: bool,
    started: bool,
    thinking: Thinking,
    /// The addresses of the pages named so far: a mark is a place in this list.
    sources: Vec<String>,
}

impl Answer {
    /// The server answers, as this model. Only the first time counts.
    pub(super) fn start(&mut self, model: Option<&str>) {
        self.understood = true;
        if !self.started {
            self.started = true;
            self.events.push(ChatEvent::Started { model: model.unwrap_or_default().to_owned() });
        }
    }

    /// Words of the answer, in which a model may have marked its thoughts.
    pub(super) fn content(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let mut read = Vec::new();
        self.thinking.push(text, &mut read);
        self.add(read);
    }

    /// The same in a format that has a way of its own for thoughts. Where that was used, a mark in the words is one of them.
    pub(super) fn text(&mut self, text: &str) {
        match self.has_thoughts && !self.thinking.has_begun() && !text.is_empty() {
            true => self.add(vec![ChatEvent::Text(text.to_owned())]),
            false => self.content(text),
        }
    }

    /// Words of its reasoning.
    pub(super) fn reasoning(&mut self, text: String) {
        if !text.is_empty() {
            self.has_thoughts = true;
            self.add(vec![ChatEvent::Reasoning(text)]);
        }
    }

    /// Its reasoning in the provider's sealed form.
    pub(super) fn thought(&mut self, state: Value) {
        self.events.push(ChatEvent::Thought(state));
    }

    /// Words with which it refuses.
    pub(super) fn refusal(&mut self, text: String) {
        self.refused = true;
        self.add(vec![ChatEvent::Text(text)]);
    }

    /// It asks for a tool that nobody offered.
    pub(super) fn tool_call(&mut self, name: Option<String>) {
        self.called_tool = true;
        self.add(vec![ChatEvent::ToolCall { name }]);
    }

    pub(super) fn usage(&mut self, usage: Usage) {
        self.events.push(ChatEvent::Usage(usage));
    }

    /// Whether any word of the answer is there, or is held back.
    pub(super) fn has_begun(&self) -> bool {
        self.has_text || self.thinking.has_begun()
    }

    /// Gives out what was held back; nothing more will come.
    pub(super) fn settle(&mut self) {
        let held = std::mem::take(&mut self.thinking).end();
        self.add(held);
    }

    /// How it ended; `None` if no mark of an end was seen. What the reason leaves out is told by what came.
    pub(super) fn end(&self) -> Option<FinishReason> {
        let end = self.finish.or(self.done.then_some(FinishReason::Stop));
        end.map(|reason| match reason {
            FinishReason::Stop if self.refused => FinishReason::Declined,
            FinishReason::Stop if self.called_tool && !self.has_text => FinishReason::ToolCalls,
            reason => reason,
        })
    }

    /// A page that it rests on, if what names it has an address.
    pub(super) fn cite(&mut self, page: &Value) {
        let _ = self.mark_of(page);
    }

    /// The same, where it is known which words rest on it: the mark for them.
    pub(super) fn mark_of(&mut self, page: &Value) -> Option<String> {
        let field = |names: &[&str]| names.iter().find_map(|name| page.get(name).and_then(words));
        let url = field(&["url", "uri"])?.to_owned();
        let known = self.sources.iter().position(|named| *named == url);
        let at = known.unwrap_or(self.sources.len());
        if known.is_none() {
            if at == SOURCES_CAP {
                return None;
            }
            self.sources.push(url.clone());
            let title = field(&["title"]).unwrap_or_default().to_owned();
            self.add(vec![ChatEvent::Source(Source { url, title })]);
        }
        Some(format!("[{}]", at + 1))
    }

    /// Marks what was said last.
    pub(super) fn mark(&mut self, marks: &[String]) {
        self.text(&once(marks));
    }

    /// Marks what was said before in these words.
    pub(super) fn mark_words(&mut self, words: &str, marks: &[String]) {
        if !words.is_empty() && !marks.is_empty() {
            self.events.push(ChatEvent::Cited { words: words.to_owned(), marks: once(marks) });
        }
    }

    /// What adds to the answer.
    fn add(&mut self, read: Vec<ChatEvent>) {
        self.has_text |= read.iter().any(|event| matches!(event, ChatEvent::Text(_)));
        self.added += read.len();
        self.events.extend(read);
    }
}

/// Each mark once, in their order.
fn once(marks: &[String]) -> String {
    let mut seen = BTreeSet::new();
    marks.iter().filter(|mark| seen.insert(*mark)).map(String::as_str).collect()
}
