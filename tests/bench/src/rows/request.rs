//! How long it takes to write a request of a long conversation, in every format.

use std::time::Instant;

use wire::{Abilities, Format, Message, Parameters, Prompt, Provider, Role, Without};

use crate::figures::{Row, median};

const WORDS: &str = "It depends on what you want to keep and on what may be lost on the way. ";

/// A conversation of so many messages of a few hundred words each.
pub fn measure(rounds: usize, messages: usize) -> Row {
    let message = |number: usize| {
        let role = if number.is_multiple_of(2) { Role::User } else { Role::Assistant };
        Message::text(role, WORDS.repeat(20))
    };
    let prompt = Prompt {
        model: "model".to_owned(),
        system: "Be brief.".to_owned(),
        messages: (0..messages).map(message).collect(),
        parameters: Parameters::default(),
        abilities: Abilities::least(),
    };
    let mut bytes = 0;
    let millis: Vec<(Format, f64)> = Format::ALL
        .into_iter()
        .map(|format| {
            let one = || {
                let start = Instant::now();
                let request = format.chat(Provider::other(), &prompt, Without::default());
                let took = start.elapsed().as_secs_f64() * 1e3;
                (took, request.body.map_or(0, |body| body.bytes().len()))
            };
            let times = (0..rounds.max(5)).map(|_| {
                let (took, size) = one();
                bytes = size;
                took
            });
            (format, median(times.collect()))
        })
        .collect();
    let slowest = millis.iter().map(|(_, one)| *one).fold(0.0, f64::max);
    let each: Vec<String> =
        millis.iter().map(|(format, one)| format!("{} {one:.1} ms", format.id())).collect();
    Row {
        number: "request",
        what: format!(
            "writing the request of a conversation of {messages} messages, the slowest format"
        ),
        target: "≤ 10 ms",
        figure: format!("{slowest:.1} ms"),
        detail: format!("{}; {:.1} MB", each.join(", "), bytes as f64 / 1e6),
    }
}
