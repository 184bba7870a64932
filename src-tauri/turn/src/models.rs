//! The live list of models, which is also the check of a connection.

use std::time::{Duration, Instant, SystemTime};

use vault::{BaseUrl, Credential, Reply, Vault};
use wire::{ModelList, Provider, Refused, classify};

use crate::endpoint::{models_request, name_of};
use crate::{Endpoint, Failure, Trouble};

/// Longer than this nobody should look at a spinner.
const PATIENCE: Duration = Duration::from_secs(5);

/// Longest model list that is read; OpenRouter's has about a megabyte.
const LIST_CAP: usize = 8 * 1024 * 1024;

/// Longest error text that is read.
pub(crate) const ERROR_CAP: usize = 1024 * 1024;

/// The outcome of a live check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// How long the provider took.
    pub took: Duration,
    /// The models it offers, or why it did not say.
    pub models: Result<Vec<String>, Failure>,
}

/// The models a stored connection offers now.
pub async fn list_models(vault: &Vault, endpoint: &Endpoint) -> Checked {
    ask(vault, endpoint.provider, &endpoint.base, endpoint.credential()).await
}

pub(crate) async fn ask(
    vault: &Vault,
    provider: Provider,
    base: &BaseUrl,
    credential: Credential<'_>,
) -> Checked {
    let name = name_of(provider, base);
    let start = Instant::now();
    let asked = tokio::time::timeout(PATIENCE, fetch(vault, provider, &name, base, credential));
    let models = asked.await.unwrap_or_else(|_| {
        let detail = format!("{}: no answer in 5 s", base.origin().host());
        Err(Failure::at(Trouble::TimedOut, &name, Some(detail)))
    });
    Checked { took: start.elapsed(), models }
}

async fn fetch(
    vault: &Vault,
    provider: Provider,
    name: &str,
    base: &BaseUrl,
    credential: Credential<'_>,
) -> Result<Vec<String>, Failure> {
    let sending = |error| Failure::sending(name, &error);
    let reply = vault.send(credential, base, models_request(provider)).await.map_err(sending)?;
    let masker = reply.masker();
    if reply.status() != 200 {
        return Err(Failure::said_by(name, refusal(reply).await, &masker));
    }
    let text = reply.text(LIST_CAP).await.map_err(sending)?;
    let mut list = ModelList::default();
    list.add(&text).map_err(|failure| Failure::said_by(name, failure, &masker))?;
    let mut names = list.into_names();
    // A name with the key in it is no name, and the page must not hold it.
    names.retain(|name| masker.whole(name) == *name);
    Ok(names)
}

/// Reads what a provider says when it says no.
pub(crate) async fn refusal(reply: Reply) -> wire::Failure {
    let status = reply.status();
    let retry_after = reply.header("retry-after");
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
