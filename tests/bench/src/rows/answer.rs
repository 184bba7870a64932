//! Rows 2 and 6: what an answer costs the web process, against a bare page that only appends the text.

use std::time::Duration;

use e2e::world::World;

use crate::bench::{Bench, send};
use crate::figures::{Row, median};
use crate::fill::Amount;
use crate::process::{cpu_seconds, memory_mb, web_process};
use crate::provider::Provider;

/// What one answer cost.
#[derive(Debug, Clone, Copy)]
struct Cost {
    cpu: f64,
    memory: f64,
}

/// Row 2: processor time of the web process, a 10 kB answer at 100 events a second.
pub async fn row_2(bench: &Bench, provider: &Provider) -> Row {
    let (ours, bare) = compare(bench, provider, "speed-100-10000").await;
    Row {
        number: "2",
        what: "processor time of the web process, a 10 kB answer at 100 events a second, against a bare page".to_owned(),
        target: "≤ 1.5 ×",
        figure: format!("{:.2} ×", ours.cpu / bare.cpu),
        detail: format!("{:.2} s against {:.2} s", ours.cpu, bare.cpu),
    }
}

/// Row 6: memory of all processes after a 200 kB answer; and what it cost the processor.
pub async fn row_6(bench: &Bench, provider: &Provider) -> Row {
    let (ours, bare) = compare(bench, provider, "speed-0-200000").await;
    Row {
        number: "6",
        what:
            "memory of all processes (PSS) after a 200 kB answer at full speed, against a bare page"
                .to_owned(),
        target: "≤ 1.5 ×",
        figure: format!("{:.2} ×", ours.memory / bare.memory),
        detail: format!(
            "{:.0} MB against {:.0} MB; processor {:.2} s against {:.2} s",
            ours.memory, bare.memory, ours.cpu, bare.cpu
        ),
    }
}

async fn compare(bench: &Bench, provider: &Provider, model: &str) -> (Cost, Cost) {
    let world = bench.world(provider, model, Amount { messages: 0, in_newest: 0 }).await;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        bare.push(in_bare_page(bench, &world, provider, model).await);
        ours.push(in_app(bench, &world, provider, model).await);
    }
    (middle(&ours), middle(&bare))
}

async fn in_app(bench: &Bench, world: &World, provider: &Provider, model: &str) -> Cost {
    let (window, _) = bench.open_app(world);
    tokio::time::sleep(Duration::from_secs(2)).await;
    let web = web_process(window.pid()).expect("a web process");
    let (before, count) = (cpu_seconds(web), provider.log.finished());
    send(world);
    provider.finished(count + 1).await;
    let cost = Cost { cpu: cpu_seconds(web) - before, memory: memory_mb(window.pid()) };
    bench.picture(world, &format!("answer-{model}"));
    cost
}

async fn in_bare_page(bench: &Bench, world: &World, provider: &Provider, model: &str) -> Cost {
    let count = provider.log.finished();
    let page = format!("{}/bare.html?model={model}", provider.origin);
    let window = bench.open_floor(world, &page);
    // The page itself waits for two and a half seconds after it is loaded.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let web = web_process(window.pid()).expect("a web process");
    let before = cpu_seconds(web);
    provider.finished(count + 1).await;
    Cost { cpu: cpu_seconds(web) - before, memory: memory_mb(window.pid()) }
}

fn middle(costs: &[Cost]) -> Cost {
    Cost {
        cpu: median(costs.iter().map(|cost| cost.cpu).collect()),
        memory: median(costs.iter().map(|cost| cost.memory).collect()),
    }
}
