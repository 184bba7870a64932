//! A model is fetched: how far it is, how it ends, and what goes wrong.

use history::Connection;
use turn::{Endpoint, Failure, Trouble, pull};
use vault::Vault;

use crate::scripted::{Answer, Scripted};
use crate::stage::Stage;

const LINES: &str = "{\"status\":\"pulling manifest\"}\n\
    {\"status\":\"pulling a\",\"digest\":\"a\",\"total\":100}\n\
    {\"status\":\"pulling a\",\"digest\":\"a\",\"total\":100,\"completed\":60}\n\
    {\"status\":\"pulling a\",\"digest\":\"a\",\"total\":100,\"completed\":100}\n";

fn stored(stage: &Stage) -> Connection {
    let mut all = stage.history.connections().unwrap().into_iter();
    all.find(|connection| connection.id == stage.connection).unwrap()
}

/// What it said of its way, and how it ended.
async fn fetched(answer: Answer) -> (Vec<(u64, u64)>, Result<(), Failure>, Scripted) {
    let server = Scripted::start(vec![answer]).await;
    let stage = Stage::at(&server.address).await;
    let address = server.address.trim_end_matches("/v1").to_owned();
    let ollama = Connection {
        provider: "ollama".to_owned(),
        format: Some("ollama".to_owned()),
        key: None,
        address,
        ..stored(&stage)
    };
    let mut way = Vec::new();
    let endpoint = Endpoint::of(&ollama).unwrap();
    let ended = pull(&Vault::in_memory(), &endpoint, "qwen3:8b", |far| way.push(far)).await;
    (way, ended, server)
}

#[tokio::test]
async fn it_says_how_far_it_is_and_comes_to_its_end() {
    let whole = format!("{LINES}{{\"status\":\"success\"}}\n");
    let (way, ended, server) = fetched(Answer::of(200, "application/x-ndjson", &whole)).await;
    ended.unwrap();
    assert_eq!(way, [(0, 0), (0, 100), (60, 100), (100, 100), (100, 100)]);
    let asked = server.asked();
    assert!(asked[0].line.starts_with("POST /api/pull "), "{}", asked[0].line);
    assert_eq!(asked[0].body, serde_json::json!({"model": "qwen3:8b", "stream": true}));
}

#[tokio::test]
async fn what_goes_wrong_is_told_and_never_taken_for_a_model() {
    let ndjson = "application/x-ndjson";
    let told = |more: &str| Answer::of(200, ndjson, &format!("{LINES}{more}"));
    for (answer, trouble, said) in [
        (told(""), Trouble::BrokenStream, ""),
        (Answer { reset: true, ..told("") }, Trouble::BrokenStream, ""),
        (
            told("{\"error\":\"pull model manifest: file does not exist\"}\n"),
            Trouble::ProviderDown,
            "file does not exist",
        ),
        (
            Answer::of(500, "application/json", r#"{"error":"no space left on device"}"#),
            Trouble::ProviderDown,
            "no space left on device",
        ),
    ] {
        let (_, ended, _server) = fetched(answer.clone()).await;
        let failure = ended.unwrap_err();
        assert!(failure.said.contains(said), "{failure:?}");
        assert_eq!(failure.trouble, trouble, "{answer:?}");
    }
}

#[tokio::test]
async fn who_has_no_such_thing_is_not_asked() {
    let server = Scripted::start(vec![Answer::of(200, "application/json", "{}")]).await;
    let stage = Stage::at(&server.address).await;
    let endpoint = Endpoint::of(&stored(&stage)).unwrap();
    let failure = pull(&Vault::in_memory(), &endpoint, "m", |_| {}).await.unwrap_err();
    assert_eq!(failure.trouble, Trouble::RequestRefused);
    assert!(server.asked().is_empty());
}
