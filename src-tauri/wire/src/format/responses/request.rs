//! The body of a response request. It holds these fields and no others.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::encoded::data_url;
use crate::{Json, Message, Part, Prompt, Role, Search};

pub(in crate::format) const PATH: &str = "responses";

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    instructions: &'a str,
    input: Vec<Value>,
    stream: bool,
    /// Kept on the other side otherwise.
    store: bool,
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    include: &'static [&'static str],
    #[serde(skip_serializing_if = "<[Value]>::is_empty")]
    tools: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tool_calls: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasoning: Option<Value>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    text: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_output_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top_p: Option<f64>,
}

pub(in crate::format) fn chat(prompt: &Prompt) -> Vec<u8> {
    let wished = &prompt.parameters;
    let reasons = !prompt.abilities.efforts.is_empty();
    let search = prompt.search();
    let body = Body {
        model: &prompt.model,
        instructions: &prompt.system,
        input: prompt.messages.iter().flat_map(items).collect(),
        stream: true,
        store: false,
        include: if reasons { &["reasoning.encrypted_content"] } else { &[] },
        tools: search.iter().map(|_| json!({"type": "web_search"})).collect(),
        max_tool_calls: search.and_then(Search::most),
        reasoning: reasons.then(|| reasoning(prompt)),
        text: text(prompt),
        max_output_tokens: wished.max_tokens,
        temperature: wished.temperature,
        top_p: wished.top_p,
    };
    serde_json::to_vec(&body).unwrap_or_default()
}

/// Without the wish for a summary nothing of the reasoning is shown.
fn reasoning(prompt: &Prompt) -> Value {
    match prompt.parameters.effort {
        Some(effort) => json!({"effort": effort.word(), "summary": "auto"}),
        None => json!({"summary": "auto"}),
    }
}

fn text(prompt: &Prompt) -> Map<String, Value> {
    let mut text = Map::new();
    match &prompt.parameters.json {
        Some(Json::Any) => {
            text.insert("format".to_owned(), json!({"type": "json_object"}));
        }
        Some(Json::Schema(schema)) => {
            let format =
                json!({"type": "json_schema", "name": "answer", "strict": true, "schema": schema});
            text.insert("format".to_owned(), format);
        }
        None => {}
    }
    if let Some(verbosity) = prompt.parameters.verbosity {
        text.insert("verbosity".to_owned(), json!(verbosity));
    }
    text
}

/// A message, and before an answer the reasoning that led to it.
fn items(message: &Message) -> Vec<Value> {
    let thoughts = message.parts.iter().filter_map(|part| match part {
        Part::Thought(thought) => Some(thought.state.clone()),
        Part::Text(_) | Part::Image { .. } | Part::Audio { .. } | Part::File { .. } => None,
    });
    let role = match message.role {
        Role::User => "user",
        Role::Assistant => "assistant",
    };
    let content: Vec<Value> =
        message.parts.iter().filter_map(|part| content(message.role, part)).collect();
    let said = (!content.is_empty()).then(|| json!({"role": role, "content": content}));
    thoughts.chain(said).collect()
}

fn content(role: Role, part: &Part) -> Option<Value> {
    match (part, role) {
        (Part::Text(text), Role::User) => Some(json!({"type": "input_text", "text": text})),
        (Part::Text(text), Role::Assistant) => Some(json!({"type": "output_text", "text": text})),
        (Part::Image { media_type, data }, _) => {
            Some(json!({"type": "input_image", "image_url": data_url(media_type, data)}))
        }
        (Part::File { name, media_type, data, .. }, _) => Some(json!({
            "type": "input_file",
            "filename": name,
            "file_data": data_url(media_type, data),
        })),
        // It hears nothing.
        (Part::Audio { .. } | Part::Thought(_), _) => None,
    }
}
