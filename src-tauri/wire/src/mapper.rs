//! Chat-completion chunks to events.

use serde::Deserialize;
use serde_json::Value;

use crate::failure::in_stream;
use crate::sse::Frame;
use crate::{ChatEvent, Failure, FailureKind, FinishReason, Usage};

/// Translates one stream. Feed it every frame, then `end` it.
#[derive(Debug)]
pub struct Mapper {
    provider: String,
    started: bool,
    done: bool,
    finish: Option<FinishReason>,
}

#[derive(Deserialize)]
struct Chunk {
    model: Option<String>,
    choices: Option<Vec<Choice>>,
    usage: Option<Counted>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(alias = "message")]
    delta: Option<Delta>,
    finish_reason: Option<String>,
}

#[derive(Deserialize, Default)]
struct Delta {
    content: Option<Content>,
    // The same thing has three names: DeepSeek and vLLM, OpenRouter and Ollama, and older vLLM.
    reasoning_content: Option<String>,
    reasoning: Option<String>,
    refusal: Option<String>,
    tool_calls: Option<Vec<ToolCall>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Parts(Vec<Part>),
}

#[derive(Deserialize)]
struct Part {
    text: Option<String>,
    thinking: Option<Vec<Part>>,
}

#[derive(Deserialize)]
struct ToolCall {
    function: Option<Function>,
}

#[derive(Deserialize)]
struct Function {
    name: Option<String>,
}

#[derive(Deserialize)]
struct Counted {
    prompt_tokens: Option<u64>,
    completion_tokens: Option<u64>,
}

impl Mapper {
    /// A mapper whose errors name `provider`.
    pub fn new(provider: impl Into<String>) -> Self {
        Self { provider: provider.into(), started: false, done: false, finish: None }
    }

    /// The events of one frame. An error ends the stream.
    pub fn frame(&mut self, frame: &Frame) -> Result<Vec<ChatEvent>, Failure> {
        let data = frame.data.trim();
        if data == "[DONE]" {
            self.done = true;
            return Ok(Vec::new());
        }
        // Some gateways put a nameless heartbeat between frames.
        if self.done || data.is_empty() {
            return Ok(Vec::new());
        }
        let known = matches!(frame.event.as_str(), "" | "message" | "error");
        match serde_json::from_str::<Chunk>(data) {
            Ok(chunk) if chunk.says_something() => self.chunk(chunk),
            _ if !known => Ok(Vec::new()),
            Ok(_) | Err(_) => Err(self.nonsense()),
        }
    }

    /// Whether the server has said that the answer is over; nothing it sends later counts.
    pub fn is_done(&self) -> bool {
        self.done
    }

    /// How the answer ended. `None` means that the stream broke off: no terminal marker was seen.
    pub fn end(self) -> Option<FinishReason> {
        self.finish.or(self.done.then_some(FinishReason::Stop))
    }

    fn chunk(&mut self, chunk: Chunk) -> Result<Vec<ChatEvent>, Failure> {
        if let Some(error) = chunk.error.filter(|error| !error.is_null()) {
            return Err(in_stream(&error));
        }
        let mut events = Vec::new();
        if !self.started {
            self.started = true;
            events.push(ChatEvent::Started { model: chunk.model.unwrap_or_default() });
        }
        // Only one choice is ever asked for.
        if let Some(choice) = chunk.choices.into_iter().flatten().next() {
            choice.delta.unwrap_or_default().events(&mut events);
            if let Some(word) = choice.finish_reason {
                self.finish = Some(FinishReason::parse(&word));
            }
        }
        if let Some(usage) = chunk.usage {
            events.push(ChatEvent::Usage(Usage {
                prompt: usage.prompt_tokens.unwrap_or(0),
                answer: usage.completion_tokens.unwrap_or(0),
            }));
        }
        Ok(events)
    }

    fn nonsense(&self) -> Failure {
        Failure {
            kind: FailureKind::Nonsense,
            said: format!("{} sent something that is not a chat completion.", self.provider),
            detail: None,
            retry_after: None,
        }
    }
}

/// The events of a server that ignores `stream` and sends the whole answer as one JSON document.
pub fn whole_answer(
    provider: &str,
    json: &str,
) -> Result<(Vec<ChatEvent>, Option<FinishReason>), Failure> {
    let mut mapper = Mapper::new(provider);
    let events = mapper.frame(&Frame { event: String::new(), data: json.to_owned() })?;
    Ok((events, mapper.end()))
}

impl Chunk {
    fn says_something(&self) -> bool {
        self.choices.is_some() || self.usage.is_some() || self.error.is_some()
    }
}

impl Delta {
    fn events(self, events: &mut Vec<ChatEvent>) {
        let mut push = |text: Option<String>, event: fn(String) -> ChatEvent| {
            events.extend(text.filter(|text| !text.is_empty()).map(event));
        };
        push(self.reasoning_content.or(self.reasoning), ChatEvent::Reasoning);
        match self.content {
            Some(Content::Text(text)) => push(Some(text), ChatEvent::Text),
            Some(Content::Parts(parts)) => {
                for part in parts {
                    let thoughts = part.thinking.into_iter().flatten().filter_map(|p| p.text);
                    push(Some(thoughts.collect()), ChatEvent::Reasoning);
                    push(part.text, ChatEvent::Text);
                }
            }
            None => {}
        }
        push(self.refusal, ChatEvent::Text);
        for call in self.tool_calls.into_iter().flatten() {
            events.push(ChatEvent::ToolCall { name: call.function.and_then(|f| f.name) });
        }
    }
}

#[cfg(test)]
mod tests;
