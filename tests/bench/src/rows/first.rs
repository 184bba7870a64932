//! Row 3: from the first event on the socket to the first painted text, against a bare page. In an open chat, and as the
//! first message of a new one, where the chat's own view has to be made at the same time.

use std::time::UNIX_EPOCH;

use e2e::app::App;
use e2e::page::Page;
use e2e::world::World;

use crate::bench::{Bench, ready, send};
use crate::figures::{Row, median};
use crate::fill::Amount;
use crate::provider::Provider;

const MODEL: &str = "speed-100-10000";

/// What the bare page does about its own text, done about an answer's: look, wait for two frames, note the time.
const WATCH: &str = "
const now = () => performance.timeOrigin + performance.now();
window.firstPainted = null;
const answers = () => [...document.querySelectorAll('article[aria-label=\"Assistant message\"]')];
const before = answers().length;
const text = () => answers().length > before && answers().pop().querySelector('.prose')?.textContent.trim();
new MutationObserver((_, watch) => {
  if (!text()) return;
  watch.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => { window.firstPainted = now(); }));
}).observe(document.body, { subtree: true, childList: true, characterData: true });";

/// Measures both in turn.
pub async fn measure(bench: &Bench, provider: &Provider) -> Row {
    let world = bench.world(provider, MODEL, Amount { messages: 0, in_newest: 0 }).await;
    let (mut ours, mut new, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        bare.push(in_bare_page(bench, &world, provider).await);
        let (first, second) = in_app(bench, &world, provider).await;
        new.push(first);
        ours.push(second);
    }
    let (ours, new, bare) = (median(ours), median(new), median(bare));
    Row {
        number: "3",
        what:
            "first event on the socket to first painted text in an open chat, against a bare page"
                .to_owned(),
        target: "≤ 1.3 ×",
        figure: format!("{:.2} ×", ours / bare),
        detail: format!(
            "{ours:.0} ms against {bare:.0} ms; first message of a new chat {new:.0} ms, {:.2} ×",
            new / bare
        ),
    }
}

/// The first message of a chat, and the second.
async fn in_app(bench: &Bench, world: &World, provider: &Provider) -> (f64, f64) {
    let app = App::open(world, &bench.program).await.expect("the app");
    ready(app.page()).await;
    let first = one_answer(world, app.page(), provider).await;
    let second = one_answer(world, app.page(), provider).await;
    app.kill(world).await.expect("its end");
    (first, second)
}

async fn one_answer(world: &World, page: &Page, provider: &Provider) -> f64 {
    let count = provider.log.finished();
    let _: Option<String> = page.ask(WATCH, vec![]).await.expect("to watch");
    send(world);
    provider.finished(count + 1).await;
    let painted: f64 = page.ask("return window.firstPainted", vec![]).await.expect("a time");
    painted - first_event(provider)
}

async fn in_bare_page(bench: &Bench, world: &World, provider: &Provider) -> f64 {
    let count = provider.log.finished();
    let page = format!("{}/bare.html?model={MODEL}", provider.origin);
    let _window = bench.open_floor(world, &page);
    provider.finished(count + 1).await;
    provider.take_mark("first").expect("a time") - first_event(provider)
}

/// Milliseconds since 1970.
fn first_event(provider: &Provider) -> f64 {
    let sent = provider.log.sent().pop().expect("a stream");
    sent.first.duration_since(UNIX_EPOCH).expect("after 1970").as_secs_f64() * 1e3
}
