use crate::sse::Frame;
use crate::{
    ChatEvent, Failure, FailureKind, FinishReason, Format, Mapper, Provider, Source, Usage,
};

fn frame(data: &str) -> Frame {
    Frame { event: String::new(), data: data.into() }
}

fn mapper() -> Mapper {
    Format::ChatCompletions.mapper(Provider::other())
}

/// All events of these frames, and how they ended.
fn run(frames: &[&str]) -> (Vec<ChatEvent>, Result<Option<FinishReason>, Failure>, u32) {
    let mut mapper = mapper();
    let mut events = Vec::new();
    let read = frames.iter().try_for_each(|data| mapper.frame(&frame(data), &mut events));
    let end = mapper.end(&mut events);
    (events, read.and(end), mapper.skipped())
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
    let counted = |input, output| ChatEvent::Usage(Usage { input, output, ..Usage::default() });
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
        (r#"{"choices":[{"delta":{"reasoning_content":"","reasoning":"Hm"}}]}"#, &[thought("Hm")]),
        (
            r#"{"choices":[{"delta":{"reasoning":"Hm","reasoning_details":[{"type":"reasoning.text","text":"Hm"}]}}]}"#,
            &[thought("Hm")],
        ),
        (
            r#"{"choices":[{"delta":{"reasoning_details":[{"type":"reasoning.summary","summary":"Hm"}]}}]}"#,
            &[thought("Hm")],
        ),
        (
            r#"{"choices":[{"delta":{"thinking_blocks":[{"type":"thinking","thinking":"Hm","signature":"x"}]}}]}"#,
            &[thought("Hm")],
        ),
        (
            r#"{"choices":[{"delta":{"content":"Hm","extra_content":{"google":{"thought":true}}}}]}"#,
            &[thought("Hm")],
        ),
        (
            r#"{"choices":[{"delta":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}]}"#,
            &[text("a"), text("b")],
        ),
        (
            r#"{"choices":[{"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"t"}]}]}}]}"#,
            &[thought("t")],
        ),
        (
            r#"{"choices":[{"delta":{"content":[{"type":"thinking","thinking":"t"},"x"]}}]}"#,
            &[thought("t"), text("x")],
        ),
        (r#"{"choices":[{"delta":{"refusal":"I can't."}}]}"#, &[text("I can't.")]),
        (
            r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"name":"f","arguments":"{"}}]}}]}"#,
            &[ChatEvent::ToolCall { name: Some("f".into()) }],
        ),
        (r#"{"choices":[]}"#, &[]),
        (r#"{"choices":[{"index":0}]}"#, &[]),
        (r#"{"choices":[{"index":0,"text":"old"}]}"#, &[text("old")]),
        (
            r#"{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}"#,
            &[counted(Some(3), Some(4))],
        ),
        (r#"{"usage":{"prompt_tokens":3}}"#, &[counted(Some(3), None)]),
        (r#"data: {"choices":[{"delta":{"content":"Hi"}}]}"#, &[text("Hi")]),
        (
            "{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n{\"choices\":[{\"delta\":{\"content\":\"b\"}}]}",
            &[text("a"), text("b")],
        ),
        (r#"{"choices":[{"delta":{"content":"Hi"},"logprobs":NaN}]}"#, &[text("Hi")]),
        ("", &[]),
    ];
    for (json, expected) in table {
        let (mut mapper, mut events) = (mapper(), Vec::new());
        mapper.frame(&frame(r#"{"choices":[]}"#), &mut events).unwrap();
        events.clear();
        mapper.frame(&frame(json), &mut events).unwrap();
        assert_eq!(events, *expected, "{json}");
        assert_eq!(mapper.skipped(), 0, "{json}");
    }
}

#[test]
fn a_whole_stream() {
    let (events, end, _) = run(&[
        r#"{"model":"gpt-5.1-2026","choices":[{"delta":{"role":"assistant","content":""},"finish_reason":null}]}"#,
        r#"{"choices":[{"delta":{"content":"Hi"}}]}"#,
        r#"{"choices":[{"delta":{},"finish_reason":"length"}]}"#,
        r#"{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#,
        "[DONE]",
        r#"{"choices":[{"delta":{"content":"after the end"}}]}"#,
    ]);
    let usage = ChatEvent::Usage(Usage { input: Some(1), output: Some(2), ..Usage::default() });
    assert_eq!(events, [started("gpt-5.1-2026"), text("Hi"), usage]);
    assert_eq!(end, Ok(Some(FinishReason::Length)), "usage may follow the finish reason");
}

#[test]
fn an_end_needs_a_marker() {
    assert_eq!(run(&[r#"{"choices":[{"delta":{"content":"Hi"}}]}"#]).1, Ok(None));
    assert_eq!(run(&["[DONE]"]).1, Ok(Some(FinishReason::Stop)));
    let reason =
        |word: &str| run(&[&format!(r#"{{"choices":[{{"finish_reason":{word}}}]}}"#)]).1.unwrap();
    assert_eq!(reason(r#""stop""#), Some(FinishReason::Stop), "a server may leave [DONE] out");
    assert_eq!(reason(r#""content_filter""#), Some(FinishReason::ContentFilter));
    assert_eq!(reason(r#""tool_calls""#), Some(FinishReason::ToolCalls));
    assert_eq!(reason(r#""refusal""#), Some(FinishReason::Refusal));
    assert_eq!(reason(r#""MAX_TOKENS""#), Some(FinishReason::Length));
    assert_eq!(reason(r#""novelty""#), Some(FinishReason::Other));
    for none in [r#""""#, "null", "7", "{}", r#""null""#, "false"] {
        assert_eq!(reason(none), None, "{none}");
    }
}

#[test]
fn what_came_explains_an_empty_answer() {
    let call = r#"{"choices":[{"delta":{"tool_calls":[{"function":{"name":"f"}}]},"finish_reason":"stop"}]}"#;
    assert_eq!(run(&[call]).1, Ok(Some(FinishReason::ToolCalls)));
    let refusal = r#"{"choices":[{"delta":{"refusal":"No."},"finish_reason":"stop"}]}"#;
    assert_eq!(run(&[refusal]).1, Ok(Some(FinishReason::Declined)));
}

#[test]
fn what_adds_nothing_is_skipped_and_counted() {
    let odd = [
        "{",
        "3",
        "null",
        "[]",
        "{}",
        r#"{"foo":1}"#,
        r#"{"choices":"no"}"#,
        "hello",
        "true",
        r#""word""#,
        r#"{"type":"ping"}"#,
        r#"{"choices":null}"#,
    ];
    for json in odd {
        let (events, end, skipped) = run(&[
            r#"{"model":"m","choices":[{"delta":{"content":"Hi"}}]}"#,
            json,
            r#"{"choices":[{"delta":{"content":" you"},"finish_reason":"stop"}]}"#,
        ]);
        assert_eq!(events, [started("m"), text("Hi"), text(" you")], "{json}");
        assert_eq!((end, skipped), (Ok(Some(FinishReason::Stop)), 1), "{json}");
    }
}

#[test]
fn nothing_readable_at_all_is_said_in_the_servers_words() {
    let (events, end, skipped) = run(&[r#"{"notice":"x"}"#, "come back later", "[DONE]"]);
    let failure = end.unwrap_err();
    assert_eq!((events, skipped), (vec![], 2));
    assert_eq!(failure.kind, FailureKind::Nonsense);
    assert!(failure.said.contains("come back later") && !failure.said.contains('{'), "{failure:?}");
    let failure = run(&[r#"{"choices":[{"message":{"content":"The ket"#]).1.unwrap_err();
    assert_eq!(
        (failure.kind, failure.said.as_str()),
        (FailureKind::Nonsense, ""),
        "half a document"
    );
    let failure = run(&["<!doctype html>\n<p>Sign in to this network"]).1.unwrap_err();
    assert_eq!((failure.said.as_str(), failure.detail.is_some()), ("", true));
}

#[test]
fn errors_in_mid_stream() {
    let (events, end, _) = run(&[
        r#"{"choices":[{"delta":{"content":"Hi"}}]}"#,
        r#"{"choices":[{"delta":{"content":" you"},"finish_reason":"error"}],"error":{"message":"boom","type":"server_error"}}"#,
    ]);
    let failure = end.unwrap_err();
    assert_eq!((failure.kind, failure.said.as_str()), (FailureKind::ProviderDown, "boom"));
    assert_eq!(events, [started(""), text("Hi"), text(" you")], "its words are kept");
}

#[test]
fn a_message_by_itself_is_an_error_if_nothing_comes_after_it() {
    let (hi, remark) = (r#"{"choices":[{"delta":{"content":"Hi"}}]}"#, r#"{"message":"boom"}"#);
    for frames in [&[remark][..], &[hi, remark], &[hi, remark, "[DONE]"]] {
        let failure = run(frames).1.unwrap_err();
        assert_eq!((failure.kind, failure.said.as_str()), (FailureKind::ProviderDown, "boom"));
    }
    let (events, end, skipped) = run(&[hi, remark, hi, "[DONE]"]);
    assert_eq!((events.len(), end, skipped), (3, Ok(Some(FinishReason::Stop)), 1));
}

#[test]
fn an_event_called_error_is_one_whatever_it_holds() {
    for (data, said) in [("no reply", "no reply"), (r#"{"message":"m"}"#, "m"), (r#""m""#, "m")] {
        let event = Frame { event: "error".into(), data: data.into() };
        let failure = mapper().frame(&event, &mut Vec::new()).unwrap_err();
        assert_eq!(failure.said, said);
    }
}

#[test]
fn a_server_that_does_not_stream() {
    let json = r#"{"model":"m","choices":[{"message":{"role":"assistant","content":"<think>Hm</think>Hi"},"finish_reason":"stop"}]}"#;
    let (events, end, _) = run(&[json]);
    assert_eq!(events, [started("m"), ChatEvent::Reasoning("Hm".into()), text("Hi")]);
    assert_eq!(end, Ok(Some(FinishReason::Stop)));
}

#[test]
fn a_whole_message_after_its_pieces_is_not_said_twice() {
    let (events, _, _) = run(&[
        r#"{"choices":[{"delta":{"content":"Hi"}}]}"#,
        r#"{"choices":[{"delta":null,"message":{"content":"Hi"},"finish_reason":"stop"}]}"#,
    ]);
    assert_eq!(events, [started(""), text("Hi")]);
}

#[test]
fn an_event_of_failure_ends_the_answer_only_where_nothing_follows() {
    let named = |event: &str, data: &str| Frame { event: event.into(), data: data.into() };
    let hi = r#"{"choices":[{"index":0,"delta":{"content":"Hi"}}]}"#;
    for (event, ends_at_once) in [("error", true), ("Exception", true), ("search_failed", false)] {
        let (mut mapper, mut events) = (mapper(), Vec::new());
        let told = mapper.frame(&named(event, r#"{"message":"boom"}"#), &mut events);
        assert_eq!(told.is_err(), ends_at_once, "{event}");
        if ends_at_once {
            continue;
        }
        assert_eq!(mapper.end(&mut events).unwrap_err().said, "boom");
        let mut mapper = Format::ChatCompletions.mapper(Provider::other());
        mapper.frame(&named(event, r#"{"message":"boom"}"#), &mut events).unwrap();
        mapper.frame(&frame(hi), &mut events).unwrap();
        assert_eq!(mapper.end(&mut events), Ok(None), "more of the answer came");
    }
}

#[test]
fn sources_in_the_places_where_they_stand() {
    let (events, end, _) = run(&[
        r#"{"choices":[{"delta":{"content":"Hot.","annotations":[{"type":"url_citation","url_citation":{"url":"https://a.example","title":"A"}},3]}}]}"#,
        r#"{"choices":[{"message":{"annotations":[{"url":"https://b.example"}]}}],"search_results":[{"url":"https://c.example","title":"C"},{"url":7}]}"#,
        "[DONE]",
    ]);
    let source =
        |url: &str, title: &str| ChatEvent::Source(Source { url: url.into(), title: title.into() });
    let named: Vec<_> =
        events.into_iter().filter(|event| matches!(event, ChatEvent::Source(_))).collect();
    let all = [
        source("https://a.example", "A"),
        source("https://b.example", ""),
        source("https://c.example", "C"),
    ];
    assert_eq!(named, all);
    assert_eq!(end, Ok(Some(FinishReason::Stop)));
}
