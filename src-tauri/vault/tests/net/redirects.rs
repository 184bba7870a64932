//! No redirect is followed, so no header is forwarded, whatever it is called.

use crate::server::{Server, response};
use crate::{CANARY, STYLES, canary, post};
use vault::{Binding, Credential, KeyId, Patience, SendError, Vault};

#[tokio::test]
async fn no_redirect_forwards_a_key() {
    let same_port = Server::answering(200, "", "{}").await;
    let other_host = Server::start("127.0.0.2", response(200, "", "{}")).await;
    let mut cases = 0;
    for status in [301, 302, 303, 307, 308] {
        for target in ["same host", "other host", "other port", "downgrade"] {
            let (location, to_host) = match target {
                "same host" => ("/v1/elsewhere".to_owned(), "127.0.0.1"),
                "other host" => (format!("http://127.0.0.2:{}/x", other_host.port), "127.0.0.2"),
                "other port" => (format!("//127.0.0.1:{}/x", same_port.port), "127.0.0.1"),
                _ => (format!("http://localhost:{}/x", same_port.port), "localhost"),
            };
            for style in STYLES {
                let head = format!("location: {location}\r\n");
                let server = Server::answering(status, &head, "moved").await;
                let vault = Vault::in_memory();
                let id = KeyId::random().unwrap();
                let binding = Binding { base: server.base(), provider: "test".into() };
                vault.store(&id, &canary(), &binding, Patience::Brief).await.unwrap();
                let outcome =
                    vault.send(Credential::Stored(&id), &server.base(), post("chat", style)).await;
                let expected = SendError::Redirected { to_host: to_host.to_owned() };
                assert_eq!(outcome.err(), Some(expected), "{status} {target} {style:?}");
                let heads = server.heads();
                assert_eq!(heads.len(), 1, "{status} {target} {style:?}: asked twice");
                assert!(heads[0].contains(CANARY), "control: the first request has the key");
                cases += 1;
            }
        }
    }
    assert_eq!(cases, 80);
    assert!(same_port.heads().is_empty(), "{:?}", same_port.heads());
    assert!(other_host.heads().is_empty(), "{:?}", other_host.heads());
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_still_none() {
    for head in ["", "location: http://[bad\r\n", "location: \r\n"] {
        let server = Server::answering(302, head, "").await;
        let outcome = Vault::in_memory()
            .send(Credential::Candidate(&canary()), &server.base(), post("chat", STYLES[0]))
            .await;
        assert!(matches!(outcome, Err(SendError::Redirected { .. })), "{head:?}: {outcome:?}");
    }
}
