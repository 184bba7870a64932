//! What an answer names is loaded without a key, from the one host the person said yes to, and not without an end.

use url::Url;
use vault::{Binding, KeyId, LoadError, Patience, SendError, Vault};

use crate::server::Server;
use crate::{CANARY, canary};

fn at(server: &Server, path: &str) -> Url {
    Url::parse(&format!("http://127.0.0.1:{}{path}", server.port)).unwrap()
}

#[tokio::test]
async fn no_key_goes_along_even_to_its_own_origin() {
    let server = Server::answering(200, "", "pixels").await;
    let vault = Vault::in_memory();
    let id = KeyId::random().unwrap();
    let binding = Binding { base: server.base(), provider: "test".into() };
    vault.store(&id, &canary(), &binding, Patience::Brief).await.unwrap();
    let loaded = vault.load(&at(&server, "/a//b/../c.png?x=1"), "image/png", 100).await.unwrap();
    assert_eq!(loaded, b"pixels");
    let heads = server.heads();
    assert!(heads[0].starts_with("GET /a//c.png?x=1 "), "{heads:?}");
    for word in [CANARY, "authorization", "cookie", "referer"] {
        assert!(!heads[0].to_lowercase().contains(&word.to_lowercase()), "{word} in {heads:?}");
    }
}

#[tokio::test]
async fn what_is_too_large_is_not_kept() {
    let server = Server::answering(200, "", &"x".repeat(101)).await;
    let outcome = Vault::in_memory().load(&at(&server, "/"), "image/png", 100).await;
    assert_eq!(outcome, Err(LoadError::TooLarge));
}

#[tokio::test]
async fn redirects_and_errors_are_told_apart() {
    let elsewhere = Server::answering(302, "location: http://127.0.0.2/x\r\n", "").await;
    let outcome = Vault::in_memory().load(&at(&elsewhere, "/"), "image/png", 100).await;
    let moved = SendError::Redirected { to_host: "127.0.0.2".to_owned() };
    assert_eq!(outcome, Err(LoadError::Send(moved)));
    let missing = Server::answering(404, "", "gone").await;
    let outcome = Vault::in_memory().load(&at(&missing, "/"), "image/png", 100).await;
    assert_eq!(outcome, Err(LoadError::Status(404)));
}

#[tokio::test]
async fn only_https_and_this_computer() {
    let vault = Vault::in_memory();
    for address in [
        "http://example.org/a.png",
        "http://192.168.0.1/a.png",
        "ftp://127.0.0.1/a.png",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "https://user@example.org/a.png",
        "http://me:secret@127.0.0.1/a.png",
    ] {
        let url = Url::parse(address).unwrap();
        let outcome = vault.load(&url, "image/png", 100).await;
        assert_eq!(outcome, Err(LoadError::Address), "{address}");
    }
}
