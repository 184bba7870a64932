use serde_json::{Value, json};

use crate::format::trial::{
    field, prompt, run as run_in, sent, started, text, thought, with_parts,
};
use crate::{ChatEvent, EffortLevel, Failure, FinishReason, Format, Json, Parameters, Usage};

const FORMAT: Format = Format::Ollama;

fn run(documents: &[Value]) -> (Vec<ChatEvent>, Result<Option<FinishReason>, Failure>, u32) {
    run_in(FORMAT, documents)
}

fn line(message: Value) -> Value {
    json!({"model": "qwen3:8b", "created_at": "2026-11-01T00:00:00Z", "message": message, "done": false})
}

#[test]
fn a_whole_stream() {
    let (events, end, skipped) = run(&[
        line(json!({"role": "assistant", "content": "", "thinking": "Adding."})),
        line(json!({"role": "assistant", "content": "Fo"})),
        line(json!({"role": "assistant", "content": "ur."})),
        json!({"model": "qwen3:8b", "message": {"role": "assistant", "content": ""}, "done": true, "done_reason": "stop",
            "total_duration": 5, "prompt_eval_count": 26, "eval_count": 12}),
    ]);
    let usage = Usage { input: Some(26), output: Some(12), ..Usage::default() };
    assert_eq!(
        events,
        [started("qwen3:8b"), thought("Adding."), text("Fo"), text("ur."), ChatEvent::Usage(usage)]
    );
    assert_eq!((end, skipped), (Ok(Some(FinishReason::Stop)), 0));
}

#[test]
fn marks_in_the_words_are_reasoning() {
    let (events, _, _) =
        run(&[line(json!({"content": "<thi"})), line(json!({"content": "nk>Hm</think>Hi"}))]);
    assert!(events.contains(&thought("Hm")) && events.contains(&text("Hi")), "{events:?}");
}

#[test]
fn how_an_answer_ends() {
    let done = |reason: Value| run(&[json!({"done": true, "done_reason": reason})]).1.unwrap();
    assert_eq!(done(json!("length")), Some(FinishReason::Length));
    assert_eq!(done(json!("load")), Some(FinishReason::Other));
    assert_eq!(done(json!(null)), Some(FinishReason::Stop), "older ones give no reason");
    let hi = line(json!({"content": "Hi"}));
    assert_eq!(run(std::slice::from_ref(&hi)).1, Ok(None), "a stream that breaks off has no end");
    let failure =
        run(&[hi, json!({"error": "model runner has unexpectedly stopped"})]).1.unwrap_err();
    assert_eq!(failure.said, "model runner has unexpectedly stopped");
}

#[test]
fn requests() {
    let (path, body) =
        sent("ollama", FORMAT, &prompt("ollama", FORMAT, "qwen3:8b", Parameters::default()));
    assert_eq!(path, "api/chat");
    assert_eq!(
        body,
        r#"{"model":"qwen3:8b","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"}],"stream":true,"truncate":false}"#
    );
    let wished = Parameters {
        effort: Some(EffortLevel::High),
        temperature: Some(0.5),
        max_tokens: Some(900),
        stop: vec!["END".into()],
        seed: Some(1),
        json: Some(Json::Any),
        context: Some(16_384),
        keep_minutes: Some(60),
        ..Parameters::default()
    };
    let (_, body) = sent("ollama", FORMAT, &prompt("ollama", FORMAT, "gpt-oss:20b", wished));
    assert_eq!(field(&body, "keep_alive"), json!("60m"));
    assert_eq!(field(&body, "think"), json!("high"));
    assert_eq!(field(&body, "format"), json!("json"));
    assert_eq!(
        field(&body, "options"),
        json!({"temperature": 0.5, "num_ctx": 16_384, "num_predict": 900, "stop": ["END"], "seed": 1})
    );
    let plain = prompt("ollama", FORMAT, "m", Parameters::default());
    let (_, body) = sent("ollama", FORMAT, &with_parts(plain, json!({})));
    assert_eq!(
        field(&body, "messages"),
        json!([
            {"role": "user", "content": "What?", "images": ["YWJj"]},
            {"role": "assistant", "content": "A cat."},
            {"role": "user", "content": "Sure?"},
        ])
    );
}
