//! What a response request asks.

use serde_json::Value;

use crate::asked::{Asked, Object, PICTURES};
use crate::format::chat_completions::EFFORTS;
use crate::refusal::Refusal;

const FIELDS: [&str; 13] = [
    "model",
    "input",
    "instructions",
    "stream",
    "store",
    "include",
    "reasoning",
    "text",
    "max_output_tokens",
    "temperature",
    "top_p",
    "tools",
    "max_tool_calls",
];

pub(in crate::format) fn read(body: &Value) -> Result<Asked, Refusal> {
    let body = Object::of(body, "body", &FIELDS)?;
    let mut asked = Asked {
        model: body.words("model")?.to_owned(),
        streams: body.flag("stream")?.unwrap_or(false),
        ..Asked::default()
    };
    // Kept on the other side otherwise, which a test has to see; the real one takes it.
    if body.flag("store")? != Some(false) {
        return Err(body.wrong("store", "must be false here"));
    }
    match body.get("input") {
        Some(Value::String(_)) => asked.say(body.words("input")?),
        _ => body.list("input")?.iter().try_for_each(|item| self::item(item, &mut asked))?,
    }
    parameters(&body)?;
    body.number("max_tool_calls", 1.0, 100.0)?;
    if body.get("tools").is_some() {
        for tool in body.list("tools")? {
            Object::of(tool, "tools", &["type"])?.word("type", &["web_search"])?;
        }
        asked.searches = true;
    }
    Ok(asked)
}

fn item(item: &Value, asked: &mut Asked) -> Result<(), Refusal> {
    if item.get("type").and_then(Value::as_str) == Some("reasoning") {
        let known = ["type", "id", "status", "summary", "content", "encrypted_content"];
        let reasoning = Object::of(item, "reasoning", &known)?;
        return reasoning.seal("encrypted_content", &asked.model);
    }
    // A search that stood between thoughts goes back with them.
    if item.get("type").and_then(Value::as_str) == Some("web_search_call") {
        let call = Object::of(item, "web_search_call", &["type", "id", "status", "action"])?;
        return call.words("id").map(|_| ());
    }
    let said = Object::of(item, "input", &["type", "role", "content"])?;
    let role = said.word("role", &["system", "developer", "user", "assistant"])?;
    let role = role.ok_or_else(|| said.wrong("role", "is required"))?;
    if role == "user" {
        asked.turn();
    }
    said.list("content")?.iter().try_for_each(|part| self::part(part, role, asked))
}

fn part(part: &Value, role: &str, asked: &mut Asked) -> Result<(), Refusal> {
    let known = ["type", "text", "annotations", "image_url", "detail", "filename", "file_data"];
    let part = Object::of(part, "content", &known)?;
    match (part.text("type")?, role) {
        ("input_text", "user") => asked.say(part.words("text")?),
        ("input_text", "system" | "developer") | ("output_text", "assistant") => {
            part.words("text")?;
        }
        ("input_image", "user") => {
            let (kind, bytes) = part.data_url("image_url")?;
            if !PICTURES.contains(&kind) {
                return Err(part.wrong("image_url", "is no picture"));
            }
            asked.pictures.push(bytes);
        }
        ("input_file", "user") => {
            part.words("filename")?;
            asked.files.push(part.data_url("file_data")?.1);
        }
        _ => return Err(part.wrong("type", "does not belong here")),
    }
    Ok(())
}

fn parameters(body: &Object<'_>) -> Result<(), Refusal> {
    body.number("temperature", 0.0, 2.0)?;
    body.number("top_p", 0.0, 1.0)?;
    body.number("max_output_tokens", 16.0, f64::from(u32::MAX))?;
    if body.get("include").is_some() {
        for what in body.list("include")? {
            if what != "reasoning.encrypted_content" {
                return Err(body.wrong("include", "is unknown"));
            }
        }
    }
    if let Some(reasoning) = body.get("reasoning") {
        let reasoning = Object::of(reasoning, "reasoning", &["effort", "summary"])?;
        reasoning.word("effort", &EFFORTS)?;
        reasoning.word("summary", &["auto", "concise", "detailed"])?;
    }
    let Some(text) = body.get("text") else { return Ok(()) };
    let text = Object::of(text, "text", &["format", "verbosity"])?;
    text.word("verbosity", &["low", "medium", "high"])?;
    if let Some(format) = text.get("format") {
        let format = Object::of(format, "text.format", &["type", "name", "strict", "schema"])?;
        if format.word("type", &["text", "json_object", "json_schema"])? == Some("json_schema") {
            format.words("name")?;
            format.schema("schema")?;
        }
    }
    Ok(())
}
