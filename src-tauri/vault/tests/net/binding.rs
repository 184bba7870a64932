//! A kept key goes to its own origin, in the header its provider wants, and nowhere else.

use crate::server::Server;
use crate::{CANARY, STYLES, canary, post};
use vault::{
    BaseUrl, Binding, Body, Credential, KeyId, Outbound, Patience, SendError, Vault, VaultError,
};

fn bound_to(base: &BaseUrl) -> Binding {
    Binding { base: base.clone(), provider: "test".into() }
}

#[tokio::test]
async fn a_key_goes_to_its_origin_in_the_header_of_its_style() {
    let server = Server::answering(200, "content-type: application/json\r\n", "{\"a\":1}").await;
    let vault = Vault::in_memory();
    let (kept, held) = (KeyId::random().unwrap(), KeyId::random().unwrap());
    vault.store(&kept, &canary(), &bound_to(&server.base()), Patience::Brief).await.unwrap();
    vault.keep_for_session(&held, canary(), &bound_to(&server.base()));
    let names = ["authorization: Bearer ", "x-api-key: ", "api-key: ", "x-goog-api-key: "];
    for (style, name) in STYLES.into_iter().zip(names) {
        let candidate = canary();
        for credential in [
            Credential::Stored(&kept),
            Credential::Stored(&held),
            Credential::Candidate(&candidate),
        ] {
            let reply = vault.send(credential, &server.base(), post("chat?alt=sse", style)).await;
            let reply = reply.unwrap();
            assert_eq!(reply.status(), 200);
            assert_eq!(reply.header("Content-Type").as_deref(), Some("application/json"));
            assert_eq!(reply.header("content-length"), None);
            assert_eq!(reply.text(3).await.unwrap(), "{\"a");
            let head = server.heads().pop().unwrap();
            assert!(head.starts_with("POST /v1/chat?alt=sse HTTP/1.1\r\n"), "{head}");
            assert!(head.contains(&format!("\r\n{name}{CANARY}\r\n")), "{head}");
            assert_eq!(head.matches(CANARY).count(), 1, "{head}");
            assert!(head.contains("accept-encoding: identity\r\n"), "{head}");
            assert!(head.contains("x-extra: 1\r\n"), "{head}");
        }
    }
    vault.send(Credential::None, &server.base(), post("chat", STYLES[0])).await.unwrap();
    let head = server.heads().pop().unwrap();
    assert!(!head.contains(CANARY) && !head.contains("authorization"), "{head}");
}

#[tokio::test]
async fn a_key_of_another_origin_is_refused_without_a_connection() {
    let server = Server::answering(200, "", "{}").await;
    let port = server.port;
    let vault = Vault::in_memory();
    for home in [
        "https://api.example.com/v1".to_owned(),
        format!("https://127.0.0.1:{port}/v1"),
        format!("http://127.0.0.1:{}/v1", port ^ 1),
        format!("http://127.0.0.2:{port}/v1"),
        format!("http://localhost:{port}/v1"),
    ] {
        let home = BaseUrl::parse(&home).unwrap();
        let (kept, held) = (KeyId::random().unwrap(), KeyId::random().unwrap());
        vault.store(&kept, &canary(), &bound_to(&home), Patience::Brief).await.unwrap();
        vault.keep_for_session(&held, canary(), &bound_to(&home));
        for id in [&kept, &held] {
            let outcome =
                vault.send(Credential::Stored(id), &server.base(), post("chat", STYLES[0])).await;
            let expected =
                SendError::OriginMismatch { bound: home.origin(), asked: server.base().origin() };
            assert_eq!(outcome.err(), Some(expected), "{home}");
        }
    }
    assert!(server.heads().is_empty());
}

#[tokio::test]
async fn no_path_leaves_the_base_address() {
    let server = Server::answering(200, "", "{}").await;
    let vault = Vault::in_memory();
    let key = canary();
    for path in [
        "",
        "/chat",
        "//evil.com/x",
        "https://evil.com",
        "../admin",
        "chat/../../admin",
        "%2e%2e/admin",
        "chat/%2E%2e/admin",
        "./chat",
        "chat\\..\\x",
        "chat#x",
        "chat x",
        "chat\r\nx-evil: 1",
        "chät",
    ] {
        let outcome =
            vault.send(Credential::Candidate(&key), &server.base(), post(path, STYLES[0])).await;
        assert!(matches!(outcome, Err(SendError::InvalidRequest { .. })), "{path:?}: {outcome:?}");
    }
    for extra_headers in
        [&[("Authorization", "Bearer x")][..], &[("host", "evil.com")], &[("a b", "")]]
    {
        let request = Outbound { extra_headers, ..post("chat", STYLES[0]) };
        let outcome = vault.send(Credential::Candidate(&key), &server.base(), request).await;
        assert!(matches!(outcome, Err(SendError::InvalidRequest { .. })), "{extra_headers:?}");
    }
    for name in ["authorization", "host", "cookie", "x-goog-api-key"] {
        let passed_headers = vec![(name, "x".to_owned())];
        let request = Outbound { passed_headers, ..post("chat", STYLES[0]) };
        let outcome = vault.send(Credential::Candidate(&key), &server.base(), request).await;
        assert!(matches!(outcome, Err(SendError::InvalidRequest { .. })), "{name}");
    }
    assert!(server.heads().is_empty());
    let fine = "models/gemini-2.5-pro:streamGenerateContent?alt=sse";
    vault.send(Credential::Candidate(&key), &server.base(), post(fine, STYLES[0])).await.unwrap();
}

#[tokio::test]
async fn a_removed_key_is_gone() {
    let server = Server::answering(200, "", "{}").await;
    let vault = Vault::in_memory();
    let id = KeyId::random().unwrap();
    vault.store(&id, &canary(), &bound_to(&server.base()), Patience::Brief).await.unwrap();
    vault.keep_for_session(&id, canary(), &bound_to(&server.base()));
    vault.check(&id, Patience::Brief).await.unwrap();
    vault.remove(&id, Patience::Brief).await.unwrap();
    vault.remove(&id, Patience::Brief).await.unwrap();
    let outcome =
        vault.send(Credential::Stored(&id), &server.base(), post("chat", STYLES[0])).await;
    assert_eq!(outcome.err(), Some(SendError::Vault(VaultError::Missing)));
    assert_eq!(vault.check(&id, Patience::Brief).await, Err(VaultError::Missing));
    assert!(server.heads().is_empty());
}

#[tokio::test]
async fn a_form_is_labelled_as_one_and_its_boundary_ends_no_header() {
    let server = Server::answering(200, "", "{}").await;
    let vault = Vault::in_memory();
    let form = |boundary: &str| Outbound {
        body: Some(Body::Form { boundary: boundary.to_owned(), bytes: b"--x--\r\n".to_vec() }),
        ..post("audio/transcriptions", STYLES[0])
    };
    vault.send(Credential::None, &server.base(), form("latchkey-0")).await.unwrap();
    let head = server.heads().pop().unwrap();
    let label = "\r\ncontent-type: multipart/form-data; boundary=latchkey-0\r\n";
    assert!(head.contains(label), "{head}");
    for odd in ["", "a b", "a\r\nx-api-key: b", "a\"", "a;b", &"a".repeat(71)] {
        let sent = vault.send(Credential::None, &server.base(), form(odd)).await;
        assert!(matches!(sent, Err(SendError::InvalidRequest { .. })), "{odd:?}");
    }
    assert_eq!(server.heads().len(), 1);
}
