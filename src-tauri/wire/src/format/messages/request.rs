//! The body of a message request. It holds these fields and no others.

use serde::Serialize;
use serde_json::{Value, json};

use crate::encoded::base64;
use crate::{EffortLevel, Json, Message, Part, Prompt, Role, Search, Thinking};

pub(in crate::format) const PATH: &str = "messages";

/// The usual page of the list has twenty models only.
pub(in crate::format) const LIST: &str = "models?limit=1000";

/// The format wants a bound; this is one that every model takes.
const MAX_TOKENS: u32 = 8_192;

/// Less than this is refused as a budget for reasoning.
const LEAST_BUDGET: u32 = 1_024;

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    max_tokens: u32,
    #[serde(skip_serializing_if = "str::is_empty")]
    system: &'a str,
    messages: Vec<Said>,
    stream: bool,
    #[serde(skip_serializing_if = "<[Value]>::is_empty")]
    tools: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thinking: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output_config: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top_p: Option<f64>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    stop_sequences: &'a [String],
}

#[derive(Serialize)]
struct Said {
    role: &'static str,
    content: Vec<Value>,
}

pub(in crate::format) fn chat(prompt: &Prompt) -> Vec<u8> {
    let wished = &prompt.parameters;
    let max_tokens = wished.max_tokens.unwrap_or(MAX_TOKENS);
    let thinking = thinking(prompt, max_tokens);
    // While it thinks, it chooses words in its own way.
    let is_bound = thinking.as_ref().is_some_and(|thinking| thinking["type"] != "disabled");
    let body = Body {
        model: &prompt.model,
        max_tokens,
        system: &prompt.system,
        messages: prompt.messages.iter().map(said).collect(),
        stream: true,
        tools: prompt.search().map(search).into_iter().collect(),
        thinking,
        output_config: output_config(prompt),
        temperature: wished.temperature.filter(|_| !is_bound),
        top_p: wished.top_p.filter(|_| !is_bound),
        stop_sequences: &wished.stop,
    };
    serde_json::to_vec(&body).unwrap_or_default()
}

fn search(search: Search) -> Value {
    let mut tool = json!({"type": "web_search_20250305", "name": "web_search"});
    if let Some(most) = search.most() {
        tool["max_uses"] = json!(most);
    }
    tool
}

/// How it is told to think, in the form that this model knows. Where nothing is wished, nothing is said.
fn thinking(prompt: &Prompt, max_tokens: u32) -> Option<Value> {
    let Some(effort) = prompt.parameters.effort else {
        // It thinks unasked, and is paid for it: then it is seen.
        return prompt.abilities.thinks_unasked.then(shown);
    };
    match (prompt.abilities.thinking, effort) {
        (Thinking::Adaptive | Thinking::Budget, EffortLevel::None) => {
            Some(json!({"type": "disabled"}))
        }
        (Thinking::Adaptive, _) => Some(shown()),
        (Thinking::Budget, effort) => {
            let share = match effort {
                EffortLevel::None | EffortLevel::Minimal | EffortLevel::Low => 4,
                EffortLevel::Medium => 2,
                EffortLevel::High | EffortLevel::XHigh | EffortLevel::Max => 1,
            };
            let budget = (max_tokens / 2 / share).max(LEAST_BUDGET);
            (budget < max_tokens).then(|| json!({"type": "enabled", "budget_tokens": budget}))
        }
        (
            Thinking::Effort
            | Thinking::Level
            | Thinking::Usual
            | Thinking::PromptMode
            | Thinking::Unsure,
            _,
        ) => None,
    }
}

/// Without the wish to see it, newer models keep their thinking to themselves.
fn shown() -> Value {
    json!({"type": "adaptive", "display": "summarized"})
}

fn output_config(prompt: &Prompt) -> Option<Value> {
    let mut config = serde_json::Map::new();
    let effort = prompt.parameters.effort.filter(|effort| *effort != EffortLevel::None);
    if let Some(effort) = effort.filter(|_| prompt.abilities.thinking != Thinking::Budget) {
        config.insert("effort".to_owned(), json!(effort.word()));
    }
    if let Some(Json::Schema(schema)) = &prompt.parameters.json {
        config.insert("format".to_owned(), json!({"type": "json_schema", "schema": schema}));
    }
    (!config.is_empty()).then_some(Value::Object(config))
}

fn said(message: &Message) -> Said {
    let role = match message.role {
        Role::User => "user",
        Role::Assistant => "assistant",
    };
    // What it thought between searches is no whole without them, and they are long and paid for anew: its words go back.
    let searched = message.parts.iter().any(|part| match part {
        Part::Thought(thought) => thought.state["type"] == "server_tool_use",
        Part::Text(_) | Part::Image { .. } | Part::Audio { .. } | Part::File { .. } => false,
    });
    let parts = message.parts.iter();
    let kept = parts.filter(|part| !(searched && matches!(part, Part::Thought(_))));
    Said { role, content: kept.filter_map(block).collect() }
}

fn block(part: &Part) -> Option<Value> {
    let source = |media_type: &str, data: &[u8]| json!({"type": "base64", "media_type": media_type, "data": base64(data)});
    match part {
        // An empty block is refused.
        Part::Text(text) => (!text.is_empty()).then(|| json!({"type": "text", "text": text})),
        Part::Image { media_type, data } => {
            Some(json!({"type": "image", "source": source(media_type, data)}))
        }
        Part::File { name, media_type, data, .. } => {
            Some(json!({"type": "document", "title": name, "source": source(media_type, data)}))
        }
        // It hears nothing.
        Part::Audio { .. } => None,
        Part::Thought(thought) => Some(thought.state.clone()),
    }
}
