//! The body of a chat. It holds these fields and no others.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::encoded::data_url;
use crate::{EffortLevel, Json, Message, Part, Prompt, Role};

pub(in crate::format) const PATH: &str = "v2/chat";

/// The list is still that of the first version.
pub(in crate::format) const LIST: &str = "v1/models?endpoint=chat&page_size=1000";

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    messages: Vec<Value>,
    stream: bool,
    #[serde(flatten)]
    parameters: Map<String, Value>,
}

pub(in crate::format) fn chat(prompt: &Prompt) -> Vec<u8> {
    let system =
        (!prompt.system.is_empty()).then(|| json!({"role": "system", "content": prompt.system}));
    let body = Body {
        model: &prompt.model,
        messages: system.into_iter().chain(prompt.messages.iter().map(said)).collect(),
        stream: true,
        parameters: parameters(prompt),
    };
    serde_json::to_vec(&body).unwrap_or_default()
}

fn said(message: &Message) -> Value {
    let role = match message.role {
        Role::User => "user",
        Role::Assistant => "assistant",
    };
    let content: Vec<Value> = message.parts.iter().filter_map(part).collect();
    json!({"role": role, "content": content})
}

fn part(part: &Part) -> Option<Value> {
    match part {
        Part::Text(text) => Some(json!({"type": "text", "text": text})),
        Part::Image { media_type, data } => {
            Some(json!({"type": "image_url", "image_url": {"url": data_url(media_type, data)}}))
        }
        // It takes no files and hears nothing, and its thoughts are not sealed.
        Part::Audio { .. } | Part::File { .. } | Part::Thought(_) => None,
    }
}

fn parameters(prompt: &Prompt) -> Map<String, Value> {
    let wished = &prompt.parameters;
    let mut fields = Map::new();
    let mut set = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            fields.insert(name.to_owned(), value);
        }
    };
    set("max_tokens", wished.max_tokens.map(Value::from));
    set("temperature", wished.temperature.map(Value::from));
    set("p", wished.top_p.map(Value::from));
    set("stop_sequences", (!wished.stop.is_empty()).then(|| json!(wished.stop)));
    set("seed", wished.seed.map(Value::from));
    set(
        "response_format",
        wished.json.as_ref().map(|json| match json {
            Json::Any => json!({"type": "json_object"}),
            Json::Schema(schema) => json!({"type": "json_object", "json_schema": schema}),
        }),
    );
    set(
        "thinking",
        wished.effort.map(|effort| {
            let kind = if effort == EffortLevel::None { "disabled" } else { "enabled" };
            json!({"type": kind})
        }),
    );
    fields
}
