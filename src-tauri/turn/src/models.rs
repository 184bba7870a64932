//! The live list of models, which is also the check of a connection.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use futures_util::FutureExt;
use history::{History, OwnPrice};
use vault::{BaseUrl, Credential, Reply, Vault};
use wire::{KeyCheck, Listed, ListedFacts, ModelList, Provider, Refused, classify, known_models};

use crate::endpoint::{format_of, name_of, outbound};
use crate::shown::add_shown;
use crate::store::on_disk;
use crate::{Endpoint, Failure, Trouble};

/// Longer than this nobody should look at a spinner.
const PATIENCE: Duration = Duration::from_secs(5);

/// Longest page of a model list that is read; OpenRouter's has about a megabyte, and 50,000 models have ten.
const LIST_CAP: usize = 32 * 1024 * 1024;

/// Longest error text that is read.
pub(crate) const ERROR_CAP: usize = 1024 * 1024;

/// The outcome of a live check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// How long the provider took.
    pub took: Duration,
    /// The models it offers, or why it did not say.
    pub models: Result<Vec<String>, Failure>,
    /// Whether this shows that the key is accepted. A list that anybody gets proves nothing.
    pub proven: bool,
    /// Whether the key may not do everything, where the provider says so.
    pub restricted: Option<bool>,
}

/// The models a stored connection offers now.
pub async fn list_models(vault: &Vault, endpoint: &Endpoint) -> Result<Vec<Listed>, Failure> {
    let asked = ask(vault, endpoint.provider, &endpoint.base, endpoint.credential());
    let mut models = asked.await.map_err(|failure| endpoint.knowing(failure))?;
    add_shown(vault, endpoint, &mut models).await;
    Ok(models)
}

/// Keeps what a list says as far as money and requests hang on it: known then also where nobody asks for the list. If it cannot be
/// written, the list is as good as it was, and tells it again the next time.
pub async fn keep_listed(history: &Arc<History>, endpoint: &Endpoint, models: &[Listed]) {
    let facts = |model: &Listed| {
        let Listed { name, passed_to, facts, .. } = model;
        let (longest, passed_on) = (facts.output_tokens, passed_to.is_some());
        (name.clone(), history::ListedFacts { longest, passed_on })
    };
    let facts: Vec<_> = models.iter().map(facts).collect();
    let connection = endpoint.connection.clone();
    let _ = on_disk(history, move |history| history.set_listed_facts(&connection, facts)).await;
    keep_prices(history, endpoint, models).await;
}

/// What a list says of prices is kept where its provider is one that says it.
async fn keep_prices(history: &Arc<History>, endpoint: &Endpoint, models: &[Listed]) {
    if !endpoint.provider.dialect().lists_prices {
        return;
    }
    let nano = |price: u64| i64::try_from(price).unwrap_or(i64::MAX);
    let priced = |model: &Listed| {
        let price = model.price?;
        let own = OwnPrice { input_nano: nano(price.input), output_nano: nano(price.output) };
        Some((model.name.clone(), own))
    };
    let prices: Vec<_> = models.iter().filter_map(priced).collect();
    let connection = endpoint.connection.clone();
    let _ = on_disk(history, move |history| history.set_listed_prices(&connection, prices)).await;
}

/// Lists the models, and sees whether that proves the key, if there is one.
pub(crate) async fn check(
    vault: &Vault,
    provider: Provider,
    base: &BaseUrl,
    credential: Credential<'_>,
) -> Checked {
    let start = Instant::now();
    let models = ask(vault, provider, base, credential).await;
    let took = start.elapsed();
    let names = |models: Vec<Listed>| models.into_iter().map(|model| model.name).collect();
    match (models.map(names), credential) {
        (Ok(models), Credential::Stored(_) | Credential::Candidate(_)) => {
            match prove(vault, provider, base, credential).await {
                Ok(proven) => Checked { took, models: Ok(models), proven, restricted: None },
                Err(failure) => Checked::failed(took, failure),
            }
        }
        (Ok(models), _) => Checked { took, models: Ok(models), proven: false, restricted: None },
        (Err(failure), _) => Checked::failed(took, failure),
    }
}

impl Checked {
    fn failed(took: Duration, failure: Failure) -> Self {
        let restricted = failure.lacks_scope.then_some(true);
        Self { took, models: Err(failure), proven: false, restricted }
    }
}

/// Asks for the list of models, or looks it up where the provider has none, without looking at what it proves.
pub(crate) async fn ask(
    vault: &Vault,
    provider: Provider,
    base: &BaseUrl,
    credential: Credential<'_>,
) -> Result<Vec<Listed>, Failure> {
    if provider.dialect().unlisted {
        let known = known_models(provider).into_iter();
        return Ok(known
            .map(|name| Listed {
                name: name.to_owned(),
                passed_to: None,
                price: None,
                facts: ListedFacts::default(),
            })
            .collect());
    }
    let name = name_of(provider, base);
    let asked = tokio::time::timeout(PATIENCE, fetch(vault, provider, &name, base, credential));
    asked.await.unwrap_or_else(|_| {
        let detail = format!("{}: no answer in 5 s", base.origin().host());
        Err(Failure::at(Trouble::TimedOut, &name, Some(detail)))
    })
}

/// Whether a list that came with a key shows that the key is accepted. An error is the key's own.
async fn prove(
    vault: &Vault,
    provider: Provider,
    base: &BaseUrl,
    credential: Credential<'_>,
) -> Result<bool, Failure> {
    let proved = match provider.key_check() {
        // What comes from the catalogue proves nothing; the chat does.
        _ if provider.dialect().unlisted => {
            opens_chat(vault, provider, base, credential).map(Ok).boxed()
        }
        KeyCheck::List => return Ok(true),
        KeyCheck::Path(path) => asked_with_key(vault, provider, base, credential, path).boxed(),
        // If nobody gets the list without a key, the key was needed.
        KeyCheck::ListWithoutKey => ask(vault, provider, base, Credential::None)
            .then(async |without| match without {
                Ok(_) => Ok(opens_chat(vault, provider, base, credential).await),
                Err(failure) => Ok(failure.trouble != Trouble::TimedOut),
            })
            .boxed(),
    };
    // Who does not answer in time has proved nothing.
    tokio::time::timeout(PATIENCE, proved).await.unwrap_or(Ok(false))
}

/// Asks for something that nobody gets without a key.
async fn asked_with_key(
    vault: &Vault,
    provider: Provider,
    base: &BaseUrl,
    credential: Credential<'_>,
    path: &'static str,
) -> Result<bool, Failure> {
    let name = name_of(provider, base);
    let request = format_of(provider, base).read(provider, path);
    let Ok(reply) = vault.send(credential, base, outbound(request)).await else {
        return Ok(false);
    };
    let (status, masker) = (reply.status(), reply.masker());
    match status {
        200 => Ok(true),
        401 | 403 => Err(Failure::said_by(&name, refusal(reply).await, &masker)),
        _ => Ok(false),
    }
}

/// Where the list is public, the chat may not be: whether it is closed without the key and open with it. What is asked for
/// holds neither a model nor a message, so that nobody answers it and it costs nothing.
async fn opens_chat(
    vault: &Vault,
    provider: Provider,
    base: &BaseUrl,
    credential: Credential<'_>,
) -> bool {
    let status = async |credential| {
        let request = format_of(provider, base).empty_chat(provider);
        let reply = vault.send(credential, base, outbound(request)).await;
        reply.map(|reply| reply.status()).ok()
    };
    let is_closed = |status| matches!(status, Some(401 | 403));
    is_closed(status(Credential::None).await)
        && matches!(status(credential).await, Some(200..=299 | 400 | 422))
}

async fn fetch(
    vault: &Vault,
    provider: Provider,
    name: &str,
    base: &BaseUrl,
    credential: Credential<'_>,
) -> Result<Vec<Listed>, Failure> {
    let sending = |error| Failure::sending(name, &error);
    let mut list = ModelList::default();
    let format = format_of(provider, base);
    let mut query: Option<String> = None;
    let masker = loop {
        let request = format.models(provider, query.as_deref());
        let reply = vault.send(credential, base, outbound(request)).await;
        let reply = reply.map_err(sending)?;
        let masker = reply.masker();
        if reply.status() != 200 {
            return Err(Failure::said_by(name, refusal(reply).await, &masker));
        }
        let text = reply.text(LIST_CAP).await.map_err(sending)?;
        let next = list.add(&text).map_err(|failure| Failure::said_by(name, failure, &masker))?;
        query = match next {
            Some(next) => Some(next),
            None => break masker,
        };
    };
    let mut models = list.into_models();
    // A name with the key in it is no name, and the page must not hold it.
    let is_clean = |text: &String| masker.whole(text) == *text;
    models.retain(|model| is_clean(&model.name) && model.passed_to.iter().all(is_clean));
    Ok(models)
}

/// Reads what a provider says when it says no.
pub(crate) async fn refusal(reply: Reply) -> wire::Failure {
    let status = reply.status();
    // In milliseconds where somebody is that exact.
    let exact = reply.header("retry-after-ms").or_else(|| reply.header("x-ms-retry-after-ms"));
    let exact = exact.and_then(|ms| Some((ms.trim().parse::<f64>().ok()? / 1_000.0).to_string()));
    let retry_after = exact.or_else(|| reply.header("retry-after"));
    let request_id = reply.header("x-request-id").or_else(|| reply.header("request-id"));
    // The status alone says enough when the body breaks off.
    let body = reply.text(ERROR_CAP).await.unwrap_or_default();
    let refused = Refused {
        status,
        body: &body,
        retry_after: retry_after.as_deref(),
        request_id: request_id.as_deref(),
        now: SystemTime::now(),
    };
    classify(refused)
}
