//! OpenAI's chat completions, as OpenAI defines it and the others imitate it.

mod conversation;
mod delta;
mod request;

use serde_json::Value;

use super::answer::Answer;
use super::mapper::Read;
use super::{error, usage};
use crate::json::words;
use crate::provider::Dialect;
use crate::{Failure, FinishReason};

pub(super) use request::{chat, list, path};

/// The choice of a chunk that is the answer.
#[cfg(test)]
pub(super) fn answer_of(chunk: &Value) -> Option<&Value> {
    delta::answer(chunk)
}

/// Reads one chunk.
pub(super) fn read(value: &Value, dialect: &Dialect, answer: &mut Answer) -> Result<Read, Failure> {
    if let Some(read) = conversation::read(value, answer) {
        return read;
    }
    let choice = delta::answer(value);
    if let Some(error) = error::of(value, choice) {
        // Words that came with the error are words of the answer all the same.
        if let Some(choice) = choice {
            read_choice(choice, answer);
        }
        return Err(error);
    }
    let usage = usage::of(value, choice, dialect.reasoning_beside_output);
    if value.get("choices").is_some_and(Value::is_array) {
        answer.start(value.get("model").and_then(words));
    } else if usage.is_none() {
        return Ok(Read::Unknown);
    }
    if let Some(choice) = choice {
        read_choice(choice, answer);
    }
    // Perplexity names them beside the choices.
    items(value, "/search_results").for_each(|page| answer.cite(page));
    usage.into_iter().for_each(|usage| answer.usage(usage));
    Ok(Read::Understood)
}

fn items<'a>(value: &'a Value, at: &str) -> impl Iterator<Item = &'a Value> {
    value.pointer(at).and_then(Value::as_array).into_iter().flatten()
}

fn read_choice(choice: &Value, answer: &mut Answer) {
    for part in delta::events(choice, answer.has_begun()) {
        match part {
            delta::Part::Content(text) => answer.content(&text),
            delta::Part::Reasoning(text) => answer.reasoning(text),
            delta::Part::Refusal(text) => answer.refusal(text),
            delta::Part::ToolCall { name } => answer.tool_call(name),
        }
    }
    for note in
        ["/delta/annotations", "/message/annotations"].iter().flat_map(|at| items(choice, at))
    {
        answer.cite(note.get("url_citation").unwrap_or(note));
    }
    if let Some(word) = delta::finish(choice) {
        answer.finish = Some(FinishReason::parse(word));
    }
}

#[cfg(test)]
mod tests;
