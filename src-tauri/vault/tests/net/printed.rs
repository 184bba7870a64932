//! A key that a program prints and that the server refuses: the program is asked once more, and no more than that.

use vault::{Credential, HeaderStyle, KeyCommand, KeyId, Vault};

use crate::server::{Server, response};
use crate::{CANARY, post};

const NEXT: &str = "sk-local-second-9876543210";

#[tokio::test]
async fn a_key_that_was_changed_meanwhile_is_fetched_anew_and_sent_once() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (key, next, runs) = (at("key"), at("next"), at("runs"));
    std::fs::write(&key, CANARY).unwrap();
    std::fs::write(&next, NEXT).unwrap();
    // The secret manager has another key after it was asked for the first time.
    let script = format!("cat {key}; cp {next} {key}; echo >> {runs}");
    let server = Server::start("127.0.0.1", response(401, "", "{}")).await;
    let vault = Vault::in_memory();
    let id = KeyId::random().unwrap();
    let command = KeyCommand::new("sh", vec!["-c".to_owned(), script]).unwrap();
    vault.use_command(&id, command, server.base());
    let asks = async || {
        let request = post("chat/completions", HeaderStyle::Bearer);
        let reply = vault.send(Credential::Stored(&id), &server.base(), request).await.unwrap();
        assert_eq!(reply.status(), 401);
        (server.heads().len(), std::fs::read(&runs).unwrap().len())
    };
    assert_eq!(asks().await, (2, 2), "another was printed: it is tried");
    let heads = server.heads();
    assert!(heads[0].contains(CANARY) && heads[1].contains(NEXT));
    assert_eq!(asks().await, (3, 3), "the same was printed: nothing is sent again");
    assert_eq!(asks().await, (4, 3), "who was asked in vain is not asked for each refusal");
    assert!(server.heads()[2..].iter().all(|head| head.contains(NEXT)));
}

#[tokio::test]
async fn two_requests_that_are_refused_at_once_both_go_with_the_new_key() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (key, next, runs) = (at("key"), at("next"), at("runs"));
    std::fs::write(&key, CANARY).unwrap();
    std::fs::write(&next, NEXT).unwrap();
    let script = format!("cat {key}; cp {next} {key}; echo >> {runs}");
    let server = Server::start("127.0.0.1", response(401, "", "{}")).await;
    let vault = Vault::in_memory();
    let id = KeyId::random().unwrap();
    let command = KeyCommand::new("sh", vec!["-c".to_owned(), script]).unwrap();
    vault.use_command(&id, command, server.base());
    let ask = async || {
        let request = post("chat/completions", HeaderStyle::Bearer);
        vault.send(Credential::Stored(&id), &server.base(), request).await.unwrap().status()
    };
    assert_eq!(tokio::join!(ask(), ask()), (401, 401));
    let heads = server.heads();
    assert_eq!(heads.len(), 4, "each was sent once more");
    assert!(heads.iter().filter(|head| head.contains(NEXT)).count() >= 2);
    assert_eq!(std::fs::read(&runs).unwrap().len(), 2, "one has asked for both");
}
