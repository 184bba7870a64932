//! An address that an answer names, loaded without any key: for a picture that the person asked to see.
//!
//! Nothing of the person's goes along: no key, no cookie, no referrer; only the program's name. No redirect is followed,
//! because the person said yes to one host.

use std::time::Duration;

use reqwest::header::{ACCEPT, ACCEPT_ENCODING};
use thiserror::Error;
use url::Url;

use crate::address::{Origin, is_loopback};
use crate::masker::Masker;
use crate::send::{SendError, check_head};
use crate::vault::Vault;

/// Nobody waits longer for a picture.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why nothing was loaded. The texts name hosts and classes of failure, nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LoadError {
    /// Neither https, nor http to this computer, or with a user name in it.
    #[error("only https addresses are loaded")]
    Address,
    /// The server answered, but not with what was asked for.
    #[error("the server answered with status {0}")]
    Status(u16),
    /// There is more of it than allowed.
    #[error("it is larger than allowed")]
    TooLarge,
    /// No answer came.
    #[error(transparent)]
    Send(#[from] SendError),
}

impl Vault {
    /// Loads what is at `url`, at most `cap` bytes of it: https anywhere, http to this computer only.
    pub async fn load(
        &self,
        url: &Url,
        accept: &'static str,
        cap: usize,
    ) -> Result<Vec<u8>, LoadError> {
        let loopback = is_loopback(url);
        let fits = url.scheme() == "https" || (url.scheme() == "http" && loopback);
        let nameless = url.username().is_empty() && url.password().is_none();
        let origin = Origin::of(url).filter(|_| fits && nameless).ok_or(LoadError::Address)?;
        let slow = SendError::TimedOut { detail: format!("{} took too long", origin.host()) };
        let loading = self.load_from(url, accept, cap, &origin, loopback);
        tokio::time::timeout(PATIENCE, loading).await.map_err(|_| slow)?
    }

    async fn load_from(
        &self,
        url: &Url,
        accept: &'static str,
        cap: usize,
        origin: &Origin,
        loopback: bool,
    ) -> Result<Vec<u8>, LoadError> {
        let mapped = |e: reqwest::Error| {
            let proxy = self.clients.proxy_to(url, loopback);
            SendError::of(&e, origin, loopback).by_way_of(proxy)
        };
        let client = self.clients.get(loopback)?;
        let request =
            client.get(url.clone()).header(ACCEPT, accept).header(ACCEPT_ENCODING, "identity");
        let mut response = request.send().await.map_err(mapped)?;
        // No key goes along, so none can come back.
        check_head(&response, url, &Masker::nothing())?;
        if !response.status().is_success() {
            return Err(LoadError::Status(response.status().as_u16()));
        }
        let mut bytes = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(mapped)? {
            if bytes.len() + piece.len() > cap {
                return Err(LoadError::TooLarge);
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }
}
