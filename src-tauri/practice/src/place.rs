//! What stands at an address. A base address may end in `/v1`, and what a format adds to it stands behind that, too.

use axum::http::Method;
use axum::http::request::Parts;

use crate::format::Format;

/// What is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// Answers in this format; the address may name the model.
    Chat(Format, Option<String>),
    /// The models, as this format lists them.
    List(Format),
    /// What is heard, written down.
    Listener,
    /// What is written, said.
    Speaker,
    /// What a key is told of its money.
    Money,
    Nowhere,
}

impl Place {
    /// The language that is spoken there.
    pub(crate) fn format(&self) -> Format {
        match self {
            Self::Chat(format, _) | Self::List(format) => *format,
            Self::Listener | Self::Speaker | Self::Money | Self::Nowhere => Format::ChatCompletions,
        }
    }
}

/// The place that a request goes to.
pub(crate) fn place(head: &Parts) -> Place {
    let path = head.uri.path();
    if head.method == Method::GET {
        return match path {
            "/v1/models" => Place::List(lister(head)),
            "/v1beta/models" => Place::List(Format::Gemini),
            "/api/tags" | "/v1/api/tags" => Place::List(Format::Ollama),
            "/v1/v1/models" => Place::List(Format::Cohere),
            "/v1/key" | "/v1/credits" | "/v1/user/balance" => Place::Money,
            _ => Place::Nowhere,
        };
    }
    if head.method != Method::POST {
        return Place::Nowhere;
    }
    match path {
        "/v1/chat/completions" => Place::Chat(Format::ChatCompletions, None),
        "/v1/responses" => Place::Chat(Format::Responses, None),
        "/v1/messages" => Place::Chat(Format::Messages, None),
        "/api/chat" | "/v1/api/chat" => Place::Chat(Format::Ollama, None),
        "/v1/audio/transcriptions" => Place::Listener,
        "/v1/audio/speech" => Place::Speaker,
        "/v2/chat" | "/v1/v2/chat" => Place::Chat(Format::Cohere, None),
        path => match content_model(path) {
            Some(model) => Place::Chat(Format::Gemini, Some(model.to_owned())),
            None => Place::Nowhere,
        },
    }
}

/// The model in the address of a request for content.
fn content_model(path: &str) -> Option<&str> {
    let below = path.strip_prefix("/v1beta/models/").or_else(|| path.strip_prefix("/v1/models/"));
    below?.strip_suffix(":streamGenerateContent")
}

/// Who asks for the list at the address that several formats share.
fn lister(head: &Parts) -> Format {
    let asks = |name: &str| {
        let query = head.uri.query().unwrap_or_default();
        query.split('&').any(|pair| pair.split('=').next() == Some(name))
    };
    if head.headers.contains_key("anthropic-version") {
        Format::Messages
    } else if asks("pageSize") {
        Format::Gemini
    } else if asks("endpoint") {
        Format::Cohere
    } else {
        Format::ChatCompletions
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    #[test]
    fn places() {
        let gemini = |model: &str| Place::Chat(Format::Gemini, Some(model.to_owned()));
        let table = [
            ("POST", "/v1/messages", Place::Chat(Format::Messages, None)),
            ("POST", "/v1beta/models/a.b:streamGenerateContent?alt=sse", gemini("a.b")),
            ("POST", "/v1/models/a:streamGenerateContent?alt=sse", gemini("a")),
            ("POST", "/v1/v2/chat", Place::Chat(Format::Cohere, None)),
            ("GET", "/v1/models?pageSize=1000", Place::List(Format::Gemini)),
            ("GET", "/v1/models?endpoint=chat&page_size=9", Place::List(Format::Cohere)),
            ("GET", "/v1/models", Place::List(Format::ChatCompletions)),
            ("GET", "/api/tags", Place::List(Format::Ollama)),
            ("GET", "/v1/user/balance", Place::Money),
            ("POST", "/v1/audio/transcriptions", Place::Listener),
            ("POST", "/v1/audio/speech", Place::Speaker),
            ("POST", "/v1/key", Place::Nowhere),
            ("GET", "/v1/messages", Place::Nowhere),
            ("PUT", "/v1/messages", Place::Nowhere),
            ("POST", "/", Place::Nowhere),
        ];
        for (method, address, expected) in table {
            let request = Request::builder().method(method).uri(address).body(()).unwrap();
            assert_eq!(place(&request.into_parts().0), expected, "{method} {address}");
        }
    }
}
