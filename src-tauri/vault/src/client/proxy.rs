//! The proxy that the environment names, and the word for it in messages.

use std::fmt;

use reqwest::Proxy;
use url::Url;

use super::except;
use crate::send::SendError;

/// A proxy for https, as the environment names it, and the hosts that are reached without it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    /// The variable and what it says. It may hold a password, so it is never shown whole.
    https: Option<(String, String)>,
    except: String,
}

impl Proxies {
    /// What the environment says, as other programs read it.
    pub fn from_environment() -> Proxies {
        let said = |name: &str| {
            let value = std::env::var(name).ok()?.trim().to_owned();
            (!value.is_empty()).then_some(value)
        };
        let https = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
            .iter()
            .find_map(|name| Some(((*name).to_owned(), said(name)?)));
        // Where both are set, whoever wrote either wants it kept to.
        let except = ["no_proxy", "NO_PROXY"].iter().filter_map(|name| said(name));
        Proxies { https, except: except.collect::<Vec<_>>().join(",") }
    }

    /// A proxy that this variable names, but for these hosts.
    pub fn of(variable: &str, value: &str, except: &str) -> Proxies {
        let https = Some((variable.to_owned(), value.to_owned()));
        Proxies { https, except: except.to_owned() }
    }

    /// The variable and the proxy's address without name and password, if `url` goes that way.
    pub(crate) fn on_the_way_to(&self, url: &Url) -> Option<String> {
        let (variable, value) = self.https.as_ref()?;
        (!except::covers(&self.except, url))
            .then(|| format!("{variable}={}", without_secrets(value)))
    }

    /// For the client: which way each address goes. Setting that cannot be used is an error for whoever goes that way,
    /// and never passed over in silence: who sets one may rely on it.
    pub(super) fn build(&self) -> Result<Option<Proxy>, SendError> {
        let Some((variable, value)) = &self.https else { return Ok(None) };
        let proxy = address_of(value).ok_or_else(|| SendError::Proxy {
            detail: format!(
                "{variable}={} cannot be used as a proxy; it needs http, https or socks5",
                without_secrets(value)
            ),
        })?;
        let except = self.except.clone();
        Ok(Some(Proxy::custom(move |url| (!except::covers(&except, url)).then(|| proxy.clone()))))
    }
}

impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxies({})", if self.https.is_some() { "set" } else { "none" })
    }
}

/// The proxy's address, if it is of a kind that carries ciphertext and no more.
fn address_of(value: &str) -> Option<Url> {
    let value = value.trim().trim_matches(['"', '\'']);
    let text = match value.split_once("://") {
        // What GNOME writes. The proxy looks names up, as it does with CONNECT.
        Some((scheme, rest)) => match scheme.to_ascii_lowercase().as_str() {
            "socks" | "socks5" | "socks5h" => format!("socks5h://{rest}"),
            "socks4" | "socks4a" => format!("socks4a://{rest}"),
            scheme => format!("{scheme}://{rest}"),
        },
        None => format!("http://{value}"),
    };
    let url = Url::parse(&text).ok()?;
    let known = ["http", "https", "socks5h", "socks4a"].contains(&url.scheme());
    (known && url.host_str().is_some_and(|host| !host.is_empty())).then_some(url)
}

/// The value as it may be shown: without what stands before the last `@`, and of a bearable length.
fn without_secrets(value: &str) -> String {
    let (scheme, rest) = value.split_once("://").map_or(("", value), |(s, rest)| (s, rest));
    let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let shown: String = rest.chars().filter(|c| !c.is_control()).take(80).collect();
    if scheme.is_empty() { shown } else { format!("{scheme}://{shown}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_settings_can_be_used() {
        for (value, address) in [
            ("http://p:1", Some("http://p:1/")),
            ("p:3128", Some("http://p:3128/")),
            ("https://u:w@p:1", Some("https://u:w@p:1/")),
            ("socks://127.0.0.1:7890/", Some("socks5h://127.0.0.1:7890/")),
            ("SOCKS5://p:1", Some("socks5h://p:1")),
            ("socks5h://p:1", Some("socks5h://p:1")),
            ("socks4://p:1", Some("socks4a://p:1")),
            ("\"http://p:1\"", Some("http://p:1/")),
            ("'socks://p:1'", Some("socks5h://p:1")),
            ("ftp://p:1", None),
            ("::::", None),
            ("http://", None),
        ] {
            assert_eq!(address_of(value).as_ref().map(Url::as_str), address, "{value}");
        }
    }

    #[test]
    fn what_is_shown_of_one_holds_no_password() {
        for (value, shown) in [
            ("http://u:canary@p:1/", "http://p:1/"),
            ("u:canary@p:1", "p:1"),
            ("ftp://u:can@ary@p", "ftp://p"),
            ("http://p:1/?token=canary", "http://p:1/"),
        ] {
            let url = Url::parse("https://far.example").unwrap();
            let said = Proxies::of("HTTPS_PROXY", value, "").on_the_way_to(&url).unwrap();
            assert_eq!(said, format!("HTTPS_PROXY={shown}"));
        }
    }
}
