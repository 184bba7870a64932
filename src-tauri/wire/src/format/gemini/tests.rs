use serde_json::{Value, json};

use crate::format::trial::{
    field, prompt, run as run_in, sent, source, started, text, thought, with_parts,
};
use crate::{
    AudioKind, ChatEvent, EffortLevel, Failure, FailureKind, FinishReason, Format, Json, Message,
    Parameters, Part, Prompt, Role, Usage,
};

const FORMAT: Format = Format::Gemini;

fn run(documents: &[Value]) -> (Vec<ChatEvent>, Result<Option<FinishReason>, Failure>, u32) {
    run_in(FORMAT, documents)
}

fn said(parts: Value) -> Value {
    json!({"candidates": [{"content": {"role": "model", "parts": parts}, "index": 0}]})
}

#[test]
fn a_whole_stream() {
    let (events, end, skipped) = run(&[
        json!({"candidates": [{"content": {"role": "model", "parts": [{"text": "Adding.", "thought": true}]}}],
            "usageMetadata": {"promptTokenCount": 30, "totalTokenCount": 35, "thoughtsTokenCount": 5}, "modelVersion": "gemini-4-argon"}),
        said(json!([{"text": "Fo"}])),
        json!({"candidates": [{"content": {"parts": [{"text": "ur."}, {"text": "", "thoughtSignature": "CiQB"}]}, "finishReason": "STOP",
            "groundingMetadata": {"groundingChunks": [{"web": {"uri": "https://a.example", "title": "A"}}, {"web": 3}],
                "groundingSupports": [{"segment": {"endIndex": 5, "text": "Four."}, "groundingChunkIndices": [0, 1, 7, "x"]}, {"segment": 3}],
                "searchEntryPoint": {"renderedContent": "<b>never</b>"}}}],
            "usageMetadata": {"promptTokenCount": 30, "cachedContentTokenCount": 20, "toolUsePromptTokenCount": 7,
                "candidatesTokenCount": 4, "thoughtsTokenCount": 5, "totalTokenCount": 46}}),
    ]);
    let first = Usage { input: Some(30), reasoning: Some(5), ..Usage::default() };
    let last = Usage {
        input: Some(17),
        cache_read: Some(20),
        output: Some(4),
        reasoning: Some(5),
        ..Usage::default()
    };
    let sealed = json!({"text": "", "thoughtSignature": "CiQB"});
    assert_eq!(
        events,
        [
            started("gemini-4-argon"),
            thought("Adding."),
            ChatEvent::Usage(first),
            text("Fo"),
            text("ur."),
            ChatEvent::Thought(sealed),
            source("https://a.example", "A"),
            ChatEvent::Cited { words: "Four.".into(), marks: "[1]".into() },
            ChatEvent::Usage(last),
        ]
    );
    assert_eq!((end, skipped), (Ok(Some(FinishReason::Stop)), 0));
}

#[test]
fn an_end_needs_a_reason() {
    assert_eq!(run(&[said(json!([{"text": "Hi"}]))]).1, Ok(None));
    let ended = |reason: &str| run(&[json!({"candidates": [{"finishReason": reason}]})]).1.unwrap();
    let table = [
        ("STOP", FinishReason::Stop),
        ("MAX_TOKENS", FinishReason::Length),
        ("SAFETY", FinishReason::ContentFilter),
        ("RECITATION", FinishReason::ContentFilter),
        ("PROHIBITED_CONTENT", FinishReason::ContentFilter),
        ("BLOCKLIST", FinishReason::ContentFilter),
        ("SPII", FinishReason::ContentFilter),
        ("MALFORMED_FUNCTION_CALL", FinishReason::Other),
        ("NOVELTY", FinishReason::Other),
    ];
    for (word, reason) in table {
        assert_eq!(ended(word), Some(reason), "{word}");
    }
    assert_eq!(
        run(&[json!({"candidates": [{"finishReason": "FINISH_REASON_UNSPECIFIED"}]})]).1,
        Ok(None)
    );
}

#[test]
fn a_blocked_question_is_filtered() {
    let blocked = json!({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": {"promptTokenCount": 9}});
    let (events, end, _) = run(&[blocked]);
    assert_eq!(end, Ok(Some(FinishReason::ContentFilter)));
    assert_eq!(events.len(), 2, "{events:?}");
}

#[test]
fn a_list_that_comes_as_one_document() {
    let list = json!([said(json!([{"text": "a"}])), {"candidates": [{"content": {"parts": [{"text": "b"}]}, "finishReason": "STOP"}]}]);
    let (events, end, _) = run(&[list]);
    assert_eq!(events, [started(""), text("a"), text("b")]);
    assert_eq!(end, Ok(Some(FinishReason::Stop)));
}

#[test]
fn errors_in_a_list_and_in_mid_stream() {
    let error = json!({"error": {"code": 429, "message": "Resource has been exhausted", "status": "RESOURCE_EXHAUSTED"}});
    for documents in [vec![json!([error])], vec![said(json!([{"text": "Hi"}])), error.clone()]] {
        let failure = run(&documents).1.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Busy);
        assert_eq!(failure.said, "Resource has been exhausted");
    }
}

#[test]
fn words_alone() {
    let (path, body) = sent(
        "google",
        FORMAT,
        &prompt("google", FORMAT, "models/gemini-99", Parameters::default()),
    );
    assert_eq!(path, "models/gemini-99:streamGenerateContent?alt=sse");
    assert_eq!(
        body,
        r#"{"contents":[{"role":"user","parts":[{"text":"Hi"}]}],"systemInstruction":{"parts":[{"text":"Be brief."}]}}"#
    );
    let (_, body) =
        sent("google", FORMAT, &prompt("google", FORMAT, "gemma-4-31b-it", Parameters::default()));
    assert_eq!(
        body,
        r#"{"contents":[{"role":"user","parts":[{"text":"Be brief.\n\n"},{"text":"Hi"}]}]}"#
    );
}

#[test]
fn what_was_heard_is_counted_apart() {
    let counted = json!({"candidates": [{"content": {"parts": [{"text": "Hi"}]}, "finishReason": "STOP"}],
        "usageMetadata": {"promptTokenCount": 330, "candidatesTokenCount": 2, "promptTokensDetails": [
            {"modality": "TEXT", "tokenCount": 10}, {"modality": "AUDIO", "tokenCount": 320}]}});
    let usage = Usage { input: Some(10), audio: Some(320), output: Some(2), ..Usage::default() };
    assert!(run(&[counted]).0.contains(&ChatEvent::Usage(usage)));
}

#[test]
fn audio_has_the_types_that_google_names() {
    let data = std::sync::Arc::from(&b"abc"[..]);
    let audio = Part::Audio { kind: AudioKind::Mp3, data, tokens: 10 };
    let messages = vec![Message { role: Role::User, parts: vec![audio] }];
    let prompt =
        Prompt { messages, ..prompt("google", FORMAT, "gemini-99", Parameters::default()) };
    let (_, body) = sent("google", FORMAT, &prompt);
    assert_eq!(
        field(&body, "contents"),
        json!([{"role": "user", "parts": [{"inlineData": {"mimeType": "audio/mp3", "data": "YWJj"}}]}])
    );
}

#[test]
fn no_name_of_a_model_means_another_path() {
    let path = |model: &str| super::path(model).into_owned();
    assert_eq!(path("tunedModels/mine-1"), "tunedModels/mine-1:streamGenerateContent?alt=sse");
    assert_eq!(path("a?key=b#c:d"), "models/a%3Fkey%3Db%23c%3Ad:streamGenerateContent?alt=sse");
}

#[test]
fn pictures_files_and_seals() {
    let plain = prompt("google", FORMAT, "gemini-99", Parameters::default());
    let sealed = json!({"text": "", "thoughtSignature": "CiQB"});
    let (_, body) = sent("google", FORMAT, &with_parts(plain, sealed.clone()));
    assert_eq!(
        field(&body, "contents"),
        json!([
            {"role": "user", "parts": [
                {"text": "What?"},
                {"inlineData": {"mimeType": "image/png", "data": "YWJj"}},
                {"inlineData": {"mimeType": "application/pdf", "data": "YWJj"}},
            ]},
            {"role": "model", "parts": [{"text": "A cat."}, sealed]},
            {"role": "user", "parts": [{"text": "Sure?"}]},
        ])
    );
}

#[test]
fn parameters() {
    let config = |model: &str, wished: Parameters| {
        let (_, body) = sent("google", FORMAT, &prompt("google", FORMAT, model, wished));
        field(&body, "generationConfig")
    };
    let effort = |effort| Parameters { effort: Some(effort), ..Parameters::default() };
    assert_eq!(
        config("gemini-3-flash-preview", effort(EffortLevel::Low)),
        json!({"thinkingConfig": {"includeThoughts": true, "thinkingLevel": "low"}})
    );
    assert_eq!(
        config("gemini-2.5-flash", effort(EffortLevel::None)),
        json!({"thinkingConfig": {"thinkingBudget": 0}})
    );
    assert_eq!(
        config("gemini-2.5-pro", effort(EffortLevel::Medium)),
        json!({"thinkingConfig": {"includeThoughts": true, "thinkingBudget": 8192}})
    );
    let all = Parameters {
        temperature: Some(0.5),
        max_tokens: Some(900),
        stop: vec!["END".into()],
        seed: Some(1),
        json: Some(Json::Schema(json!({"type": "object"}))),
        ..Parameters::default()
    };
    assert_eq!(
        config("gemini-pro-latest", all.clone()),
        json!({"temperature": 0.5, "maxOutputTokens": 900, "stopSequences": ["END"], "seed": 1,
            "responseMimeType": "application/json", "responseJsonSchema": {"type": "object"}})
    );
    assert_eq!(config("gemini-4-argon", all)["temperature"], json!(null), "it refuses the wish");
}
