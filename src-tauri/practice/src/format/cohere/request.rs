//! What a chat asks.

use serde_json::Value;

use crate::asked::{Asked, Object, PICTURES};
use crate::refusal::Refusal;

const FIELDS: [&str; 10] = [
    "model",
    "messages",
    "stream",
    "max_tokens",
    "temperature",
    "p",
    "stop_sequences",
    "seed",
    "response_format",
    "thinking",
];

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
    Ok(asked)
}

fn message(said: &Value, asked: &mut Asked) -> Result<(), Refusal> {
    let said = Object::of(said, "messages", &["role", "content"])?;
    let role = said.word("role", &["system", "user", "assistant"])?;
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
    let part = Object::of(part, "content", &["type", "text", "image_url"])?;
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
        _ => return Err(part.wrong("type", "does not belong here")),
    }
    Ok(())
}

fn parameters(body: &Object<'_>) -> Result<(), Refusal> {
    body.number("temperature", 0.0, 1.0)?;
    body.number("p", 0.01, 0.99)?;
    body.number("max_tokens", 1.0, f64::from(u32::MAX))?;
    body.number("seed", 0.0, 1.844_674_407_370_955_2e19)?;
    body.stops("stop_sequences", 5)?;
    if let Some(thinking) = body.get("thinking") {
        let thinking = Object::of(thinking, "thinking", &["type", "token_budget"])?;
        thinking.word("type", &["enabled", "disabled"])?;
    }
    if let Some(format) = body.get("response_format") {
        let format = Object::of(format, "response_format", &["type", "json_schema"])?;
        format.word("type", &["text", "json_object"])?;
        format.schema("json_schema")?;
    }
    Ok(())
}
