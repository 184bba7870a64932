//! Row 8: memory of all processes with a long conversation open, against an empty window.

use std::time::Duration;

use crate::bench::{Bench, press};
use crate::figures::{Row, median};
use crate::fill::Amount;
use crate::process::memory_mb;
use crate::provider::Provider;

/// Opens each in turn and lets it settle.
pub async fn measure(bench: &Bench, provider: &Provider, messages: usize) -> Row {
    let amount = Amount { messages, in_newest: messages };
    let world = bench.world(provider, "speed-0-20", amount).await;
    let (mut ours, mut empty) = (Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        let (window, _) = bench.open_empty(&world, provider);
        std::thread::sleep(Duration::from_secs(4));
        empty.push(memory_mb(window.pid()));
        drop(window);
        let (window, _) = bench.open_app(&world);
        std::thread::sleep(Duration::from_secs(1));
        press(&world, &["key", "alt+Down"]);
        std::thread::sleep(Duration::from_secs(4));
        ours.push(memory_mb(window.pid()));
        bench.picture(&world, "memory");
    }
    let (ours, empty) = (median(ours), median(empty));
    Row {
        number: "8",
        what: format!(
            "memory of all processes (PSS), a {messages}-message conversation open, against an empty Tauri window"
        ),
        target: "≤ 1.5 ×",
        figure: format!("{:.2} ×", ours / empty),
        detail: format!("{ours:.0} MB against {empty:.0} MB"),
    }
}
