//! Along a route: who is asked, who is passed by, and what is kept of it.

use std::time::Duration;

use history::{Message, Route, RouteId, Status, Step};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use turn::{Ask, By, RouteNote, Trouble, Turns};
use wire::Format;

use crate::scripted::{Answer, Scripted};
use crate::stage::{Heard, Stage, failure};

fn route(stage: &Stage, models: &[&str]) -> Route {
    let steps = models
        .iter()
        .map(|model| Step { connection: stage.connection.clone(), model: (*model).to_owned() })
        .collect();
    let made = Route { name: "Everyday".into(), steps, ..Route::default() };
    stage.history.add_route(&made).unwrap()
}

/// A new conversation along a route.
fn ask(stage: &Stage, along: &Route) -> Ask {
    let mut ask = stage.message(None, &along.steps[0].model, "Hello");
    if let Ask::Message { route, .. } = &mut ask {
        *route = Some(along.id);
    }
    ask
}

async fn answered(stage: &Stage, along: &Route) -> (Vec<Heard>, Message) {
    stage.run(ask(stage, along)).await
}

/// Who was passed by and why.
fn passed(message: &Message) -> Vec<(String, Trouble, bool)> {
    let Some(json) = &message.route else { return Vec::new() };
    let note = RouteNote::from_json(json).unwrap();
    assert_eq!(note.route, "Everyday");
    note.passed
        .into_iter()
        .map(|passed| (passed.model, passed.failure.trouble, passed.ms.is_some()))
        .collect()
}

#[tokio::test]
async fn the_first_that_can_answers_and_who_could_not_is_said() {
    let table = [
        ("fault-429", Trouble::Busy),
        ("fault-503", Trouble::ProviderDown),
        ("no-such-model", Trouble::ModelNotFound),
        ("fault-html", Trouble::Nonsense),
    ];
    for (model, trouble) in table {
        let stage = Stage::new().await;
        let along = route(&stage, &[model, "speed-0-20"]);
        let (heard, message) = answered(&stage, &along).await;
        assert_eq!(heard[0], Heard::MovedOn(trouble, "speed-0-20".into()), "{model}");
        assert_eq!((message.status, message.text.len()), (Status::Complete, 20), "{model}");
        assert_eq!(message.model.as_deref(), Some("speed-0-20"), "{model}");
        assert_eq!(passed(&message), [(model.to_owned(), trouble, true)]);
        assert_eq!(stage.server.log().seen().len(), 2, "{model}: each was asked once");
        let conversation = stage.history.conversation(message.conversation).unwrap();
        let chosen = (conversation.route, conversation.model.as_deref());
        assert_eq!(chosen, (Some(along.id), Some(model)), "the first stays the first");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_key_is_wrong_for_all_its_models() {
    let stage = Stage::new().await;
    let along = route(&stage, &["fault-402", "speed-0-20"]);
    let (_, message) = answered(&stage, &along).await;
    let models = [("fault-402", true), ("speed-0-20", false)];
    let expected = models.map(|(model, asked)| (model.to_owned(), Trouble::NoCredit, asked));
    assert_eq!(passed(&message), expected);
    assert_eq!(stage.server.log().seen().len(), 1);
}

#[tokio::test]
async fn where_the_first_answers_the_route_alone_is_noted() {
    let stage = Stage::new().await;
    let along = route(&stage, &["speed-0-20", "practice"]);
    let (_, message) = answered(&stage, &along).await;
    assert_eq!((message.status, passed(&message)), (Status::Complete, vec![]));
    assert!(message.route.is_some(), "it says that more than one could have answered");
}

#[tokio::test]
async fn what_is_refused_is_refused_by_all_and_a_begun_answer_is_never_begun_again() {
    let table = [("fault-400", Trouble::RequestRefused), ("fault-broken", Trouble::BrokenStream)];
    for (model, trouble) in table {
        let stage = Stage::new().await;
        let along = route(&stage, &[model, "speed-0-20"]);
        let (_, message) = answered(&stage, &along).await;
        assert_eq!(failure(&message).trouble, trouble, "{model}");
        assert_eq!(stage.server.log().seen().len(), 1, "{model}");
        assert_eq!(passed(&message), [], "{model}");
    }
}

#[tokio::test]
async fn a_way_that_is_known_to_be_closed_is_not_tried() {
    let stage = Stage::new().await;
    let along = route(&stage, &["fault-429", "speed-0-20"]);
    answered(&stage, &along).await;
    let (_, message) = answered(&stage, &along).await;
    assert_eq!(passed(&message), [("fault-429".to_owned(), Trouble::Busy, false)]);
    assert_eq!(stage.server.log().seen().len(), 3, "it was asked the first time only");
    // The last door is never closed.
    let alone = route(&stage, &["fault-429"]);
    let prepared = stage.prepare(ask(&stage, &alone)).await.unwrap();
    let (turns, answer) = (stage.turns.clone(), prepared.begun.answer.id);
    prepared
        .run(move |event| {
            if matches!(event, turn::TurnEvent::Pausing { .. }) {
                turns.stop(answer);
            }
        })
        .await;
    assert_eq!(stage.server.log().seen().len(), 4);
}

#[tokio::test]
async fn where_none_can_answer_all_are_named() {
    let stage = Stage::new().await;
    let along = route(&stage, &["fault-503", "no-such-model"]);
    let (_, message) = answered(&stage, &along).await;
    assert_eq!(message.status, Status::Failed);
    let models: Vec<_> = passed(&message).into_iter().map(|(model, ..)| model).collect();
    assert_eq!(models, ["fault-503", "no-such-model"]);
}

#[tokio::test]
async fn who_does_not_begin_is_passed_by() {
    // Somebody who takes the call and says nothing, and somebody who says that they begin, and do not.
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n: WORKING\n\n";
    for said in ["", head] {
        let mut stage = Stage::new().await;
        let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/v1", silent.local_addr().unwrap());
        let held = tokio::spawn(async move {
            let mut held = Vec::new();
            while let Ok((mut socket, _)) = silent.accept().await {
                let _ = socket.read_u8().await;
                let _ = socket.write_all(said.as_bytes()).await;
                held.push(socket);
            }
        });
        let mut connection = stage.history.connections().unwrap().remove(0);
        (connection.id, connection.address, connection.key) = ("silent".into(), address, None);
        stage.history.put_connection(&connection).unwrap();
        stage.turns = Turns::default().with_patience(Duration::from_millis(50));
        let steps = vec![
            Step { connection: "silent".into(), model: "m".into() },
            Step { connection: stage.connection.clone(), model: "speed-0-20".into() },
        ];
        let made = Route { name: "Everyday".into(), steps, ..Route::default() };
        let along = stage.history.add_route(&made).unwrap();
        let (_, message) = answered(&stage, &along).await;
        assert_eq!(passed(&message), [("m".to_owned(), Trouble::TimedOut, true)], "{said:?}");
        assert_eq!(message.connection, Some(stage.connection.clone()));
        held.abort();
    }
}

#[tokio::test]
async fn a_model_is_asked_by_its_own_name_whatever_the_route_knows() {
    let stage = Stage::new().await;
    let along = route(&stage, &["fault-busy-once", "speed-0-20"]);
    let (_, message) = answered(&stage, &along).await;
    assert_eq!(message.model.as_deref(), Some("speed-0-20"));
    let by = By::Model(along.steps[0].clone());
    let (_, asked) = stage.run(Ask::Again { answer: message.id, by }).await;
    assert_eq!((asked.text.as_str(), asked.route), ("The second try worked.", None));
    // It works again, and the route knows.
    let (_, again) = stage.run(Ask::Again { answer: asked.id, by: By::Chosen }).await;
    assert_eq!(again.model.as_deref(), Some("fault-busy-once"));
}

#[tokio::test]
async fn the_quickest_is_asked_first_where_that_is_wished_and_measured() {
    let stage = Stage::new().await;
    let mut along = route(&stage, &["speed-0-30", "speed-0-20", "parrot"]);
    along.by_speed = true;
    stage.history.change_route(&along).unwrap();
    let measure = |model: &str, ms: i64| {
        let turn = history::NewTurn::of(&stage.connection, model, "Hi");
        let begun = stage.history.begin_turn(&turn).unwrap();
        let finished =
            history::Finished { first_token_ms: Some(ms), ..history::Finished::of("Hello") };
        stage.history.finish_answer(begun.answer.id, &finished).unwrap();
    };
    (0..9).for_each(|_| measure("speed-0-20", 10));
    (0..10).for_each(|_| measure("speed-0-30", 90));
    let (_, message) = answered(&stage, &along).await;
    assert_eq!(message.model.as_deref(), Some("speed-0-30"), "nine are not enough");
    measure("speed-0-20", 10);
    let (_, message) = answered(&stage, &along).await;
    assert_eq!((message.model.as_deref(), passed(&message)), (Some("speed-0-20"), vec![]));
}

#[tokio::test]
async fn a_sealed_thought_stays_with_whom_it_came_from() {
    let body = [
        json!({"type": "response.output_item.done", "item": {"type": "reasoning", "encrypted_content": "sealed"}}),
        json!({"type": "response.output_text.delta", "delta": "Four."}),
        json!({"type": "response.completed", "response": {"status": "completed"}}),
    ]
    .map(|event| format!("event: {}\ndata: {event}\n\n", event["type"].as_str().unwrap()))
    .concat();
    let down = Answer::of(503, "application/json", "{}");
    let server = Scripted::start(vec![Answer::stream(&body), down, Answer::stream(&body)]).await;
    let stage = Stage::at(&server.address).await;
    let mut connection = stage.history.connections().unwrap().remove(0);
    connection.format = Some(Format::Responses.id().to_owned());
    stage.history.put_connection(&connection).unwrap();
    let along = route(&stage, &["m", "n"]);
    let (_, first) = answered(&stage, &along).await;
    let mut next = stage.message(Some(first.conversation), "m", "Sure?");
    if let Ask::Message { route, .. } = &mut next {
        *route = Some(along.id);
    }
    let (_, second) = stage.run(next).await;
    assert_eq!(second.model.as_deref(), Some("n"));
    let sent = |number: usize| server.asked()[number].body.to_string().contains("sealed");
    assert!(sent(1), "to the same model");
    assert!(!sent(2), "not to the next");
}

#[tokio::test]
async fn a_route_without_models_asks_nobody_and_one_that_is_gone_the_first_of_it() {
    let stage = Stage::new().await;
    let empty = Route { steps: vec![], ..route(&stage, &["speed-0-20"]) };
    stage.history.change_route(&empty).unwrap();
    let by = |id| {
        let mut ask = stage.message(None, "speed-0-20", "Hello");
        if let Ask::Message { route, .. } = &mut ask {
            *route = Some(id);
        }
        ask
    };
    let refused = stage.prepare(by(empty.id)).await.unwrap_err();
    assert_eq!(refused.trouble, Trouble::KeyMissing);
    assert!(stage.history.conversations().unwrap().is_empty(), "before anything is saved");
    let (_, message) = stage.run(by(RouteId(99))).await;
    assert_eq!(message.status, Status::Complete);
    assert_eq!(stage.history.conversation(message.conversation).unwrap().route, None);
}
