use serde_json::{Value, json};

use crate::format::trial::{
    field, prompt, run as run_in, sent, source, started, text, thought, with_parts,
};
use crate::{ChatEvent, EffortLevel, Failure, FinishReason, Format, Json, Parameters, Usage};

const FORMAT: Format = Format::Cohere;

fn run(documents: &[Value]) -> (Vec<ChatEvent>, Result<Option<FinishReason>, Failure>, u32) {
    run_in(FORMAT, documents)
}

fn delta(content: Value) -> Value {
    json!({"type": "content-delta", "index": 0, "delta": {"message": {"content": content}}})
}

#[test]
fn a_whole_stream() {
    let (events, end, skipped) = run(&[
        json!({"type": "message-start", "id": "1", "delta": {"message": {"role": "assistant"}}}),
        json!({"type": "content-start", "index": 0, "delta": {"message": {"content": {"type": "thinking", "thinking": ""}}}}),
        delta(json!({"thinking": "Adding."})),
        json!({"type": "content-end", "index": 0}),
        json!({"type": "content-start", "index": 1, "delta": {"message": {"content": {"type": "text", "text": ""}}}}),
        delta(json!({"text": "Fo"})),
        delta(json!({"text": "ur."})),
        json!({"type": "citation-start", "delta": {"message": {"citations": {"start": 0, "end": 2, "text": "Fo",
            "sources": [{"type": "document", "document": {"url": "https://a.example", "title": "A"}}, 3]}}}}),
        json!({"type": "citation-end"}),
        json!({"type": "message-end", "delta": {"finish_reason": "COMPLETE",
            "usage": {"billed_units": {"input_tokens": 5.0, "output_tokens": 9.0}, "tokens": {"input_tokens": 70, "output_tokens": 12}}}}),
    ]);
    let usage = Usage { input: Some(5), output: Some(9), ..Usage::default() };
    assert_eq!(
        events,
        [
            started(""),
            thought("Adding."),
            text("Fo"),
            text("ur."),
            source("https://a.example", "A"),
            ChatEvent::Usage(usage),
        ]
    );
    assert_eq!((end, skipped), (Ok(Some(FinishReason::Stop)), 0));
}

#[test]
fn how_an_answer_ends() {
    let ended = |reason: &str| {
        run(&[json!({"type": "message-end", "delta": {"finish_reason": reason}})]).1.unwrap()
    };
    let table = [
        ("COMPLETE", FinishReason::Stop),
        ("STOP_SEQUENCE", FinishReason::Stop),
        ("MAX_TOKENS", FinishReason::Length),
        ("TOOL_CALL", FinishReason::ToolCalls),
        ("TIMEOUT", FinishReason::Other),
    ];
    for (word, reason) in table {
        assert_eq!(ended(word), Some(reason), "{word}");
    }
    assert_eq!(run(&[delta(json!({"text": "Hi"}))]).1, Ok(None));
    for delta in
        [json!({"finish_reason": "ERROR", "error": "boom"}), json!({"finish_reason": "ERROR"})]
    {
        let (events, end, _) = run(&[
            json!({"type": "content-delta", "delta": {"message": {"content": {"text": "Hi"}}}}),
            json!({"type": "message-end", "delta": delta}),
        ]);
        assert!(events.contains(&text("Hi")) && end.is_err(), "{delta}");
    }
    let failure = run(&[json!({"message": "invalid api token"})]).1.unwrap_err();
    assert_eq!(failure.said, "invalid api token");
}

#[test]
fn a_server_that_does_not_stream() {
    let (events, end, _) = run(&[json!({"id": "1", "finish_reason": "COMPLETE",
        "message": {"role": "assistant", "content": [{"type": "text", "text": "Hi"}]},
        "usage": {"tokens": {"input_tokens": 1, "output_tokens": 2}}})]);
    let usage = Usage { input: Some(1), output: Some(2), ..Usage::default() };
    assert_eq!(events, [started(""), text("Hi"), ChatEvent::Usage(usage)]);
    assert_eq!(end, Ok(Some(FinishReason::Stop)));
}

#[test]
fn requests() {
    let (path, body) = sent(
        "cohere",
        FORMAT,
        &prompt("cohere", FORMAT, "command-a-03-2025", Parameters::default()),
    );
    assert_eq!(path, "v2/chat");
    assert_eq!(
        body,
        r#"{"model":"command-a-03-2025","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"Hi"}]}],"stream":true}"#
    );
    let wished = Parameters {
        effort: Some(EffortLevel::None),
        top_p: Some(0.5),
        max_tokens: Some(900),
        stop: vec!["END".into()],
        seed: Some(1),
        json: Some(Json::Any),
        ..Parameters::default()
    };
    let asked = prompt("cohere", FORMAT, "command-a-reasoning-08-2025", wished);
    let (_, body) = sent("cohere", FORMAT, &asked);
    assert_eq!(field(&body, "thinking"), json!({"type": "disabled"}));
    assert_eq!(field(&body, "p"), json!(0.5));
    assert_eq!(field(&body, "stop_sequences"), json!(["END"]));
    assert_eq!(field(&body, "response_format"), json!({"type": "json_object"}));
    let plain = prompt("cohere", FORMAT, "m", Parameters::default());
    let (_, body) = sent("cohere", FORMAT, &with_parts(plain, json!({})));
    assert_eq!(
        field(&body, "messages")[0]["content"],
        json!([
            {"type": "text", "text": "What?"},
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,YWJj"}},
        ])
    );
}
