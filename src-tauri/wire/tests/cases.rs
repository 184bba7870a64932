//! What real servers send: each case of `tests/fixtures/cases/streams.jsonl` with its right value, cut at every byte.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

use bytes::Bytes;
use futures_util::{FutureExt, StreamExt, stream};
use serde_json::Value;
use wire::sse::frames;
use wire::{ChatEvent, FailureKind, Format, Provider};

/// What an answer comes to.
#[derive(Debug, Default, PartialEq)]
struct Came {
    text: String,
    reasoning: String,
    status: &'static str,
    class: Option<&'static str>,
    said: String,
    skipped: u32,
}

#[test]
fn every_stream_comes_to_its_right_value() {
    let cases = include_str!("../../../tests/fixtures/cases/streams.jsonl");
    assert_eq!(cases.lines().count(), 35);
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let chunks = case["chunks"].as_array().unwrap();
        let chunks: Vec<&[u8]> =
            chunks.iter().map(|chunk| chunk.as_str().unwrap().as_bytes()).collect();
        let broken = case["close"] == "reset";
        let came = read(&chunks, broken);
        judge(&case, &came);
        let body = chunks.concat();
        for at in 0..=body.len() {
            let cut = read(&[&body[..at], &body[at..]], broken);
            assert_eq!(cut, came, "{}, cut at {at}", case["name"]);
        }
        let bytes: Vec<&[u8]> = body.chunks(1).collect();
        assert_eq!(read(&bytes, broken), came, "{}, byte by byte", case["name"]);
    }
}

fn judge(case: &Value, came: &Came) {
    let (name, expected) = (&case["name"], &case["expected"]);
    assert_eq!(expected["text"], came.text, "{name}: {came:?}");
    assert_eq!(expected["reasoning"], came.reasoning, "{name}: {came:?}");
    assert_eq!(expected["status"], came.status, "{name}: {came:?}");
    if let Some(class) = expected["class"].as_str() {
        assert_eq!(Some(class), came.class, "{name}: {came:?}");
    }
    if let Some(skipped) = expected["skipped"].as_u64() {
        assert_eq!(skipped, u64::from(came.skipped), "{name}: {came:?}");
    }
    if let Some(words) = expected["message_contains"].as_str() {
        assert!(came.said.contains(words), "{name}: {came:?}");
    }
    for raw in ["{", "data:", "\\u"] {
        assert!(!came.said.contains(raw), "{name}: {came:?}");
    }
}

/// Reads a body as a turn does.
fn read(chunks: &[&[u8]], broken: bool) -> Came {
    let chunks = chunks.iter().map(|chunk| Ok(Bytes::copy_from_slice(chunk)));
    let chunks: Vec<Result<Bytes, ()>> = chunks.chain(broken.then_some(Err(()))).collect();
    let got = frames(stream::iter(chunks)).collect::<Vec<_>>().now_or_never().expect("never waits");
    let (mut mapper, mut events) = (Format::ChatCompletions.mapper(Provider::other()), Vec::new());
    let mut failure = None;
    for frame in got.into_iter().map_while(Result::ok) {
        if mapper.is_done() {
            break;
        }
        if let Err(error) = mapper.frame(&frame, &mut events) {
            failure = Some(error);
            break;
        }
    }
    let end = mapper.end(&mut events);
    let mut came = Came { skipped: mapper.skipped(), ..Came::default() };
    for event in events {
        match event {
            ChatEvent::Text(text) => came.text.push_str(&text),
            ChatEvent::Reasoning(text) => came.reasoning.push_str(&text),
            ChatEvent::Started { .. }
            | ChatEvent::ToolCall { .. }
            | ChatEvent::Usage(_)
            | ChatEvent::Thought(_)
            | ChatEvent::Source(_)
            | ChatEvent::Cited { .. } => {}
        }
    }
    (came.status, came.class) = match (failure.or_else(|| end.clone().err()), end) {
        (Some(failure), _) => {
            came.said = failure.said;
            ("failed", Some(class(failure.kind)))
        }
        (None, Ok(Some(_))) => ("complete", None),
        (None, _) => ("interrupted", Some("brokenStream")),
    };
    came
}

fn class(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::KeyRejected => "keyRejected",
        FailureKind::NoCredit => "noCredit",
        FailureKind::NotAllowed => "notAllowed",
        FailureKind::ModelNotFound => "modelNotFound",
        FailureKind::AddressNotFound => "addressNotFound",
        FailureKind::RequestRefused => "requestRefused",
        FailureKind::NotServed => "notServed",
        FailureKind::NoTakers => "noTakers",
        FailureKind::Moderated => "moderated",
        FailureKind::ContextTooLong => "contextTooLong",
        FailureKind::PaceTooSmall => "paceTooSmall",
        FailureKind::TimedOut => "timedOut",
        FailureKind::Busy => "busy",
        FailureKind::ProviderDown => "providerDown",
        FailureKind::Nonsense => "nonsense",
    }
}
