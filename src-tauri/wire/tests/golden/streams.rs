//! Streams to events: those of `streams-<format>.jsonl`, each cut at every byte and ended in every way.

use bytes::Bytes;
use futures_util::{FutureExt, StreamExt, stream};
use serde_json::Value;
use wire::sse::frames;
use wire::{ChatEvent, Failure, FinishReason, Format, Provider};

/// How the transport ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Close {
    Clean,
    Broken,
}

/// What an answer comes to.
#[derive(Debug, PartialEq)]
struct Came {
    events: Vec<ChatEvent>,
    end: Result<Option<FinishReason>, Failure>,
    skipped: u32,
}

fn cases(format: Format) -> Vec<(String, String)> {
    let lines = super::committed(&format!("streams-{}.jsonl", format.id()));
    let case = |line: &str| {
        let case: Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| case[name].as_str().unwrap().to_owned();
        (field("name"), field("body"))
    };
    lines.lines().map(case).collect()
}

/// What becomes of each stream, one event a line.
pub(crate) fn written(format: Format) -> String {
    let mut all = format!("# {}\n", format.id());
    for (name, body) in cases(format) {
        let came = read(format, &[body.as_bytes()], Close::Clean);
        all += &format!("\n## {name}\n");
        for event in &came.events {
            all += &line(event);
        }
        all += &match &came.end {
            Ok(Some(reason)) => format!("end {reason:?}\n"),
            Ok(None) => "broken off\n".to_owned(),
            Err(failure) => format!("failed {:?}: {}\n", failure.kind, failure.said),
        };
        if came.skipped > 0 {
            all += &format!("skipped {}\n", came.skipped);
        }
    }
    all
}

fn line(event: &ChatEvent) -> String {
    match event {
        ChatEvent::Started { model } => format!("started {model:?}\n"),
        ChatEvent::Text(text) => format!("text {text:?}\n"),
        ChatEvent::Reasoning(text) => format!("reasoning {text:?}\n"),
        ChatEvent::ToolCall { name } => format!("tool {name:?}\n"),
        ChatEvent::Thought(state) => format!("thought {state}\n"),
        ChatEvent::Source(source) => format!("source {} {:?}\n", source.url, source.title),
        ChatEvent::Cited { words, marks } => format!("cited {words:?} {marks}\n"),
        ChatEvent::Usage(usage) => {
            let counts = [
                ("input", usage.input),
                ("cache read", usage.cache_read),
                ("cache write", usage.cache_write),
                ("cache write 1 h", usage.cache_write_1h),
                ("output", usage.output),
                ("reasoning", usage.reasoning),
                ("searches", usage.searches),
                ("cost", usage.cost_nano),
            ];
            let told = counts.iter().filter_map(|(name, count)| Some((name, (*count)?)));
            let told: Vec<String> = told.map(|(name, count)| format!("{name} {count}")).collect();
            format!("usage {}\n", told.join(", "))
        }
    }
}

fn read(format: Format, chunks: &[&[u8]], close: Close) -> Came {
    let chunks = chunks.iter().map(|chunk| Ok(Bytes::copy_from_slice(chunk)));
    let broken = (close == Close::Broken).then_some(Err(()));
    let chunks: Vec<Result<Bytes, ()>> = chunks.chain(broken).collect();
    let got = frames(stream::iter(chunks)).collect::<Vec<_>>().now_or_never().expect("never waits");
    let (mut mapper, mut events) = (format.mapper(Provider::other()), Vec::new());
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
    Came { events, end: failure.map_or(end, Err), skipped: mapper.skipped() }
}

#[test]
fn there_are_enough_of_them() {
    for format in Format::ALL {
        assert!(cases(format).len() >= 30, "{format:?}");
    }
}

/// The bytes may arrive in any pieces.
fn cut_anywhere(format: Format) {
    for (name, body) in cases(format) {
        let body = body.as_bytes();
        let whole = read(format, &[body], Close::Clean);
        for at in 1..body.len() {
            let cut = read(format, &[&body[..at], &body[at..]], Close::Clean);
            assert_eq!(cut, whole, "{format:?} {name}, cut at {at}");
        }
        let bytes: Vec<&[u8]> = body.chunks(1).collect();
        assert_eq!(read(format, &bytes, Close::Clean), whole, "{format:?} {name}, byte by byte");
    }
}

/// Whatever is missing at the end, what came is kept, and half an answer is never taken for a whole one.
fn ended_anywhere(format: Format) {
    for (name, body) in cases(format) {
        let body = body.as_bytes();
        let whole = read(format, &[body], Close::Clean);
        let mut last = 0;
        for at in 0..=body.len() {
            for close in [Close::Clean, Close::Broken] {
                let cut = read(format, &[&body[..at]], close);
                let place = format!("{format:?} {name}, {close:?} end at {at}: {cut:?}");
                let (said, all) = (said(&cut), said(&whole));
                assert!(all.starts_with(&said) || whole.end.is_err(), "{place}");
                assert!(said.len() >= last || whole.end.is_err(), "nothing is lost again: {place}");
                last = said.len();
                if let (Ok(Some(reason)), Ok(Some(right))) = (&cut.end, &whole.end) {
                    assert_eq!(reason, right, "{place}");
                    // Behind this one's end nothing is closed: what still comes is a part of it.
                    assert!(said == all || format == Format::Gemini, "{place}");
                }
                if whole.end == Ok(None) {
                    assert!(!matches!(cut.end, Ok(Some(_))), "{place}");
                }
            }
        }
    }
}

fn said(came: &Came) -> String {
    let text = |event: &ChatEvent| match event {
        ChatEvent::Text(text) => Some(text.clone()),
        _ => None,
    };
    came.events.iter().filter_map(text).collect()
}

macro_rules! in_every_format {
    ($($name:ident: $format:ident),*) => {$(
        #[test]
        fn $name() {
            cut_anywhere(Format::$format);
            ended_anywhere(Format::$format);
        }
    )*};
}

in_every_format! {
    chat_completions_in_any_pieces: ChatCompletions,
    responses_in_any_pieces: Responses,
    messages_in_any_pieces: Messages,
    gemini_in_any_pieces: Gemini,
    ollama_in_any_pieces: Ollama,
    cohere_in_any_pieces: Cohere
}
