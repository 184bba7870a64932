//! Finds model servers on this computer.

use std::time::Duration;

use futures_util::future::join_all;
use vault::{BaseUrl, Credential, Vault};
use wire::Provider;

use crate::models;

/// A scan that takes longer is felt as a hang.
const PATIENCE: Duration = Duration::from_secs(1);

/// A model server that may run on this computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalServer {
    /// Which one.
    pub provider: Provider,
    /// Its usual address.
    pub address: &'static str,
    /// How many models it offers; `None` when nothing answered there.
    pub models: Option<usize>,
}

/// Asks each known server at its usual loopback address, all at once, without any key.
pub async fn find_local_servers(vault: &Vault) -> Vec<LocalServer> {
    let known = Provider::local().filter_map(|provider| Some((provider, provider.address()?)));
    join_all(known.map(|(provider, address)| async move {
        let models = count(vault, provider, address).await;
        LocalServer { provider, address, models }
    }))
    .await
}

async fn count(vault: &Vault, provider: Provider, address: &str) -> Option<usize> {
    let base = BaseUrl::parse(address).ok()?;
    let asked = models::ask(vault, provider, &base, Credential::None);
    let models = tokio::time::timeout(PATIENCE, asked).await.ok()?;
    models.ok().map(|models| models.len())
}
