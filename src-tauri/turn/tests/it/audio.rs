//! Audio that goes with a message: sent where the model hears, said before where it does not, and counted apart.

use history::{ConversationId, File, Limits, OwnPrice, Part, Status};
use turn::{Ask, Trouble};
use wire::Format;

use crate::stage::{Stage, failure};

/// A question with three seconds of nothing.
fn ask(stage: &Stage, conversation: Option<ConversationId>, media_type: &str) -> Ask {
    let wav = wire::wav(&vec![0; 3 * 16_000]);
    let mut file = File::of("a secret talk", media_type, wav);
    file.facts = r#"{"lengthMs":3000}"#.to_owned();
    let kept = stage.history.attach(conversation, &Part::File(file)).unwrap();
    let mut ask = stage.message(conversation, "parrot", "Who speaks?");
    if let Ask::Message { files, .. } = &mut ask {
        files.push(kept.place);
    }
    ask
}

#[tokio::test]
async fn a_model_that_hears_is_sent_it_in_its_format() {
    for format in [Format::ChatCompletions, Format::Gemini] {
        let stage = Stage::speaking(format).await;
        let answer = stage.run(ask(&stage, None, "audio/wav")).await.1;
        assert_eq!(answer.status, Status::Complete, "{format:?} {answer:?}");
        assert!(answer.text.contains("I hear 3 seconds of audio."), "{format:?} {}", answer.text);
        assert!(answer.prompt_tokens >= Some(30), "what was heard counts: {answer:?}");
        // It goes along with what is said next.
        let next = stage.message(Some(answer.conversation), "parrot", "Sure?");
        assert_eq!(stage.run(next).await.1.status, Status::Complete);
        let sent = stage.server.log().seen();
        assert!(sent.iter().all(|seen| !seen.body.contains("a secret talk")), "its name stays");
        assert!(sent.last().unwrap().body.contains("UklGR"), "the file itself: {format:?}");
    }
}

#[tokio::test]
async fn who_cannot_be_sent_it_is_named_before_anything_is() {
    for format in [Format::Messages, Format::Responses, Format::Ollama, Format::Cohere] {
        let stage = Stage::speaking(format).await;
        let refused = stage.prepare(ask(&stage, None, "audio/wav")).await.unwrap_err();
        assert_eq!(refused.trouble, Trouble::NoAudio, "{format:?}");
        assert!(stage.server.log().seen().is_empty(), "{format:?}");
        assert_eq!(stage.history.draft_files(None).unwrap().len(), 1, "and nothing is lost");
    }
    let stage = Stage::new().await;
    let refused = stage.prepare(ask(&stage, None, "audio/flac")).await.unwrap_err();
    assert_eq!(refused.trouble, Trouble::AudioKind);
}

#[tokio::test]
async fn a_chat_goes_on_with_who_hears_nothing() {
    let stage = Stage::new().await;
    let heard = stage.run(ask(&stage, None, "audio/wav")).await.1;
    let connection = stage.history.connections().unwrap().remove(0);
    let deaf = history::Connection { format: Some(Format::Messages.id().to_owned()), ..connection };
    stage.history.put_connection(&deaf).unwrap();
    let next = stage.message(Some(heard.conversation), "practice", "And now?");
    assert_eq!(stage.run(next).await.1.status, Status::Complete);
    let sent = stage.server.log().seen();
    let body = &sent.last().unwrap().body;
    assert!(body.contains("so it was left out") && !body.contains("UklGR"), "{body}");
}

#[tokio::test]
async fn a_limit_holds_where_nobody_knows_what_hearing_costs() {
    let stage = Stage::new().await;
    let price = OwnPrice { input_nano: 1_000_000_000, output_nano: 1_000_000_000 };
    stage.history.set_own_price(&stage.connection, "parrot", Some(price)).unwrap();
    let limits = Limits { month_nano: Some(1_000_000_000), ..Limits::default() };
    stage.history.set_limits(&stage.connection, &limits).unwrap();
    let answer = stage.run(ask(&stage, None, "audio/wav")).await.1;
    assert_eq!(failure(&answer).trouble, Trouble::PriceUnknown);
    assert!(stage.server.log().seen().is_empty(), "nothing was sent");
}
