//! Turns with software that this project did not write. `cargo xtask against` starts it and runs these; they are no part of
//! the usual tests, which need nothing from elsewhere.

use history::{Connection, File, Message, Part, Status};
use practice::{Account, Options};
use turn::{Ask, Trouble};
use wire::Format;

use crate::stage::{KEY, Stage, failure};

/// Who says where each listens.
const LITELLM: &str = "LATCHKEY_AGAINST";
const AIMOCK: &str = "LATCHKEY_AIMOCK";

/// What LiteLLM's proxy speaks, and below which address.
const SPOKEN: [(Format, &str); 4] = [
    (Format::ChatCompletions, "v1"),
    (Format::Responses, "v1"),
    (Format::Messages, "v1"),
    (Format::Gemini, "v1beta"),
];

async fn stage(server: &str, format: Format, below: &str) -> Stage {
    let address = std::env::var(server).expect("`cargo xtask against` says where it is");
    let stage = Stage::at(&format!("{address}/{below}")).await;
    let connection = stage.history.connections().unwrap().remove(0);
    let speaking = Connection { format: Some(format.id().to_owned()), ..connection };
    stage.history.put_connection(&speaking).unwrap();
    stage
}

/// How an answer is that LiteLLM fetches from the practice provider, and how one that it makes up.
const FETCHED: &str = "## Part 1";
const MADE_UP: &str = "Four. It is four, as it was before.";

#[tokio::test]
#[ignore = "needs LiteLLM's proxy; `cargo xtask against` has it"]
async fn litellm_answers_in_every_format_that_it_speaks() {
    let port = std::env::var("LATCHKEY_UPSTREAM_PORT").ok().and_then(|port| port.parse().ok());
    let accounts = vec![Account::good(KEY)];
    let port = port.expect("`cargo xtask against` says where LiteLLM looks for it");
    let upstream =
        practice::start(Options { accounts, list_faults: true, port, ..Options::default() })
            .await
            .unwrap();
    let mut wrong = Vec::new();
    for (format, below) in SPOKEN {
        let stage = stage(LITELLM, format, below).await;
        // It does not stream what it makes up in responses.
        let makes_up = format != Format::Responses;
        for (model, begins) in [("fetched", FETCHED), ("mock", MADE_UP)] {
            if model == "mock" && !makes_up {
                continue;
            }
            // Its first answer in a format loads what that needs, which may take longer than a test waits for a word.
            let mut answer = stage.answer(model).await;
            for _ in 0..5 {
                if answer.status == Status::Complete {
                    break;
                }
                answer = stage.answer(model).await;
            }
            if answer.status != Status::Complete || !answer.text.starts_with(begins) {
                wrong.push(format!("{format:?} {model}: {answer:?}"));
            }
        }
        for (model, trouble) in
            [("limited", Trouble::Busy), ("nobody-has-this", Trouble::ModelNotFound)]
        {
            let answer = stage.answer(model).await;
            let is_right = answer.status == Status::Failed && failure(&answer).trouble == trouble;
            if !is_right && (makes_up || model != "limited") {
                wrong.push(format!("{format:?} {model}: {answer:?}"));
            }
        }
    }
    assert!(!upstream.log().seen().is_empty(), "nothing was fetched");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Where the mock speaks each format.
const MOCKED: [(Format, &str); 6] = [
    (Format::ChatCompletions, "v1"),
    (Format::Responses, "v1"),
    (Format::Messages, "v1"),
    (Format::Gemini, "v1beta"),
    (Format::Ollama, ""),
    (Format::Cohere, ""),
];

#[tokio::test]
#[ignore = "needs aimock; `cargo xtask against` has it"]
async fn a_mock_of_every_provider_is_understood_in_every_format() {
    let mut wrong = Vec::new();
    for (format, below) in MOCKED {
        let stage = stage(AIMOCK, format, below).await;
        let mut check = |what: &str, is_right: bool, answer: &Message| {
            if !is_right {
                wrong.push(format!("{format:?} {what}: {answer:?}"));
            }
        };
        let plain = stage.answer("plain").await;
        let is_whole = plain.status == Status::Complete && plain.text == MADE_UP;
        check("plain", is_whole, &plain);
        let seen = stage.run(with_picture(&stage)).await.1;
        check("picture", seen.status == Status::Complete && seen.text == MADE_UP, &seen);
        let limited = stage.answer("limited").await;
        let is_busy =
            limited.status == Status::Failed && failure(&limited).trouble == Trouble::Busy;
        check("limited", is_busy, &limited);
        let cut = stage.answer("cut").await;
        let is_kept = cut.status == Status::Interrupted && MADE_UP.starts_with(&cut.text);
        check("cut", is_kept && !cut.text.is_empty(), &cut);
        let stopped = stopped(&stage).await;
        let is_stopped = stopped.status == Status::Stopped && stopped.text.starts_with("Fou");
        check("stopped", is_stopped && stopped.text.len() < 30, &stopped);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// A question with a picture.
fn with_picture(stage: &Stage) -> Ask {
    let icon: &[u8] = include_bytes!("../../../icons/32x32.png");
    let picture = Part::Image(File::of("icon.png", "image/png", icon));
    let attached = stage.history.attach(None, &picture).unwrap();
    let mut ask = stage.message(None, "plain", "What is it?");
    if let Ask::Message { files, .. } = &mut ask {
        files.push(attached.place);
    }
    ask
}

/// An answer that is stopped with its first words.
async fn stopped(stage: &Stage) -> Message {
    let prepared = stage.prepare(stage.message(None, "endless", "Hi")).await.unwrap();
    let (turns, answer) = (stage.turns.clone(), prepared.begun.answer.id);
    prepared
        .run(move |event| {
            if matches!(event, turn::TurnEvent::Text(_)) {
                turns.stop(answer);
            }
        })
        .await;
    stage.history.message(answer).unwrap()
}
