//! What a server that runs models says of each: asked once for every one of its list, in a moment, or not at all.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::{StreamExt, stream};
use vault::Vault;
use wire::{Listed, Shown};

use crate::Endpoint;
use crate::endpoint::outbound;

/// A list is waited for; what is said beyond it comes with it, or with the next one.
const PATIENCE: Duration = Duration::from_secs(2);

/// A model stays what it is under its name for a while.
const FRESH: Duration = Duration::from_secs(600);

/// Nobody runs more here; those beyond stay as their list has them.
const MODELS_CAP: usize = 100;
const KEPT_CAP: usize = 1_000;

const AT_ONCE: usize = 4;

/// A licence and a template come along.
const ANSWER_CAP: usize = 4 * 1024 * 1024;

/// By connection, address and model: when it was asked for, and what was said; `None` where nothing is to be had.
type Known = HashMap<(String, String, String), (Instant, Option<Shown>)>;

static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);

/// Adds to a list what its server says of each model when it is asked for it. A server that says nothing of the first is not asked
/// for the others.
pub(crate) async fn add_shown(vault: &Vault, endpoint: &Endpoint, models: &mut [Listed]) {
    let missing: Vec<String> = models
        .iter()
        .take(MODELS_CAP)
        .filter(|model| known(endpoint, &model.name).is_none())
        .map(|model| model.name.clone())
        .collect();
    let ask = async {
        let mut missing = missing.into_iter();
        let Some(first) = missing.next() else { return };
        if !learn(vault, endpoint, first).await {
            return;
        }
        let rest = stream::iter(missing).map(|name| learn(vault, endpoint, name));
        rest.buffer_unordered(AT_ONCE).for_each(async |_| ()).await;
    };
    if endpoint.format.show(endpoint.provider, "").is_some() {
        // What did not come in time is asked for with the next list.
        let _ = tokio::time::timeout(PATIENCE, ask).await;
    }
    for model in models {
        if let Some(Some(shown)) = known(endpoint, &model.name) {
            add(model, shown);
        }
    }
}

/// What is listed goes before what is shown, but for the way out: either knows of it.
fn add(model: &mut Listed, shown: Shown) {
    let Listed { passed_to, facts, .. } = model;
    *passed_to = passed_to.take().or(shown.passed_to);
    facts.context_tokens = facts.context_tokens.or(shown.context_tokens);
    facts.sees_images = facts.sees_images.or(shown.sees_images);
    facts.reasons = facts.reasons.or(shown.thinks);
    if shown.thinks == Some(false) && facts.efforts.is_none() {
        facts.efforts = Some(Vec::new());
    }
}

/// Asks for one; whether anything was said of it.
async fn learn(vault: &Vault, endpoint: &Endpoint, name: String) -> bool {
    let shown = ask(vault, endpoint, &name).await;
    let has = shown.is_some();
    let mut known = all();
    if known.len() >= KEPT_CAP {
        known.clear();
    }
    known.insert(place(endpoint, &name), (Instant::now(), shown));
    has
}

async fn ask(vault: &Vault, endpoint: &Endpoint, name: &str) -> Option<Shown> {
    let request = endpoint.format.show(endpoint.provider, name)?;
    let sent = vault.send(endpoint.credential(), &endpoint.base, outbound(request)).await;
    let reply = sent.ok().filter(|reply| reply.status() == 200)?;
    let masker = reply.masker();
    let shown = Shown::read(&reply.text(ANSWER_CAP).await.ok()?)?;
    // A name with the key in it is no name, and the page must not hold it.
    let is_clean = |text: &String| masker.whole(text) == *text;
    Some(Shown { passed_to: shown.passed_to.filter(is_clean), ..shown })
}

/// What is known of it by now, if it was asked for lately.
fn known(endpoint: &Endpoint, name: &str) -> Option<Option<Shown>> {
    let known = all();
    let (at, shown) = known.get(&place(endpoint, name))?;
    (at.elapsed() < FRESH).then(|| shown.clone())
}

fn place(endpoint: &Endpoint, name: &str) -> (String, String, String) {
    (endpoint.connection.clone(), endpoint.base.as_str().to_owned(), name.to_owned())
}

fn all() -> MutexGuard<'static, Known> {
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}
