//! Money: nothing is sent that could pass a limit, and what is spent is what was sent.

use std::time::Duration;

use history::{Limits, OwnPrice, Status};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};
use turn::{Cap, Span, Trouble};

use crate::scripted::{Answer, Scripted};
use crate::stage::{HANG, Stage, failure};

const DOLLAR: i64 = 1_000_000_000;
fn monthly(nano: i64) -> Limits {
    Limits { month_nano: Some(nano), ..Limits::default() }
}

/// A stage on which these models cost a dollar for a million tokens.
async fn priced(models: &[&str], limits: Limits) -> Stage {
    let stage = Stage::new().await;
    let price = OwnPrice { input_nano: DOLLAR, output_nano: DOLLAR };
    for model in models {
        stage.history.set_own_price(&stage.connection, model, Some(price)).unwrap();
    }
    stage.history.set_limits(&stage.connection, &limits).unwrap();
    stage
}

/// In the month of what was sent last, whatever the clock says.
fn spent(stage: &Stage) -> i64 {
    stage.history.spent(&stage.connection, 0).unwrap().month_nano
}

#[tokio::test]
async fn an_answer_costs_what_was_counted() {
    let stage = priced(&["practice"], monthly(DOLLAR)).await;
    let message = stage.answer("practice").await;
    let tokens = message.prompt_tokens.unwrap() + message.answer_tokens.unwrap();
    assert_eq!(message.cost.nano, Some(tokens * 1_000));
    assert_eq!(spent(&stage), tokens * 1_000);
    assert_eq!(stage.history.settle_left_open(), Ok(0));
}

#[tokio::test]
async fn what_could_pass_the_limit_is_not_sent() {
    let stage = priced(&["practice"], monthly(DOLLAR / 10)).await;
    let message = stage.answer("practice").await;
    assert_eq!(message.status, Status::Failed);
    let failure = failure(&message);
    assert_eq!(failure.trouble, Trouble::CapReached);
    let Some(Cap { span: Span::Month, limit_nano, spent_nano: 0, at_most_nano }) =
        failure.cap.as_deref()
    else {
        panic!("{failure:?}");
    };
    assert!(*limit_nano == DOLLAR / 10 && at_most_nano > limit_nano, "{at_most_nano}");
    assert!(stage.server.log().seen().is_empty(), "nothing was sent");
    let said = stage.history.page(message.conversation, 10).unwrap();
    assert_eq!(said.messages[0].text, "Hello", "the question is kept");
    assert_eq!(spent(&stage), 0);
}

#[tokio::test]
async fn where_nobody_knows_the_price_a_limit_of_money_lets_nothing_through() {
    let stage = priced(&[], monthly(DOLLAR)).await;
    assert_eq!(failure(&stage.answer("practice").await).trouble, Trouble::PriceUnknown);
    stage.history.set_limits(&stage.connection, &Limits::default()).unwrap();
    assert_eq!(stage.answer("practice").await.status, Status::Complete);
}

#[tokio::test]
async fn a_minute_has_its_own_limit() {
    let limits = Limits { requests_a_minute: Some(1), ..Limits::default() };
    let stage = priced(&[], limits).await;
    stage.answer("practice").await;
    let failure = failure(&stage.answer("practice").await);
    assert_eq!(failure.trouble, Trouble::PaceReached);
    assert!(failure.retry_after_ms.is_some_and(|ms| ms <= 60_000));
    assert_eq!(stage.server.log().seen().len(), 1);
}

#[tokio::test]
async fn a_refusal_costs_nothing_and_a_broken_answer_no_less_than_it_may_have() {
    let models = ["fault-401", "fault-broken"];
    let stage = priced(&models, monthly(10 * DOLLAR)).await;
    stage.answer("fault-401").await;
    assert_eq!(spent(&stage), 0);
    let broken = stage.answer("fault-broken").await;
    assert!(broken.cost.nano.is_some_and(|nano| nano > 0));
    assert_eq!(spent(&stage), broken.cost.nano.unwrap());
}

#[tokio::test]
async fn what_is_stopped_before_its_first_word_counts_for_the_time_it_had() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let stage = Stage::at(&format!("http://{}/v1", silent.local_addr().unwrap())).await;
    let price = OwnPrice { input_nano: DOLLAR, output_nano: DOLLAR };
    stage.history.set_own_price(&stage.connection, "m", Some(price)).unwrap();
    let prepared = stage.prepare(stage.message(None, "m", "Hello")).await.unwrap();
    let answer = prepared.begun.answer.id;
    let running = tokio::spawn(prepared.run(|_| {}));
    let (mut asking, _) = silent.accept().await.unwrap();
    asking.read_u8().await.unwrap();
    stage.turns.stop(answer);
    timeout(HANG, running).await.unwrap().unwrap();
    let spent = spent(&stage);
    assert!(spent > 4_000 * 1_000 && spent < 128_000 * 1_000, "{spent}");
}

#[tokio::test]
async fn many_at_once_never_pass_the_limit() {
    // Room for two that may each have 128,000 tokens of answer.
    let stage = priced(&["speed-0-20"], monthly(3 * DOLLAR / 10)).await;
    let mut running = Vec::new();
    for _ in 0..20 {
        let ask = stage.message(None, "speed-0-20", "Hello");
        running.push(tokio::spawn(stage.prepare(ask).await.unwrap().run(|_| {})));
    }
    for turn in running {
        turn.await.unwrap();
    }
    let sent = i64::try_from(stage.server.log().seen().len()).unwrap();
    assert!(sent >= 2 && spent(&stage) <= 3 * DOLLAR / 10, "{sent} sent");
    assert_eq!(stage.history.settle_left_open(), Ok(0));
}

#[tokio::test]
async fn what_a_failed_try_thought_is_paid_for_and_belongs_to_no_answer() {
    let thought = |id: &str| {
        format!(
            "data: {{\"type\":\"response.output_item.done\",\"item\":{{\"type\":\"reasoning\",\"id\":\"{id}\",\"summary\":[],\"encrypted_content\":\"seal-{id}\"}}}}\n\n"
        )
    };
    let failed = "data: {\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"server_error\",\"message\":\"boom\"},\"usage\":{\"input_tokens\":1000,\"output_tokens\":2000}}}\n\n";
    let said = "data: {\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}\n\ndata: {\"type\":\"response.completed\",\"response\":{\"usage\":{\"input_tokens\":10,\"output_tokens\":20}}}\n\n";
    let server = Scripted::start(vec![
        Answer::stream(&(thought("first") + failed)),
        Answer::stream(&(thought("second") + said)),
    ])
    .await;
    let stage = Stage::at(&server.address).await;
    let connection = stage.history.connections().unwrap().remove(0);
    let format = Some(wire::Format::Responses.id().to_owned());
    stage.history.put_connection(&history::Connection { format, ..connection }).unwrap();
    let price = OwnPrice { input_nano: DOLLAR, output_nano: DOLLAR };
    stage.history.set_own_price(&stage.connection, "m", Some(price)).unwrap();
    let first = stage.answer("m").await;
    assert_eq!((first.status, first.text.as_str()), (Status::Complete, "Hi"));
    assert_eq!(first.cost.nano, Some(30 * 1_000));
    assert_eq!(spent(&stage), 3_030 * 1_000, "the first try was counted by its provider");
    stage.run(stage.message(Some(first.conversation), "m", "Sure?")).await;
    let asked = server.asked().pop().unwrap().body.to_string();
    assert!(asked.contains("seal-second") && !asked.contains("seal-first"), "{asked}");
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_charged_for_more_than_was_counted_by_then() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let stage = Stage::at(&format!("http://{}/v1", listener.local_addr().unwrap())).await;
    let price = OwnPrice { input_nano: DOLLAR, output_nano: DOLLAR };
    stage.history.set_own_price(&stage.connection, "m", Some(price)).unwrap();
    let prepared = stage.prepare(stage.message(None, "m", "Hello")).await.unwrap();
    let running = tokio::spawn(prepared.run(|_| {}));
    let (mut asking, _) = listener.accept().await.unwrap();
    asking.read_u8().await.unwrap();
    let counted = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 9999\r\n\r\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":0}}\n\n";
    asking.write_all(counted.as_bytes()).await.unwrap();
    // It thinks on, and nobody counts that.
    sleep(Duration::from_millis(300)).await;
    drop(asking);
    timeout(HANG, running).await.unwrap().unwrap();
    let spent = spent(&stage);
    assert!(spent > 10 * 1_000 + 300 * 4 * 1_000 && spent < 128_000 * 1_000, "{spent}");
}
