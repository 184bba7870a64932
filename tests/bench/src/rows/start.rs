//! Row 7: from nothing to a composer that can be typed into, against an empty window.

use crate::bench::Bench;
use crate::figures::{Row, median};
use crate::fill::Amount;
use crate::provider::Provider;

/// Starts each in turn.
pub async fn measure(bench: &Bench, provider: &Provider, messages: usize) -> Row {
    let amount = Amount { messages, in_newest: 50 };
    let world = bench.world(provider, "speed-0-20", amount).await;
    let (mut ours, mut empty) = (Vec::new(), Vec::new());
    // The first start of each reads its libraries from the disk.
    for round in 0..=bench.rounds {
        let (window, floor) = bench.open_empty(&world, provider);
        drop(window);
        let (window, app) = bench.open_app(&world);
        if round == 0 {
            bench.picture(&world, "start");
            continue;
        }
        drop(window);
        ours.push(app.as_secs_f64());
        empty.push(floor.as_secs_f64());
    }
    let (ours, empty) = (median(ours), median(empty));
    Row {
        number: "7",
        what: format!(
            "start to a usable composer, {messages} messages in history, against an empty Tauri window"
        ),
        target: "≤ 1.3 ×",
        figure: format!("{:.2} ×", ours / empty),
        detail: format!("{:.0} ms against {:.0} ms", ours * 1e3, empty * 1e3),
    }
}
