//! The languages that providers speak. Each has a reader of its requests, as strict as the real one, and a writer of answers.

mod chat_completions;
mod cohere;
mod gemini;
mod messages;
mod ollama;
mod responses;

use std::fmt::Write;

use axum::http::{HeaderMap, Uri};
use serde_json::Value;

use crate::asked::Asked;
use crate::refusal::Refusal;
use crate::script::{Piece, Script};

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    ChatCompletions,
    Responses,
    Messages,
    Gemini,
    Ollama,
    Cohere,
}

/// What writes one answer.
#[derive(Debug)]
pub(crate) struct Writer(Language);

#[derive(Debug)]
enum Language {
    ChatCompletions(chat_completions::Writer),
    Responses(Box<responses::Writer>),
    Messages(messages::Writer),
    Gemini(gemini::Writer),
    Ollama(ollama::Writer),
    Cohere(cohere::Writer),
}

impl Format {
    /// The key that came with a request, in the header where this format looks for it.
    pub(crate) fn key(self, headers: &HeaderMap) -> Option<&str> {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let bearer = header("authorization").and_then(|value| value.strip_prefix("Bearer "));
        match self {
            // Azure's own header.
            Self::ChatCompletions | Self::Responses => bearer.or_else(|| header("api-key")),
            Self::Messages => header("x-api-key"),
            Self::Gemini => header("x-goog-api-key"),
            Self::Ollama | Self::Cohere => bearer,
        }
    }

    /// What a request asks, if the real provider would take it. Gemini's model is a part of the address.
    pub(crate) fn read(
        self,
        model: Option<&str>,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Asked, Refusal> {
        let Ok(body) = serde_json::from_slice::<Value>(body) else {
            return Err(Refusal::malformed("body", "This is no JSON document."));
        };
        match self {
            Self::ChatCompletions => chat_completions::read(&body),
            Self::Responses => responses::read(&body),
            Self::Messages => messages::read(headers, &body),
            Self::Gemini => gemini::read(model.unwrap_or_default(), &body),
            Self::Ollama => ollama::read(&body),
            Self::Cohere => cohere::read(&body),
        }
    }

    /// What writes this answer piece by piece.
    pub(crate) fn writer(self, script: &Script) -> Writer {
        Writer(match self {
            Self::ChatCompletions => {
                Language::ChatCompletions(chat_completions::Writer::new(script))
            }
            Self::Responses => Language::Responses(Box::new(responses::Writer::new(script))),
            Self::Messages => Language::Messages(messages::Writer::new(script)),
            Self::Gemini => Language::Gemini(gemini::Writer::new(script)),
            Self::Ollama => Language::Ollama(ollama::Writer::new(script)),
            Self::Cohere => Language::Cohere(cohere::Writer::new(script)),
        })
    }

    /// An answer as one document.
    pub(crate) fn whole(self, script: &Script) -> Value {
        match self {
            Self::ChatCompletions => chat_completions::whole(script),
            Self::Responses => responses::whole(script),
            Self::Messages => messages::whole(script),
            Self::Gemini => gemini::whole(script),
            Self::Ollama => ollama::whole(script),
            Self::Cohere => cohere::whole(script),
        }
    }

    /// A refusal's status and body.
    pub(crate) fn refuse(self, refusal: &Refusal) -> (u16, Value) {
        match self {
            Self::ChatCompletions | Self::Responses => chat_completions::refuse(refusal),
            Self::Messages => messages::refuse(refusal),
            Self::Gemini => gemini::refuse(refusal),
            Self::Ollama => ollama::refuse(refusal),
            Self::Cohere => cohere::refuse(refusal),
        }
    }

    /// The list of these models, or the page of it that is asked for.
    pub(crate) fn list(self, names: &[String], uri: &Uri) -> Value {
        match self {
            Self::ChatCompletions | Self::Responses => chat_completions::list(names),
            Self::Messages => messages::list(names, uri),
            Self::Gemini => gemini::list(names, uri),
            Self::Ollama => ollama::list(names),
            Self::Cohere => cohere::list(names, uri),
        }
    }

    /// What a stream is labelled as.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Ollama => "application/x-ndjson",
            Self::ChatCompletions
            | Self::Responses
            | Self::Messages
            | Self::Gemini
            | Self::Cohere => "text/event-stream",
        }
    }

    /// Whether a stream is lines rather than events.
    pub(crate) fn is_lines(self) -> bool {
        self == Self::Ollama
    }

    /// A document as it stands in a stream. A word alone stands there as it is.
    pub(crate) fn frame(self, document: &Value) -> String {
        let mut frame = String::new();
        let named = |name: &Value| name.as_str().map(|name| format!("event: {name}\n"));
        let _ = match (self, document) {
            (_, Value::String(word)) => write!(frame, "data: {word}\n\n"),
            (Self::Ollama, document) => writeln!(frame, "{document}"),
            (Self::Gemini, document) => write!(frame, "data: {document}\r\n\r\n"),
            (Self::ChatCompletions, document) => write!(frame, "data: {document}\n\n"),
            (Self::Responses | Self::Messages | Self::Cohere, document) => {
                let name = document.get("type").and_then(named).unwrap_or_default();
                write!(frame, "{name}data: {document}\n\n")
            }
        };
        frame
    }
}

impl Writer {
    /// The documents that tell of this piece.
    pub(crate) fn write(&mut self, piece: &Piece) -> Vec<Value> {
        match &mut self.0 {
            Language::ChatCompletions(writer) => writer.write(piece),
            Language::Responses(writer) => writer.write(piece),
            Language::Messages(writer) => writer.write(piece),
            Language::Gemini(writer) => writer.write(piece),
            Language::Ollama(writer) => writer.write(piece),
            Language::Cohere(writer) => writer.write(piece),
        }
    }
}

/// What a query says of this name.
fn query<'a>(uri: &'a Uri, name: &str) -> Option<&'a str> {
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// A page of a list: so many names behind this one, and whether there are more.
fn page<'a>(names: &'a [String], after: Option<&str>, size: usize) -> (&'a [String], bool) {
    let start = after
        .and_then(|after| names.iter().position(|name| name == after))
        .map_or(0, |place| place + 1);
    let rest = &names[start..];
    (&rest[..size.min(rest.len())], size < rest.len())
}

/// How long a page is: what the query says under this name, or else the usual length.
fn size(uri: &Uri, name: &str, usual: usize) -> usize {
    query(uri, name).and_then(|size| size.parse().ok()).unwrap_or(usual).clamp(1, 1000)
}
