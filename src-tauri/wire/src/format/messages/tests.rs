use serde_json::{Value, json};

use crate::format::trial::{field, prompt, run as run_in, sent, source, text, with_parts};
use crate::{
    ChatEvent, EffortLevel, Failure, FailureKind, FinishReason, Format, Parameters, Usage,
};

const FORMAT: Format = Format::Messages;

fn run(documents: &[Value]) -> (Vec<ChatEvent>, Result<Option<FinishReason>, Failure>, u32) {
    run_in(FORMAT, documents)
}

fn block(index: u64, block: Value) -> Value {
    json!({"type": "content_block_start", "index": index, "content_block": block})
}

fn delta(index: u64, delta: Value) -> Value {
    json!({"type": "content_block_delta", "index": index, "delta": delta})
}

fn stop(index: u64) -> Value {
    json!({"type": "content_block_stop", "index": index})
}

#[test]
fn a_whole_stream() {
    let (events, end, skipped) = run(&[
        json!({"type": "message_start", "message": {"id": "msg_1", "model": "claude-opus-5", "role": "assistant",
            "content": [], "stop_reason": null, "usage": {"input_tokens": 12, "cache_read_input_tokens": 100,
            "cache_creation_input_tokens": 30, "cache_creation": {"ephemeral_5m_input_tokens": 10, "ephemeral_1h_input_tokens": 20},
            "output_tokens": 1}}}),
        json!({"type": "ping"}),
        block(0, json!({"type": "thinking", "thinking": "", "signature": ""})),
        delta(0, json!({"type": "thinking_delta", "thinking": "Two and "})),
        delta(0, json!({"type": "thinking_delta", "thinking": "two."})),
        delta(0, json!({"type": "signature_delta", "signature": "EqQB"})),
        stop(0),
        block(1, json!({"type": "text", "text": ""})),
        delta(1, json!({"type": "text_delta", "text": "Fo"})),
        json!({"type": "ping"}),
        delta(1, json!({"type": "text_delta", "text": "ur."})),
        stop(1),
        json!({"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": null},
            "usage": {"output_tokens": 25, "output_tokens_details": {"thinking_tokens": 20}}}),
        json!({"type": "message_stop"}),
    ]);
    let begun = Usage {
        input: Some(12),
        cache_read: Some(100),
        cache_write: Some(10),
        cache_write_1h: Some(20),
        ..Usage::default()
    };
    assert_eq!(
        events,
        [
            ChatEvent::Started { model: "claude-opus-5".into() },
            ChatEvent::Usage(begun),
            ChatEvent::Reasoning("Two and ".into()),
            ChatEvent::Reasoning("two.".into()),
            ChatEvent::Thought(
                json!({"type": "thinking", "thinking": "Two and two.", "signature": "EqQB"})
            ),
            ChatEvent::Text("Fo".into()),
            ChatEvent::Text("ur.".into()),
            ChatEvent::Usage(Usage { output: Some(5), reasoning: Some(20), ..begun }),
        ]
    );
    assert_eq!((end, skipped), (Ok(Some(FinishReason::Stop)), 0));
}

#[test]
fn how_an_answer_ends() {
    let ending = |reason: Value| {
        run(&[
            json!({"type": "message_delta", "delta": {"stop_reason": reason}}),
            json!({"type": "message_stop"}),
        ])
        .1
        .unwrap()
    };
    let table = [
        ("end_turn", FinishReason::Stop),
        ("stop_sequence", FinishReason::Stop),
        ("max_tokens", FinishReason::Length),
        ("model_context_window_exceeded", FinishReason::Length),
        ("pause_turn", FinishReason::Length),
        ("refusal", FinishReason::Refusal),
        ("tool_use", FinishReason::ToolCalls),
        ("novelty", FinishReason::Other),
    ];
    for (word, reason) in table {
        assert_eq!(ending(json!(word)), Some(reason), "{word}");
    }
    assert_eq!(ending(json!(null)), Some(FinishReason::Stop), "its own end is one");
    let hi = delta(0, json!({"type": "text_delta", "text": "Hi"}));
    assert_eq!(run(std::slice::from_ref(&hi)).1, Ok(None), "a stream that breaks off has none");
}

#[test]
fn an_error_in_mid_stream_keeps_what_came() {
    let (events, end, _) = run(&[
        delta(0, json!({"type": "text_delta", "text": "Hi"})),
        json!({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}),
    ]);
    let failure = end.unwrap_err();
    assert_eq!((failure.kind, failure.said.as_str()), (FailureKind::Busy, "Overloaded"));
    assert_eq!(events, [text("Hi")]);
}

#[test]
fn what_is_unknown_is_skipped_and_a_field_of_any_type_costs_that_field() {
    let hi = delta(0, json!({"type": "text_delta", "text": "Hi"}));
    for odd in [json!({"type": "novelty"}), delta(0, json!({"type": "novelty_delta"})), json!(3)] {
        let (events, _, skipped) = run(&[odd.clone(), hi.clone()]);
        assert_eq!((events, skipped), (vec![text("Hi")], 1), "{odd}");
    }
    for odd in [json!(null), json!(3), json!([]), json!({}), json!(true), json!("")] {
        let events = [
            json!({"type": "message_start", "message": odd}),
            json!({"type": "message_start", "message": {"model": odd, "usage": odd}}),
            json!({"type": "message_start", "message": {"usage": {"input_tokens": odd, "cache_creation": odd}}}),
            block(0, odd.clone()),
            json!({"type": "content_block_start", "index": odd, "content_block": {"type": odd}}),
            delta(0, json!({"type": "text_delta", "text": odd})),
            json!({"type": "message_delta", "delta": odd, "usage": odd}),
        ];
        for event in events {
            let (events, end, _) = run(&[event.clone(), hi.clone()]);
            assert!(events.contains(&text("Hi")), "{event}: {events:?}");
            assert_eq!(end, Ok(None), "{event}");
        }
    }
}

#[test]
fn sealed_thoughts_and_sources() {
    let sealed = json!({"type": "redacted_thinking", "data": "EmwK"});
    let page = json!({"type": "web_search_result", "url": "https://kettle.example", "title": "Kettles", "encrypted_content": "x"});
    let cited = json!({"type": "web_search_result_location", "url": "https://kettle.example/a", "cited_text": "hot"});
    let (events, _, skipped) = run(&[
        block(0, sealed.clone()),
        stop(0),
        block(1, json!({"type": "server_tool_use", "name": "web_search"})),
        block(2, json!({"type": "web_search_tool_result", "content": [page, 3]})),
        block(3, json!({"type": "text", "text": "Hot."})),
        delta(3, json!({"type": "citations_delta", "citation": cited})),
        delta(3, json!({"type": "citations_delta", "citation": cited})),
        stop(3),
        block(4, json!({"type": "text", "text": "", "citations": [page]})),
        delta(4, json!({"type": "text_delta", "text": " Dry."})),
        stop(4),
    ]);
    assert_eq!(
        events,
        [
            ChatEvent::Thought(sealed),
            ChatEvent::Thought(json!({"type": "server_tool_use"})),
            source("https://kettle.example", "Kettles"),
            text("Hot."),
            source("https://kettle.example/a", ""),
            text("[2]"),
            text(" Dry."),
            text("[1]"),
        ]
    );
    assert_eq!(skipped, 0);
}

#[test]
fn a_server_that_does_not_stream() {
    let (events, end, _) = run(&[json!({
        "type": "message", "model": "m", "role": "assistant",
        "content": [{"type": "thinking", "thinking": "Hm", "signature": "s"}, {"type": "text", "text": "<think>Hi"}],
        "stop_reason": "max_tokens", "usage": {"input_tokens": 3, "output_tokens": 4},
    })]);
    assert_eq!(events[1], ChatEvent::Reasoning("Hm".into()));
    assert_eq!(events[3], ChatEvent::Text("<think>Hi".into()), "here a mark is a word");
    assert_eq!(end, Ok(Some(FinishReason::Length)));
}

fn body(model: &str, wished: Parameters) -> String {
    sent("anthropic", FORMAT, &prompt("anthropic", FORMAT, model, wished)).1
}

#[test]
fn words_alone() {
    assert_eq!(
        body("claude-opus-4-8", Parameters::default()),
        r#"{"model":"claude-opus-4-8","max_tokens":8192,"system":"Be brief.","messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}],"stream":true}"#
    );
}

#[test]
fn what_is_thought_unasked_is_shown_all_the_same() {
    for model in ["claude-opus-5", "claude-sonnet-5"] {
        let body: Value = serde_json::from_str(&body(model, Parameters::default())).unwrap();
        assert_eq!(
            body["thinking"],
            json!({"type": "adaptive", "display": "summarized"}),
            "{model}"
        );
        assert!(body.get("output_config").is_none(), "how much is left to it: {model}");
    }
}

#[test]
fn thinking_in_the_form_that_the_model_knows() {
    use EffortLevel::{High, Low, Max, None};
    let adaptive = json!({"type": "adaptive", "display": "summarized"});
    let table = [
        ("claude-opus-5", Max, adaptive.clone(), json!({"effort": "max"})),
        ("claude-opus-5", None, json!({"type": "disabled"}), json!(null)),
        ("claude-sonnet-4-6", High, adaptive, json!({"effort": "high"})),
        ("claude-opus-5-5", Low, json!(null), json!({"effort": "low"})),
        ("claude-opus-5-5", None, json!(null), json!(null)),
        ("claude-haiku-4-5", Low, json!({"type": "enabled", "budget_tokens": 1024}), json!(null)),
        ("claude-haiku-4-5", High, json!({"type": "enabled", "budget_tokens": 4096}), json!(null)),
        ("claude-99", High, json!(null), json!(null)),
    ];
    for (model, effort, thinking, config) in table {
        let body = body(model, Parameters { effort: Some(effort), ..Parameters::default() });
        let sent = (field(&body, "thinking"), field(&body, "output_config"));
        assert_eq!(sent, (thinking, config), "{model} {effort:?}");
    }
}

#[test]
fn pictures_files_and_thoughts_are_blocks() {
    let state = json!({"type": "thinking", "thinking": "Hm", "signature": "s"});
    let plain = prompt("anthropic", FORMAT, "m", Parameters::default());
    let (path, body) = sent("anthropic", FORMAT, &with_parts(plain, state.clone()));
    assert_eq!(path, "messages");
    let file =
        |media_type: &str| json!({"type": "base64", "media_type": media_type, "data": "YWJj"});
    assert_eq!(
        field(&body, "messages"),
        json!([
            {"role": "user", "content": [
                {"type": "text", "text": "What?"},
                {"type": "image", "source": file("image/png")},
                {"type": "document", "title": "a.pdf", "source": file("application/pdf")},
            ]},
            {"role": "assistant", "content": [state, {"type": "text", "text": "A cat."}]},
            {"role": "user", "content": [{"type": "text", "text": "Sure?"}]},
        ])
    );
}

#[test]
fn a_sealed_thought_keeps_the_order_of_its_fields() {
    // It goes back byte for byte, and the order is a part of that.
    let sealed = r#"{"type":"redacted_thinking","zeta":1,"data":"EmwK","alpha":{"b":1,"a":2}}"#;
    let start = format!(r#"{{"type":"content_block_start","index":0,"content_block":{sealed}}}"#);
    let value: Value = serde_json::from_str(&start).unwrap();
    let (events, ..) = run(&[value]);
    let [ChatEvent::Thought(state)] = &events[..] else { panic!("{events:?}") };
    assert_eq!(state.to_string(), sealed);
}
