//! Frames to events, whatever the format.
//!
//! An answer is never lost to something that is not an answer: an event that adds nothing readable is skipped and counted, a
//! field of the wrong type costs that field.

use serde_json::Value;

use super::answer::Answer;
use super::{Format, chat_completions, cohere, error, gemini, messages, ollama, responses};
use crate::failure::{in_stream, nonsense, told_with_200};
use crate::json::{parse, parse_all};
use crate::provider::Dialect;
use crate::sse::Frame;
use crate::words::{Said, pythons};
use crate::{ChatEvent, Failure, FinishReason, Provider};

/// Translates one stream. Feed it every frame, then `end` it.
#[derive(Debug)]
pub struct Mapper {
    language: Language,
    dialect: &'static Dialect,
    answer: Answer,
    skipped: u32,
    /// A message that may have been an error, unless more of the answer came after it.
    suspected: Option<Failure>,
    /// The beginning of what could not be read: it may say what is the matter.
    unread: String,
}

/// What each format remembers from document to document.
#[derive(Debug)]
enum Language {
    ChatCompletions,
    Responses(responses::Reader),
    Messages(Box<messages::Reader>),
    Gemini,
    Ollama,
    Cohere,
}

/// The most that is kept of what could not be read.
const UNREAD_CAP: usize = 4_000;

/// What a format makes of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    /// It is one of its own.
    Understood,
    /// It is nothing that the format knows.
    Unknown,
}

impl Mapper {
    pub(super) fn new(format: Format, provider: Provider) -> Self {
        let language = match format {
            Format::ChatCompletions => Language::ChatCompletions,
            Format::Responses => Language::Responses(responses::Reader::default()),
            Format::Messages => Language::Messages(Box::default()),
            Format::Gemini => Language::Gemini,
            Format::Ollama => Language::Ollama,
            Format::Cohere => Language::Cohere,
        };
        let (answer, dialect) = (Answer::default(), provider.dialect());
        Self { language, dialect, answer, skipped: 0, suspected: None, unread: String::new() }
    }

    /// Adds the events of one frame to `events`. An error ends the stream; the events before it count.
    pub fn frame(&mut self, frame: &Frame, events: &mut Vec<ChatEvent>) -> Result<(), Failure> {
        let read = self.read(frame);
        events.append(&mut self.answer.events);
        read
    }

    /// Whether the server has said that the answer is over; nothing it sends later counts.
    pub fn is_done(&self) -> bool {
        self.answer.done
    }

    /// Whether the answer has an end, though more may follow, such as a count of tokens.
    pub fn has_end(&self) -> bool {
        self.answer.done || self.answer.finish.is_some()
    }

    /// How many events added nothing that could be read.
    pub fn skipped(&self) -> u32 {
        self.skipped
    }

    /// Gives out what was held back, and says how the answer ended. `None` means that the stream broke off: no mark of an
    /// end was seen. If there were events and not one could be read, that is an error, in the server's own words.
    pub fn end(&mut self, events: &mut Vec<ChatEvent>) -> Result<Option<FinishReason>, Failure> {
        let before = self.answer.added;
        self.answer.settle();
        events.append(&mut self.answer.events);
        let is_over = self.answer.finish.is_some() || self.answer.added > before;
        if let Some(error) = self.suspected.take().filter(|_| !is_over) {
            return Err(error);
        }
        if !self.answer.understood && self.skipped > 0 {
            return Err(nonsense(&self.unread));
        }
        Ok(self.answer.end())
    }

    fn read(&mut self, frame: &Frame) -> Result<(), Failure> {
        // Some gateways put the field's name twice, or a nameless heartbeat between frames.
        let mut data = frame.data.trim();
        while let Some(rest) = data.strip_prefix("data:") {
            data = rest.trim();
        }
        if self.answer.done || data.is_empty() {
            return Ok(());
        }
        if data.trim_matches('"').eq_ignore_ascii_case("[DONE]") {
            self.answer.done = true;
            return Ok(());
        }
        let mut values = parse_all(data);
        if values.is_empty() && data.starts_with("{'") {
            values.extend(parse(&pythons(data)));
        }
        let told = error::is_failure(&frame.event).then(|| match &values[..] {
            [] => told_with_200(&Said::in_text(data)),
            [value, ..] => in_stream(value),
        });
        let is_error =
            ["error", "exception"].iter().any(|name| frame.event.eq_ignore_ascii_case(name));
        match told {
            Some(failure) if is_error => return Err(failure),
            // The failure of something else, such as a search, if more of the answer comes.
            Some(failure) if !values.iter().any(|value| self.knows(value)) => {
                self.suspected = Some(failure);
                self.skip();
                self.note(data);
                return Ok(());
            }
            _ => {}
        }
        if values.is_empty() {
            self.suspected = error::suspected_words(data).or(self.suspected.take());
            self.skip();
            self.note(data);
        }
        values.iter().try_for_each(|value| self.document(value))
    }

    fn document(&mut self, value: &Value) -> Result<(), Failure> {
        // Google puts a list around an error, and some servers around everything.
        if let Value::Array(items) = value {
            if items.is_empty() {
                self.skip();
            }
            return items.iter().try_for_each(|item| self.document(item));
        }
        let before = self.answer.added;
        let read = match &mut self.language {
            Language::ChatCompletions => {
                chat_completions::read(value, self.dialect, &mut self.answer)
            }
            Language::Responses(reader) => reader.read(value, &mut self.answer),
            Language::Messages(reader) => reader.read(value, &mut self.answer),
            Language::Gemini => gemini::read(value, &mut self.answer),
            Language::Ollama => ollama::read(value, &mut self.answer),
            Language::Cohere => cohere::read(value, &mut self.answer),
        };
        // What adds to the answer shows that no error came before it.
        if self.answer.added > before {
            self.suspected = None;
        }
        if read? == Read::Unknown {
            self.suspected = error::suspected(value).or(self.suspected.take());
            self.skip();
            self.note(&Said::in_known_places(value).message);
        }
        Ok(())
    }

    /// Whether a document is one of the format's own.
    fn knows(&self, value: &Value) -> bool {
        match &self.language {
            Language::ChatCompletions => value.get("choices").is_some(),
            // Its ends are called so, and say by themselves what they are.
            Language::Responses(_) => {
                let kind = value.get("type").and_then(Value::as_str);
                kind.is_some_and(|kind| kind.starts_with("response."))
            }
            Language::Messages(_) | Language::Gemini | Language::Ollama | Language::Cohere => false,
        }
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
