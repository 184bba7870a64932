//! Pieces of generated content.

use serde_json::{Value, json};

use crate::format::answer::Answer;
use crate::format::error;
use crate::format::mapper::Read;
use crate::format::usage::without_audio;
use crate::json::{count, words};
use crate::{Failure, FinishReason, Usage};

/// Reads one piece.
pub(in crate::format) fn read(value: &Value, answer: &mut Answer) -> Result<Read, Failure> {
    if let Some(failure) = error::of(value, None) {
        return Err(failure);
    }
    let candidates = value.get("candidates").and_then(Value::as_array);
    let counted = value.get("usageMetadata").and_then(usage);
    let blocked = value.pointer("/promptFeedback/blockReason").and_then(words);
    if candidates.is_none() && counted.is_none() && blocked.is_none() {
        return Ok(Read::Unknown);
    }
    answer.start(value.get("modelVersion").and_then(words));
    let first =
        |candidate: &&Value| candidate.get("index").and_then(count).unwrap_or_default() == 0;
    if let Some(candidate) = candidates.into_iter().flatten().find(first) {
        candidate_of(candidate, answer);
    } else if blocked.is_some() {
        // A blocked question has no candidate, and nothing follows.
        answer.finish = Some(FinishReason::ContentFilter);
    }
    counted.into_iter().for_each(|usage| answer.usage(usage));
    Ok(Read::Understood)
}

fn candidate_of(candidate: &Value, answer: &mut Answer) {
    let parts = candidate.pointer("/content/parts").and_then(Value::as_array);
    for part in parts.into_iter().flatten() {
        let text = part.get("text").and_then(words).unwrap_or_default().to_owned();
        match part.get("thought") == Some(&Value::Bool(true)) {
            true => answer.reasoning(text),
            false => answer.text(&text),
        }
        if let Some(call) = part.get("functionCall").filter(|call| call.is_object()) {
            answer.tool_call(call.get("name").and_then(words).map(str::to_owned));
        }
        if let Some(seal) = part.get("thoughtSignature").and_then(words) {
            answer.thought(json!({"text": "", "thoughtSignature": seal}));
        }
    }
    ground(candidate, answer);
    let asked = candidate.pointer("/groundingMetadata/webSearchQueries").and_then(Value::as_array);
    if let Some(asked) = asked.filter(|asked| !asked.is_empty()) {
        let searches = u64::try_from(asked.len()).ok();
        answer.usage(Usage { searches, ..Usage::default() });
    }
    let reason = candidate.get("finishReason").and_then(words);
    if let Some(reason) = reason.filter(|reason| *reason != "FINISH_REASON_UNSPECIFIED") {
        answer.finish = Some(FinishReason::parse(reason));
    }
}

/// What it rests on: pages, and the words that rest on each.
fn ground(candidate: &Value, answer: &mut Answer) {
    let items = |name: &str| {
        let all = candidate.pointer("/groundingMetadata").and_then(|all| all.get(name));
        all.and_then(Value::as_array).into_iter().flatten()
    };
    let web = |page: &Value| answer.mark_of(page.get("web")?);
    let pages: Vec<Option<String>> = items("groundingChunks").map(web).collect();
    for support in items("groundingSupports") {
        let places = support.get("groundingChunkIndices").and_then(Value::as_array);
        let places = places.into_iter().flatten().filter_map(count);
        let marks = places.filter_map(|at| pages.get(usize::try_from(at).ok()?)?.clone());
        let said = support.pointer("/segment/text").and_then(words).unwrap_or_default();
        answer.mark_words(said, &marks.collect::<Vec<_>>());
    }
}

/// The counts so far. Those of thoughts stand beside those of the answer, and those of tools beside those of the question.
fn usage(counted: &Value) -> Option<Usage> {
    let of = |name: &str| counted.get(name).and_then(count);
    let known = |name: &str| of(name).filter(|count| *count > 0);
    let audio = heard(counted);
    let (prompt, cached) =
        without_audio(of("promptTokenCount"), known("cachedContentTokenCount"), audio);
    let prompt = prompt.map(|prompt| {
        let fresh = prompt.checked_sub(cached.unwrap_or(0)).unwrap_or(prompt);
        fresh.saturating_add(of("toolUsePromptTokenCount").unwrap_or(0))
    });
    let usage = Usage {
        input: prompt,
        cache_read: cached.filter(|count| *count > 0),
        audio: Some(audio).filter(|count| *count > 0),
        output: of("candidatesTokenCount"),
        reasoning: known("thoughtsTokenCount"),
        ..Usage::default()
    };
    (usage != Usage::default()).then_some(usage)
}

/// Tokens of the question that were heard.
fn heard(counted: &Value) -> u64 {
    let kinds = counted.get("promptTokensDetails").and_then(Value::as_array);
    let audio = |kind: &&Value| kind.get("modality").and_then(words) == Some("AUDIO");
    let counts = kinds.into_iter().flatten().filter(audio);
    counts.filter_map(|kind| kind.get("tokenCount").and_then(count)).fold(0, u64::saturating_add)
}
