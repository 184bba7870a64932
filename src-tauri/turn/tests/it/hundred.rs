//! A hundred answers at once: none is lost, and none is mixed with another.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use history::{MessageId, Status};
use turn::TurnEvent;

use crate::stage::Stage;

const MANY: usize = 100;

/// What is told of one answer, and when all of them were on their way.
#[derive(Default)]
struct Told {
    text: HashMap<MessageId, String>,
    ended: HashMap<MessageId, usize>,
    /// The most that had begun and not ended at one moment.
    at_once: usize,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_answers_at_once_are_each_its_own() {
    let stage = Stage::new().await;
    let told = Arc::new(Mutex::new(Told::default()));
    let mut asked = HashMap::new();
    let mut running = Vec::new();
    for number in 0..MANY {
        // No two alike, in pieces that are cut anywhere.
        let words = format!("{number}: {}", format!("word-{number} ").repeat(60));
        let prepared = stage.prepare(stage.message(None, "parrot-50", &words)).await.unwrap();
        let answer = prepared.begun.answer.id;
        asked.insert(answer, words);
        let told = told.clone();
        running.push(tokio::spawn(prepared.run(move |event| {
            let mut told = told.lock().unwrap();
            match event {
                TurnEvent::Text(text) => told.text.entry(answer).or_default().push_str(&text),
                TurnEvent::Ended { .. } => *told.ended.entry(answer).or_default() += 1,
                _ => {}
            }
            told.at_once = told.at_once.max(told.text.len() - told.ended.len());
        })));
    }
    for one in running {
        one.await.unwrap();
    }
    let told = told.lock().unwrap();
    assert_eq!(told.at_once, MANY, "all of them were on their way at one moment");
    for (answer, words) in &asked {
        assert_eq!(told.ended[answer], 1, "exactly one end");
        let message = stage.history.message(*answer).unwrap();
        assert_eq!(message.status, Status::Complete);
        assert_eq!(message.text.trim_end(), words.trim_end(), "what is kept");
        assert_eq!(told.text[answer], message.text, "what was told");
    }
    assert!(!stage.turns.are_answering());
}
