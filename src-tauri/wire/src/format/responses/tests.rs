use serde_json::{Value, json};

use crate::format::trial::{
    field, prompt, run as run_in, sent, source, started, text, thought, with_parts,
};
use crate::{
    ChatEvent, EffortLevel, Failure, FailureKind, FinishReason, Format, Json, Parameters, Usage,
    Verbosity,
};

const FORMAT: Format = Format::Responses;

fn run(documents: &[Value]) -> (Vec<ChatEvent>, Result<Option<FinishReason>, Failure>, u32) {
    run_in(FORMAT, documents)
}

fn reasoning_item() -> Value {
    json!({"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "gAAA"})
}

#[test]
fn a_whole_stream() {
    let (events, end, skipped) = run(&[
        json!({"type": "response.created", "sequence_number": 0, "response": {"id": "resp_1", "model": "gpt-6-sol", "status": "in_progress"}}),
        json!({"type": "response.in_progress", "response": {"model": "gpt-6-sol"}}),
        json!({"type": "response.output_item.added", "output_index": 0, "item": {"type": "reasoning", "encrypted_content": "half"}}),
        json!({"type": "response.reasoning_summary_part.added", "summary_index": 0}),
        json!({"type": "response.reasoning_summary_text.delta", "summary_index": 0, "delta": "Adding."}),
        json!({"type": "response.reasoning_summary_text.done", "text": "Adding."}),
        json!({"type": "response.reasoning_summary_part.added", "summary_index": 1}),
        json!({"type": "response.reasoning_summary_text.delta", "summary_index": 1, "delta": "Checking."}),
        json!({"type": "response.output_item.done", "output_index": 0, "item": reasoning_item()}),
        json!({"type": "response.output_item.added", "output_index": 1, "item": {"type": "message"}}),
        json!({"type": "response.content_part.added", "part": {"type": "output_text", "text": ""}}),
        json!({"type": "response.output_text.delta", "delta": "Fo", "obfuscation": "xx"}),
        json!({"type": "response.output_text.delta", "delta": "ur."}),
        json!({"type": "response.output_text.annotation.added", "annotation": {"type": "url_citation", "url": "https://a.example", "title": "A"}}),
        json!({"type": "response.output_text.done", "text": "Four."}),
        json!({"type": "response.web_search_call.completed"}),
        json!({"type": "response.output_item.done", "item": {"type": "message", "content": [{"type": "output_text", "text": "Four."}]}}),
        json!({"type": "response.completed", "response": {"model": "gpt-6-sol", "status": "completed",
            "output": [{"type": "message", "content": [{"type": "output_text", "text": "Four."}]}],
            "usage": {"input_tokens": 75, "input_tokens_details": {"cached_tokens": 50, "cache_write_tokens": 5},
                "output_tokens": 40, "output_tokens_details": {"reasoning_tokens": 30}, "total_tokens": 115}}}),
    ]);
    let usage = Usage {
        input: Some(20),
        cache_read: Some(50),
        cache_write: Some(5),
        output: Some(10),
        reasoning: Some(30),
        ..Usage::default()
    };
    assert_eq!(
        events,
        [
            started("gpt-6-sol"),
            thought("Adding."),
            thought("\n\n"),
            thought("Checking."),
            ChatEvent::Thought(reasoning_item()),
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
    let ended =
        |response: Value| run(&[json!({"type": "response.incomplete", "response": response})]).1;
    let cut =
        |reason: &str| json!({"status": "incomplete", "incomplete_details": {"reason": reason}});
    assert_eq!(ended(cut("max_output_tokens")), Ok(Some(FinishReason::Length)));
    assert_eq!(ended(cut("content_filter")), Ok(Some(FinishReason::ContentFilter)));
    assert_eq!(ended(json!({"status": "incomplete"})), Ok(Some(FinishReason::Other)));
    let refusal = [
        json!({"type": "response.refusal.delta", "delta": "No."}),
        json!({"type": "response.completed", "response": {"status": "completed"}}),
    ];
    assert_eq!(run(&refusal).1, Ok(Some(FinishReason::Declined)));
    let hi = json!({"type": "response.output_text.delta", "delta": "Hi"});
    assert_eq!(run(&[hi]).1, Ok(None), "a stream that breaks off has no end");
}

#[test]
fn failures() {
    let hi = json!({"type": "response.output_text.delta", "delta": "Hi"});
    let failed = json!({"type": "response.failed", "response": {"status": "failed",
        "error": {"code": "rate_limit_exceeded", "message": "Slow down"}}});
    let (events, end, _) = run(&[hi.clone(), failed]);
    assert_eq!(events[0], text("Hi"), "what came is kept");
    let failure = end.unwrap_err();
    assert_eq!((failure.kind, failure.said.as_str()), (FailureKind::Busy, "Slow down"));
    let error = json!({"type": "error", "code": "server_error", "message": "Oh", "param": null, "sequence_number": 3});
    assert_eq!(run(&[hi, error]).1.unwrap_err().said, "Oh");
    let bare = json!({"type": "response.failed", "response": {"status": "failed"}});
    assert!(run(&[bare]).1.is_err());
}

#[test]
fn a_server_that_does_not_stream_or_sends_no_pieces() {
    let response = json!({"object": "response", "model": "m", "status": "completed", "error": null,
        "output": [
            {"type": "reasoning", "summary": [{"type": "summary_text", "text": "Hm"}], "encrypted_content": "g"},
            {"type": "message", "content": [{"type": "output_text", "text": "Hi", "annotations": [{"url": "https://a.example"}]}]},
        ],
        "usage": {"input_tokens": 1, "output_tokens": 2}});
    for documents in
        [vec![response.clone()], vec![json!({"type": "response.completed", "response": response})]]
    {
        let (events, end, _) = run(&documents);
        assert!(events.contains(&thought("Hm")) && events.contains(&text("Hi")), "{events:?}");
        assert!(events.contains(&source("https://a.example", "")), "{events:?}");
        assert_eq!(end, Ok(Some(FinishReason::Stop)));
    }
}

#[test]
fn what_came_in_pieces_is_not_told_again_at_the_end() {
    let item = json!({"type": "reasoning", "summary": [{"type": "summary_text", "text": "Hm"}], "encrypted_content": "g"});
    let search = json!({"type": "web_search_call", "action": {"type": "search"}});
    let (events, end, _) = run(&[
        json!({"type": "response.created", "response": {"model": "m"}}),
        json!({"type": "response.reasoning_summary_text.delta", "delta": "Hm"}),
        json!({"type": "response.output_item.done", "item": item}),
        json!({"type": "response.output_item.done", "item": search}),
        json!({"type": "response.incomplete", "response": {"status": "incomplete",
            "incomplete_details": {"reason": "max_output_tokens"}, "output": [item, search]}}),
    ]);
    let searched = Usage { searches: Some(1), ..Usage::default() };
    assert_eq!(
        events,
        [
            started("m"),
            thought("Hm"),
            ChatEvent::Thought(item),
            ChatEvent::Thought(search),
            ChatEvent::Usage(searched)
        ]
    );
    assert_eq!(end, Ok(Some(FinishReason::Length)));
}

#[test]
fn words_alone() {
    let (path, body) = sent(
        "openAi",
        FORMAT,
        &prompt(
            "openAi",
            FORMAT,
            "gpt-4.1",
            Parameters { temperature: Some(0.5), ..Parameters::default() },
        ),
    );
    assert_eq!(path, "responses");
    assert_eq!(
        body,
        r#"{"model":"gpt-4.1","instructions":"Be brief.","input":[{"role":"user","content":[{"type":"input_text","text":"Hi"}]}],"stream":true,"store":false,"temperature":0.5}"#
    );
}

#[test]
fn pictures_files_and_sealed_thoughts() {
    let plain = prompt("openAi", FORMAT, "gpt-99", Parameters::default());
    let (_, body) = sent("openAi", FORMAT, &with_parts(plain, reasoning_item()));
    assert_eq!(
        field(&body, "input"),
        json!([
            {"role": "user", "content": [
                {"type": "input_text", "text": "What?"},
                {"type": "input_image", "image_url": "data:image/png;base64,YWJj"},
                {"type": "input_file", "filename": "a.pdf", "file_data": "data:application/pdf;base64,YWJj"},
            ]},
            reasoning_item(),
            {"role": "assistant", "content": [{"type": "output_text", "text": "A cat."}]},
            {"role": "user", "content": [{"type": "input_text", "text": "Sure?"}]},
        ])
    );
}

#[test]
fn parameters() {
    let wished = Parameters {
        effort: Some(EffortLevel::High),
        temperature: Some(0.5),
        max_tokens: Some(900),
        stop: vec!["END".into()],
        seed: Some(1),
        json: Some(Json::Schema(json!({"type": "object"}))),
        verbosity: Some(Verbosity::High),
        ..Parameters::default()
    };
    let (_, body) = sent("openAi", FORMAT, &prompt("openAi", FORMAT, "gpt-5.1", wished));
    assert_eq!(field(&body, "reasoning"), json!({"effort": "high", "summary": "auto"}));
    assert_eq!(field(&body, "include"), json!(["reasoning.encrypted_content"]));
    assert_eq!(field(&body, "max_output_tokens"), json!(900));
    assert_eq!(
        field(&body, "text"),
        json!({"verbosity": "high", "format": {"type": "json_schema", "name": "answer", "strict": true, "schema": {"type": "object"}}})
    );
    for refused in ["temperature", "stop", "seed"] {
        assert_eq!(field(&body, refused), json!(null), "{refused}");
    }
}
