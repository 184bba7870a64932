//! What a chat completion request asks.

use serde_json::Value;

use crate::asked::{AUDIO, Asked, Object, PICTURES};
use crate::refusal::Refusal;

const FIELDS: [&str; 20] = [
    "model",
    "messages",
    "stream",
    "stream_options",
    "temperature",
    "top_p",
    "max_tokens",
    "max_completion_tokens",
    "stop",
    "seed",
    "random_seed",
    "verbosity",
    "response_format",
    "reasoning_effort",
    "reasoning",
    "thinking",
    "store",
    "plugins",
    "disable_search",
    "provider",
];

pub(in crate::format) const EFFORTS: [&str; 7] =
    ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

pub(in crate::format) fn read(body: &Value) -> Result<Asked, Refusal> {
    let body = Object::of(body, "body", &FIELDS)?;
    let mut asked = Asked {
        model: body.words("model")?.to_owned(),
        streams: body.flag("stream")?.unwrap_or(false),
        ..Asked::default()
    };
    for said in body.list("messages")? {
        message(said, &mut asked)?;
    }
    parameters(&body)?;
    asked.searches = searches(&body)?;
    if let Some(options) = body.get("stream_options") {
        let options =
            Object::of(options, "stream_options", &["include_usage", "include_obfuscation"])?;
        options.flag("include_usage")?;
        if !asked.streams {
            return Err(body.wrong("stream_options", "is for streams only"));
        }
    }
    Ok(asked)
}

fn message(said: &Value, asked: &mut Asked) -> Result<(), Refusal> {
    let said = Object::of(said, "messages", &["role", "content"])?;
    let role = said.word("role", &["system", "developer", "user", "assistant"])?;
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
    said.list("content")?.iter().try_for_each(|part| self::part(part, role, asked))
}

fn part(part: &Value, role: &str, asked: &mut Asked) -> Result<(), Refusal> {
    let part = Object::of(part, "content", &["type", "text", "image_url", "input_audio", "file"])?;
    match (part.text("type")?, role) {
        ("text", "user") => asked.say(part.words("text")?),
        ("text", _) => {
            part.words("text")?;
        }
        ("image_url", "user") => {
            let image = part.get("image_url").unwrap_or(&Value::Null);
            let image = Object::of(image, "image_url", &["url", "detail"])?;
            let (kind, bytes) = image.data_url("url")?;
            if !PICTURES.contains(&kind) {
                return Err(image.wrong("url", "is no picture"));
            }
            asked.pictures.push(bytes);
        }
        ("input_audio", "user") if part.get("input_audio").is_some_and(Value::is_string) => {
            asked.audio.push(part.audio("input_audio")?);
        }
        ("input_audio", "user") => {
            let audio = part.get("input_audio").unwrap_or(&Value::Null);
            let audio = Object::of(audio, "input_audio", &["data", "format"])?;
            audio.word("format", &AUDIO)?.ok_or_else(|| audio.wrong("format", "is required"))?;
            asked.audio.push(audio.audio("data")?);
        }
        ("file", "user") => {
            let file = part.get("file").unwrap_or(&Value::Null);
            let file = Object::of(file, "file", &["filename", "file_data"])?;
            file.words("filename")?;
            asked.files.push(file.data_url("file_data")?.1);
        }
        _ => return Err(part.wrong("type", "does not belong here")),
    }
    Ok(())
}

/// Whether the web is searched, in OpenRouter's way. Perplexity's says only that it is not.
fn searches(body: &Object<'_>) -> Result<bool, Refusal> {
    body.flag("disable_search")?;
    if let Some(provider) = body.get("provider") {
        let provider = Object::of(provider, "provider", &["data_collection"])?;
        provider.word("data_collection", &["deny"])?;
    }
    if body.get("plugins").is_none() {
        return Ok(false);
    }
    for plugin in body.list("plugins")? {
        let plugin = Object::of(plugin, "plugins", &["id", "engine", "max_results"])?;
        plugin.word("id", &["web"])?;
        plugin.word("engine", &["exa", "native"])?;
        plugin.number("max_results", 1.0, 10.0)?;
    }
    Ok(true)
}

fn parameters(body: &Object<'_>) -> Result<(), Refusal> {
    body.number("temperature", 0.0, 2.0)?;
    body.number("top_p", 0.0, 1.0)?;
    for name in ["max_tokens", "max_completion_tokens"] {
        body.number(name, 1.0, f64::from(u32::MAX))?;
    }
    body.stops("stop", 4)?;
    body.word("verbosity", &["low", "medium", "high"])?;
    body.word("reasoning_effort", &EFFORTS)?;
    if let Some(reasoning) = body.get("reasoning") {
        Object::of(reasoning, "reasoning", &["effort"])?.word("effort", &EFFORTS)?;
    }
    if let Some(thinking) = body.get("thinking") {
        let thinking = Object::of(thinking, "thinking", &["type"])?;
        thinking.word("type", &["enabled", "disabled"])?;
    }
    let Some(format) = body.get("response_format") else { return Ok(()) };
    let format = Object::of(format, "response_format", &["type", "json_schema"])?;
    format.word("type", &["text", "json_object", "json_schema"])?;
    if let Some(schema) = format.get("json_schema") {
        let schema = Object::of(schema, "json_schema", &["name", "strict", "schema"])?;
        schema.words("name")?;
        schema.schema("schema")?;
    }
    Ok(())
}
