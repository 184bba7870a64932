//! Who may ask at all, told by the head of a request alone: what a web page, a stranger's name for this computer, or a form
//! would send gets nothing, before anything else is looked at.

use hyper::header::{self, HeaderMap, HeaderName};
use hyper::http::request::Parts;
use hyper::{Method, Uri};

use crate::refusal::Refusal;

/// A name under which nobody but this computer is called.
pub(crate) fn check_host(head: &Parts, port: u16) -> Result<(), Refusal> {
    let mut hosts = head.headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(Refusal::Host) };
    let is_ours = |name: &str| {
        ["127.0.0.1", "localhost", "[::1]"].iter().any(|own| name == format!("{own}:{port}"))
    };
    let said = host.to_str().unwrap_or_default();
    // A proxy's way to ask names the host a second time.
    let is_named_alike = head.uri.authority().is_none_or(|authority| authority.as_str() == said);
    (is_ours(said) && is_named_alike).then_some(()).ok_or(Refusal::Host)
}

/// The page that asks, if one does.
pub(crate) fn origin(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    match (origins.next(), origins.next()) {
        (None, _) => match is_of_another_site(headers) {
            true => Err(Refusal::Origin),
            false => Ok(None),
        },
        (Some(origin), None) => origin.to_str().map(Some).map_err(|_| Refusal::Origin),
        (Some(_), Some(_)) => Err(Refusal::Origin),
    }
}

/// A browser says so also where it says no origin: a picture, a script, a link.
fn is_of_another_site(headers: &HeaderMap) -> bool {
    let mut sites = headers.get_all("sec-fetch-site").iter();
    sites.any(|site| !matches!(site.as_bytes(), b"none"))
}

/// What is sent is JSON and says so: a form cannot.
pub(crate) fn check_json(headers: &HeaderMap) -> Result<(), Refusal> {
    let mut kinds = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(kind), None) = (kinds.next(), kinds.next()) else { return Err(Refusal::NotJson) };
    let kind = kind.to_str().unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json").then_some(()).ok_or(Refusal::NotJson)
}

/// An address is written down by everybody on its way, so it holds no token.
pub(crate) fn check_address(uri: &Uri) -> Result<(), Refusal> {
    let query = uri.query().unwrap_or_default().to_ascii_lowercase();
    let names_one = query.split('&').any(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        ["key", "api_key", "api-key", "apikey", "token", "access_token"].contains(&name)
    });
    let holds_one = uri.path().contains("lk-") || query.contains("lk-");
    if names_one || holds_one { Err(Refusal::TokenInAddress) } else { Ok(()) }
}

/// The texts that may be a token, wherever the program's library puts it.
pub(crate) fn tokens(headers: &HeaderMap) -> Vec<&str> {
    let bearer = headers.get_all(header::AUTHORIZATION).iter().filter_map(|value| {
        let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
    });
    let plain = ["x-api-key", "api-key", "x-goog-api-key"].into_iter();
    let plain =
        plain.flat_map(|name| headers.get_all(name)).filter_map(|value| value.to_str().ok());
    bearer.chain(plain).filter(|token| !token.is_empty()).take(4).collect()
}

/// The most letters that the names of what a provider tries out have together.
const BETAS_CAP: usize = 1_024;

/// The names of what a provider tries out, one behind another. They are passed on, so they are names and nothing else.
pub(crate) fn betas(headers: &HeaderMap, name: &'static str) -> Result<Option<String>, Refusal> {
    let lines = headers.get_all(name).iter().map(|line| line.to_str().unwrap_or("?"));
    let betas = lines.flat_map(|line| line.split(',')).map(str::trim);
    let betas = betas.filter(|beta| !beta.is_empty()).collect::<Vec<_>>().join(",");
    let is_of_one = |byte: u8| byte.is_ascii_alphanumeric() || b"-._,=".contains(&byte);
    match betas.len() <= BETAS_CAP && betas.bytes().all(is_of_one) {
        true => Ok(Some(betas).filter(|betas| !betas.is_empty())),
        false => Err(Refusal::Betas(name)),
    }
}

/// What a page may send besides the plainest.
const MAY_SEND: &str = "authorization, content-type, accept, x-api-key, api-key, anthropic-version, anthropic-beta, \
     anthropic-dangerous-direct-browser-access, openai-beta, idempotency-key, x-stainless-arch, x-stainless-async, \
     x-stainless-helper-method, x-stainless-lang, x-stainless-os, x-stainless-package-version, x-stainless-poll-helper, \
     x-stainless-retry-count, x-stainless-runtime, x-stainless-runtime-version, x-stainless-timeout, user-agent";

/// What a browser asks before it lets a page ask. Only a page that a person has named gets an answer.
pub(crate) fn preflight(headers: &HeaderMap) -> Option<Vec<(HeaderName, &'static str)>> {
    let method = headers.get(header::ACCESS_CONTROL_REQUEST_METHOD)?;
    if ![Method::GET, Method::POST]
        .iter()
        .any(|known| known.as_str().as_bytes() == method.as_bytes())
    {
        return None;
    }
    let asked = headers.get(header::ACCESS_CONTROL_REQUEST_HEADERS);
    let asked = asked.map_or(Some(""), |asked| asked.to_str().ok())?.to_ascii_lowercase();
    let known = |name: &str| MAY_SEND.split(", ").any(|known| known == name);
    if !asked.split(',').map(str::trim).filter(|name| !name.is_empty()).all(known) {
        return None;
    }
    let mut allowed = vec![
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, MAY_SEND),
        (header::ACCESS_CONTROL_MAX_AGE, "600"),
    ];
    if headers.contains_key("access-control-request-private-network") {
        let name = HeaderName::from_static("access-control-allow-private-network");
        allowed.push((name, "true"));
    }
    Some(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(uri: &str, headers: &[(&str, &str)]) -> Parts {
        let mut request = hyper::Request::builder().uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn only_the_names_of_this_computer_are_answered() {
        let is_ours = |uri: &str, hosts: &[&str]| {
            let headers: Vec<_> = hosts.iter().map(|host| ("host", *host)).collect();
            check_host(&head(uri, &headers), 8377).is_ok()
        };
        for host in ["127.0.0.1:8377", "localhost:8377", "[::1]:8377"] {
            assert!(is_ours("/v1/models", &[host]), "{host}");
            assert!(!is_ours("/v1/models", &[host, "evil.com"]), "two names");
        }
        for host in [
            "evil.com",
            "evil.com:8377",
            "127.0.0.1",
            "127.0.0.1:80",
            "127.0.0.1:8377.evil.com",
            "127.0.0.1.evil.com:8377",
            "localhost.evil.com:8377",
            "evil-localhost:8377",
            "LOCALHOST:8377",
            "localhost.:8377",
            "127.1:8377",
            "2130706433:8377",
            "0.0.0.0:8377",
            "[::ffff:127.0.0.1]:8377",
            "localhost:8377@evil.com",
            "",
        ] {
            assert!(!is_ours("/v1/models", &[host]), "{host}");
        }
        assert!(!is_ours("/v1/models", &[]));
        assert!(!is_ours("http://evil.com/v1/models", &["127.0.0.1:8377"]));
    }

    #[test]
    fn a_page_is_known_by_what_its_browser_says() {
        let asks = |headers: &[(&str, &str)]| {
            let head = head("/", headers);
            origin(&head.headers).map(|origin| origin.map(str::to_owned)).map_err(|_| ())
        };
        assert_eq!(asks(&[]), Ok(None));
        assert_eq!(asks(&[("sec-fetch-site", "none")]), Ok(None));
        assert_eq!(asks(&[("origin", "null")]), Ok(Some("null".to_owned())));
        for site in ["cross-site", "same-site", "same-origin", "anything"] {
            assert_eq!(asks(&[("sec-fetch-site", site)]), Err(()), "{site}");
        }
        assert_eq!(asks(&[("origin", "https://a.org"), ("origin", "https://b.org")]), Err(()));
    }

    #[test]
    fn what_is_tried_out_is_named_and_no_more() {
        let said = |lines: &[&str]| {
            let lines: Vec<_> = lines.iter().map(|line| ("anthropic-beta", *line)).collect();
            betas(&head("/", &lines).headers, "anthropic-beta").map_err(|_| ())
        };
        let two = "context-1m-2025-08-07,files-api-2025-04-14";
        for lines in [&[two][..], &["context-1m-2025-08-07", " files-api-2025-04-14,"]] {
            assert_eq!(said(lines), Ok(Some(two.to_owned())), "{lines:?}");
        }
        assert_eq!([said(&[]), said(&["", " , "])], [Ok(None), Ok(None)]);
        for odd in ["a b", "a;b", "a\tb", "a\"b", "ä", "{}", "a:b", "a/b", "lk_%41"] {
            assert_eq!(said(&[odd]), Err(()), "{odd}");
        }
        assert_eq!(said(&[&"a".repeat(1_025)]), Err(()));
        assert!(said(&[&"a".repeat(1_024)]).is_ok());
    }

    #[test]
    fn forms_are_no_json_and_addresses_hold_no_token() {
        let is_json = |kinds: &[&str]| {
            let headers: Vec<_> = kinds.iter().map(|kind| ("content-type", *kind)).collect();
            check_json(&head("/", &headers).headers).is_ok()
        };
        assert!(is_json(&["application/json"]) && is_json(&["Application/JSON; charset=utf-8"]));
        for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""] {
            assert!(!is_json(&[kind]), "{kind}");
        }
        assert!(!is_json(&[]) && !is_json(&["application/json", "text/plain"]));
        assert!(!is_json(&["text/plain; application/json"]));
        for (uri, is_fine) in [
            ("/v1/messages?beta=true", true),
            ("/v1/models?limit=20", true),
            ("/v1/models?key=x", false),
            ("/v1/models?a=1&API_KEY=x", false),
            ("/v1/models?x=lk-abc", false),
            ("/lk-abc/v1/models", false),
        ] {
            assert_eq!(check_address(&uri.parse().unwrap()).is_ok(), is_fine, "{uri}");
        }
    }
}
