//! What each model does with what it is asked.

use std::time::Duration;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

use crate::answer::{BREAKING, REASONING, long_answer, long_code, tour};
use crate::asked::{Asked, noticed};
use crate::echo::echo;
use crate::model::{Fault, Model};
use crate::refusal::Refusal;
use crate::script::{Beat, Ending, MARK, Piece, Script, Usage};

/// What is done.
#[derive(Debug)]
pub(crate) enum Play {
    /// An answer, at this pace.
    Stream(Script, Duration),
    /// An answer as one document, in which each mark gives way to these words.
    Whole(Script, String),
    /// No answer.
    Refuse(Refusal),
    /// The same, with a key in every word of it, written so; and as it is, in a header.
    RefuseWith { written: String, key: String },
    /// Something that no format knows.
    Plain(Box<Response>),
}

/// What `model` does with this.
pub(crate) fn play(model: Model, asked: &Asked, key: &str) -> Play {
    let seen = noticed(asked);
    let prompt = asked.prompt.as_str();
    let told = |thoughts: &str, text: &str, chars: usize| told(asked, thoughts, text, chars);
    let (script, pace) = match model {
        Model::Tour if wants(prompt, "break") => (breaking(asked), TYPING),
        Model::Tour if !wants(prompt, "think") => (told("", &(seen + &tour(prompt)), 4), TYPING),
        Model::Tour | Model::Thinking => (told(REASONING, &(seen + &tour(prompt)), 4), TYPING * 2),
        Model::Everything => (everything(asked, &seen), Duration::ZERO),
        Model::Speed { events, bytes } => (told("", &long_answer(bytes), 20), pace_of(events)),
        Model::Code { lines } => (told("", &long_code(lines), 20), Duration::ZERO),
        Model::Hard(hard) => (told("", &hard.text(), 20), Duration::ZERO),
        Model::Parrot { events } => (parroted(asked, &(seen + prompt)), pace_of(events)),
        Model::Fault(fault) => return faulty(fault, asked, key),
    };
    Play::Stream(if asked.searches { script.searched() } else { script }, pace)
}

/// So many events a second; 0 is as fast as it goes.
fn pace_of(events: u32) -> Duration {
    Duration::from_secs(1).checked_div(events).unwrap_or_default()
}

/// About as fast as people read.
const TYPING: Duration = Duration::from_millis(12);

/// How fast answers go wrong.
pub(crate) const HASTE: Duration = Duration::from_millis(5);

fn wants(prompt: &str, what: &str) -> bool {
    prompt.to_lowercase().contains(what)
}

fn faulty(fault: Fault, asked: &Asked, key: &str) -> Play {
    let begun = |last: Vec<Beat>| {
        let text = "This answer will not end well.\n\nIt goes on for a little while, ";
        let mut script = script(asked, Usage { output: 12, ..READ });
        script.beats = said(text, 4);
        script.beats.extend(last);
        Play::Stream(script, HASTE)
    };
    let end = |ending: Ending| Beat::Piece(Piece::End(ending));
    match fault {
        Fault::Status(status) => Play::Refuse(Refusal::Status(status)),
        Fault::Quota => Play::Refuse(Refusal::NoCredit),
        Fault::Echo(way) => echo(way, asked, key),
        // The server refuses the first time itself.
        Fault::BusyOnce => Play::Stream(told(asked, "", "The second try worked.", 4), HASTE),
        Fault::Broken => begun(vec![Beat::Cut]),
        Fault::Idle => begun(vec![Beat::Hang]),
        Fault::Unmarked => begun(vec![]),
        Fault::MidStreamError => {
            begun(vec![Beat::Piece(Piece::Fail("The engine is overloaded.".to_owned()))])
        }
        Fault::Nonsense => {
            begun(vec![Beat::Noise { name: None, data: r#"{"hello":1}"#.to_owned() }])
        }
        Fault::Html => Play::Plain(Box::new(
            ([(header::CONTENT_TYPE, "text/html")], "<html><body>Welcome</body></html>")
                .into_response(),
        )),
        Fault::InvalidUtf8 => {
            let bad = Piece::Say(format!("bad {MARK} byte"));
            begun(vec![Beat::Raw(bad, Bytes::from_static(b"\xff")), end(Ending::Stop)])
        }
        Fault::HugeEvent => begun(vec![Beat::Huge]),
        Fault::Redirect => Play::Plain(Box::new(
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "http://127.0.0.2:9/v1/steal")])
                .into_response(),
        )),
        Fault::Whole => Play::Whole(told(asked, "", "All at once.", 20), String::new()),
        Fault::Length => begun(vec![end(Ending::Length)]),
        Fault::Filter => begun(vec![end(Ending::Filter)]),
    }
}

/// What is read of any question.
const READ: Usage = Usage {
    fresh: 9,
    cache_read: 0,
    cache_write: 0,
    heard: 0,
    output: 0,
    reasoning: 0,
    searches: 0,
};

/// An answer without a word yet.
pub(crate) fn script(asked: &Asked, usage: Usage) -> Script {
    let usage = Usage { heard: asked.heard(), ..usage };
    Script { model: asked.model.clone(), usage, beats: Vec::new() }
}

/// A whole, well-formed answer.
pub(crate) fn told(asked: &Asked, thoughts: &str, text: &str, chars: usize) -> Script {
    let usage = Usage { output: text.len() / 4, reasoning: thoughts.len() / 4, ..READ };
    let mut script = script(asked, usage);
    if !thoughts.is_empty() {
        let thought = split(thoughts, 6).map(|part| Beat::Piece(Piece::Think(part)));
        script.beats.extend(thought.chain([Beat::Piece(Piece::Seal)]));
    }
    script.beats.extend(said(text, chars));
    script.beats.push(Beat::Piece(Piece::End(Ending::Stop)));
    script
}

/// Figures that no two formats write alike.
fn everything(asked: &Asked, seen: &str) -> Script {
    let text = format!("{seen}Everything there is.");
    let mut script = told(asked, "First this, then that.", &text, 4);
    script.usage = Usage {
        fresh: 100,
        cache_read: 60,
        cache_write: 10,
        output: 20,
        reasoning: 30,
        ..script.usage
    };
    let source = |number: usize| {
        let (url, title) = (format!("https://example.com/{number}"), format!("Source {number}"));
        Beat::Piece(Piece::Source { url, title })
    };
    let end = script.beats.pop();
    script.beats.extend([source(1), source(2)].into_iter().chain(end));
    script
}

/// Cut unevenly, so that everything is cut somewhere.
fn parroted(asked: &Asked, text: &str) -> Script {
    let mut script = script(asked, Usage { output: text.len() / 4, ..READ });
    let mut rest = text.chars().peekable();
    for length in (1..=7).cycle() {
        if rest.peek().is_none() {
            break;
        }
        let piece: String = rest.by_ref().take(length).collect();
        script.beats.push(Beat::Piece(Piece::Say(piece)));
    }
    script.beats.push(Beat::Piece(Piece::End(Ending::Stop)));
    script
}

/// A connection that breaks, to see what stays.
fn breaking(asked: &Asked) -> Script {
    let mut script = script(asked, Usage { output: BREAKING.len() / 4, ..READ });
    script.beats = said(BREAKING, 4);
    script.beats.push(Beat::Cut);
    script
}

/// These words, in pieces of so many characters.
fn said(text: &str, chars: usize) -> Vec<Beat> {
    split(text, chars).map(|part| Beat::Piece(Piece::Say(part))).collect()
}

fn split(text: &str, chars: usize) -> impl Iterator<Item = String> {
    let all: Vec<char> = text.chars().collect();
    let parts: Vec<String> = all.chunks(chars).map(|part| part.iter().collect()).collect();
    parts.into_iter()
}
