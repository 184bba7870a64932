//! What goes over the wire: a key reaches its own origin and nothing else, whatever the server does.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by a panic")]

mod binding;
mod failures;
mod loading;
mod printed;
mod proxies;
mod redirects;
mod server;

use std::borrow::Cow;

use vault::{Accept, ApiKey, Body, HeaderStyle, Method, Outbound};
use zeroize::Zeroizing;

const CANARY: &str = "sk-local-canary-0123456789";
const STYLES: [HeaderStyle; 4] =
    [HeaderStyle::Bearer, HeaderStyle::XApiKey, HeaderStyle::ApiKey, HeaderStyle::XGoogApiKey];

fn canary() -> ApiKey {
    ApiKey::parse(Zeroizing::new(CANARY.to_owned())).unwrap()
}

fn post(path: impl Into<Cow<'static, str>>, header_style: HeaderStyle) -> Outbound {
    Outbound {
        method: Method::Post,
        path: path.into(),
        body: Some(Body::Json(b"{}".to_vec())),
        header_style,
        extra_headers: &[("x-extra", "1")],
        passed_headers: Vec::new(),
        accept: Accept::Json,
    }
}
