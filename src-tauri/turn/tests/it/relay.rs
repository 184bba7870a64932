//! Passing on what another program asks: what it costs is counted whatever the answer says, and bounded where it says nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use futures_util::StreamExt;
use history::{Application, ApplicationId, ApplicationKind, AuditLine, Limits, OwnPrice};
use turn::{Errand, Paid, Token, Trouble, Wish, relay};

use crate::scripted::{Answer, Scripted};
use crate::stage::{Stage, until};

/// A stage at this server, an application, and a model whose tokens cost a thousand and two thousand.
async fn lent(server: &Scripted) -> (Stage, ApplicationId) {
    let stage = Stage::at(&server.address).await;
    let price = OwnPrice { input_nano: 1_000_000_000, output_nano: 2_000_000_000 };
    stage.history.set_own_price(&stage.connection, "m", Some(price)).unwrap();
    let application = Application {
        id: ApplicationId(0),
        name: "Aider".to_owned(),
        kind: ApplicationKind::Program,
        origin: None,
        connection: stage.connection.clone(),
        models: Vec::new(),
        limits: Limits { month_nano: Some(1_000_000_000), ..Limits::default() },
        single_use: false,
        last_four: None,
        created_ms: 0,
        expires_ms: None,
        last_used_ms: None,
    };
    let id = stage.history.add_application(&application, None).unwrap().id;
    (stage, id)
}

/// The status, all of the body, and what was written down of it.
async fn passed_on(
    stage: &Stage,
    id: ApplicationId,
    errand: Errand,
    body: &str,
) -> (u16, String, AuditLine) {
    let wish = Wish::read(errand, Bytes::from(body.to_owned())).unwrap();
    let connection = stage.history.connections().unwrap().remove(0);
    let before = stage.history.audit(1, 99).unwrap().len();
    let token = Token::Lasting(id);
    let (tell, told) = std::sync::mpsc::channel();
    let paid: Paid = Arc::new(move || tell.send(()).unwrap());
    let relayed =
        relay(&stage.vault, &stage.history, token, &connection, wish, paid).await.unwrap();
    let status = relayed.status;
    let pieces: Vec<_> = relayed.body.collect().await;
    let body: Vec<u8> = pieces.into_iter().flatten().flatten().collect();
    // Whoever waits to hear of it finds it written down.
    until("it was told", || told.try_recv().is_ok()).await;
    assert!(stage.history.audit(1, 99).unwrap().len() > before);
    let line = stage.history.audit(1, 99).unwrap().pop().unwrap();
    (status, String::from_utf8(body).unwrap(), line)
}

#[tokio::test]
async fn who_goes_before_anything_came_pays_for_the_time_it_had() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = Scripted::at(&format!("http://{}/v1", silent.local_addr().unwrap()));
    let (stage, id) = lent(&server).await;
    let wish = Wish::read(Errand::Chat, Bytes::from_static(STREAM.as_bytes())).unwrap();
    let connection = stage.history.connections().unwrap().remove(0);
    let told = Arc::new(AtomicUsize::new(0));
    let asking = {
        let (vault, history) = (stage.vault.clone(), stage.history.clone());
        let (tell, count) = (stage.history.clone(), Arc::clone(&told));
        let paid: Paid = Arc::new(move || {
            count.fetch_add(tell.audit(1, 99).unwrap().len(), Ordering::SeqCst);
        });
        tokio::spawn(async move {
            relay(&vault, &history, Token::Lasting(id), &connection, wish, paid).await.map(drop)
        })
    };
    let (mut asked, _) = silent.accept().await.unwrap();
    tokio::io::AsyncReadExt::read_u8(&mut asked).await.unwrap();
    asking.abort();
    until("it is told, once it is written down", || told.load(Ordering::SeqCst) == 1).await;
    let spent = stage.history.spent(&stage.connection, 0).unwrap().month_nano;
    // A thousand tokens written, and what was read.
    assert!((2_000_000..3_000_000).contains(&spent), "{spent}");
    assert_eq!(stage.history.settle_left_open(), Ok(0));
}

const STREAM: &str = r#"{"model":"m","max_tokens":1000,"stream":true,"messages":[]}"#;

#[tokio::test]
async fn who_refuses_to_count_is_asked_as_the_program_did() {
    let server = Scripted::answering(|asked| match asked.body.get("stream_options") {
        Some(_) => Answer::of(
            400,
            "application/json",
            r#"{"error":{"message":"Unsupported parameter: stream_options","param":"stream_options"}}"#,
        ),
        None => Answer::stream("data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: [DONE]\n\n"),
    })
    .await;
    let (stage, id) = lent(&server).await;
    let (status, body, _) = passed_on(&stage, id, Errand::Chat, STREAM).await;
    // Each try is a request of its own, and the first cost nothing.
    until("both are written down", || stage.history.audit(1, 9).unwrap().len() == 2).await;
    let line = stage.history.audit(2, 9).unwrap().remove(0);
    assert_eq!((status, server.asked().len()), (200, 2));
    assert!(body.contains("Hi") && body.ends_with("data: [DONE]\n\n"));
    assert_eq!(line.outcome, "uncounted");
    // What was read, a token a byte, two letters that came, and what may have been thought unseen within what was asked for.
    let read = i64::try_from(STREAM.len()).unwrap();
    let most = Some(1_000 * 2_000 + 500_000);
    assert!(line.nano >= Some(read * 1_000 + 2 * 2_000) && line.nano < most, "{line:?}");
}

#[tokio::test]
async fn a_refusal_costs_nothing_and_says_what_it_said() {
    let said = r#"{"error":{"message":"no such thing","param":"temperature"}}"#;
    let server = Scripted::start(vec![Answer::of(400, "application/json", said)]).await;
    let (stage, id) = lent(&server).await;
    let (status, body, line) = passed_on(&stage, id, Errand::Chat, STREAM).await;
    assert_eq!((status, body.as_str(), server.asked().len()), (400, said, 1));
    assert_eq!((line.outcome.as_str(), line.nano), ("refused", Some(0)));
}

#[tokio::test]
async fn calls_of_tools_that_nobody_counted_cost_what_came() {
    let call = r#"data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"name":"f","arguments":"{\"a\":1}"}}]}}]}"#;
    let end = r#"data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#;
    let stream = format!("{call}\n\n{call}\n\n{end}\n\ndata: [DONE]\n\n");
    let server = Scripted::start(vec![Answer::stream(&stream)]).await;
    let (stage, id) = lent(&server).await;
    let (_, body, line) = passed_on(&stage, id, Errand::Chat, STREAM).await;
    assert_eq!(body, stream);
    let came = i64::try_from(stream.len()).unwrap();
    assert!(
        line.nano >= Some(came * 2_000) && line.nano <= Some(1_000 * 2_000 + 500_000),
        "{line:?}"
    );
}

#[tokio::test]
async fn embeddings_are_counted_by_what_they_read() {
    let answer = r#"{"object":"list","data":[{"embedding":[0.1]}],"usage":{"prompt_tokens":7,"total_tokens":7}}"#;
    let server = Scripted::start(vec![Answer::of(200, "application/json", answer)]).await;
    let (stage, id) = lent(&server).await;
    let body = r#"{"model":"m","input":"seven tokens"}"#;
    let (status, got, line) = passed_on(&stage, id, Errand::Embeddings, body).await;
    assert_eq!((status, got.as_str()), (200, answer));
    assert_eq!(server.asked()[0].line, "POST /v1/embeddings HTTP/1.1");
    assert_eq!(
        (line.nano, line.read_tokens, line.outcome.as_str()),
        (Some(7_000), Some(7), "answered")
    );
}

#[tokio::test]
async fn who_lies_about_tokens_stops_the_key_and_not_the_count() {
    let lie = r#"{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9000000,"completion_tokens":9}}"#;
    let server = Scripted::start(vec![Answer::of(200, "application/json", lie)]).await;
    let (stage, id) = lent(&server).await;
    let limits = Limits { month_nano: Some(2_000_000_000), ..Limits::default() };
    stage.history.set_limits(&stage.connection, &limits).unwrap();
    let body = r#"{"model":"m","max_tokens":1000,"messages":[]}"#;
    let (_, _, line) = passed_on(&stage, id, Errand::Chat, body).await;
    assert_eq!(line.nano, Some(9_000_018_000));
    assert!(stage.history.excess(&stage.connection).unwrap().is_some());
    let wish = Wish::read(Errand::Chat, Bytes::from(body.to_owned())).unwrap();
    let connection = stage.history.connections().unwrap().remove(0);
    let token = Token::Lasting(id);
    let next = relay(&stage.vault, &stage.history, token, &connection, wish, Arc::new(|| ())).await;
    assert_eq!(next.err().map(|failure| failure.trouble), Some(Trouble::Overcharged));
}
