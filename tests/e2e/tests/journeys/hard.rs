//! Texts that bring pages to a stop, streamed at full speed: the page goes on painting, and Stop stops.

use std::time::Duration;

use e2e::journey::play;
use e2e::page::Page;
use e2e::world::Keyring;
use e2e::{Result, chat, until, wizard};
use serde::Deserialize;
use serde_json::{Value, json};

const MODELS: [&str; 6] =
    ["hard-marks", "hard-links", "hard-turns", "hard-fences", "hard-paragraphs", "code-100000"];

/// Asks in a new chat, and looks from inside the page: the longest gap between two frames until the answer has ended.
/// Presses Stop so many milliseconds after its first words, and looks how long the answer goes on.
const WATCH: &str = "
    const stopAfter = arguments[0];
    const seen = window.hard = { longest: 0, frames: 0, elements: 0, stopped: null, took: 0, ended: false };
    const frame = () => new Promise((go) => requestAnimationFrame(go));
    const button = (name) => document.querySelector(`button[aria-label=\"${name}\"]:not(:disabled)`);
    (async () => {
      while (document.querySelector('article')) await frame();
      const field = document.querySelector('textarea[aria-label=\"Message\"]');
      field.value = 'Go';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      while (!button('Send')) await frame();
      button('Send').click();
      const started = performance.now();
      let [last, begun, pressed] = [await frame(), 0, 0];
      for (;;) {
        const now = await frame();
        seen.longest = Math.max(seen.longest, now - last);
        last = now;
        seen.frames += 1;
        const answer = document.querySelector('article[aria-label=\"Assistant message\"]');
        if (!begun && answer?.ariaBusy === 'true' && answer.querySelector('.block')) begun = performance.now();
        if (begun && !pressed && performance.now() - begun >= stopAfter && button('Stop')) {
          pressed = performance.now();
          button('Stop').click();
        }
        seen.took = performance.now() - started;
        if (answer && answer.ariaBusy !== 'true') break;
      }
      seen.stopped = pressed ? performance.now() - pressed : null;
      seen.elements = document.querySelectorAll('article *').length;
      seen.ended = true;
    })();";

/// What was seen of one answer, in milliseconds.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "all of it is shown when a journey fails")]
struct Seen {
    longest: f64,
    frames: u32,
    elements: usize,
    stopped: Option<f64>,
    took: f64,
    ended: bool,
}

/// What an answer may take on this machine at this hour.
struct Ceilings {
    gap: f64,
    stop: f64,
}

impl Ceilings {
    /// As far above what a usual answer takes as the usual one is below what people would call a stop.
    fn above(usual: &[Seen]) -> Self {
        let most = |of: fn(&Seen) -> f64| usual.iter().map(of).fold(0.0, f64::max);
        let (gap, stop) = (most(|seen| seen.longest), most(|seen| seen.stopped.unwrap_or(0.0)));
        Self { gap: f64::max(1_000.0, 8.0 * gap), stop: f64::max(200.0, 4.0 * f64::max(gap, stop)) }
    }

    fn hold(&self, seen: &Seen) -> bool {
        seen.longest < self.gap && seen.stopped.unwrap_or(0.0) < self.stop
    }
}

#[test]
fn the_page_goes_on_whatever_comes() -> Result<()> {
    play("the_page_goes_on_whatever_comes", Keyring::Unlocked, async |stage| {
        let (page, desktop) = (stage.page()?, stage.desktop());
        let _provider = wizard::connect(page, desktop, USUAL).await?;
        let mut stops = 0;
        for model in MODELS {
            for stop_after in [LONG, SHORT, 0] {
                stops += u32::from(stream(page, model, stop_after).await?.stopped.is_some());
            }
        }
        assert!(stops >= 4, "Stop was pressed {stops} times: this looked at too little");
        Ok(())
    })
}

/// Streams it, and again where that took too long: others have the processor as well, but not each time.
#[expect(
    clippy::print_stdout,
    reason = "the figures of a journey that passes, for who looks for them"
)]
async fn stream(page: &Page, model: &str, stop_after: u32) -> Result<Seen> {
    for round in 1.. {
        let seen = watch(page, model, stop_after).await?;
        println!("{model}, Stop after {stop_after} ms: {seen:?}");
        assert!(seen.elements < MOST_ELEMENTS, "{model}: {seen:?}");
        if Ceilings::above(&[]).hold(&seen) {
            return Ok(seen);
        }
        let usual = [watch(page, USUAL, LONG).await?, watch(page, USUAL, 0).await?];
        if Ceilings::above(&usual).hold(&seen) {
            return Ok(seen);
        }
        assert!(round < ROUNDS, "{model}, Stop after {stop_after} ms: {seen:?}, usual {usual:?}");
    }
    unreachable!("it returns or fails")
}

/// A usual answer: on this machine and at this hour it says what others may take.
const USUAL: &str = "speed-0-50000";

/// So often too much of the machine may be somewhere else.
const ROUNDS: u32 = 3;

/// Of an answer, whatever it says: without a bound these have up to 900,000.
const MOST_ELEMENTS: usize = 150_000;

/// Milliseconds before Stop is pressed: short answers have ended by then, long ones are at their worst.
const LONG: u32 = 8_000;
const SHORT: u32 = 200;

async fn watch(page: &Page, model: &str, stop_after: u32) -> Result<Seen> {
    page.click("button", "New chat").await?;
    chat::choose_model(page, model).await?;
    let _: Value = page.ask(WATCH, vec![json!(stop_after)]).await?;
    until("the end of an answer", async || {
        // Each look takes time that the page’s frames then lack.
        tokio::time::sleep(Duration::from_millis(500)).await;
        let seen: Seen = page.ask("return window.hard", vec![]).await?;
        Ok(seen.ended.then_some(seen))
    })
    .await
}
