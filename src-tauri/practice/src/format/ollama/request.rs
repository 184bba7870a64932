//! What a chat asks. The real one passes over fields that it does not know; here they are refused, so that they are seen.

use serde_json::Value;

use crate::asked::{Asked, Object};
use crate::refusal::Refusal;

pub(in crate::format) fn read(body: &Value) -> Result<Asked, Refusal> {
    let known =
        ["model", "messages", "stream", "think", "format", "options", "keep_alive", "truncate"];
    let body = Object::of(body, "body", &known)?;
    let mut asked = Asked {
        model: body.words("model")?.to_owned(),
        // Nobody has to ask for it here.
        streams: body.flag("stream")?.unwrap_or(true),
        ..Asked::default()
    };
    for said in body.list("messages")? {
        message(said, &mut asked)?;
    }
    body.flag("truncate")?;
    match body.get("think") {
        None | Some(Value::Bool(_)) => {}
        Some(_) => {
            body.word("think", &["low", "medium", "high", "max"])?;
        }
    }
    match body.get("format") {
        None | Some(Value::Object(_)) => {}
        Some(_) => {
            body.word("format", &["json"])?;
        }
    }
    let Some(options) = body.get("options") else { return Ok(asked) };
    let known = ["num_ctx", "num_predict", "temperature", "top_p", "seed", "stop"];
    let options = Object::of(options, "options", &known)?;
    options.number("temperature", 0.0, 2.0)?;
    options.number("top_p", 0.0, 1.0)?;
    options.number("num_predict", -2.0, f64::from(u32::MAX))?;
    options.stops("stop", 100)?;
    Ok(asked)
}

fn message(said: &Value, asked: &mut Asked) -> Result<(), Refusal> {
    let said = Object::of(said, "messages", &["role", "content", "images"])?;
    let role = said.word("role", &["system", "user", "assistant"])?;
    let role = role.ok_or_else(|| said.wrong("role", "is required"))?;
    let images = said.get("images").is_some();
    if role == "user" {
        asked.turn();
        let text = if images { said.text("content")? } else { said.words("content")? };
        asked.say(text);
    } else {
        said.words("content")?;
    }
    if images && role != "user" {
        return Err(said.wrong("images", "does not belong here"));
    }
    if images {
        for image in said.list("images")? {
            let holder = Value::Object([("image".to_owned(), image.clone())].into_iter().collect());
            let bytes = Object::of(&holder, "images", &["image"])?.base64("image")?;
            asked.pictures.push(bytes);
        }
    }
    Ok(())
}
