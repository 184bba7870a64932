//! Titles: from a model that was chosen for them, once, paid, and never over a person's.

use std::time::Duration;

use history::{Limits, OwnPrice, Setting};
use tokio::time::{sleep, timeout};
use turn::{Endpoint, Trouble, ask_for_title, most_for_title, titler};

use crate::stage::{HANG, KEY, Stage};

const DOLLAR: i64 = 1_000_000_000;

/// From here on this model is asked.
fn choose(stage: &Stage, model: &str) {
    stage.history.set_setting(Setting::TitleConnection, &stage.connection).unwrap();
    stage.history.set_setting(Setting::TitleModel, model).unwrap();
}

fn asked(stage: &Stage) -> usize {
    stage.server.log().seen().len()
}

#[tokio::test]
async fn nobody_is_asked_until_somebody_is_chosen() {
    let stage = Stage::new().await;
    let early = stage.answer("practice").await;
    assert_eq!(ask_for_title(&stage.vault, &stage.history, early.id).await, Ok(None));
    assert_eq!((asked(&stage), titler(&stage.history).unwrap()), (1, None));
    choose(&stage, "practice");
    let late = ask_for_title(&stage.vault, &stage.history, early.id).await;
    assert_eq!((late, asked(&stage)), (Ok(None), 1), "a chat from before keeps its first words");
}

#[tokio::test]
async fn a_chat_is_named_once_by_little_of_what_was_said_and_the_ledger_knows() {
    let stage = Stage::new().await;
    choose(&stage, "parrot");
    let price = OwnPrice { input_nano: DOLLAR, output_nano: DOLLAR };
    stage.history.set_own_price(&stage.connection, "parrot", Some(price)).unwrap();
    let question = format!("What about jitter?{}", " and so on".repeat(1_000));
    let answer = stage.run(stage.message(None, "practice", &question)).await.1;
    let row = ask_for_title(&stage.vault, &stage.history, answer.id).await.unwrap().unwrap();
    // It repeats what it was told, so its first line is the frame around the question.
    assert_eq!(row.title, "question");
    assert_eq!(stage.history.conversation(answer.conversation).unwrap().title, "question");
    let sent = stage.server.log().seen().pop().unwrap().body;
    assert!(sent.contains("What about jitter?") && sent.contains("practising"), "{sent}");
    assert!(sent.len() < 2_500, "{} bytes", sent.len());
    let spent = stage.history.spent(&stage.connection, 0).unwrap().month_nano;
    let most = most_for_title(&stage.history, &titler(&stage.history).unwrap().unwrap().step);
    assert!(spent > 0 && u64::try_from(spent).unwrap() < most.unwrap().unwrap(), "{spent}");
    assert_eq!(stage.history.settle_left_open(), Ok(0));
    let again = ask_for_title(&stage.vault, &stage.history, answer.id).await;
    assert_eq!((again, asked(&stage)), (Ok(None), 2));
}

#[tokio::test]
async fn why_none_came_is_kept_and_the_title_stays() {
    let stage = Stage::new().await;
    for (model, trouble) in
        [("fault-401", Trouble::KeyRevoked), ("fault-500", Trouble::ProviderDown)]
    {
        choose(&stage, model);
        let answer = stage.answer("practice").await;
        let failed = ask_for_title(&stage.vault, &stage.history, answer.id).await.unwrap_err();
        assert_eq!(failed.trouble, trouble);
        let kept = titler(&stage.history).unwrap().unwrap().failure.unwrap();
        assert_eq!(kept.trouble, trouble);
        assert_eq!(stage.history.conversation(answer.conversation).unwrap().title, "Hello");
    }
    choose(&stage, "practice");
    let answer = stage.answer("practice").await;
    assert!(ask_for_title(&stage.vault, &stage.history, answer.id).await.unwrap().is_some());
    assert_eq!(titler(&stage.history).unwrap().unwrap().failure, None, "the next one came");
}

#[tokio::test]
async fn a_limit_holds_for_titles_too() {
    let stage = Stage::new().await;
    choose(&stage, "practice-thinking");
    let price = OwnPrice { input_nano: DOLLAR, output_nano: DOLLAR };
    for model in ["practice-thinking", "practice"] {
        stage.history.set_own_price(&stage.connection, model, Some(price)).unwrap();
    }
    let answer = stage.answer("practice").await;
    let limits = Limits { month_nano: Some(1), ..Limits::default() };
    stage.history.set_limits(&stage.connection, &limits).unwrap();
    let failed = ask_for_title(&stage.vault, &stage.history, answer.id).await.unwrap_err();
    assert_eq!((failed.trouble, asked(&stage)), (Trouble::CapReached, 1));
}

#[tokio::test]
async fn what_was_let_go_to_one_provider_does_not_go_to_another() {
    let stage = Stage::new().await;
    choose(&stage, "practice");
    let text = format!("Is {KEY} mine? My other one is ghp_Ab3dEf6hIj9lMn2pQr5tUv8xYz1Bc4De7FgH");
    let mut ask = stage.message(None, "practice", &text);
    if let turn::Ask::Message { secrets, .. } = &mut ask {
        *secrets = turn::Secrets::Keep;
    }
    let answer = stage.run(ask).await.1;
    ask_for_title(&stage.vault, &stage.history, answer.id).await.unwrap();
    let [told, titled] = stage.server.log().seen().try_into().unwrap();
    assert!(told.body.contains(KEY));
    assert!(!titled.body.contains("practice0123456789") && !titled.body.contains("ghp_"));
    assert!(titled.body.contains("mine?"), "the rest is told");
}

#[tokio::test]
async fn no_title_comes_over_a_key_that_leaked() {
    let stage = Stage::new().await;
    choose(&stage, "fault-idle");
    let answer = stage.answer("practice").await;
    let before = asked(&stage);
    let key = Endpoint::of(&stage.history.connections().unwrap().remove(0)).unwrap().key.unwrap();
    let leaked = async {
        while asked(&stage) == before {
            sleep(Duration::from_millis(5)).await;
        }
        stage.vault.end_uses(&key);
    };
    let asking = ask_for_title(&stage.vault, &stage.history, answer.id);
    let both = Box::pin(async { tokio::join!(asking, leaked) });
    let (title, ()) = timeout(HANG, both).await.unwrap();
    assert_eq!(title.unwrap_err().trouble, Trouble::KeyLeaked);
    assert_eq!(stage.history.conversation(answer.conversation).unwrap().title, "Hello");
    assert_eq!(stage.history.settle_left_open(), Ok(0));
}
