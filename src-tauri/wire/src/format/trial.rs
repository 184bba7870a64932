//! What the tests of every format need.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::sse::Frame;
use crate::{
    Abilities, ChatEvent, Failure, FinishReason, Format, Message, Parameters, Part, Prompt,
    Provider, Role, Source, Thought, Without,
};

/// All events of a stream of these documents, how it ended, and how many were skipped.
pub(super) fn run(
    format: Format,
    documents: &[Value],
) -> (Vec<ChatEvent>, Result<Option<FinishReason>, Failure>, u32) {
    run_at("other", format, documents)
}

/// The same of this provider's.
pub(super) fn run_at(
    provider: &str,
    format: Format,
    documents: &[Value],
) -> (Vec<ChatEvent>, Result<Option<FinishReason>, Failure>, u32) {
    let (mut mapper, mut events) = (format.mapper(Provider::stored(provider)), Vec::new());
    let read = documents.iter().try_for_each(|value| {
        let event = value.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
        mapper.frame(&Frame { event, data: value.to_string() }, &mut events)
    });
    let end = mapper.end(&mut events);
    (events, read.and(end), mapper.skipped())
}

pub(super) fn text(text: &str) -> ChatEvent {
    ChatEvent::Text(text.into())
}

pub(super) fn thought(text: &str) -> ChatEvent {
    ChatEvent::Reasoning(text.into())
}

pub(super) fn started(model: &str) -> ChatEvent {
    ChatEvent::Started { model: model.into() }
}

pub(super) fn source(url: &str, title: &str) -> ChatEvent {
    ChatEvent::Source(Source { url: url.into(), title: title.into() })
}

/// A question to this model with a system prompt, and what the model takes of the wishes.
pub(super) fn prompt(provider: &str, format: Format, model: &str, wished: Parameters) -> Prompt {
    let abilities = Abilities::of(Provider::stored(provider), model);
    Prompt {
        model: model.into(),
        system: "Be brief.".into(),
        messages: vec![Message::text(Role::User, "Hi")],
        parameters: abilities.allow(format, &wished),
        abilities,
    }
}

/// A conversation with a picture, a file, and an answer that has a sealed thought.
pub(super) fn with_parts(prompt: Prompt, state: Value) -> Prompt {
    let data: Arc<[u8]> = Arc::from(&b"abc"[..]);
    let asked = vec![
        Part::Text("What?".into()),
        Part::Image { media_type: "image/png".into(), data: data.clone() },
        Part::File { name: "a.pdf".into(), media_type: "application/pdf".into(), data, tokens: 0 },
    ];
    let sealed = Thought { provider: "p".into(), model: "m".into(), state };
    let answered = vec![Part::Thought(sealed), Part::Text("A cat.".into())];
    Prompt {
        system: String::new(),
        messages: vec![
            Message { role: Role::User, parts: asked },
            Message { role: Role::Assistant, parts: answered },
            Message::text(Role::User, "Sure?"),
        ],
        ..prompt
    }
}

/// The path and the body of a request.
pub(super) fn sent(provider: &str, format: Format, prompt: &Prompt) -> (String, String) {
    let request = format.chat(Provider::stored(provider), prompt, Without::default());
    let body =
        String::from_utf8(request.body.map(|body| body.bytes().to_vec()).unwrap_or_default())
            .unwrap_or_default();
    (request.path.into_owned(), body)
}

/// One field of what is sent.
pub(super) fn field(body: &str, name: &str) -> Value {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    body.get(name).cloned().unwrap_or(json!(null))
}
