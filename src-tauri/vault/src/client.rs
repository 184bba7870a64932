//! The two HTTP clients, and the rules that hold for every connection.
//!
//! One is for this computer and knows no proxy; the other is for everywhere else and speaks https
//! only, so that a proxy sees a CONNECT and ciphertext.

mod except;
mod proxy;

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::{Client, ClientBuilder, redirect, tls};
use url::Url;

pub use proxy::Proxies;

use crate::send::SendError;

/// The clients, each built at its first request and shared by all later ones.
pub(crate) struct Clients {
    proxies: Option<Proxies>,
    connect: Duration,
    read: Duration,
    built: Mutex<Built>,
}

#[derive(Default)]
struct Built {
    loopback: Option<Client>,
    remote: Option<Client>,
}

impl Clients {
    /// Without `proxies`, the environment is read when the clients are built.
    pub(crate) fn new(proxies: Option<Proxies>, connect: Duration, read: Duration) -> Clients {
        Clients { proxies, connect, read, built: Mutex::default() }
    }

    /// The same clients with other deadlines.
    pub(crate) fn with_deadlines(self, connect: Duration, read: Duration) -> Clients {
        Clients::new(self.proxies, connect, read)
    }

    pub(crate) fn get(&self, loopback: bool) -> Result<Client, SendError> {
        let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = if loopback { &mut built.loopback } else { &mut built.remote };
        if let Some(client) = slot {
            return Ok(client.clone());
        }
        let client = if loopback { self.build_loopback()? } else { self.build_remote()? };
        Ok(slot.insert(client).clone())
    }

    /// The proxy between this computer and `url`, in words for an error.
    pub(crate) fn proxy_to(&self, url: &Url, loopback: bool) -> Option<String> {
        (!loopback).then(|| self.proxies().on_the_way_to(url)).flatten()
    }

    /// Drops idle connections: their write buffers may still hold the header of a removed key.
    pub(crate) fn forget_connections(&self) {
        *self.built.lock().unwrap_or_else(PoisonError::into_inner) = Built::default();
    }

    fn proxies(&self) -> Proxies {
        self.proxies.clone().unwrap_or_else(Proxies::from_environment)
    }

    /// For this computer. Whatever the settings for a proxy are, they are none of its business.
    fn build_loopback(&self) -> Result<Client, SendError> {
        // `localhost` is resolved here and not by the system, so that it cannot be another host.
        let localhost = [
            SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
        ];
        built(self.common().resolve_to_addrs("localhost", &localhost))
    }

    fn build_remote(&self) -> Result<Client, SendError> {
        let remote = self.common().https_only(true);
        built(match self.proxies().build()? {
            Some(proxy) => remote.proxy(proxy),
            None => remote,
        })
    }

    fn common(&self) -> ClientBuilder {
        Client::builder()
            .user_agent(concat!("Latchkey/", env!("CARGO_PKG_VERSION")))
            .no_proxy()
            .redirect(redirect::Policy::none())
            .referer(false)
            .tls_version_min(tls::Version::TLS_1_2)
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd()
            .connect_timeout(self.connect)
            .read_timeout(self.read)
            .pool_max_idle_per_host(2)
            .pool_idle_timeout(Duration::from_secs(30))
    }
}

fn built(client: ClientBuilder) -> Result<Client, SendError> {
    client.build().map_err(|_| SendError::invalid("the network client could not be built"))
}
