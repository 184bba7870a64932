//! Streams chat completions, well or badly.

use std::time::Duration;

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, sleep_until};

use crate::answer::{BREAKING, REASONING, long_answer, long_code, tour};
use crate::log::StreamMark;
use crate::model::{Fault, Model};

/// One step of a scripted stream.
enum Step {
    Send(Bytes),
    /// Nothing more is ever sent, but the connection stays.
    Hang,
    /// The connection is cut.
    Cut,
}

/// Answers `prompt` as `model` would.
pub(crate) fn answer(model: Model, name: &str, prompt: &str, mark: StreamMark) -> Response {
    let (script, pace) = match model {
        Model::Tour if wants(prompt, "think") => thinking(name, prompt),
        Model::Tour if wants(prompt, "break") => (breaking(name), TYPING),
        Model::Tour => (told(name, &[], &tour(prompt), 4), TYPING),
        Model::Thinking => thinking(name, prompt),
        Model::Speed { events, bytes } => {
            (told(name, &[], &long_answer(bytes), 20), pace_of(events))
        }
        Model::Code { lines } => (told(name, &[], &long_code(lines), 20), Duration::ZERO),
        Model::Hard(hard) => (told(name, &[], &hard.text(), 20), Duration::ZERO),
        Model::Parrot { events } => (parroted(name, prompt), pace_of(events)),
        Model::Fault(fault) => match faulty(fault, name) {
            Scripted::Stream(script) => (script, Duration::from_millis(5)),
            Scripted::Plain(response) => return *response,
        },
    };
    stream_of(script, pace, mark)
}

/// So many events a second; 0 is as fast as it goes.
fn pace_of(events: u32) -> Duration {
    Duration::from_secs(1).checked_div(events).unwrap_or_default()
}

/// About as fast as people read.
const TYPING: Duration = Duration::from_millis(12);

fn wants(prompt: &str, what: &str) -> bool {
    prompt.to_lowercase().contains(what)
}

fn thinking(name: &str, prompt: &str) -> (Vec<Step>, Duration) {
    (told(name, &split(REASONING, 6), &tour(prompt), 4), TYPING * 2)
}

/// Cut unevenly, so that everything is cut somewhere.
fn parroted(name: &str, prompt: &str) -> Vec<Step> {
    let mut script = Vec::new();
    let mut rest = prompt.chars().peekable();
    for length in (1..=7).cycle() {
        if rest.peek().is_none() {
            break;
        }
        let piece: String = rest.by_ref().take(length).collect();
        script.push(delta(name, json!({"content": piece})));
    }
    script.extend(ending(name, "stop", prompt.len() / 4));
    script
}

/// A connection that breaks, to see what stays.
fn breaking(name: &str) -> Vec<Step> {
    let mut script = text_frames(name, BREAKING, 4);
    script.push(Step::Cut);
    script
}

enum Scripted {
    Stream(Vec<Step>),
    Plain(Box<Response>),
}

fn faulty(fault: Fault, name: &str) -> Scripted {
    let begun = |last: Vec<Step>| {
        let mut script = text_frames(
            name,
            "This answer will not end well.\n\nIt goes on for a little while, ",
            4,
        );
        script.extend(last);
        Scripted::Stream(script)
    };
    let plain = |response: Response| Scripted::Plain(Box::new(response));
    match fault {
        Fault::Status(status) => plain(refuse(status, "practice_fault", "A fault, as asked for.")),
        Fault::Quota => {
            plain(refuse(429, "insufficient_quota", "You exceeded your current quota."))
        }
        // The server answers this one itself: only it has seen the header.
        Fault::Echo(_) | Fault::BusyOnce => Scripted::Stream(told(name, &[], "The second try worked.", 4)),
        Fault::Broken => begun(vec![Step::Cut]),
        Fault::Idle => begun(vec![Step::Hang]),
        Fault::Unmarked => begun(vec![]),
        Fault::MidStreamError => begun(vec![frame(
            &json!({"error": {"message": "The engine is overloaded.", "type": "server_error"}}),
        )]),
        Fault::Nonsense => begun(vec![Step::Send(Bytes::from_static(b"data: {\"hello\":1}\n\n"))]),
        Fault::Html => plain(
            ([(header::CONTENT_TYPE, "text/html")], "<html><body>Welcome</body></html>")
                .into_response(),
        ),
        Fault::InvalidUtf8 => {
            let bad = b"data: {\"choices\":[{\"delta\":{\"content\":\"bad \xff byte\"}}]}\n\n";
            let mut last = vec![Step::Send(Bytes::from_static(bad))];
            last.extend(ending(name, "stop", 12));
            begun(last)
        }
        Fault::HugeEvent => {
            let piece = Bytes::from(vec![b'x'; 1024 * 1024]);
            let mut last = vec![Step::Send(Bytes::from_static(b"data: {\"choices\":[{\"delta\":{\"content\":\""))];
            last.extend(std::iter::repeat_n(piece, 17).map(Step::Send));
            begun(last)
        }
        Fault::Redirect => plain(
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "http://127.0.0.2:9/v1/steal")])
                .into_response(),
        ),
        Fault::Whole => plain(
            axum::Json(json!({
                "model": name,
                "choices": [{"message": {"role": "assistant", "content": "All at once."}, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 3, "completion_tokens": 3}
            }))
            .into_response(),
        ),
        Fault::Length => begun(ending(name, "length", 12)),
        Fault::Filter => begun(ending(name, "content_filter", 12)),
    }
}

/// An OpenAI error response.
pub(crate) fn refuse(status: u16, code: &str, message: &str) -> Response {
    let body = json!({"error": {"message": message, "type": code, "code": code}});
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, axum::Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert("x-request-id", header::HeaderValue::from_static("req_practice"));
    if matches!(status.as_u16(), 429 | 503) {
        headers.insert(header::RETRY_AFTER, header::HeaderValue::from_static("1"));
    }
    response
}

/// A whole, well-formed stream.
fn told(name: &str, thoughts: &[String], text: &str, chars: usize) -> Vec<Step> {
    let mut script: Vec<Step> =
        thoughts.iter().map(|part| delta(name, json!({"reasoning_content": part}))).collect();
    script.extend(text_frames(name, text, chars));
    script.extend(ending(name, "stop", text.len() / 4));
    script
}

fn text_frames(name: &str, text: &str, chars: usize) -> Vec<Step> {
    split(text, chars).iter().map(|part| delta(name, json!({"content": part}))).collect()
}

fn ending(name: &str, reason: &str, tokens: usize) -> Vec<Step> {
    vec![
        frame(
            &json!({"model": name, "choices": [{"index": 0, "delta": {}, "finish_reason": reason}]}),
        ),
        frame(&json!({"model": name, "choices": [],
            "usage": {"prompt_tokens": 9, "completion_tokens": tokens, "total_tokens": tokens + 9}})),
        Step::Send(Bytes::from_static(b"data: [DONE]\n\n")),
    ]
}

fn delta(name: &str, delta: Value) -> Step {
    frame(&json!({"id": "practice", "object": "chat.completion.chunk", "model": name,
        "choices": [{"index": 0, "delta": delta, "finish_reason": null}]}))
}

fn frame(json: &Value) -> Step {
    Step::Send(Bytes::from(format!("data: {json}\n\n")))
}

fn split(text: &str, chars: usize) -> Vec<String> {
    let all: Vec<char> = text.chars().collect();
    all.chunks(chars).map(|part| part.iter().collect()).collect()
}

fn stream_of(script: Vec<Step>, pace: Duration, mark: StreamMark) -> Response {
    let start = Instant::now();
    let state = (script.into_iter(), 0_u32, mark);
    let body = stream::unfold(state, move |(mut script, n, mut mark)| async move {
        if !pace.is_zero() {
            // Counted from the start, so that a late timer does not slow the stream down.
            sleep_until(start + pace * n).await;
        }
        mark.sending();
        let sent: Result<Bytes, std::io::Error> = match script.next() {
            Some(Step::Send(bytes)) => Ok(bytes),
            Some(Step::Cut) => Err(std::io::Error::other("cut, as asked for")),
            Some(Step::Hang) => {
                sleep(Duration::from_secs(3600)).await;
                return None;
            }
            None => {
                mark.end();
                return None;
            }
        };
        Some((sent, (script, n + 1, mark)))
    });
    ([(header::CONTENT_TYPE, "text/event-stream")], Body::from_stream(body)).into_response()
}
