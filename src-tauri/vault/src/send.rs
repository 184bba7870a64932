//! The one place where a key meets a request.
//!
//! The vault builds the URL itself, takes the key out only if the URL's origin is the key's own,
//! and lets go of it as soon as the header stands.

mod error;

use std::time::Instant;

use bytes::Bytes;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, LOCATION};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use url::Url;
use zeroize::Zeroizing;

use crate::address::{BaseUrl, Origin};
use crate::id::KeyId;
use crate::key::ApiKey;
use crate::masker::Masker;
use crate::outbound::{HeaderStyle, Method, Outbound};
use crate::reply::Reply;
use crate::session::BoundKey;
use crate::vault::{Patience, Vault};

pub use error::SendError;

/// With which key a request goes out.
#[derive(Clone, Copy, Debug)]
pub enum Credential<'a> {
    /// One that the vault keeps. It goes to its own origin only.
    Stored(&'a KeyId),
    /// One that the person has just handed over for this very address and that is not kept yet.
    Candidate(&'a ApiKey),
    /// None, for a server that wants none.
    None,
}

impl Vault {
    /// Sends a request and returns as soon as the head of the answer is there. Any status but a
    /// redirect is an answer. A key that a program printed earlier in this session may have been changed since: where it is refused,
    /// the program is asked once more, and another key is tried once.
    pub async fn send(
        &self,
        credential: Credential<'_>,
        base: &BaseUrl,
        request: Outbound,
    ) -> Result<Reply, SendError> {
        let Credential::Stored(id) = credential else {
            return self.send_once(credential, base, request).await;
        };
        if !self.is_printed(id) {
            return self.send_once(credential, base, request).await;
        }
        let (again, sent) = (request.clone(), Instant::now());
        let reply = self.send_once(credential, base, request).await?;
        match reply.status() == 401 && self.ask_command_again(id, sent).await {
            true => self.send_once(credential, base, again).await,
            false => Ok(reply),
        }
    }

    async fn send_once(
        &self,
        credential: Credential<'_>,
        base: &BaseUrl,
        request: Outbound,
    ) -> Result<Reply, SendError> {
        let origin = base.origin();
        let url = resolve(base, &request.path)?;
        let mut headers = plain_headers(&request)?;
        let mut masker = Masker::nothing();
        if let Some(carried) = self.key_header(credential, &origin, &request).await? {
            headers.insert(carried.name, carried.value);
            masker = carried.masker;
        }
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
        };
        let mapped = |e: reqwest::Error| {
            let proxy = self.clients.proxy_to(&url, base.is_loopback());
            SendError::of(&e, &origin, base.is_loopback()).by_way_of(proxy)
        };
        let client = self.clients.get(base.is_loopback())?;
        let mut outgoing = client.request(method, url.clone()).headers(headers);
        if let Some(body) = request.body {
            outgoing = outgoing.body(body.into_bytes());
        }
        let response = outgoing.send().await.map_err(mapped)?;
        check_head(&response, &url, &masker)?;
        Ok(Reply::new(response, origin, base.is_loopback(), masker))
    }

    async fn key_header(
        &self,
        credential: Credential<'_>,
        origin: &Origin,
        request: &Outbound,
    ) -> Result<Option<Carried>, SendError> {
        let style = request.header_style;
        match credential {
            Credential::None => Ok(None),
            Credential::Candidate(key) => header(key, style).map(Some),
            Credential::Stored(id) => {
                if let Some(header) = self.session.lend(id, |bound| bound.header(origin, style)) {
                    return header.map(Some);
                }
                if self.ask_command(id, Patience::Brief).await? {
                    let lent = self.session.lend(id, |bound| bound.header(origin, style));
                    return lent.transpose();
                }
                self.fetch(id, Patience::Brief).await?.header(origin, style).map(Some)
            }
        }
    }
}

/// A key on its way: the header it goes in, and what takes it out of the answer again.
struct Carried {
    name: HeaderName,
    value: HeaderValue,
    masker: Masker,
}

impl BoundKey {
    fn header(&self, origin: &Origin, style: HeaderStyle) -> Result<Carried, SendError> {
        if self.origin != *origin {
            return Err(SendError::OriginMismatch {
                bound: self.origin.clone(),
                asked: origin.clone(),
            });
        }
        header(&self.key, style)
    }
}

/// The header wipes its copy of the key when the last part of the request is gone. The masker keeps one until the answer
/// has come, to take the key out of it.
fn header(key: &ApiKey, style: HeaderStyle) -> Result<Carried, SendError> {
    let (name, prefix) = style.parts();
    let mut text = Zeroizing::new(Vec::with_capacity(prefix.len() + key.len()));
    text.extend_from_slice(prefix);
    text.extend_from_slice(key.bytes());
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(text))
        .map_err(|_| SendError::invalid("the key does not fit into a header"))?;
    value.set_sensitive(true);
    Ok(Carried { name: HeaderName::from_static(name), value, masker: Masker::new(key) })
}

/// Joins base and path, and checks that the result has not left the base.
fn resolve(base: &BaseUrl, path: &str) -> Result<Url, SendError> {
    let refused = || SendError::invalid("the path is not relative to the base address");
    let tame = |byte: u8| byte.is_ascii_graphic() && byte != b'\\' && byte != b'#';
    if path.is_empty()
        || !path.bytes().all(tame)
        || path.starts_with('/')
        || path.contains("//")
        || path.contains("..")
    {
        return Err(refused());
    }
    let text = format!("{base}/{path}");
    let url = Url::parse(&text).map_err(|_| refused())?;
    // The parser resolves every dot segment, encoded ones too: any change betrays one.
    (url.as_str() == text && Origin::of(&url) == Some(base.origin()))
        .then_some(url)
        .ok_or_else(refused)
}

fn plain_headers(request: &Outbound) -> Result<HeaderMap, SendError> {
    // These decide who gets what; a table of extra headers has no say in them.
    const OURS: [&str; 9] = [
        "authorization",
        "x-api-key",
        "api-key",
        "x-goog-api-key",
        "host",
        "cookie",
        "proxy-authorization",
        "transfer-encoding",
        "content-length",
    ];
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static(request.accept.media_type()));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    if let Some(body) = &request.body {
        let odd = || SendError::invalid("the body's label is not allowed");
        let label = body.media_type().ok_or_else(odd)?;
        headers.insert(CONTENT_TYPE, HeaderValue::try_from(label).map_err(|_| odd())?);
    }
    let passed = request.passed_headers.iter().map(|(name, value)| (*name, value.as_str()));
    for (name, value) in request.extra_headers.iter().copied().chain(passed) {
        let refused = |_| SendError::invalid("an extra header is not allowed");
        let name = name.parse::<HeaderName>().map_err(|_| refused(()))?;
        if OURS.contains(&name.as_str()) {
            return Err(refused(()));
        }
        headers.insert(name, HeaderValue::from_str(value).map_err(|_| refused(()))?);
    }
    Ok(headers)
}

pub(crate) fn check_head(
    response: &reqwest::Response,
    url: &Url,
    masker: &Masker,
) -> Result<(), SendError> {
    if response.status().is_redirection() {
        let to = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
        let to = to.and_then(|location| url.join(location).ok());
        let to_host = to.as_ref().and_then(Url::host_str).unwrap_or("nowhere").to_owned();
        return Err(SendError::Redirected { to_host: masker.whole(&to_host) });
    }
    let plain = response
        .headers()
        .get_all(CONTENT_ENCODING)
        .iter()
        .all(|value| value.as_bytes().eq_ignore_ascii_case(b"identity"));
    plain.then_some(()).ok_or(SendError::Encoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_header_is_sensitive_in_every_style() {
        let key = ApiKey::parse(Zeroizing::new("sk-local-canary".into())).unwrap();
        for (style, expected) in [
            (HeaderStyle::Bearer, "Bearer sk-local-canary"),
            (HeaderStyle::XApiKey, "sk-local-canary"),
            (HeaderStyle::ApiKey, "sk-local-canary"),
            (HeaderStyle::XGoogApiKey, "sk-local-canary"),
        ] {
            let Carried { name, value, .. } = header(&key, style).unwrap();
            assert_eq!(value.as_bytes(), expected.as_bytes());
            assert!(value.is_sensitive(), "{name}");
            assert!(!format!("{value:?}").contains("canary"));
        }
    }
}
