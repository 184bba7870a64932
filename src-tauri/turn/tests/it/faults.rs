//! Turns that go wrong, each in its own way; the conversation stays usable after every one.

use std::time::Duration;

use history::Status;
use practice::Way;
use turn::Trouble;

use crate::stage::{HANG, Heard, KEY, Stage, failure};

#[tokio::test]
async fn every_refusal_has_its_class() {
    let stage = Stage::new().await;
    let table = [
        ("fault-400", Trouble::RequestRefused),
        ("fault-401", Trouble::KeyRejected),
        ("fault-402", Trouble::NoCredit),
        ("fault-403", Trouble::NotAllowed),
        ("fault-404", Trouble::AddressNotFound),
        ("no-such-model", Trouble::ModelNotFound),
        ("fault-408", Trouble::TimedOut),
        ("fault-quota", Trouble::NoCredit),
        ("fault-html", Trouble::Nonsense),
        ("fault-redirect", Trouble::Redirected),
    ];
    for (model, trouble) in table {
        let message = stage.answer(model).await;
        assert_eq!(message.status, Status::Failed, "{model}");
        let failure = failure(&message);
        assert_eq!(failure.trouble, trouble, "{model}");
        let name = stage.server.base_url().replace("http://", "").replace("/v1", "");
        assert_eq!(failure.provider, Some(name), "{model}");
    }
}

#[tokio::test]
async fn a_stream_that_breaks_keeps_what_came() {
    let stage = Stage::new().await;
    let table = [
        ("fault-broken", Trouble::BrokenStream),
        ("fault-unmarked", Trouble::BrokenStream),
        ("fault-idle", Trouble::IdleStream),
        ("fault-error", Trouble::ProviderDown),
        ("fault-nonsense", Trouble::BrokenStream),
        ("fault-huge", Trouble::Nonsense),
    ];
    for (model, trouble) in table {
        let before = stage.server.log().seen().len();
        let message = stage.answer(model).await;
        assert_eq!(failure(&message).trouble, trouble, "{model}");
        assert!(message.text.starts_with("This answer will not end well."), "{model}");
        let sent = stage.server.log().seen().len() - before;
        assert_eq!(message.skipped > 0, model == "fault-nonsense", "{model}");
        assert_eq!(sent, 1, "{model}: nothing is sent again after the first word");
    }
}

#[tokio::test]
async fn an_answer_that_ends_early_says_why() {
    let stage = Stage::new().await;
    for (model, reason) in [("fault-length", "length"), ("fault-filter", "contentFilter")] {
        let message = stage.answer(model).await;
        assert_eq!((message.status, message.finish.as_deref()), (Status::Complete, Some(reason)));
    }
}

#[tokio::test]
async fn odd_but_readable_answers_are_read() {
    let stage = Stage::new().await;
    let utf8 = stage.answer("fault-utf8").await;
    assert_eq!(utf8.status, Status::Complete);
    assert!(utf8.text.ends_with("bad \u{fffd} byte"), "{}", utf8.text);
    assert_eq!(stage.answer("fault-whole").await.text, "All at once.");
}

#[tokio::test]
async fn a_server_that_repeats_the_key_is_not_repeated() {
    let stage = Stage::new().await;
    let message = stage.answer("fault-echo").await;
    assert_eq!(message.text, "You sent Bearer •••, did you not?");
    for (model, way) in practice::WAYS {
        let (heard, message) = stage.run(stage.message(None, model, "Hello")).await;
        let said: String = heard
            .iter()
            .map(|event| match event {
                Heard::Text(text) | Heard::Reasoning(text) => text.as_str(),
                _ => "",
            })
            .collect();
        // Also in pieces of it, in any case.
        let everything = format!("{said} {heard:?} {message:?}").to_lowercase();
        for run in KEY.to_lowercase().as_bytes().windows(12) {
            let run = std::str::from_utf8(run).unwrap();
            assert!(!everything.contains(run), "{model}: {run} in {everything}");
        }
        // The control: it was there to be masked.
        assert!(everything.contains("•••"), "{model}: {everything}");
        if !matches!(way, Way::Error | Way::Refusal | Way::Redirect) {
            assert!(message.text.ends_with(", did you not?"), "{model}: {}", message.text);
        }
    }
}

#[tokio::test]
async fn a_busy_provider_is_asked_again_after_the_pause_it_wants() {
    let stage = Stage::new().await;
    let (heard, message) = stage.run(stage.message(None, "fault-busy-once", "Go")).await;
    assert_eq!(heard[0], Heard::Pausing(Trouble::Busy, Duration::from_secs(1)));
    assert_eq!(message.text, "The second try worked.");
    assert_eq!(stage.server.log().seen().len(), 2);
}

#[tokio::test]
async fn a_provider_that_stays_down_is_asked_three_times() {
    let stage = Stage::new().await;
    let (heard, message) = stage.run(stage.message(None, "fault-503", "Go")).await;
    let pauses = heard.iter().filter(|event| matches!(event, Heard::Pausing(..))).count();
    assert_eq!((pauses, stage.server.log().seen().len()), (2, 3));
    assert_eq!(failure(&message).trouble, Trouble::ProviderDown);
    assert_eq!(failure(&message).retry_after_ms, Some(1000));
}

#[tokio::test]
async fn a_pause_can_be_stopped() {
    let stage = Stage::new().await;
    let prepared = stage.prepare(stage.message(None, "fault-429", "Go")).await.unwrap();
    let (turns, answer) = (stage.turns.clone(), prepared.begun.answer.id);
    let running = prepared.run(move |event| {
        if let turn::TurnEvent::Pausing { .. } = event {
            turns.stop(answer);
        }
    });
    tokio::time::timeout(HANG, running).await.expect("it was stopped");
    assert_eq!(stage.server.log().seen().len(), 1, "at once: it was not tried again");
    assert_eq!(stage.history.message(answer).unwrap().status, Status::Stopped);
}

#[tokio::test]
async fn an_address_where_nothing_listens() {
    let stage = Stage::new().await;
    let mut connection = stage.history.connections().unwrap().remove(0);
    connection.address = "http://127.0.0.1:9/v1".to_owned();
    connection.key = None;
    stage.history.put_connection(&connection).unwrap();
    let message = stage.answer("practice").await;
    assert_eq!(failure(&message).trouble, Trouble::Unreachable);
}

#[tokio::test]
async fn a_key_never_follows_a_changed_address() {
    let stage = Stage::new().await;
    let mut connection = stage.history.connections().unwrap().remove(0);
    let other = practice::start(practice::Options::default()).await.unwrap();
    connection.address = other.base_url();
    stage.history.put_connection(&connection).unwrap();
    let message = stage.answer("practice").await;
    assert_eq!(failure(&message).trouble, Trouble::OriginMismatch);
    assert!(other.log().seen().is_empty(), "not even a request without the key");
}

#[tokio::test]
async fn the_conversation_goes_on_after_a_failure() {
    let stage = Stage::new().await;
    let failed = stage.answer("fault-403").await;
    let next = stage.message(Some(failed.conversation), "speed-0-20", "And now?");
    let (_, message) = stage.run(next).await;
    assert_eq!(message.status, Status::Complete);
    let body = stage.server.log().seen().pop().unwrap().body;
    assert!(!body.contains(r#""content":"""#), "an answer that said nothing is not sent: {body}");
}
