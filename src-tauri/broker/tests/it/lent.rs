//! What a program gets: answers byte for byte, within its limits, and never the key.

use std::sync::atomic::Ordering;

use broker::Answered;
use history::{Application, Limits};

use crate::stage::{KEY, Stage, chat, until};

const CENT: i64 = 10_000_000;

#[tokio::test]
async fn every_format_comes_back_as_it_was_sent() {
    let stage = Stage::new().await;
    let (_, token) = stage.lend(&stage.application());
    let responses = r#"{"model":"practice","input":"Hello","stream":true,"store":false}"#;
    let messages = r#"{"model":"practice","max_tokens":100,"messages":[{"role":"user","content":"Hi"}],"stream":true}"#;
    let version = format!("x-api-key: {}\r\nanthropic-version: 2023-06-01\r\n", token.text());
    let chat_got = stage.post("/v1/chat/completions", token.text(), &chat("practice", true)).await;
    assert_eq!(chat_got.status, 200, "{chat_got:?}");
    assert!(chat_got.body.trim_end().ends_with("data: [DONE]"), "{}", chat_got.body);
    assert!(!chat_got.body.contains("\"usage\":{"), "a count that nobody asked for");
    assert_eq!(chat_got.header("content-type"), Some("text/event-stream"));
    let whole = stage.post("/v1/chat/completions", token.text(), &chat("practice", false)).await;
    let whole: serde_json::Value = serde_json::from_str(&whole.body).unwrap();
    assert!(whole["choices"][0]["message"]["content"].is_string());
    let got = stage.post("/v1/responses", token.text(), responses).await;
    assert!(got.status == 200 && got.body.contains("response.completed"), "{got:?}");
    let got = stage.post_with("/v1/messages", &version, messages).await;
    assert!(got.status == 200 && got.body.contains("message_stop"), "{got:?}");
    let seen = stage.provider.log().seen();
    assert!(seen.iter().all(|seen| !seen.body.contains("lk-")), "no token leaves this computer");
    assert_eq!(seen[0].body.matches("include_usage").count(), 1);
    // Whoever looks at the limits then finds it counted.
    until("all is settled", || stage.ground.spent.load(Ordering::SeqCst) == 4).await;
    let lines = stage.history.audit(1, 9).unwrap();
    assert!(
        lines.iter().all(|line| line.application == "Aider" && line.outcome == "answered"),
        "{lines:?}"
    );
}

#[tokio::test]
async fn what_is_streamed_is_what_the_provider_streams() {
    let stage = Stage::new().await;
    let (_, token) = stage.lend(&stage.application());
    let body = r#"{"model":"speed-0-50000","messages":[{"role":"user","content":"Hello"}],"stream":true,"stream_options":{"include_usage":true}}"#;
    let through = stage.post("/v1/chat/completions", token.text(), body).await;
    let direct = Stage { port: port_of(&stage.provider.base_url()), ..stage };
    let direct = direct.post("/v1/chat/completions", KEY, body).await;
    let same = |text: &str| {
        let events = text.split("\n\n").map(|event| {
            // Each answer has a number and a time of its own.
            event
                .split(',')
                .filter(|part| !part.contains("\"id\"") && !part.contains("\"created\""))
                .collect::<String>()
        });
        events.collect::<Vec<_>>()
    };
    assert!(through.body.len() > 50_000);
    assert_eq!(same(&through.body), same(&direct.body));
}

fn port_of(address: &str) -> u16 {
    address.trim_end_matches("/v1").rsplit(':').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_limit_ends_it_in_the_words_of_the_library() {
    let stage = Stage::new().await;
    stage.price("speed-0-10000");
    let limits = Limits { month_nano: Some(30 * CENT), ..Limits::default() };
    let (id, token) = stage.lend(&Application { limits, ..stage.application() });
    let asks = async |most: u32| {
        let body =
            chat("speed-0-10000", true).replacen('{', &format!("{{\"max_tokens\":{most},"), 1);
        stage.post("/v1/chat/completions", token.text(), &body).await
    };
    assert_eq!(asks(100_000).await.status, 200);
    until("it is settled", || stage.history.audit(1, 9).unwrap().len() == 1).await;
    let spent = stage.history.spent_by(id, 0).unwrap().0.month_nano;
    assert!(spent > 0 && spent < 20 * CENT, "as counted, not as reserved: {spent}");
    let over = asks(150_000).await;
    assert_eq!((over.status, over.header("x-should-retry")), (429, Some("false")));
    let said: serde_json::Value = serde_json::from_str(&over.body).unwrap();
    assert_eq!(said["error"]["code"], "latchkey_limit");
    assert!(said["error"]["message"].as_str().unwrap().starts_with("Aider has reached its limit"));
    let unpriced = stage.post("/v1/chat/completions", token.text(), &chat("practice", true)).await;
    assert_eq!(unpriced.status, 403, "what nobody knows the price of is never free");
    let headers = format!("x-api-key: {}\r\nanthropic-version: 2023-06-01\r\n", token.text());
    let messages = r#"{"model":"speed-0-10000","max_tokens":150000,"messages":[]}"#;
    let over = stage.post_with("/v1/messages", &headers, messages).await;
    let said: serde_json::Value = serde_json::from_str(&over.body).unwrap();
    assert_eq!((over.status, &said["type"]), (429, &"error".into()));
    assert_eq!(said["error"]["type"], "rate_limit_error");
    assert_eq!(stage.provider.log().seen().len(), 1, "nothing else was sent");
}

#[tokio::test]
async fn a_hundred_at_once_pass_no_limit() {
    let stage = Stage::new().await;
    stage.price("speed-0-1000");
    let limits = Limits { month_nano: Some(50 * CENT), ..Limits::default() };
    let (id, token) = stage.lend(&Application { limits, ..stage.application() });
    // Each may cost ten cents at most, and a bit for its words.
    let body = chat("speed-0-1000", true).replacen('{', "{\"max_tokens\":50000,", 1);
    let all = (0..100).map(|_| stage.post("/v1/chat/completions", token.text(), &body));
    let all = futures_util::future::join_all(all).await;
    let count = |status: u16| all.iter().filter(|got| got.status == status).count();
    assert_eq!(count(200) + count(429), 100);
    assert!(count(200) >= 4 && stage.provider.log().seen().len() == count(200));
    let spent = stage.history.spent_by(id, 0).unwrap().0.month_nano;
    assert!(spent <= 50 * CENT, "{spent}");
}

#[tokio::test]
async fn only_the_models_it_was_given_are_asked() {
    let stage = Stage::new().await;
    let models = vec!["practice".to_owned()];
    let (_, token) = stage.lend(&Application { models, ..stage.application() });
    let got = stage.post("/v1/chat/completions", token.text(), &chat("parrot", true)).await;
    assert_eq!(got.status, 403);
    let smuggled = chat("practice", true).replacen('{', r#"{"model":"parrot","#, 1);
    assert_eq!(stage.post("/v1/chat/completions", token.text(), &smuggled).await.status, 400);
    assert!(stage.provider.log().seen().is_empty());
    let bearer = format!("Authorization: Bearer {}\r\n", token.text());
    let list = stage.get("/v1/models", &bearer).await;
    let list: serde_json::Value = serde_json::from_str(&list.body).unwrap();
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    assert_eq!(stage.get("/v1/models/practice", &bearer).await.status, 200);
    assert_eq!(stage.get("/v1/models/parrot", &bearer).await.status, 404);
}

#[tokio::test]
async fn the_key_does_not_come_back_however_it_is_repeated() {
    let stage = Stage::new().await;
    let (_, token) = stage.lend(&stage.application());
    let list =
        stage.get("/v1/models", &format!("Authorization: Bearer {}\r\n", token.text())).await;
    let names: Vec<String> = serde_json::from_str::<serde_json::Value>(&list.body).unwrap()["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|model| model["id"].as_str().unwrap().to_owned())
        .filter(|name| name.starts_with("fault-echo"))
        .collect();
    assert!(names.len() > 3, "{names:?}");
    for name in names {
        for stream in [true, false] {
            let got = stage.post("/v1/chat/completions", token.text(), &chat(&name, stream)).await;
            let text = format!("{}{}", got.head, got.body);
            let decoded = decoded(&text);
            let secret = KEY.to_ascii_lowercase();
            for part in [&secret[8..20], &secret[secret.len() - 12..]] {
                assert!(!text.to_ascii_lowercase().contains(part), "{name}: {text}");
                assert!(!decoded.to_ascii_lowercase().contains(part), "{name}: {decoded}");
            }
        }
    }
}

/// With JSON's ways to write a letter undone.
fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\u") {
        out.push_str(before);
        let letter = after.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match letter.and_then(char::from_u32) {
            Some(letter) => {
                out.push(letter);
                rest = &after[4..];
            }
            None => rest = after,
        }
    }
    out + rest
}

#[tokio::test]
async fn the_first_use_asks_and_no_is_no() {
    let stage = Stage::new().await;
    let (_, token) = stage.lend(&stage.application());
    let asks =
        async || stage.post("/v1/chat/completions", token.text(), &chat("practice", false)).await;
    *stage.ground.says.lock().unwrap() = Answered::No;
    assert_eq!(asks().await.status, 403);
    assert_eq!(asks().await.status, 403);
    assert_eq!(
        stage.ground.asked.load(Ordering::SeqCst),
        1,
        "who said no is not asked again at once"
    );
    assert!(stage.provider.log().seen().is_empty());
    let (_, other) = stage.lend(&stage.application());
    *stage.ground.says.lock().unwrap() = Answered::Always;
    for _ in 0..3 {
        let got = stage.post("/v1/chat/completions", other.text(), &chat("practice", false)).await;
        assert_eq!(got.status, 200);
    }
    assert_eq!(stage.ground.asked.load(Ordering::SeqCst), 2, "each token asks once for a program");
}

#[tokio::test]
async fn a_token_for_one_use_and_one_whose_time_is_over() {
    let stage = Stage::new().await;
    let (_, once) = stage.lend(&Application { single_use: true, ..stage.application() });
    let asks = async |token: &str| {
        stage.post("/v1/chat/completions", token, &chat("practice", false)).await.status
    };
    assert_eq!([asks(once.text()).await, asks(once.text()).await], [200, 401]);
    stage.price("speed-0-10");
    let limits = Limits { request_nano: Some(CENT), ..Limits::default() };
    let (_, once) = stage.lend(&Application { single_use: true, limits, ..stage.application() });
    let dear = chat("speed-0-10", false).replacen('{', "{\"max_tokens\":100000,", 1);
    let cheap = chat("speed-0-10", false).replacen('{', "{\"max_tokens\":100,", 1);
    for (body, status) in [(&dear, 429), (&cheap, 200), (&cheap, 401)] {
        let got = stage.post("/v1/chat/completions", once.text(), body).await;
        assert_eq!(got.status, status, "a refusal by a limit does not use it up: {got:?}");
    }
    let (_, over) = stage.lend(&Application { expires_ms: Some(1), ..stage.application() });
    assert_eq!(asks(over.text()).await, 401);
    let application = stage.history.add_application(&stage.application(), None).unwrap();
    let lease = stage.broker.lend(application.id).unwrap();
    let text = lease.token.text().to_owned();
    assert_eq!(asks(&text).await, 200);
    assert_eq!(stage.broker.running(), [application.id]);
    drop(lease);
    assert_eq!(asks(&text).await, 401, "it died with its program");
}

#[tokio::test]
async fn names_of_what_is_tried_out_are_passed_on_and_nothing_else_in_their_place() {
    let stage = Stage::new().await;
    let (_, token) = stage.lend(&stage.application());
    let asks = async |betas: &str| {
        let headers = format!(
            "x-api-key: {}\r\nanthropic-version: 2023-06-01\r\nanthropic-beta: {betas}\r\n",
            token.text()
        );
        let body =
            r#"{"model":"practice","max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}"#;
        stage.post_with("/v1/messages", &headers, body).await
    };
    let got = asks("context-1m-2025-08-07, files-api-2025-04-14").await;
    assert_eq!(got.status, 200, "{got:?}");
    let headers = stage.provider.log().seen().remove(0).headers;
    let betas = headers.into_iter().filter(|(name, _)| name == "anthropic-beta");
    let betas: Vec<_> = betas.map(|(_, betas)| betas).collect();
    assert_eq!(betas, ["context-1m-2025-08-07,files-api-2025-04-14"]);
    let got = asks("what else a program would say here").await;
    assert_eq!((got.status, stage.provider.log().seen().len()), (400, 1));
    assert!(got.body.contains("anthropic-beta"), "{}", got.body);
}

#[tokio::test]
async fn revoking_ends_what_is_on_its_way() {
    let stage = Stage::new().await;
    let (id, token) = stage.lend(&stage.application());
    let body = chat("speed-50-1000000", true);
    let answer = stage.post("/v1/chat/completions", token.text(), &body);
    let revoke = async {
        until("it streams", || stage.provider.log().seen().len() == 1).await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        stage.history.end_application(id, 5).unwrap();
        stage.broker.end(id);
    };
    let (got, ()) = tokio::join!(answer, revoke);
    assert_eq!(got.status, 200);
    assert!(!got.body.contains("[DONE]"), "it ended in the middle");
    until("what came is settled", || stage.history.audit(1, 9).unwrap().len() == 1).await;
    assert_eq!(stage.post("/v1/chat/completions", token.text(), &body).await.status, 401);
    assert!(stage.broker.running().is_empty());
}

#[tokio::test]
async fn off_is_off() {
    let stage = Stage::new().await;
    assert!(stage.broker.listen(stage.port).await.is_ok(), "once more at the same place");
    stage.broker.stop();
    assert_eq!(stage.broker.port(), None);
    until("nothing listens", || std::net::TcpStream::connect(("127.0.0.1", stage.port)).is_err())
        .await;
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    assert!(stage.broker.listen(port).await.is_err(), "never another port in silence");
    assert_eq!(stage.broker.port(), None);
}
