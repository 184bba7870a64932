//! What a message request asks.

use axum::http::HeaderMap;
use serde_json::Value;

use crate::asked::{Asked, Object, PICTURES};
use crate::refusal::Refusal;

const FIELDS: [&str; 11] = [
    "model",
    "max_tokens",
    "system",
    "messages",
    "stream",
    "thinking",
    "output_config",
    "temperature",
    "top_p",
    "stop_sequences",
    "tools",
];

const LEAST_BUDGET: f64 = 1_024.0;

pub(in crate::format) fn read(headers: &HeaderMap, body: &Value) -> Result<Asked, Refusal> {
    // Newer libraries name later versions.
    let is_day = |version: &[u8]| {
        version.len() == 10 && version.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-')
    };
    if headers.get("anthropic-version").is_none_or(|version| !is_day(version.as_bytes())) {
        let words = "anthropic-version: header is required";
        return Err(Refusal::malformed("anthropic-version", words));
    }
    let body = Object::of(body, "body", &FIELDS)?;
    let mut asked = Asked {
        model: body.words("model")?.to_owned(),
        streams: body.flag("stream")?.unwrap_or(false),
        ..Asked::default()
    };
    let most = f64::from(u32::MAX);
    let max_tokens = body.number("max_tokens", 1.0, most)?;
    let max_tokens = max_tokens.ok_or_else(|| body.wrong("max_tokens", "Field required"))?;
    if body.get("system").is_some() {
        body.text("system")?;
    }
    let messages = body.list("messages")?;
    for said in messages {
        message(said, &mut asked)?;
    }
    // Newer models do not go on with what somebody else began.
    if messages.last().and_then(|last| last.get("role")).is_some_and(|role| role == "assistant") {
        return Err(body.wrong("messages", "must end with a user message"));
    }
    parameters(&body, max_tokens)?;
    if body.get("tools").is_some() {
        for tool in body.list("tools")? {
            let tool = Object::of(tool, "tools", &["type", "name", "max_uses"])?;
            tool.word("type", &["web_search_20250305"])?;
            tool.word("name", &["web_search"])?;
            tool.number("max_uses", 1.0, 100.0)?;
        }
        asked.searches = true;
    }
    Ok(asked)
}

fn message(said: &Value, asked: &mut Asked) -> Result<(), Refusal> {
    let said = Object::of(said, "messages", &["role", "content"])?;
    let role = said.word("role", &["user", "assistant"])?;
    let role = role.ok_or_else(|| said.wrong("role", "is required"))?;
    if role == "user" {
        asked.turn();
    }
    if said.get("content").is_some_and(Value::is_string) {
        let text = said.words("content")?;
        if role == "user" {
            asked.say(text);
        }
        return Ok(());
    }
    let content = said.list("content")?;
    content.iter().try_for_each(|block| self::block(block, role, asked))?;
    // A turn that ends in thinking is refused, too.
    let is_thinking = |block: &Value| {
        let kind = block.get("type").and_then(Value::as_str).unwrap_or_default();
        kind == "thinking" || kind == "redacted_thinking"
    };
    match content.last().is_some_and(is_thinking) {
        true => Err(said.wrong("content", "must not end with thinking")),
        false => Ok(()),
    }
}

fn block(block: &Value, role: &str, asked: &mut Asked) -> Result<(), Refusal> {
    let kind = block.get("type").and_then(Value::as_str).unwrap_or_default();
    match (kind, role) {
        ("text", _) => {
            let text = Object::of(block, "content", &["type", "text"])?.words("text")?;
            if role == "user" {
                asked.say(text);
            }
        }
        ("thinking", "assistant") => {
            let known = ["type", "thinking", "signature"];
            let thinking = Object::of(block, "thinking", &known)?;
            thinking.text("thinking")?;
            thinking.seal("signature", &asked.model)?;
        }
        ("image", "user") => {
            let image = Object::of(block, "image", &["type", "source"])?;
            let bytes = source(&image, &PICTURES)?;
            asked.pictures.push(bytes);
        }
        ("document", "user") => {
            let document = Object::of(block, "document", &["type", "title", "source"])?;
            let bytes = source(&document, &["application/pdf"])?;
            asked.files.push(bytes);
        }
        _ => {
            let words = format!("messages: a block of type '{kind}' does not belong here.");
            return Err(Refusal::malformed("content", words));
        }
    }
    Ok(())
}

/// The bytes of a file, which stands here in base64, or as the text it is.
fn source(block: &Object<'_>, kinds: &[&str]) -> Result<usize, Refusal> {
    let source = block.get("source").unwrap_or(&Value::Null);
    let source = Object::of(source, "source", &["type", "media_type", "data"])?;
    match source.text("type")? {
        "base64" => {
            source.word("media_type", kinds)?;
            source.base64("data")
        }
        "text" if kinds == ["application/pdf"] => {
            source.word("media_type", &["text/plain"])?;
            Ok(source.words("data")?.len())
        }
        _ => Err(source.wrong("type", "must be base64")),
    }
}

fn parameters(body: &Object<'_>, max_tokens: f64) -> Result<(), Refusal> {
    let sampled = [body.number("temperature", 0.0, 1.0)?, body.number("top_p", 0.0, 1.0)?];
    if sampled.iter().flatten().count() > 1 {
        return Err(body.wrong("top_p", "cannot stand beside temperature"));
    }
    body.stops("stop_sequences", 100)?;
    if let Some(thinking) = body.get("thinking") {
        let known = ["type", "budget_tokens", "display"];
        let thinking = Object::of(thinking, "thinking", &known)?;
        thinking.word("display", &["summarized", "omitted"])?;
        let kind = thinking.word("type", &["enabled", "disabled", "adaptive"])?;
        let budget = thinking.number("budget_tokens", LEAST_BUDGET, max_tokens - 1.0)?;
        if (kind == Some("enabled")) != budget.is_some() {
            return Err(thinking.wrong("budget_tokens", "belongs to enabled, and to nothing else"));
        }
        if budget.is_some() && sampled.iter().any(Option::is_some) {
            return Err(body.wrong("temperature", "cannot stand beside thinking"));
        }
    }
    let Some(config) = body.get("output_config") else { return Ok(()) };
    let config = Object::of(config, "output_config", &["effort", "format"])?;
    config.word("effort", &["low", "medium", "high", "xhigh", "max"])?;
    if let Some(format) = config.get("format") {
        let format = Object::of(format, "output_config.format", &["type", "schema"])?;
        format.word("type", &["json_schema"])?;
        format.schema("schema")?;
    }
    Ok(())
}
