//! Rows 4 and 5: a long answer at full speed, from its last event to a page that stands still, and the longest time in it
//! without a frame; against a bare page.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use e2e::app::App;
use e2e::world::World;
use serde_json::json;

use crate::bench::{Bench, press, ready};
use crate::figures::{Row, median};
use crate::fill::Amount;
use crate::provider::Provider;
use crate::window::Window;

/// What the bare page does about itself, from the first of the answer on: note the gaps between frames, and when the last
/// change was painted.
const WATCH: &str = "
const now = () => performance.timeOrigin + performance.now();
window.seen = { gaps: [], stable: null, frames: 0 };
let answering = arguments[0];
let last = null;
const beat = (time) => {
  if (last !== null && answering) window.seen.gaps.push(time - last);
  last = time;
  requestAnimationFrame(beat);
};
requestAnimationFrame(beat);
new MutationObserver(() => {
  answering ||= document.querySelector('article[aria-busy=true] .block') !== null;
  if (answering) requestAnimationFrame(() => requestAnimationFrame(() => {
    window.seen.stable = now();
    window.seen.frames = window.seen.gaps.length;
  }));
}).observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true });";

/// Where the gaps are looked at from.
enum From {
    Sending,
    Answer,
}

/// What one answer was like: milliseconds from its last event, and from its first, to a page that stands still, and the
/// longest gap.
#[derive(Debug, Clone, Copy)]
struct Seen {
    settled: f64,
    whole: f64,
    gap: f64,
}

/// Measures the three lengths, and gives both rows.
pub async fn measure(bench: &Bench, provider: &Provider) -> [Row; 2] {
    let mut sizes = Vec::new();
    for bytes in [50_000, 200_000, 1_000_000] {
        sizes.push(compare(bench, provider, bytes).await);
    }
    let [(small, small_bare), (middle, middle_bare), (large, large_bare)] = sizes[..] else {
        unreachable!("three sizes")
    };
    let growth = |large: Seen, small: Seen| large.settled / small.settled;
    let four = Row {
        number: "4",
        what: "a 200 kB answer at full speed, against a bare page: last event to a stable page; longest gap between frames"
            .to_owned(),
        target: "≤ 2 ×, ≤ 1.5 ×",
        figure: format!(
            "{:.2} ×, {:.2} ×",
            middle.settled / middle_bare.settled,
            middle.gap / middle_bare.gap
        ),
        detail: format!(
            "{:.0} ms against {:.0} ms; {:.0} ms against {:.0} ms",
            middle.settled, middle_bare.settled, middle.gap, middle_bare.gap
        ),
    };
    let five = Row {
        number: "5",
        what: "growth of the first figure of row 4 from 50 kB to 1 MB, against the bare page’s"
            .to_owned(),
        target: "≤ 1 ×",
        figure: format!("{:.2} ×", growth(large, small) / growth(large_bare, small_bare)),
        detail: format!(
            "50 kB {:.0} ms, 200 kB {:.0} ms, 1 MB {:.0} ms; bare {:.0}, {:.0}, {:.0} ms; gaps {:.0}, {:.0}, {:.0} ms \
             against {:.0}, {:.0}, {:.0} ms",
            small.settled,
            middle.settled,
            large.settled,
            small_bare.settled,
            middle_bare.settled,
            large_bare.settled,
            small.gap,
            middle.gap,
            large.gap,
            small_bare.gap,
            middle_bare.gap,
            large_bare.gap
        ),
    };
    [four, five]
}

/// The longest gap while a code block of this many lines streams at full speed.
pub async fn code(bench: &Bench, provider: &Provider, lines: usize) -> Row {
    let model = format!("code-{lines}");
    let world = bench.world(provider, &model, Amount { messages: 0, in_newest: 0 }).await;
    let (mut seen, mut most) = (Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        let (one, gaps) = in_app(bench, &world, provider, From::Answer).await;
        seen.push(one);
        most.push(gaps[gaps.len() * 95 / 100]);
    }
    let Seen { settled, gap, .. } = middle(&seen);
    Row {
        number: "code",
        what: format!(
            "longest gap between frames while a code block of {lines} lines streams at full speed"
        ),
        target: "≤ 50 ms",
        figure: format!("{gap:.0} ms"),
        detail: format!(
            "{:.0} ms (95 of 100); {settled:.0} ms from the last event to a stable page",
            median(most)
        ),
    }
}

/// The second floor: a bare page that is drawn alike and appends once a frame. How long 200 kB and 1 MB take from their last
/// event to a page that stands still, and the longest gap, also around sending and the first words.
pub async fn paced(bench: &Bench, provider: &Provider) -> Row {
    let (middle, middle_bare) = against_paced(bench, provider, 200_000).await;
    let (large, large_bare) = against_paced(bench, provider, 1_000_000).await;
    Row {
        number: "paced",
        what: "200 kB and 1 MB at full speed, against a bare page drawn alike that appends once a frame: last event to a \
               stable page; longest gap between frames from sending on"
            .to_owned(),
        target: "≤ 2 ×, ≤ 50 ms",
        figure: format!(
            "{:.2} ×, {:.2} ×; {:.0} ms, {:.0} ms",
            middle.settled / middle_bare.settled,
            large.settled / large_bare.settled,
            middle.gap,
            large.gap
        ),
        detail: format!(
            "{:.0} ms against {:.0} ms, {:.0} ms against {:.0} ms; from the first event {:.0} ms against {:.0} ms, {:.0} ms \
             against {:.0} ms; bare gaps {:.0} ms, {:.0} ms",
            middle.settled,
            middle_bare.settled,
            large.settled,
            large_bare.settled,
            middle.whole,
            middle_bare.whole,
            large.whole,
            large_bare.whole,
            middle_bare.gap,
            large_bare.gap
        ),
    }
}

async fn against_paced(bench: &Bench, provider: &Provider, bytes: usize) -> (Seen, Seen) {
    let model = format!("speed-0-{bytes}");
    let world = bench.world(provider, &model, Amount { messages: 0, in_newest: 0 }).await;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        let page = format!("{}/bare.html?paced&model={model}", provider.origin);
        bare.push(in_window(provider, || bench.open_floor_alike(&world, &page)).await);
        ours.push(in_app(bench, &world, provider, From::Sending).await.0);
    }
    (middle(&ours), middle(&bare))
}

async fn compare(bench: &Bench, provider: &Provider, bytes: usize) -> (Seen, Seen) {
    let model = format!("speed-0-{bytes}");
    let world = bench.world(provider, &model, Amount { messages: 0, in_newest: 0 }).await;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    let page = format!("{}/bare.html?model={model}", provider.origin);
    for _ in 0..bench.rounds {
        bare.push(in_window(provider, || bench.open_floor(&world, &page)).await);
        ours.push(in_app(bench, &world, provider, From::Answer).await.0);
    }
    (middle(&ours), middle(&bare))
}

/// Beside it the gaps until the page stands still, the longest last.
async fn in_app(bench: &Bench, world: &World, provider: &Provider, from: From) -> (Seen, Vec<f64>) {
    let app = App::open(world, &bench.program).await.expect("the app");
    let page = app.page();
    ready(page).await;
    let count = provider.log.finished();
    press(world, &["type", "Go"]);
    let sending = matches!(from, From::Sending);
    let _: Option<String> = page.ask(WATCH, vec![json!(sending)]).await.expect("to watch");
    press(world, &["key", "Return"]);
    provider.finished(count + 1).await;
    let figures = loop {
        let script = "return [window.seen.stable, window.seen.gaps.slice(0, window.seen.frames), performance.timeOrigin + performance.now()]";
        let (stable, mut gaps, now): (Option<f64>, Vec<f64>, f64) =
            page.ask(script, vec![]).await.expect("figures");
        if let Some(stable) = stable
            && now - stable > 1_500.0
        {
            gaps.sort_by(f64::total_cmp);
            let gap = gaps.last().copied().expect("a frame");
            break (seen(provider, stable, gap), gaps);
        }
        // Each look takes time that the page’s frames then lack.
        tokio::time::sleep(Duration::from_secs(1)).await;
    };
    app.kill(world).await.expect("its end");
    figures
}

async fn in_window(provider: &Provider, open: impl FnOnce() -> Window) -> Seen {
    let count = provider.log.finished();
    let _window = open();
    provider.finished(count + 1).await;
    let stable = provider.wait_for_mark("stable").await;
    let gap = provider.wait_for_mark("gap").await;
    seen(provider, stable, gap)
}

fn middle(seen: &[Seen]) -> Seen {
    Seen {
        settled: median(seen.iter().map(|seen| seen.settled).collect()),
        whole: median(seen.iter().map(|seen| seen.whole).collect()),
        gap: median(seen.iter().map(|seen| seen.gap).collect()),
    }
}

/// Of the newest stream; `stable` is milliseconds since 1970.
fn seen(provider: &Provider, stable: f64, gap: f64) -> Seen {
    let sent = provider.log.sent().pop().expect("a stream");
    let since = |event: SystemTime| {
        stable - event.duration_since(UNIX_EPOCH).expect("after 1970").as_secs_f64() * 1e3
    };
    Seen { settled: since(sent.last), whole: since(sent.first), gap }
}
