//! From a click on the model's button to the first of 1,000 models painted; and how smoothly they scroll.

use std::time::Duration;

use e2e::app::App;
use serde_json::json;

use crate::bench::{Bench, ready};
use crate::figures::{Row, median};
use crate::fill::Amount;
use crate::provider::Provider;

/// Clicks the button and waits for two frames after so many models are counted and some of them are there.
const OPEN: &str = "
const [count, done] = arguments;
const button = document.querySelector('[data-opens=models]');
const start = performance.now();
const look = () => {
  const counted = document.querySelector('[aria-label=\"Filter models\"]')?.placeholder.includes(count);
  const there = counted && document.querySelectorAll('[role=option]').length > 10;
  requestAnimationFrame(there ? () => done(performance.now() - start) : look);
};
button.click();
requestAnimationFrame(look);";

const CLOSE: &str = "
const done = arguments[0];
document.querySelector('[data-opens=models]').click();
requestAnimationFrame(() => requestAnimationFrame(() => done(true)));";

/// Scrolls down by a wheel's step each frame, and gives back the time between frames and how many models were reached.
const SCROLL: &str = "
const done = arguments[0];
const list = document.querySelector('[role=listbox]');
const gaps = [];
let last = null;
const step = (time) => {
  if (last !== null) gaps.push(time - last);
  last = time;
  if (gaps.length >= 240) return done([gaps, list.querySelectorAll('[role=option]').length]);
  list.scrollTop += 150;
  requestAnimationFrame(step);
};
requestAnimationFrame(step);";

/// Starts the app anew for each round, so that no list is kept from the last.
pub async fn measure(bench: &Bench, provider: &Provider) -> Row {
    let amount = Amount { messages: 50, in_newest: 10 };
    let world = bench.world_at(&provider.with_many_models(), "model-7", amount).await;
    let (mut asked, mut known, mut gaps, mut reached) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for _ in 0..bench.rounds {
        let app = App::open(&world, &bench.program).await.expect("the app");
        let page = app.page();
        ready(page).await;
        let count = vec![json!("1,000")];
        asked.push(page.ask_later::<f64>(OPEN, count.clone()).await.expect("to open"));
        page.ask_later::<bool>(CLOSE, vec![]).await.expect("to close");
        known.push(page.ask_later::<f64>(OPEN, count).await.expect("to open again"));
        let (of_round, models) =
            page.ask_later::<(Vec<f64>, usize)>(SCROLL, vec![]).await.expect("to scroll");
        gaps.extend(of_round);
        reached = models;
        bench.picture(&world, "picker");
        tokio::time::sleep(Duration::from_millis(200)).await;
        app.kill(&world).await.expect("its end");
    }
    gaps.sort_by(f64::total_cmp);
    let at = |share: usize| gaps[(gaps.len() - 1) * share / 100];
    Row {
        number: "picker",
        what: "a click on the model’s button to the first of 1,000 models painted".to_owned(),
        target: "≤ 100 ms",
        figure: format!("{:.0} ms", median(known)),
        detail: format!(
            "{:.0} ms where the server has to be asked first; then scrolled through {reached} models: {:.1} ms between frames (median), {:.1} ms (95 of 100), {:.0} ms (longest)",
            median(asked),
            at(50),
            at(95),
            at(100)
        ),
    }
}
