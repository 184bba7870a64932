//! The two HTTP clients, and the rules that hold for every connection.
//!
//! One is for this computer and knows no proxy; the other is for everywhere else and speaks https
//! only, so that a proxy sees a CONNECT and ciphertext.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::{Client, ClientBuilder, NoProxy, Proxy, redirect, tls};
use url::Url;

use crate::send::SendError;

/// Proxies for https, as the environment names them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    /// The proxy's address. It may hold a password, so it is never shown.
    pub https: Option<String>,
    /// Hosts that are reached without it.
    pub except: Option<String>,
}

/// The clients, built at the first request and shared by all later ones.
pub(crate) struct Clients {
    proxies: Option<Proxies>,
    connect: Duration,
    read: Duration,
    built: Mutex<Option<Pair>>,
}

#[derive(Clone)]
struct Pair {
    loopback: Client,
    remote: Client,
}

impl Proxies {
    /// What the environment says, as other programs read it.
    pub fn from_environment() -> Proxies {
        let first = |names: &[&str]| {
            names.iter().find_map(|name| std::env::var(name).ok()).filter(|text| !text.is_empty())
        };
        Proxies {
            https: first(&["https_proxy", "HTTPS_PROXY"])
                .or_else(|| first(&["all_proxy", "ALL_PROXY"])),
            except: first(&["no_proxy", "NO_PROXY"]),
        }
    }
}

impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxies({})", if self.https.is_some() { "set" } else { "none" })
    }
}

impl Clients {
    /// Without `proxies`, the environment is read when the clients are built.
    pub(crate) fn new(proxies: Option<Proxies>, connect: Duration, read: Duration) -> Clients {
        Clients { proxies, connect, read, built: Mutex::new(None) }
    }

    /// The same clients with other deadlines.
    pub(crate) fn with_deadlines(self, connect: Duration, read: Duration) -> Clients {
        Clients::new(self.proxies, connect, read)
    }

    pub(crate) fn get(&self, loopback: bool) -> Result<Client, SendError> {
        let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        let pair = match built.as_ref() {
            Some(pair) => pair.clone(),
            None => built.insert(self.build()?).clone(),
        };
        Ok(if loopback { pair.loopback } else { pair.remote })
    }

    /// Drops idle connections: their write buffers may still hold the header of a removed key.
    pub(crate) fn forget_connections(&self) {
        self.built.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    fn build(&self) -> Result<Pair, SendError> {
        let refused = |_| SendError::invalid("the network client could not be built");
        // `localhost` is resolved here and not by the system, so that it cannot be another host.
        let localhost = [
            SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
        ];
        let loopback = self.common().resolve_to_addrs("localhost", &localhost).build();
        let proxies = self.proxies.clone().unwrap_or_else(Proxies::from_environment);
        let remote = self.common().https_only(true);
        let remote = match &proxies.https {
            Some(address) => {
                let except = proxies.except.as_deref().and_then(NoProxy::from_string);
                remote.proxy(https_proxy(address)?.no_proxy(except))
            }
            None => remote,
        };
        let (loopback, remote) = (loopback.map_err(refused)?, remote.build().map_err(refused)?);
        Ok(Pair { loopback, remote })
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

/// A proxy that cannot be used must not be passed over in silence: who sets one may rely on it.
fn https_proxy(address: &str) -> Result<Proxy, SendError> {
    let refused = || SendError::invalid("the proxy must have an http or https address");
    let text = match address.contains("://") {
        true => address.to_owned(),
        false => format!("http://{address}"),
    };
    let url = Url::parse(&text).map_err(|_| refused())?;
    match url.scheme() {
        "http" | "https" => Proxy::https(url).map_err(|_| refused()),
        _ => Err(refused()),
    }
}
