//! Row 15: many answers at once in one process. The process is one of our own, so that the server's work is not counted.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use futures_util::future::join_all;
use history::History;
use turn::{Ask, TurnEvent, Turns};
use vault::Vault;

use super::turn::connection;
use crate::figures::{Row, median};
use crate::process::cpu_seconds;
use crate::provider::Provider;

/// Characters of an event of a `speed-…` model.
const EVENT: usize = 20;

/// What the other process tells.
struct Told {
    cpu: f64,
    wall: f64,
    whole: usize,
}

/// 1, 10 and 100 streams of 1,000 events a second.
pub async fn measure(provider: &Provider, rounds: usize, seconds: usize) -> Row {
    let mut micros: BTreeMap<usize, f64> = BTreeMap::new();
    let (mut lost, mut walls) = (0, Vec::new());
    for streams in [1, 10, 100] {
        let mut each = Vec::new();
        for _ in 0..rounds {
            // One stream alone is measured as long as all the others, so that its figure is one.
            let events = seconds * 1_000 * if streams == 1 { 4 } else { 1 };
            let told = run(provider, streams, events).await;
            lost += streams * events - told.whole;
            each.push(told.cpu * 1e6 / (streams * events) as f64);
            walls.push(format!("{streams}: {:.1} s", told.wall));
        }
        micros.insert(streams, median(each));
    }
    let figures: Vec<String> =
        micros.iter().map(|(streams, one)| format!("{streams}: {one:.1} µs")).collect();
    Row {
        number: "15",
        what: format!(
            "100 answers at once at 1,000 events/s each, {seconds} s: lost events; processor time an event against one answer"
        ),
        target: "0; ≤ 1.2 ×",
        figure: format!("{lost}; {:.2} ×", micros[&100] / micros[&1]),
        detail: format!(
            "processor time an event at {}; wall at {}",
            figures.join(", "),
            walls.join(", ")
        ),
    }
}

async fn run(provider: &Provider, streams: usize, events: usize) -> Told {
    let program = std::env::current_exe().expect("ourselves");
    let (address, streams, events) = (provider.base_url(), streams.to_string(), events.to_string());
    let output = tokio::task::spawn_blocking(move || {
        Command::new(program).args(["--streams", &address, &streams, &events]).output()
    });
    let output = output.await.expect("a process").expect("a process");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("figures");
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|n| n.parse().ok()).collect();
    let [cpu, wall, whole] = numbers[..] else { panic!("{text}") };
    Told { cpu, wall, whole: whole as usize }
}

/// The other process: asks so many times at once, and prints what it took and how many events came whole.
pub async fn ask(address: &str, streams: usize, events: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut key = zeroize::Zeroizing::new([0; 32]);
    getrandom::fill(&mut *key).expect("chance");
    let history = History::open(&folder.path().join("history.db"), key).expect("a store");
    let history = Arc::new(history);
    history.put_connection(&connection(address)).expect("a connection");
    let (turns, vault) = (Turns::default(), Arc::new(Vault::in_memory()));
    let mut prepared = Vec::new();
    for _ in 0..streams {
        let ask = Ask::Message {
            conversation: None,
            connection: "floor".to_owned(),
            model: format!("speed-1000-{}", events * EVENT),
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
        prepared.push(turns.prepare(vault.clone(), history.clone(), ask).await.expect("a turn"));
    }
    let (before, start) = (cpu_seconds(std::process::id()), Instant::now());
    let running = prepared.into_iter().map(|prepared| async {
        let mut letters = 0;
        prepared
            .run(|event| {
                if let TurnEvent::Text(text) = event {
                    letters += text.len();
                }
            })
            .await;
        letters / EVENT
    });
    let whole: usize = join_all(running).await.into_iter().sum();
    let cpu = cpu_seconds(std::process::id()) - before;
    println!("{cpu} {} {whole}", start.elapsed().as_secs_f64());
}
