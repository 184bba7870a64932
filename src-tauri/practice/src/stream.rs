//! Puts a script into a format's words and sends them, at its pace.

use std::time::Duration;

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use serde_json::Value;
use tokio::task::yield_now;
use tokio::time::{Instant, sleep, sleep_until};

use crate::format::Format;
use crate::log::StreamMark;
use crate::script::{Beat, MARK, Piece, Script};

/// One step of a stream.
enum Step {
    Send(Bytes),
    /// Nothing more is ever sent, but the connection stays.
    Hang,
    /// The connection is cut.
    Cut,
}

/// The stream that tells this script.
pub(crate) fn stream_of(
    format: Format,
    script: &Script,
    pace: Duration,
    mark: StreamMark,
) -> Response {
    let start = Instant::now();
    let state = (steps(format, script).into_iter(), 0_u32, mark);
    let body = stream::unfold(state, move |(mut script, n, mut mark)| async move {
        if !pace.is_zero() {
            // Counted from the start, so that a late timer does not slow the stream down.
            sleep_until(start + pace * n).await;
        }
        mark.sending();
        let sent: Result<Bytes, std::io::Error> = match script.next() {
            Some(Step::Send(bytes)) => Ok(bytes),
            Some(Step::Cut) => {
                // The server sends what it holds while it waits; an error throws that away.
                yield_now().await;
                Err(std::io::Error::other("cut, as asked for"))
            }
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
    ([(header::CONTENT_TYPE, format.content_type())], Body::from_stream(body)).into_response()
}

fn steps(format: Format, script: &Script) -> Vec<Step> {
    let mut writer = format.writer(script);
    let mut steps = Vec::with_capacity(script.beats.len());
    let mut tell = |piece: &Piece| writer.write(piece);
    let frames = |documents: &[Value]| -> String {
        documents.iter().map(|document| format.frame(document)).collect()
    };
    for beat in &script.beats {
        match beat {
            Beat::Piece(piece) => steps.push(Step::Send(frames(&tell(piece)).into())),
            Beat::Raw(piece, instead) => {
                steps.push(Step::Send(unmarked(&frames(&tell(piece)), instead)));
            }
            Beat::Marred(piece, instead) => {
                let mut documents = tell(piece);
                documents.iter_mut().for_each(mar);
                steps.push(Step::Send(unmarked(&frames(&documents), instead)));
            }
            Beat::Noise { name, data } => {
                let name = name.as_ref().map(|name| format!("event: {name}\n"));
                let noise = match format.is_lines() {
                    true => format!("{data}\n"),
                    false => format!("{}data: {data}\n\n", name.unwrap_or_default()),
                };
                steps.push(Step::Send(noise.into()));
            }
            Beat::Huge => {
                let frames = frames(&tell(&Piece::Say(MARK.to_string())));
                let begun = frames.split(MARK).next().unwrap_or_default().to_owned();
                let piece = Bytes::from(vec![b'x'; 1024 * 1024]);
                steps.push(Step::Send(begun.into()));
                steps.extend(std::iter::repeat_n(piece, 17).map(Step::Send));
            }
            Beat::Hang => steps.push(Step::Hang),
            Beat::Cut => steps.push(Step::Cut),
        }
    }
    // What a format has no words for takes no time.
    steps.retain(|step| !matches!(step, Step::Send(bytes) if bytes.is_empty()));
    steps
}

/// Bytes in which each mark gives way to these.
fn unmarked(text: &str, instead: &[u8]) -> Bytes {
    let mut bytes = Vec::with_capacity(text.len() + instead.len());
    for (number, piece) in text.split(MARK).enumerate() {
        if number > 0 {
            bytes.extend_from_slice(instead);
        }
        bytes.extend_from_slice(piece.as_bytes());
    }
    bytes.into()
}

/// Puts a mark in the place of each word, except of those that say what a document is.
pub(crate) fn mar(document: &mut Value) {
    match document {
        Value::Object(fields) => {
            let kept = ["type", "object", "status"];
            let others = fields.iter_mut().filter(|(name, _)| !kept.contains(&name.as_str()));
            others.for_each(|(_, held)| match held {
                Value::String(text) if !text.contains(MARK) => *text = MARK.to_string(),
                held => mar(held),
            });
        }
        Value::Array(items) => items.iter_mut().for_each(mar),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
