//! Answers that repeat the key they were asked with, in every way that a server might, by mistake or on purpose.

use std::time::Duration;

use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use bytes::Bytes;

use crate::asked::Asked;
use crate::play::{Play, script};
use crate::script::{Beat, Ending, MARK, Piece, Usage};

/// A way to repeat it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// As it is, in the answer's text.
    AsItIs,
    /// Every letter as an escape of JSON.
    Escaped,
    /// Cut in two, in two events.
    Split,
    /// One letter an event.
    Letters,
    /// Without its last letters, and once more without its first.
    Shortened,
    /// In lower case.
    LowerCase,
    /// In the reasoning.
    Reasoning,
    /// In every other field of an event.
    Fields,
    /// In an error inside the stream.
    Error,
    /// In a refusal: its words, its code, its headers.
    Refusal,
    /// In the host of a redirect.
    Redirect,
    /// In an answer that is one document.
    Whole,
}

/// Every way, with its model's name.
pub const WAYS: [(&str, Way); 12] = [
    ("fault-echo", Way::AsItIs),
    ("fault-echo-escaped", Way::Escaped),
    ("fault-echo-split", Way::Split),
    ("fault-echo-letters", Way::Letters),
    ("fault-echo-shortened", Way::Shortened),
    ("fault-echo-lower", Way::LowerCase),
    ("fault-echo-reasoning", Way::Reasoning),
    ("fault-echo-fields", Way::Fields),
    ("fault-echo-error", Way::Error),
    ("fault-echo-refusal", Way::Refusal),
    ("fault-echo-redirect", Way::Redirect),
    ("fault-echo-whole", Way::Whole),
];

/// What this way makes of the key that was sent.
pub(crate) fn echo(way: Way, asked: &Asked, key: &str) -> Play {
    let escaped: String =
        key.chars().map(|letter| format!("\\u{:04x}", u32::from(letter))).collect();
    let (half, length) = (key.len() / 2, key.len());
    let say = |text: &str| Beat::Piece(Piece::Say(text.to_owned()));
    let raw = |piece: Piece, instead: &str| Beat::Raw(piece, Bytes::from(instead.to_owned()));
    let marred = |piece: Piece, instead: &str| Beat::Marred(piece, Bytes::from(instead.to_owned()));
    let (sent, asks) = (say("You sent "), say(", did you not?"));
    let marked = |before: &str| Piece::Say(format!("{before}{MARK}, did you not?"));
    let beats = match way {
        Way::AsItIs => vec![raw(marked("You sent Bearer "), key)],
        Way::Escaped => vec![raw(marked("You sent "), &escaped)],
        Way::Split => vec![sent, say(&key[..half]), say(&key[half..]), asks],
        Way::Letters => {
            let letters = key.chars().map(|letter| say(&letter.to_string()));
            [sent].into_iter().chain(letters).chain([asks]).collect()
        }
        Way::Shortened => {
            let (first, last) = (&key[..length.saturating_sub(6)], &key[length.min(8)..]);
            vec![say(&format!("You sent {first}, or was it {last}, did you not?"))]
        }
        Way::LowerCase => vec![raw(marked("You sent "), &key.to_lowercase())],
        Way::Reasoning => vec![
            raw(Piece::Think(format!("They sent {MARK}")), &escaped[..half * 6]),
            raw(Piece::Think(format!("{MARK}.")), &escaped[half * 6..]),
            say("You sent something, did you not?"),
        ],
        Way::Fields => vec![
            sent,
            marred(Piece::Say(String::new()), &escaped),
            marred(Piece::Source { url: String::new(), title: String::new() }, &escaped),
            Beat::Noise { name: Some(key.to_owned()), data: key.to_owned() },
            asks,
        ],
        Way::Error => {
            let fail = Piece::Fail(format!("{MARK} is what you sent"));
            let beats = vec![sent, marred(fail, &escaped)];
            return stream(asked, beats);
        }
        Way::Refusal => return Play::RefuseWith { written: escaped, key: key.to_owned() },
        Way::Redirect => {
            let host: String = key.chars().filter(|letter| *letter != '_').collect();
            let target = format!("http://{host}.example/");
            let redirect = (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, target)]);
            return Play::Plain(Box::new(redirect.into_response()));
        }
        Way::Whole => {
            let mut script = script(asked, Usage::default());
            script.model = MARK.to_string();
            script.beats = vec![Beat::Piece(marked("You sent "))];
            return Play::Whole(script, escaped);
        }
    };
    let end = Beat::Piece(Piece::End(Ending::Stop));
    stream(asked, beats.into_iter().chain([end]).collect())
}

fn stream(asked: &Asked, beats: Vec<Beat>) -> Play {
    let mut script = script(asked, Usage::default());
    script.beats = beats;
    Play::Stream(script, Duration::ZERO)
}
