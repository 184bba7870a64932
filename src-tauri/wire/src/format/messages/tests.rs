use std::sync::Arc;

use serde_json::{Value, json};

use super::chat;
use crate::sse::Frame;
use crate::{
    Abilities, ChatEvent, EffortLevel, Failure, FailureKind, FinishReason, Format, Mapper, Message,
    Parameters, Part, Prompt, Provider, Role, Source, Thought, Usage,
};

fn mapper() -> Mapper {
    Format::Messages.mapper(Provider::stored("anthropic"))
}

fn frame(data: &Value) -> Frame {
    let event = data["type"].as_str().unwrap_or_default().to_owned();
    Frame { event, data: data.to_string() }
}

fn run(documents: &[Value]) -> (Vec<ChatEvent>, Result<Option<FinishReason>, Failure>, u32) {
    let (mut mapper, mut events) = (mapper(), Vec::new());
    let read = documents.iter().try_for_each(|value| mapper.frame(&frame(value), &mut events));
    let end = mapper.end(&mut events);
    (events, read.and(end), mapper.skipped())
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
        output: Some(1),
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
    assert_eq!(events, [ChatEvent::Text("Hi".into())]);
}

#[test]
fn what_is_unknown_is_skipped_and_a_field_of_any_type_costs_that_field() {
    let hi = delta(0, json!({"type": "text_delta", "text": "Hi"}));
    for odd in [json!({"type": "novelty"}), delta(0, json!({"type": "novelty_delta"})), json!(3)] {
        let (events, _, skipped) = run(&[odd.clone(), hi.clone()]);
        assert_eq!((events, skipped), (vec![ChatEvent::Text("Hi".into())], 1), "{odd}");
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
            assert!(events.contains(&ChatEvent::Text("Hi".into())), "{event}: {events:?}");
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
    ]);
    let source =
        |url: &str, title: &str| ChatEvent::Source(Source { url: url.into(), title: title.into() });
    assert_eq!(
        events,
        [
            ChatEvent::Thought(sealed),
            source("https://kettle.example", "Kettles"),
            ChatEvent::Text("Hot.".into()),
            source("https://kettle.example/a", ""),
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

fn prompt(model: &str, parameters: Parameters) -> Prompt {
    let abilities = Abilities::of(Provider::stored("anthropic"), model);
    Prompt {
        model: model.into(),
        system: "Be brief.".into(),
        messages: vec![Message::text(Role::User, "Hi")],
        parameters: abilities.allow(Format::Messages, &parameters),
        abilities,
    }
}

fn body(prompt: &Prompt) -> String {
    String::from_utf8(chat(prompt)).unwrap()
}

#[test]
fn words_alone() {
    assert_eq!(
        body(&prompt("claude-opus-5", Parameters::default())),
        r#"{"model":"claude-opus-5","max_tokens":8192,"system":"Be brief.","messages":[{"role":"user","content":[{"text":"Hi","type":"text"}]}],"stream":true}"#
    );
}

#[test]
fn thinking_in_the_form_that_the_model_knows() {
    let sent = |model: &str, effort: EffortLevel| {
        let wished = Parameters { effort: Some(effort), ..Parameters::default() };
        let body: Value = serde_json::from_str(&body(&prompt(model, wished))).unwrap();
        (body["thinking"].clone(), body["output_config"].clone())
    };
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
        assert_eq!(sent(model, effort), (thinking, config), "{model} {effort:?}");
    }
}

#[test]
fn pictures_files_and_thoughts_are_blocks() {
    let data: Arc<[u8]> = Arc::from(&b"abc"[..]);
    let state = json!({"type": "thinking", "thinking": "Hm", "signature": "s"});
    let thought = Thought { provider: "anthropic".into(), model: "m".into(), state };
    let prompt = Prompt {
        system: String::new(),
        messages: vec![
            Message {
                role: Role::User,
                parts: vec![
                    Part::Image { media_type: "image/png".into(), data: data.clone() },
                    Part::File { name: "a.pdf".into(), media_type: "application/pdf".into(), data },
                    Part::Text("What?".into()),
                    Part::Text(String::new()),
                ],
            },
            Message {
                role: Role::Assistant,
                parts: vec![Part::Thought(thought), Part::Text("A cat.".into())],
            },
        ],
        ..prompt("m", Parameters { stop: vec!["END".into()], ..Parameters::default() })
    };
    assert_eq!(
        body(&prompt),
        r#"{"model":"m","max_tokens":8192,"messages":[{"role":"user","content":[{"source":{"data":"YWJj","media_type":"image/png","type":"base64"},"type":"image"},{"source":{"data":"YWJj","media_type":"application/pdf","type":"base64"},"title":"a.pdf","type":"document"},{"text":"What?","type":"text"}]},{"role":"assistant","content":[{"signature":"s","thinking":"Hm","type":"thinking"},{"text":"A cat.","type":"text"}]}],"stream":true}"#
    );
}
