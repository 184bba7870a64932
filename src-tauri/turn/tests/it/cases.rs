//! What real servers send, through whole turns: the cases of `tests/fixtures/cases`.

use history::{Finished, NewTurn, Status};
use serde_json::Value;
use turn::{Ask, Trouble, TurnEvent};

use crate::scripted::{Answer, Scripted};
use crate::stage::{Heard, Stage, failure};

const WARM: &str = "data: {\"choices\":[{\"delta\":{\"content\":\"Warm.\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

fn cases(lines: &str, kind: Option<&str>) -> Vec<Value> {
    let cases: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let wanted = |case: &Value| kind.is_none_or(|kind| case["kind"] == kind);
    let cases: Vec<Value> = cases.into_iter().filter(wanted).collect();
    assert!(!cases.is_empty(), "{kind:?}");
    cases
}

fn requests(kind: &str) -> Vec<Value> {
    cases(include_str!("../../../../tests/fixtures/cases/requests.jsonl"), Some(kind))
}

fn word(status: Status) -> Value {
    serde_json::to_value(status).unwrap()
}

#[tokio::test]
async fn streams() {
    for case in cases(include_str!("../../../../tests/fixtures/cases/streams.jsonl"), None) {
        let (name, expected) = (&case["name"], &case["expected"]);
        let server = Scripted::start(vec![Answer::of_case(&case)]).await;
        let stage = Stage::at(&server.address).await;
        let message = stage.answer("house-model").await;
        let asked = server.asked().remove(0);
        assert_eq!((asked.line.as_str(), asked.key), ("POST /v1/chat/completions HTTP/1.1", true));
        assert_eq!(expected["text"], message.text, "{name}");
        assert_eq!(expected["reasoning"], message.reasoning, "{name}");
        assert_eq!(expected["status"], word(message.status), "{name}: {:?}", message.failure);
        if let Some(skipped) = expected["skipped"].as_i64() {
            assert_eq!(skipped, message.skipped, "{name}");
        }
        if let Some(class) = expected["class"].as_str() {
            assert_eq!(class, serde_json::to_value(failure(&message).trouble).unwrap(), "{name}");
        }
        if let Some(words) = expected["message_contains"].as_str() {
            assert!(failure(&message).said.contains(words), "{name}: {:?}", message.failure);
        }
    }
}

#[tokio::test]
async fn what_is_sent_after_an_answer_without_text_is_well_formed() {
    for case in requests("after-an-answer-without-text") {
        let name = &case["name"];
        let server = Scripted::start(vec![Answer::stream(WARM)]).await;
        let stage = Stage::at(&server.address).await;
        let mut conversation = None;
        let mut system_prompt = String::new();
        let mut question = None;
        for said in case["history"].as_array().unwrap() {
            let text = said["text"].as_str().unwrap().to_owned();
            match said["role"].as_str().unwrap() {
                "system" => system_prompt = text,
                "user" => question = Some(text),
                _ => {
                    let turn = NewTurn {
                        conversation,
                        system_prompt: system_prompt.clone(),
                        ..NewTurn::of(&stage.connection, "m", question.take().unwrap())
                    };
                    let begun = stage.history.begin_turn(&turn).unwrap();
                    conversation = Some(begun.conversation.id);
                    let status = match said["status"].as_str().unwrap() {
                        "complete" => Status::Complete,
                        _ => Status::Failed,
                    };
                    let finished = Finished { status, ..Finished::of(text) };
                    stage.history.finish_answer(begun.answer.id, &finished).unwrap();
                }
            }
        }
        let new = case["new"].as_str().unwrap();
        let ask = Ask::Message {
            conversation,
            connection: stage.connection.clone(),
            model: "m".to_owned(),
            system_prompt,
            parameters: String::new(),
            text: new.to_owned(),
            files: Vec::new(),
            preset: None,
            route: None,
            folder: None,
            waiting: None,
            secrets: turn::Secrets::default(),
        };
        stage.run(ask).await;
        let sent = server.asked().pop().unwrap().body;
        let sent = sent["messages"].as_array().unwrap();
        let roles: Vec<&Value> = sent.iter().map(|message| &message["role"]).collect();
        let expected: Vec<&Value> = case["expected"]["roles"].as_array().unwrap().iter().collect();
        assert_eq!(roles, expected, "{name}");
        assert_eq!(sent.last().unwrap()["content"], *new, "{name}");
        assert!(sent.iter().all(|message| !message["content"].as_str().unwrap().trim().is_empty()));
        for kept in case["expected"]["assistant_texts"].as_array().into_iter().flatten() {
            assert!(sent.iter().any(|message| message["content"] == *kept), "{name}: {sent:?}");
        }
    }
}

#[tokio::test]
async fn a_refused_field_is_left_out_and_that_is_remembered() {
    for case in requests("field-refused") {
        let (name, expected) = (&case["name"], &case["expected"]);
        let answers: Vec<Answer> =
            case["answers"].as_array().unwrap().iter().map(Answer::of_case).collect();
        let server = Scripted::start(answers).await;
        let stage = Stage::at(&server.address).await;
        let message = stage.answer("m").await;
        assert_eq!(expected["status"], word(message.status), "{name}: {:?}", message.failure);
        let wanted = expected["requests"].as_array().unwrap();
        assert_eq!(server.asked().len(), wanted.len(), "{name}");
        for (asked, wanted) in server.asked().iter().zip(wanted) {
            for field in wanted["has"].as_array().into_iter().flatten() {
                assert!(asked.body.get(field.as_str().unwrap()).is_some(), "{name}: {field}");
            }
            for field in wanted["has_not"].as_array().into_iter().flatten() {
                assert!(asked.body.get(field.as_str().unwrap()).is_none(), "{name}: {field}");
            }
        }
        if let Some(text) = expected["text"].as_str() {
            assert_eq!(message.text, text, "{name}");
            stage.answer("m").await;
            let next = server.asked().pop().unwrap().body;
            assert!(next.get("stream_options").is_none(), "{name}: remembered");
        }
        if let Some(words) = expected["message_contains"].as_str() {
            assert!(failure(&message).said.contains(words), "{name}: {:?}", message.failure);
            assert_eq!(failure(&message).trouble, Trouble::RequestRefused, "{name}");
        }
    }
}

#[tokio::test]
async fn a_pause_that_nobody_asked_for_is_not_said_to_be_asked_for() {
    for case in requests("words-of-a-pause") {
        let answers: Vec<Answer> =
            case["answers"].as_array().unwrap().iter().map(Answer::of_case).collect();
        let server = Scripted::start(answers).await;
        let stage = Stage::at(&server.address).await;
        let prepared = stage.prepare(stage.message(None, "m", "Hello")).await.unwrap();
        let (turns, answer) = (stage.turns.clone(), prepared.begun.answer.id);
        let mut paused = None;
        prepared
            .run(|event| {
                if let TurnEvent::Pausing { failure, wait } = event {
                    paused = Some((failure, wait));
                    turns.stop(answer);
                }
            })
            .await;
        let (failure, wait) = paused.unwrap();
        assert_eq!(failure.retry_after_ms, None);
        assert!(wait.as_millis() >= 500, "{wait:?}");
        let words = case["expected"]["message_contains"].as_str().unwrap();
        assert!(failure.said.contains(words), "{failure:?}");
    }
}

#[tokio::test]
async fn a_panic_ends_its_turn_and_nothing_else() {
    let body = "data: {\"choices\":[{\"delta\":{\"content\":\"Half\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\" of it\"}}]}\n\n";
    let server = Scripted::start(vec![Answer::stream(body), Answer::stream(WARM)]).await;
    let stage = Stage::at(&server.address).await;
    let prepared = stage.prepare(stage.message(None, "m", "Hello")).await.unwrap();
    let conversation = prepared.begun.conversation.id;
    let (mut texts, mut ends) = (0, Vec::new());
    prepared
        .run(|event| match event {
            TurnEvent::Text(_) => {
                texts += 1;
                assert!(texts < 2, "as a parser may");
            }
            TurnEvent::Ended { message, .. } => ends.push(message),
            _ => {}
        })
        .await;
    let [message] = &ends[..] else { panic!("exactly one terminal event: {ends:?}") };
    assert_eq!((message.status, failure(message).trouble), (Status::Failed, Trouble::Internal));
    assert!(message.text.starts_with("Half"), "{}", message.text);
    assert!(!stage.turns.is_answering(conversation));
    let (_, next) = stage.run(stage.message(Some(conversation), "m", "And now?")).await;
    assert_eq!((next.status, next.text.as_str()), (Status::Complete, "Warm."));
}

#[tokio::test]
async fn only_a_key_that_worked_can_have_been_revoked() {
    let no = Answer::of(401, "application/json", r#"{"error":{"message":"No such account"}}"#);
    let server = Scripted::start(vec![no.clone(), Answer::stream(WARM), no]).await;
    let stage = Stage::at(&server.address).await;
    assert_eq!(failure(&stage.answer("m").await).trouble, Trouble::KeyRejected);
    assert!(stage.history.connections().unwrap()[0].last_used_ms.is_none(), "it has not answered");
    assert_eq!(stage.answer("m").await.status, Status::Complete);
    assert_eq!(failure(&stage.answer("m").await).trouble, Trouble::KeyRevoked);
}

#[tokio::test]
async fn what_is_held_back_is_kept_when_the_answer_is_stopped() {
    let body = "data: {\"choices\":[{\"delta\":{\"content\":\"\\n<thi\"}}]}\n\n: waits\n\n";
    let server = Scripted::start(vec![Answer { reset: false, ..Answer::stream(body) }]).await;
    let stage = Stage::at(&server.address).await;
    let (heard, message) = stage.run(stage.message(None, "m", "Hello")).await;
    assert_eq!((message.text.as_str(), message.status), ("\n<thi", Status::Interrupted));
    let said: String = heard
        .iter()
        .map(|event| match event {
            Heard::Text(text) => text.as_str(),
            _ => "",
        })
        .collect();
    assert_eq!(said, message.text);
}
