//! The practice provider in every language, as it answers and in every way that it goes wrong: what a person is told is the
//! same in each.

use std::time::Duration;

use history::{Message, Status};
use turn::Trouble;
use wire::Format;

use crate::stage::{Heard, KEY, Stage, failure};

/// How an answer is to end.
enum End {
    /// Refused before a word.
    Refused(Trouble),
    /// Failed after some words, which stay.
    Torn(Trouble),
    /// Complete, for this reason.
    Complete(&'static str),
}

fn faults(format: Format) -> Vec<(&'static str, End)> {
    use End::{Complete, Refused, Torn};
    // Neither has a word for it.
    let filtered = match format {
        Format::Ollama | Format::Cohere => "stop",
        Format::Messages => "refusal",
        Format::ChatCompletions | Format::Responses | Format::Gemini => "contentFilter",
    };
    // Anthropic says that it is overloaded, which is told as busy.
    let overloaded = match format {
        Format::Messages => Trouble::Busy,
        _ => Trouble::ProviderDown,
    };
    vec![
        ("fault-400", Refused(Trouble::RequestRefused)),
        ("fault-401", Refused(Trouble::KeyRejected)),
        ("fault-402", Refused(Trouble::NoCredit)),
        ("fault-403", Refused(Trouble::NotAllowed)),
        ("fault-404", Refused(Trouble::AddressNotFound)),
        ("fault-408", Refused(Trouble::TimedOut)),
        ("fault-quota", Refused(Trouble::NoCredit)),
        ("fault-html", Refused(Trouble::Nonsense)),
        ("fault-redirect", Refused(Trouble::Redirected)),
        ("no-such-model", Refused(Trouble::ModelNotFound)),
        ("fault-broken", Torn(Trouble::BrokenStream)),
        ("fault-unmarked", Torn(Trouble::BrokenStream)),
        ("fault-idle", Torn(Trouble::IdleStream)),
        ("fault-error", Torn(overloaded)),
        ("fault-nonsense", Torn(Trouble::BrokenStream)),
        ("fault-huge", Torn(Trouble::Nonsense)),
        ("fault-length", Complete("length")),
        ("fault-filter", Complete(filtered)),
        ("fault-utf8", Complete("stop")),
    ]
}

#[tokio::test]
async fn every_fault_in_every_language() {
    for format in Format::ALL {
        let stage = Stage::speaking(format).await;
        for (model, end) in faults(format) {
            let before = stage.server.log().seen().len();
            let message = stage.answer(model).await;
            let at = format!("{format:?} {model}: {message:?}");
            assert_eq!(stage.server.log().seen().len() - before, 1, "asked once: {at}");
            match end {
                End::Refused(trouble) => {
                    assert_eq!(failure(&message).trouble, trouble, "{at}");
                    assert_eq!(
                        (message.status, message.text.as_str()),
                        (Status::Failed, ""),
                        "{at}"
                    );
                }
                End::Torn(trouble) => {
                    assert_eq!(failure(&message).trouble, trouble, "{at}");
                    assert!(begun(&message), "{at}");
                    assert_ne!(message.status, Status::Complete, "{at}");
                    assert_eq!(message.skipped > 0, model == "fault-nonsense", "{at}");
                }
                End::Complete(reason) => {
                    assert_eq!(message.status, Status::Complete, "{at}");
                    assert_eq!(message.finish.as_deref(), Some(reason), "{at}");
                    assert_eq!(message.failure, None, "{at}");
                    assert!(begun(&message), "{at}");
                }
            }
        }
        let odd = stage.answer("fault-utf8").await;
        assert!(odd.text.ends_with("bad \u{fffd} byte"), "{format:?}: {}", odd.text);
        let whole = stage.answer("fault-whole").await;
        assert_eq!((whole.text.as_str(), whole.status), ("All at once.", Status::Complete));
    }
}

fn begun(message: &Message) -> bool {
    message.text.starts_with("This answer will not end well.\n\nIt goes on for a little while, ")
}

#[tokio::test]
async fn all_that_a_language_can_tell() {
    for format in Format::ALL {
        let stage = Stage::speaking(format).await;
        let (_, first) = stage.run(stage.message(None, "practice-everything", "Hello")).await;
        // Where it is told which words rest on what, the marks stand behind them.
        assert!(first.text.starts_with("Everything there is."), "{format:?}");
        assert_eq!(first.reasoning, "First this, then that.", "{format:?}");
        let sources = first.sources.as_deref().unwrap_or_default();
        let cites = sources.contains("https://example.com/1") && sources.contains("Source 2");
        let tells = format != Format::Ollama;
        assert_eq!(cites, tells, "{format:?}: {sources}");
        // What was read comes to the same however it is counted; this one leaves out what was cached.
        let read = if format == Format::Ollama { 100 } else { 170 };
        assert_eq!(
            (first.prompt_tokens, first.answer_tokens),
            (Some(read), Some(50)),
            "{format:?}"
        );
    }
}

#[tokio::test]
async fn a_sealed_thought_goes_back_to_the_model_it_came_from_and_to_no_other() {
    for format in Format::ALL {
        let seals = matches!(format, Format::Responses | Format::Messages | Format::Gemini);
        let stage = Stage::speaking(format).await;
        let first = stage.answer("practice-everything").await;
        let at = Some(first.conversation);
        // The server takes no seal that it did not make for this model.
        for (model, keeps) in [("practice-everything", seals), ("parrot", false)] {
            let (_, message) = stage.run(stage.message(at, model, "Sure?")).await;
            assert_eq!(message.status, Status::Complete, "{format:?} {model}: {message:?}");
            let sent = stage.server.log().seen().pop().unwrap();
            assert_eq!(sent.body.contains("practice-seal."), keeps, "{format:?} {model}");
        }
    }
}

#[tokio::test]
async fn a_sealed_thought_stays_in_its_conversation() {
    for format in [Format::Responses, Format::Messages, Format::Gemini] {
        let stage = Stage::speaking(format).await;
        let first = stage.answer("practice-everything").await;
        let elsewhere = stage.history.branch_off(first.id, "Elsewhere").unwrap().id;
        for (chat, keeps) in [(elsewhere, false), (first.conversation, true)] {
            stage.run(stage.message(Some(chat), "practice-everything", "Sure?")).await;
            let sent = stage.server.log().seen().pop().unwrap().body;
            assert!(sent.contains("Everything there is."), "{format:?}: {sent}");
            assert_eq!(sent.contains("practice-seal."), keeps, "{format:?}: {sent}");
        }
    }
}

#[tokio::test]
async fn what_was_ended_by_a_refusal_does_not_go_along_again() {
    for (format, goes_along) in [(Format::Messages, false), (Format::ChatCompletions, true)] {
        let stage = Stage::speaking(format).await;
        let refused = stage.run(stage.message(None, "fault-filter", "Forbidden words")).await.1;
        assert!(begun(&refused), "{format:?}: {refused:?}");
        let next = stage.message(Some(refused.conversation), "parrot", "Something else");
        let (_, answer) = stage.run(next).await;
        assert_eq!(answer.status, Status::Complete, "{format:?}: {answer:?}");
        let sent = stage.server.log().seen().pop().unwrap().body;
        assert!(sent.contains("Something else"), "{format:?}: {sent}");
        for words in ["Forbidden words", "This answer will not end well."] {
            assert_eq!(sent.contains(words), goes_along, "{format:?} {words}: {sent}");
        }
    }
}

#[tokio::test]
async fn nobody_may_keep_a_message_until_a_person_lets_them() {
    let stage = Stage::speaking(Format::ChatCompletions).await;
    let mut connection = stage.history.connections().unwrap().remove(0);
    connection.provider = "openRouter".to_owned();
    for may_be_kept in [false, true, false] {
        connection.upkeep.may_be_kept = may_be_kept;
        stage.history.put_connection(&connection).unwrap();
        let kept = stage.history.connections().unwrap().remove(0).upkeep.may_be_kept;
        assert_eq!(kept, may_be_kept, "it is kept with the connection");
        assert_eq!(stage.answer("parrot").await.status, Status::Complete);
        let sent = stage.server.log().seen().pop().unwrap().body;
        assert_eq!(sent.contains(r#""data_collection":"deny""#), !may_be_kept, "{sent}");
    }
}

#[tokio::test]
async fn a_key_goes_into_the_header_of_its_language_and_no_other() {
    for format in Format::ALL {
        let stage = Stage::speaking(format).await;
        stage.answer("parrot").await;
        let seen = stage.server.log().seen().remove(0);
        let holders: Vec<_> =
            seen.headers.iter().filter(|(_, value)| value.contains(KEY)).collect();
        let name = match format {
            Format::Messages => "x-api-key",
            Format::Gemini => "x-goog-api-key",
            Format::ChatCompletions | Format::Responses | Format::Ollama | Format::Cohere => {
                "authorization"
            }
        };
        assert_eq!(holders.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), [name]);
        assert!(!seen.path.contains(KEY) && !seen.body.contains(KEY), "{format:?}");
    }
}

#[tokio::test]
async fn a_key_that_is_repeated_in_any_language_is_masked() {
    for format in Format::ALL {
        let stage = Stage::speaking(format).await;
        for (model, _) in practice::WAYS {
            let (heard, message) = stage.run(stage.message(None, model, "Hello")).await;
            let said: String = heard
                .iter()
                .map(|event| match event {
                    Heard::Text(text) | Heard::Reasoning(text) => text.as_str(),
                    _ => "",
                })
                .collect();
            let everything = format!("{said} {heard:?} {message:?}").to_lowercase();
            for run in KEY.to_lowercase().as_bytes().windows(12) {
                let run = std::str::from_utf8(run).unwrap();
                assert!(!everything.contains(run), "{format:?} {model}: {run} in {everything}");
            }
            // The control: it was there to be masked.
            assert!(everything.contains("•••"), "{format:?} {model}: {everything}");
        }
    }
}

#[tokio::test]
async fn a_busy_provider_is_asked_again_in_any_language() {
    for format in Format::ALL {
        let stage = Stage::speaking(format).await;
        let (heard, message) = stage.run(stage.message(None, "fault-busy-once", "Go")).await;
        assert_eq!(heard[0], Heard::Pausing(Trouble::Busy, Duration::from_secs(1)), "{format:?}");
        assert_eq!(message.text, "The second try worked.", "{format:?}");
    }
}
