//! Row 9: from a click on a conversation of 10,000 messages to its messages painted; and how smoothly it scrolls.

use std::time::Duration;

use e2e::app::App;
use serde_json::json;

use crate::bench::{Bench, ready};
use crate::figures::{Row, median};
use crate::fill::Amount;
use crate::provider::Provider;

/// Clicks the conversation's row and waits for two frames after its messages are there.
const OPEN: &str = "
const [title, done] = arguments;
const row = [...document.querySelectorAll('nav a')].find((a) => a.innerText.trim() === title);
const start = performance.now();
const look = () => {
  const there = document.querySelector('article .prose')?.textContent.length > 0;
  requestAnimationFrame(there ? () => done(performance.now() - start) : look);
};
row.click();
requestAnimationFrame(look);";

/// Scrolls up by a wheel's step each frame, and gives back the time between frames.
const SCROLL: &str = "
const done = arguments[0];
const scroller = document.querySelector('[role=region][aria-label=Conversation]');
const gaps = [];
let last = null;
const step = (time) => {
  if (last !== null) gaps.push(time - last);
  last = time;
  if (gaps.length >= 240) return done(gaps);
  scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: -100, bubbles: true }));
  scroller.scrollTop -= 100;
  requestAnimationFrame(step);
};
requestAnimationFrame(step);";

/// Starts the app anew for each round, so that nothing is kept from the last.
pub async fn measure(bench: &Bench, provider: &Provider, messages: usize) -> Row {
    let amount = Amount { messages: messages + 50, in_newest: messages };
    let world = bench.world(provider, "speed-0-20", amount).await;
    let (mut opened, mut gaps) = (Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        let app = App::open(&world, &bench.program).await.expect("the app");
        let page = app.page();
        ready(page).await;
        let title = vec![json!("The newest")];
        opened.push(page.ask_later::<f64>(OPEN, title).await.expect("to open"));
        tokio::time::sleep(Duration::from_secs(1)).await;
        gaps.extend(page.ask_later::<Vec<f64>>(SCROLL, vec![]).await.expect("to scroll"));
        bench.picture(&world, "open");
        app.kill(&world).await.expect("its end");
    }
    gaps.sort_by(f64::total_cmp);
    let at = |share: usize| gaps[(gaps.len() - 1) * share / 100];
    Row {
        number: "9",
        what: format!("a click on a conversation of {messages} messages to its messages painted"),
        target: "≤ 150 ms",
        figure: format!("{:.0} ms", median(opened)),
        detail: format!(
            "then scrolled up by 100 pixels a frame: {:.1} ms between frames (median), {:.1} ms (95 of 100), {:.0} ms (longest)",
            at(50),
            at(95),
            at(100)
        ),
    }
}
