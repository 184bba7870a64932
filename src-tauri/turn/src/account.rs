//! Asks a provider what it has counted for a key, where it tells an ordinary key, and holds our own count beside it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use history::{Connection, History, Setting};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use vault::Vault;
use wire::Told;

use crate::endpoint::outbound;
use crate::models::{ERROR_CAP, refusal};
use crate::store::{now_ms, on_disk};
use crate::{Endpoint, Failure, Trouble};

/// What a provider says, and what was counted here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The provider's figures.
    pub told: Told,
    /// Spent this month, as counted here.
    pub month_nano: i64,
    /// Spent today.
    pub day_nano: i64,
    /// How the balance went down since it was told before, and what was counted here meanwhile.
    pub since: Option<Since>,
    /// When it was asked.
    pub asked_ms: i64,
}

/// From one balance to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    /// When the one before was told.
    pub at_ms: i64,
    /// By how much it went down; below nothing where it was filled up.
    pub fell_nano: i64,
    /// What was counted here meanwhile.
    pub counted_nano: i64,
}

/// A balance, as it was told last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Reading {
    at_ms: i64,
    nano: i64,
    currency: String,
}

const PATIENCE: Duration = Duration::from_secs(10);

/// Asks for the figures of a connection's key.
pub async fn compare(
    vault: &Vault,
    history: &Arc<History>,
    connection: &Connection,
) -> Result<Comparison, Failure> {
    let endpoint = Endpoint::of(connection)?;
    let asked = tokio::time::timeout(PATIENCE, ask(vault, &endpoint)).await;
    let told = asked.map_err(|_| Failure::at(Trouble::TimedOut, &endpoint.name, None))?;
    let told = told.map_err(|failure| endpoint.knowing(failure))?;
    let id = connection.id.clone();
    on_disk(history, move |history| {
        let now = now_ms();
        let spent = history.spent(&id, now)?;
        let since = since(history, &id, &told, now)?;
        // A limit that the provider itself sets for the key is one that other keys may lack.
        if told.month_nano.is_some() {
            history.note_key_restricted(&id, told.limit_nano.is_some())?;
        }
        let (month_nano, day_nano) = (spent.month_nano, spent.day_nano);
        Ok(Comparison { told, month_nano, day_nano, since, asked_ms: now })
    })
    .await
}

async fn ask(vault: &Vault, endpoint: &Endpoint) -> Result<Told, Failure> {
    let name = &endpoint.name;
    let account = endpoint.provider.account().filter(|_| endpoint.key.is_some());
    let account = account.ok_or_else(|| Failure::of(Trouble::NotFound))?;
    let mut answers: Vec<Option<Value>> = Vec::new();
    for (number, path) in account.paths().iter().enumerate() {
        let request = endpoint.format.read(endpoint.provider, path);
        let sent = vault.send(endpoint.credential(), &endpoint.base, outbound(request)).await;
        let reply = sent.map_err(|error| Failure::sending(name, &error))?;
        let masker = reply.masker();
        if reply.status() != 200 {
            // What only a key of another kind is told is left out.
            if number > 0 && matches!(reply.status(), 401 | 403 | 404) {
                answers.push(None);
                continue;
            }
            return Err(Failure::said_by(name, refusal(reply).await, &masker));
        }
        let text = reply.text(ERROR_CAP).await.map_err(|error| Failure::sending(name, &error))?;
        answers.push(serde_json::from_str(&text).ok());
    }
    account.read(&answers).ok_or_else(|| {
        let odd = "what it told of its money is no amount".to_owned();
        Failure::at(Trouble::Nonsense, name, Some(odd))
    })
}

/// Keeps the balance for the next time, and compares it with the one before.
fn since(
    history: &History,
    id: &str,
    told: &Told,
    now: i64,
) -> Result<Option<Since>, history::Error> {
    let Some((nano, currency)) = &told.balance else { return Ok(None) };
    let kept = history.setting(Setting::Balances)?;
    let mut all: BTreeMap<String, Reading> =
        kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let reading = Reading { at_ms: now, nano: *nano, currency: currency.clone() };
    let before = all.insert(id.to_owned(), reading);
    history.set_setting(Setting::Balances, &serde_json::to_string(&all).unwrap_or_default())?;
    // What is counted here is in dollars.
    let comparable = before.filter(|before| before.currency == *currency && currency == "USD");
    let Some(before) = comparable else { return Ok(None) };
    let counted_nano = history.spent_since(id, before.at_ms)?;
    Ok(Some(Since { at_ms: before.at_ms, fell_nano: before.nano - nano, counted_nano }))
}
