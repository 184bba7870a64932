//! The body of a request for content. It holds these fields and no others.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::encoded::{base64, path_of};
use crate::{EffortLevel, Json, Message, Part, Prompt, Role, Thinking};

/// The usual page of the list has fifty models only.
pub(in crate::format) const LIST: &str = "models?pageSize=1000";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    contents: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    system_instruction: Option<Value>,
    #[serde(skip_serializing_if = "<[Value]>::is_empty")]
    tools: Vec<Value>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    generation_config: Map<String, Value>,
}

/// Where a model is asked; its name is a part of the path.
pub(in crate::format) fn path(model: &str) -> Cow<'static, str> {
    let model = model.strip_prefix("models/").unwrap_or(model);
    // Models of one's own stand beside the others.
    let folder = if model.starts_with("tunedModels/") { "" } else { "models/" };
    Cow::Owned(format!("{folder}{}:streamGenerateContent?alt=sse", path_of(model)))
}

pub(in crate::format) fn chat(prompt: &Prompt) -> Vec<u8> {
    // Gemma knows no system prompt: it hears it as the beginning of what the person says.
    let folds = prompt.model.contains("gemma") && !prompt.system.is_empty();
    let mut contents: Vec<Value> = prompt.messages.iter().map(content).collect();
    if folds
        && let Some(parts) = contents.first_mut().and_then(|first| first["parts"].as_array_mut())
    {
        parts.insert(0, json!({"text": format!("{}\n\n", prompt.system)}));
    }
    let system =
        (!folds && !prompt.system.is_empty()).then(|| json!({"parts": [{"text": prompt.system}]}));
    let body = Body {
        contents,
        system_instruction: system,
        tools: prompt.search().map(|_| json!({"googleSearch": {}})).into_iter().collect(),
        generation_config: config(prompt),
    };
    serde_json::to_vec(&body).unwrap_or_default()
}

fn config(prompt: &Prompt) -> Map<String, Value> {
    let wished = &prompt.parameters;
    let mut config = Map::new();
    let mut set = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            config.insert(name.to_owned(), value);
        }
    };
    set("temperature", wished.temperature.map(Value::from));
    set("topP", wished.top_p.map(Value::from));
    set("maxOutputTokens", wished.max_tokens.map(Value::from));
    set("stopSequences", (!wished.stop.is_empty()).then(|| json!(wished.stop)));
    set("seed", wished.seed.map(Value::from));
    if let Some(json) = &wished.json {
        set("responseMimeType", Some(json!("application/json")));
        if let Json::Schema(schema) = json {
            set("responseJsonSchema", Some(schema.clone()));
        }
    }
    set("thinkingConfig", thinking(prompt));
    config
}

/// Thoughts have to be asked for. A level and a budget in one request are refused.
fn thinking(prompt: &Prompt) -> Option<Value> {
    if prompt.abilities.efforts.is_empty() {
        return None;
    }
    let Some(effort) = prompt.parameters.effort else {
        return Some(json!({"includeThoughts": true}));
    };
    Some(match prompt.abilities.thinking {
        Thinking::Level => json!({"includeThoughts": true, "thinkingLevel": effort.word()}),
        Thinking::Budget
        | Thinking::Adaptive
        | Thinking::Effort
        | Thinking::Usual
        | Thinking::PromptMode
        | Thinking::Unsure => {
            let budget = match effort {
                EffortLevel::None => return Some(json!({"thinkingBudget": 0})),
                EffortLevel::Minimal => 512,
                EffortLevel::Low => 1_024,
                EffortLevel::Medium => 8_192,
                EffortLevel::High | EffortLevel::XHigh | EffortLevel::Max => 24_576,
            };
            json!({"includeThoughts": true, "thinkingBudget": budget})
        }
    })
}

/// What was said; the seal of its reasoning stands behind the words that it led to.
fn content(message: &Message) -> Value {
    let role = match message.role {
        Role::User => "user",
        Role::Assistant => "model",
    };
    let seals = message.parts.iter().filter_map(|part| match part {
        Part::Thought(thought) => Some(thought.state.clone()),
        Part::Text(_) | Part::Image { .. } | Part::Audio { .. } | Part::File { .. } => None,
    });
    let parts: Vec<Value> = message.parts.iter().filter_map(part).chain(seals).collect();
    json!({"role": role, "parts": parts})
}

fn part(part: &Part) -> Option<Value> {
    match part {
        Part::Text(text) => Some(json!({"text": text})),
        Part::Image { media_type, data } | Part::File { media_type, data, .. } => {
            Some(json!({"inlineData": {"mimeType": media_type, "data": base64(data)}}))
        }
        Part::Audio { kind, data, .. } => {
            Some(json!({"inlineData": {"mimeType": kind.gemini_type(), "data": base64(data)}}))
        }
        Part::Thought(_) => None,
    }
}
