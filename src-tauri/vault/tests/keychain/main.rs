//! The keychain in all its states: simulated ones, and a real Secret Service on a private bus.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by a panic")]

#[cfg(target_os = "linux")]
mod secret_service;
#[cfg(target_os = "linux")]
mod session;
mod simulated;

use std::time::Duration;

use vault::{ApiKey, BaseUrl, Binding, Deadlines, KeyId};
use zeroize::Zeroizing;

const CANARY: &str = "sk-local-canary-0123456789";

fn canary() -> ApiKey {
    ApiKey::parse(Zeroizing::new(CANARY.to_owned())).unwrap()
}

fn binding() -> Binding {
    let base = BaseUrl::parse("https://api.example.com/v1").unwrap();
    Binding { base, provider: "example".into() }
}

fn id() -> KeyId {
    KeyId::random().unwrap()
}

/// Deadlines that a test can afford to miss.
fn deadlines(brief: u64, person: u64) -> Deadlines {
    Deadlines {
        brief: Duration::from_millis(brief),
        person: Duration::from_millis(person),
        ..Deadlines::default()
    }
}
