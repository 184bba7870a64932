//! Turns with software that this project did not write. `cargo xtask against` starts it and runs these; they are no part of
//! the usual tests, which need nothing from elsewhere.

use history::{Connection, Status};
use practice::{Account, Options};
use turn::Trouble;
use wire::Format;

use crate::stage::{KEY, Stage, failure};

/// What LiteLLM's proxy speaks, and below which address.
const SPOKEN: [(Format, &str); 4] = [
    (Format::ChatCompletions, "v1"),
    (Format::Responses, "v1"),
    (Format::Messages, "v1"),
    (Format::Gemini, "v1beta"),
];

async fn stage(format: Format, below: &str) -> Stage {
    let address =
        std::env::var("LATCHKEY_AGAINST").expect("`cargo xtask against` says where it is");
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
        let stage = stage(format, below).await;
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
