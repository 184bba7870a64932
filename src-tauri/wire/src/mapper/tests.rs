use super::*;

fn frame(data: &str) -> Frame {
    Frame { event: String::new(), data: data.into() }
}

fn run(frames: &[&str]) -> (Vec<ChatEvent>, Option<FinishReason>) {
    let mut mapper = Mapper::new("OpenAI");
    let events = frames.iter().flat_map(|data| mapper.frame(&frame(data)).unwrap()).collect();
    (events, mapper.end())
}

fn text(text: &str) -> ChatEvent {
    ChatEvent::Text(text.into())
}

fn started(model: &str) -> ChatEvent {
    ChatEvent::Started { model: model.into() }
}

#[test]
fn frames_to_events() {
    let thought = |text: &str| ChatEvent::Reasoning(text.into());
    let table: &[(&str, &[ChatEvent])] = &[
        (r#"{"choices":[{"delta":{"role":"assistant","content":""}}]}"#, &[]),
        (r#"{"choices":[{"delta":{"content":"Hi"}}]}"#, &[text("Hi")]),
        (
            r#"{"choices":[{"delta":{"content":null,"refusal":null,"tool_calls":null}}],"usage":null}"#,
            &[],
        ),
        (r#"{"choices":[{"delta":{"reasoning_content":"Hm"}}]}"#, &[thought("Hm")]),
        (
            r#"{"choices":[{"delta":{"reasoning":"Hm","content":"x"}}]}"#,
            &[thought("Hm"), text("x")],
        ),
        (
            r#"{"choices":[{"delta":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}]}"#,
            &[text("a"), text("b")],
        ),
        (
            r#"{"choices":[{"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"t"}]}]}}]}"#,
            &[thought("t")],
        ),
        (r#"{"choices":[{"delta":{"refusal":"I can't."}}]}"#, &[text("I can't.")]),
        (
            r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"name":"f","arguments":"{"}}]}}]}"#,
            &[ChatEvent::ToolCall { name: Some("f".into()) }],
        ),
        (r#"{"choices":[]}"#, &[]),
        (r#"{"choices":[{"index":0}]}"#, &[]),
        (
            r#"{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}"#,
            &[ChatEvent::Usage(Usage { prompt: 3, answer: 4 })],
        ),
        (r#"{"usage":{"prompt_tokens":3}}"#, &[ChatEvent::Usage(Usage { prompt: 3, answer: 0 })]),
        ("", &[]),
    ];
    for (json, expected) in table {
        let mut mapper = Mapper::new("OpenAI");
        mapper.started = true;
        assert_eq!(mapper.frame(&frame(json)).unwrap(), *expected, "{json}");
    }
}

#[test]
fn a_whole_stream() {
    let (events, end) = run(&[
        r#"{"model":"gpt-5.1-2026","choices":[{"delta":{"role":"assistant","content":""},"finish_reason":null}]}"#,
        r#"{"choices":[{"delta":{"content":"Hi"}}]}"#,
        r#"{"choices":[{"delta":{},"finish_reason":"length"}]}"#,
        r#"{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#,
        "[DONE]",
        r#"{"choices":[{"delta":{"content":"after the end"}}]}"#,
    ]);
    let usage = ChatEvent::Usage(Usage { prompt: 1, answer: 2 });
    assert_eq!(events, [started("gpt-5.1-2026"), text("Hi"), usage]);
    assert_eq!(end, Some(FinishReason::Length), "usage may follow the finish reason");
}

#[test]
fn an_end_needs_a_marker() {
    assert_eq!(run(&[r#"{"choices":[{"delta":{"content":"Hi"}}]}"#]).1, None);
    assert_eq!(run(&["[DONE]"]).1, Some(FinishReason::Stop));
    let only_reason = run(&[r#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#]);
    assert_eq!(only_reason.1, Some(FinishReason::Stop), "a server may leave [DONE] out");
    let reason = |word: &str| run(&[&format!(r#"{{"choices":[{{"finish_reason":"{word}"}}]}}"#)]).1;
    assert_eq!(reason("content_filter"), Some(FinishReason::ContentFilter));
    assert_eq!(reason("tool_calls"), Some(FinishReason::ToolCalls));
    assert_eq!(reason("novelty"), Some(FinishReason::Other));
}

#[test]
fn unknown_shapes_are_errors_that_name_the_provider() {
    for json in ["{", "3", "null", "[]", "{}", r#"{"foo":1}"#, r#"{"choices":"no"}"#, "hello"] {
        let failure = Mapper::new("Mistral").frame(&frame(json)).unwrap_err();
        assert_eq!(failure.kind, FailureKind::Nonsense, "{json}");
        assert!(failure.said.contains("Mistral"), "{json}");
    }
}

#[test]
fn foreign_event_names_are_left_alone() {
    let ping = Frame { event: "ping".into(), data: r#"{"type":"ping"}"#.into() };
    assert_eq!(Mapper::new("X").frame(&ping), Ok(vec![]));
    let execute = Frame { event: "execute".into(), data: r#"{"code":"alert(1)"}"#.into() };
    assert_eq!(Mapper::new("X").frame(&execute), Ok(vec![]));
}

#[test]
fn errors_in_mid_stream() {
    let mut mapper = Mapper::new("OpenAI");
    mapper.frame(&frame(r#"{"choices":[{"delta":{"content":"Hi"}}]}"#)).unwrap();
    let failure =
        mapper.frame(&frame(r#"{"error":{"message":"boom","type":"server_error"}}"#)).unwrap_err();
    assert_eq!((failure.kind, failure.said.as_str()), (FailureKind::ProviderDown, "boom"));
}

#[test]
fn a_server_that_does_not_stream() {
    let json = r#"{"model":"m","choices":[{"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}"#;
    let (events, end) = whole_answer("LM Studio", json).unwrap();
    assert_eq!(events, [started("m"), text("Hi")]);
    assert_eq!(end, Some(FinishReason::Stop));
}
