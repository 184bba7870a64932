//! The body of a chat. It holds these fields and no others.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::encoded::base64;
use crate::{EffortLevel, Json, Message, Part, Prompt, Role};

pub(in crate::format) const PATH: &str = "api/chat";
pub(in crate::format) const LIST: &str = "api/tags";

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    messages: Vec<Said>,
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    think: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keep_alive: Option<Value>,
    /// Too long is said; without this the beginning would be left out and nobody told.
    truncate: bool,
    #[serde(skip_serializing_if = "Map::is_empty")]
    options: Map<String, Value>,
}

#[derive(Serialize)]
struct Said {
    role: &'static str,
    content: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    images: Vec<String>,
}

pub(in crate::format) fn chat(prompt: &Prompt) -> Vec<u8> {
    let system = (!prompt.system.is_empty()).then(|| Said {
        role: "system",
        content: prompt.system.clone(),
        images: Vec::new(),
    });
    let body = Body {
        model: &prompt.model,
        messages: system.into_iter().chain(prompt.messages.iter().map(said)).collect(),
        stream: true,
        think: prompt.parameters.effort.map(|effort| think(&prompt.model, effort)),
        format: prompt.parameters.json.as_ref().map(|json| match json {
            Json::Any => json!("json"),
            Json::Schema(schema) => schema.clone(),
        }),
        keep_alive: prompt.parameters.keep_minutes.map(keep_alive),
        truncate: false,
        options: options(prompt),
    };
    serde_json::to_vec(&body).unwrap_or_default()
}

/// gpt-oss wants a word and passes over yes and no; the others know only these.
fn think(model: &str, effort: EffortLevel) -> Value {
    match (model.contains("gpt-oss"), effort) {
        (_, EffortLevel::None) => json!(false),
        (true, effort) => json!(effort.word()),
        (false, _) => json!(true),
    }
}

/// A number would be seconds.
fn keep_alive(minutes: i32) -> Value {
    match minutes {
        ..0 => json!(-1),
        0 => json!(0),
        minutes => json!(format!("{minutes}m")),
    }
}

fn options(prompt: &Prompt) -> Map<String, Value> {
    let wished = &prompt.parameters;
    let mut options = Map::new();
    let mut set = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            options.insert(name.to_owned(), value);
        }
    };
    set("num_ctx", wished.context.map(Value::from));
    set("num_predict", wished.max_tokens.map(Value::from));
    set("temperature", wished.temperature.map(Value::from));
    set("top_p", wished.top_p.map(Value::from));
    set("seed", wished.seed.map(Value::from));
    set("stop", (!wished.stop.is_empty()).then(|| json!(wished.stop)));
    options
}

fn said(message: &Message) -> Said {
    let mut said = Said {
        role: match message.role {
            Role::User => "user",
            Role::Assistant => "assistant",
        },
        content: String::new(),
        images: Vec::new(),
    };
    for part in &message.parts {
        match part {
            Part::Text(text) => said.content.push_str(text),
            Part::Image { data, .. } => said.images.push(base64(data)),
            // It takes no files and hears nothing, and its thoughts are not sealed.
            Part::Audio { .. } | Part::File { .. } | Part::Thought(_) => {}
        }
    }
    said
}
