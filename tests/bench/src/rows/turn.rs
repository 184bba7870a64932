//! Row 1: a whole turn against `curl` reading the same stream.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use history::{Connection, History};
use render::Document;
use turn::{Ask, TurnEvent, Turns};
use vault::Vault;

use crate::blocks::WORDS;
use crate::figures::{Row, median};
use crate::provider::Provider;

/// Alternates `rounds` turns with as many curls over a stream of 1,000 events a second.
pub async fn measure(provider: &Provider, rounds: usize, events: usize) -> Row {
    let model = format!("speed-1000-{}", events * 20);
    let folder = tempfile::tempdir().expect("a folder");
    let mut key = zeroize::Zeroizing::new([0; 32]);
    getrandom::fill(&mut *key).expect("chance");
    let history = History::open(&folder.path().join("history.db"), key).expect("a store");
    let history = Arc::new(history);
    history.put_connection(&connection(&provider.base_url())).expect("a connection");
    let (mut ours, mut curls, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        let curl = curl(provider, &model).await;
        let turn = whole_turn(&history, &model).await;
        ratios.push(turn / curl);
        curls.push(curl);
        ours.push(turn);
    }
    Row {
        number: "1",
        what: format!(
            "a whole turn (HTTP, map, fold, save, render), {events} events at 1,000 a second, against `curl`"
        ),
        target: "wall ≤ 1.02",
        figure: format!("{:.3}", median(ratios)),
        detail: format!("{:.2} s against {:.2} s", median(ours), median(curls)),
    }
}

async fn curl(provider: &Provider, model: &str) -> f64 {
    let body = format!(
        r#"{{"model":"{model}","stream":true,"messages":[{{"role":"user","content":"Go"}}]}}"#
    );
    let url = format!("{}/chat/completions", provider.base_url());
    tokio::task::spawn_blocking(move || {
        let start = Instant::now();
        let status = Command::new("curl")
            .args(["-sN", "-H", "content-type: application/json", "-d", &body, &url])
            .stdout(Stdio::null())
            .status();
        assert!(status.expect("curl").success());
        start.elapsed().as_secs_f64()
    })
    .await
    .expect("curl")
}

async fn whole_turn(history: &Arc<History>, model: &str) -> f64 {
    let start = Instant::now();
    let ask = Ask::Message {
        conversation: None,
        connection: "floor".to_owned(),
        model: model.to_owned(),
        system_prompt: String::new(),
        parameters: String::new(),
        text: "Go".to_owned(),
        files: Vec::new(),
        preset: None,
        route: None,
        folder: None,
        waiting: None,
        secrets: turn::Secrets::default(),
    };
    let vault = Arc::new(Vault::in_memory());
    let prepared = Turns::default().prepare(vault, history.clone(), ask).await.expect("a turn");
    let mut page = Document::new(&WORDS);
    let mut painted = Instant::now();
    let mut bytes = 0;
    prepared
        .run(|event| {
            if let TurnEvent::Text(text) = event {
                page.push(&text);
            }
            // As often as the window is told.
            if painted.elapsed() >= Duration::from_millis(33) {
                painted = Instant::now();
                let patch = page.take_patch();
                bytes += serde_json::to_string(&patch).map_or(0, |json| json.len());
            }
        })
        .await;
    page.finish();
    bytes += serde_json::to_string(&page.take_patch()).map_or(0, |json| json.len());
    assert!(bytes > 0);
    start.elapsed().as_secs_f64()
}

/// A connection to the server, without a key.
pub fn connection(address: &str) -> Connection {
    Connection {
        id: "floor".to_owned(),
        provider: "other".to_owned(),
        name: "Bench".to_owned(),
        address: address.to_owned(),
        origin: address.trim_end_matches("/v1").to_owned(),
        key: None,
        created_ms: 0,
        last_used_ms: None,
        refuses_stream_options: false,
        format: None,
        upkeep: history::Upkeep::default(),
    }
}
