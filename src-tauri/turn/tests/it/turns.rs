//! Turns that go as they should.

use std::time::Duration;

use history::{File, Folder, FolderId, Part, Status, Step};
use turn::{Ask, By, MESSAGE_CAP, Prepared, Trouble};

use vault::Deadlines;

use crate::stage::{Heard, KEY, Stage, until};

#[tokio::test]
async fn an_answer_arrives_and_is_saved() {
    let stage = Stage::new().await;
    let (heard, message) = stage.run(stage.message(None, "practice", "Hello there")).await;
    let text: String = heard
        .iter()
        .filter_map(|event| match event {
            Heard::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(message.text, text);
    assert!(text.contains("No model wrote this"));
    assert_eq!((message.status, message.finish.as_deref()), (Status::Complete, Some("stop")));
    assert_eq!(message.prompt_tokens, Some(9));
    assert!(message.first_token_ms.is_some());
    let row = &stage.history.conversations().unwrap()[0];
    assert_eq!(row.title, "Hello there");
    assert!(!stage.turns.is_answering(row.id));
    assert!(stage.history.connections().unwrap()[0].last_used_ms.is_some());
}

#[tokio::test]
async fn the_request_holds_the_branch_and_the_key_goes_in_one_header() {
    let stage = Stage::new().await;
    let (_, first) = stage.run(stage.message(None, "speed-0-20", "One")).await;
    stage.run(stage.message(Some(first.conversation), "speed-0-20", "Two")).await;
    let seen = stage.server.log().seen().pop().unwrap();
    assert_eq!((seen.method.as_str(), seen.path.as_str()), ("POST", "/v1/chat/completions"));
    let body: serde_json::Value = serde_json::from_str(&seen.body).unwrap();
    let said: Vec<_> = body["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| (message["role"].as_str().unwrap(), message["content"].as_str().unwrap()))
        .collect();
    let answer = first.text.as_str();
    let whole = [("system", "Be brief."), ("user", "One"), ("assistant", answer), ("user", "Two")];
    assert_eq!(said, whole);
    let with_key: Vec<_> = seen
        .headers
        .iter()
        .filter(|(_, value)| value.contains(KEY))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(with_key, ["authorization"]);
    assert!(!seen.body.contains(KEY));
}

#[tokio::test]
async fn reasoning_stands_apart() {
    let stage = Stage::new().await;
    let message = stage.answer("practice-thinking").await;
    assert!(message.reasoning.contains("There is no model here"));
    assert!(!message.text.contains("There is no model here"));
    assert!(message.reasoning_ms.unwrap() > 0);
}

#[tokio::test]
async fn stop_closes_the_socket_and_keeps_the_text() {
    let stage = Stage::new().await;
    let prepared = stage.prepare(stage.message(None, "speed-100-10000", "Go")).await.unwrap();
    let answer = prepared.begun.answer.id;
    let turns = stage.turns.clone();
    let (ended, hear) = tokio::sync::oneshot::channel();
    let mut ended = Some(ended);
    let mut texts = 0;
    prepared
        .run(|event| match event {
            turn::TurnEvent::Text(_) => {
                texts += 1;
                if texts == 20 {
                    turns.stop(answer);
                }
            }
            turn::TurnEvent::Ended { message, .. } => {
                ended.take().map(|ended| ended.send(message));
            }
            _ => {}
        })
        .await;
    let message = hear.await.unwrap();
    assert_eq!(message.status, Status::Stopped);
    assert!(message.text.len() >= 200 && message.text.len() < 9_000, "{}", message.text.len());
    until("the server saw the connection close", || stage.server.log().hung_up() == 1).await;
}

#[tokio::test]
async fn several_conversations_answer_at_once() {
    let stage = Stage::new().await;
    let first = stage.prepare(stage.message(None, "speed-200-4000", "One")).await.unwrap();
    let second = stage.prepare(stage.message(None, "speed-200-4000", "Two")).await.unwrap();
    Box::pin(side_by_side(first, second)).await;
    for row in stage.history.conversations().unwrap() {
        let answer = stage.history.page(row.id, 9).unwrap().messages.pop().unwrap();
        assert_eq!((answer.text.len(), answer.status), (4_000, Status::Complete));
    }
}

#[tokio::test]
async fn one_conversation_has_several_answers_at_once_and_only_what_follows_one_waits() {
    let stage = Stage::new().await;
    let first = stage.prepare(stage.message(None, "speed-200-4000", "One")).await.unwrap();
    let (conversation, answer) = (first.begun.conversation.id, first.begun.answer.id);
    let again = stage.message(Some(conversation), "practice", "Three");
    assert_eq!(stage.prepare(again.clone()).await.unwrap_err().trouble, Trouble::AlreadyAnswering);
    let other = Step { connection: stage.connection.clone(), model: "speed-200-3000".into() };
    let by = By::Model(other);
    let second = stage.prepare(Ask::Again { answer, by }).await.unwrap();
    let edit = Ask::Edit {
        message: first.begun.user.id,
        text: "Another".into(),
        secrets: turn::Secrets::default(),
        over: None,
    };
    let third = stage.prepare(edit).await.unwrap();
    let (version, edited) = (second.begun.answer.id, third.begun.answer.id);
    let third = tokio::spawn(third.run(|_| {}));
    Box::pin(side_by_side(first, second)).await;
    third.await.unwrap();
    for (id, length) in [(answer, 4_000), (version, 3_000), (edited, 3_000)] {
        let message = stage.history.message(id).unwrap();
        assert_eq!((message.text.len(), message.status), (length, Status::Complete));
    }
    assert!(!stage.turns.are_answering());
    assert!(stage.prepare(again).await.is_ok(), "what follows may be said now");
}

/// Runs two turns, neither of which waits for the other.
async fn side_by_side(first: Prepared, second: Prepared) {
    let told = std::sync::Mutex::new(Vec::new());
    let tell = |name: &'static str| {
        let told = &told;
        move |event: turn::TurnEvent| match event {
            turn::TurnEvent::Text(_) => told.lock().unwrap().push((name, "text")),
            turn::TurnEvent::Ended { .. } => told.lock().unwrap().push((name, "end")),
            _ => {}
        }
    };
    tokio::join!(first.run(tell("one")), second.run(tell("two")));
    let told = told.into_inner().unwrap();
    let at = |what| told.iter().position(|told| *told == what).unwrap();
    let begun = at(("one", "text")).max(at(("two", "text")));
    let ended = at(("one", "end")).min(at(("two", "end")));
    assert!(begun < ended, "side by side, not one after the other");
}

#[tokio::test]
async fn editing_and_asking_again_keep_every_version() {
    let stage = Stage::new().await;
    let (_, first) = stage.run(stage.message(None, "speed-0-20", "One")).await;
    let (_, second) = stage.run(Ask::Again { answer: first.id, by: By::Chosen }).await;
    assert_eq!((second.version.index, second.version.previous), (2, Some(first.id)));
    let asked = second.parent.unwrap();
    let (_, third) = stage
        .run(Ask::Edit {
            message: asked,
            text: "Another".into(),
            secrets: turn::Secrets::default(),
            over: None,
        })
        .await;
    let edited = stage.history.message(third.parent.unwrap()).unwrap();
    assert_eq!((edited.version.count, edited.version.previous), (2, Some(asked)));
    let without =
        |message| Ask::Edit { message, text: " ".into(), secrets: Default::default(), over: None };
    let refused = stage.prepare(without(asked)).await.unwrap_err().trouble;
    assert_eq!(refused, Trouble::Empty, "nothing is left of it");
    // A message of files alone has no words to lose.
    let notes = history::File::of("notes.txt", "text/plain", &b"Four"[..]);
    let attached = stage.history.attach(None, &history::Part::File(notes)).unwrap();
    let mut shown = stage.message(None, "speed-0-20", "");
    if let Ask::Message { files, .. } = &mut shown {
        files.push(attached.place);
    }
    let (_, seen) = stage.run(shown).await;
    let again = stage.prepare(without(seen.parent.unwrap())).await.unwrap();
    assert_eq!(again.begun.said[0].parts.len(), 1);
    assert_eq!(stage.history.message(first.id).unwrap().text, first.text);
}

#[tokio::test]
async fn a_megabyte_is_fine_and_too_much_is_said_before_anything_is_saved() {
    let stage = Stage::new().await;
    let (_, message) = stage.run(stage.message(None, "speed-0-20", &"x".repeat(1_000_000))).await;
    assert_eq!(message.status, Status::Complete);
    let too_long = stage.message(None, "speed-0-20", &"x".repeat(MESSAGE_CAP + 1));
    assert_eq!(stage.prepare(too_long).await.unwrap_err().trouble, Trouble::TooLong);
    let long_name = stage.message(None, &"x".repeat(5_000), "Hello");
    assert_eq!(stage.prepare(long_name).await.unwrap_err().trouble, Trouble::TooLong);
    let empty = stage.message(None, "speed-0-20", " \n");
    assert_eq!(stage.prepare(empty).await.unwrap_err().trouble, Trouble::Empty);
    assert_eq!(stage.history.conversations().unwrap().len(), 1);
}

#[tokio::test]
async fn the_message_is_saved_before_anything_is_sent() {
    let stage = Stage::new().await;
    let prepared = stage.prepare(stage.message(None, "practice", "Saved first")).await.unwrap();
    assert!(stage.server.log().seen().is_empty());
    let saved = stage.history.message(prepared.begun.user.id).unwrap();
    assert_eq!(saved.text, "Saved first");
}

#[tokio::test]
async fn chats_that_were_moved_meanwhile_say_so_and_lose_nothing() {
    let stage = Stage::new().await;
    let disk = history::History::in_memory().unwrap();
    let prepared = stage.prepare(stage.message(None, "practice", "Growing")).await.unwrap();
    assert_eq!(disk.absorb(&stage.history).unwrap_err(), history::Error::Growing);
    prepared.run(|_| {}).await;
    disk.absorb(&stage.history).unwrap();
    assert_eq!(disk.conversations().unwrap()[0].title, "Growing");
    let late = stage.prepare(stage.message(None, "practice", "Late")).await.unwrap_err();
    assert_eq!(late.trouble, Trouble::HistoryMoved);
    assert!(!stage.turns.are_answering());
}

/// Whatever the speed, what is shown and not saved is 64 tokens at most, each at most four letters.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_shown_is_saved_but_for_64_tokens() {
    for (model, prompt) in [("speed-0-20000", "Go"), ("parrot", &"word ".repeat(2_000))] {
        let stage = Stage::new().await;
        let prepared = stage.prepare(stage.message(None, model, prompt)).await.unwrap();
        let (history, answer) = (stage.history.clone(), prepared.begun.answer.id);
        let (mut shown, mut most) = (0, 0);
        prepared
            .run(|event| {
                let letters = |text: &str| text.chars().count();
                let saved = letters(&history.message(answer).unwrap().text);
                match event {
                    turn::TurnEvent::Text(text) => shown += letters(&text),
                    turn::TurnEvent::Ended { message, .. } => {
                        assert_eq!(shown, letters(&message.text), "all of it was shown");
                    }
                    _ => {}
                }
                most = most.max(shown.saturating_sub(saved));
            })
            .await;
        assert!(most <= 64 * 4, "{most} letters were shown and not saved");
    }
}

#[tokio::test]
async fn the_last_words_before_a_silence_are_saved_while_it_lasts() {
    let mut stage = Stage::new().await;
    let patient = Deadlines { read: Duration::from_secs(60), ..Deadlines::default() };
    let vault = std::sync::Arc::into_inner(stage.vault).unwrap();
    stage.vault = std::sync::Arc::new(vault.with_deadlines(patient));
    let prepared = stage.prepare(stage.message(None, "fault-idle", "Go")).await.unwrap();
    let answer = prepared.begun.answer.id;
    let running = tokio::spawn(prepared.run(|_| {}));
    let whole = "This answer will not end well.\n\nIt goes on for a little while, ";
    let saved = || stage.history.message(answer).unwrap().text;
    until("it is saved while nothing comes", || saved() == whole).await;
    assert_eq!(stage.history.message(answer).unwrap().status, Status::Streaming);
    stage.turns.stop(answer);
    running.await.unwrap();
}

#[tokio::test]
async fn the_end_carries_the_time_that_is_saved() {
    let stage = Stage::new().await;
    let prepared = stage.prepare(stage.message(None, "speed-100-1000", "Go")).await.unwrap();
    let began = prepared.begun.conversation.updated_ms;
    let mut ended = 0;
    prepared
        .run(|event| {
            if let turn::TurnEvent::Ended { updated_ms, .. } = event {
                ended = updated_ms;
            }
        })
        .await;
    assert!(ended > began, "{ended} {began}");
    assert_eq!(stage.history.conversations().unwrap()[0].updated_ms, ended);
}

#[tokio::test]
async fn a_growing_answer_is_saved_as_it_grows() {
    let stage = Stage::new().await;
    let prepared = stage.prepare(stage.message(None, "speed-100-3000", "Go")).await.unwrap();
    let answer = prepared.begun.answer.id;
    let running = tokio::spawn(prepared.run(|_| {}));
    let saved = || stage.history.message(answer).unwrap();
    until("some of it is saved", || !saved().text.is_empty()).await;
    let so_far = saved();
    assert_eq!((so_far.status, so_far.text.len() < 3_000), (Status::Streaming, true));
    running.await.unwrap();
}

#[tokio::test]
async fn what_a_folder_holds_goes_along_also_where_its_first_question_is_left_out() {
    let stage = Stage::new().await;
    let folder = Folder {
        id: FolderId(0),
        parent: None,
        name: "House".into(),
        mark: String::new(),
        system_prompt: String::new(),
        connection: None,
        model: None,
        route: None,
        files: Vec::new(),
        chats: 0,
    };
    let folder = stage.history.add_folder(&folder).unwrap();
    let words = "The heat pump hums.";
    let notes = File {
        words: Some(words.to_owned()),
        ..File::of("notes.txt", "text/plain", words.as_bytes())
    };
    stage.history.attach_to_folder(folder, &Part::File(notes)).unwrap();
    let mut first = stage.message(None, "fault-400", "Never answered");
    if let Ask::Message { folder: of, .. } = &mut first {
        *of = Some(folder);
    }
    let (_, refused) = stage.run(first).await;
    assert_eq!(refused.status, Status::Failed);
    for question in ["Why?", "Since when?"] {
        stage.run(stage.message(Some(refused.conversation), "speed-0-20", question)).await;
        let sent = stage.server.log().seen().pop().unwrap().body;
        assert!(!sent.contains("Never answered"), "{sent}");
        assert_eq!(sent.matches(words).count(), 1, "once, with the first of what is sent: {sent}");
    }
}
