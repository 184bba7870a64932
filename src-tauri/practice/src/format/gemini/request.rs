//! What a request for content asks.

use serde_json::Value;

use crate::asked::{Asked, Object, PICTURES};
use crate::refusal::Refusal;

const CONFIG: [&str; 8] = [
    "temperature",
    "topP",
    "maxOutputTokens",
    "stopSequences",
    "seed",
    "responseMimeType",
    "responseJsonSchema",
    "thinkingConfig",
];

pub(in crate::format) fn read(model: &str, body: &Value) -> Result<Asked, Refusal> {
    let known = ["contents", "systemInstruction", "generationConfig", "tools"];
    let body = Object::of(body, "body", &known)?;
    // The address says that it streams.
    let mut asked = Asked { model: model.to_owned(), streams: true, ..Asked::default() };
    let contents = body.list("contents")?;
    for said in contents {
        content(said, &mut asked)?;
    }
    if contents.last().and_then(|last| last.get("role")).is_some_and(|role| role == "model") {
        return Err(body.wrong("contents", "must end with a user's turn"));
    }
    if let Some(system) = body.get("systemInstruction") {
        let system = Object::of(system, "systemInstruction", &["parts"])?;
        for part in system.list("parts")? {
            Object::of(part, "systemInstruction.parts", &["text"])?.words("text")?;
        }
    }
    if let Some(wished) = body.get("generationConfig") {
        config(wished)?;
    }
    if body.get("tools").is_some() {
        for tool in body.list("tools")? {
            let tool = Object::of(tool, "tools", &["googleSearch"])?;
            let search = tool.get("googleSearch").unwrap_or(&Value::Null);
            Object::of(search, "googleSearch", &[])?;
        }
        asked.searches = true;
    }
    Ok(asked)
}

fn content(said: &Value, asked: &mut Asked) -> Result<(), Refusal> {
    let said = Object::of(said, "contents", &["role", "parts"])?;
    let role = said.word("role", &["user", "model"])?;
    let role = role.ok_or_else(|| said.wrong("role", "is required"))?;
    if role == "user" {
        asked.turn();
    }
    said.list("parts")?.iter().try_for_each(|part| self::part(part, role, asked))
}

fn part(part: &Value, role: &str, asked: &mut Asked) -> Result<(), Refusal> {
    let part = Object::of(part, "parts", &["text", "thoughtSignature", "inlineData"])?;
    let is_sealed = part.get("thoughtSignature").is_some();
    match part.get("inlineData") {
        Some(data) if role == "user" && part.get("text").is_none() => {
            let data = Object::of(data, "inlineData", &["mimeType", "data"])?;
            let bytes = data.base64("data")?;
            match data.words("mimeType")? {
                kind if PICTURES.contains(&kind) => asked.pictures.push(bytes),
                kind if kind.starts_with("audio/") => asked.audio.push(data.audio("data")?),
                _ => asked.files.push(bytes),
            }
        }
        Some(_) => return Err(part.wrong("inlineData", "does not belong here")),
        // The seal stands on a part that may have no words.
        None if is_sealed && role == "model" => {
            part.text("text")?;
            part.seal("thoughtSignature", &asked.model)?;
        }
        None if is_sealed => return Err(part.wrong("thoughtSignature", "does not belong here")),
        None if role == "user" => asked.say(part.words("text")?),
        None => {
            part.words("text")?;
        }
    }
    Ok(())
}

fn config(wished: &Value) -> Result<(), Refusal> {
    let config = Object::of(wished, "generationConfig", &CONFIG)?;
    config.number("temperature", 0.0, 2.0)?;
    config.number("topP", 0.0, 1.0)?;
    config.number("maxOutputTokens", 1.0, f64::from(i32::MAX))?;
    config.number("seed", f64::from(i32::MIN), f64::from(i32::MAX))?;
    config.stops("stopSequences", 5)?;
    config.word("responseMimeType", &["text/plain", "application/json"])?;
    config.schema("responseJsonSchema")?;
    let Some(thinking) = config.get("thinkingConfig") else { return Ok(()) };
    let known = ["includeThoughts", "thinkingBudget", "thinkingLevel"];
    let thinking = Object::of(thinking, "thinkingConfig", &known)?;
    thinking.flag("includeThoughts")?;
    let level = thinking.word("thinkingLevel", &["minimal", "low", "medium", "high"])?;
    let budget = thinking.number("thinkingBudget", -1.0, 32_768.0)?;
    match level.is_some() && budget.is_some() {
        true => Err(thinking.wrong("thinkingBudget", "cannot stand beside thinkingLevel")),
        false => Ok(()),
    }
}
