//! Every way in which a server fails, and the class it gets.

use std::time::Duration;

use crate::server::{Server, response};
use crate::{CANARY, STYLES, canary, post};
use futures_util::StreamExt;
use tokio::net::TcpListener;
use vault::{BaseUrl, Credential, Deadlines, Proxies, SendError, Vault};

/// How long the impatient clients of these tests wait for the next piece.
const READ: Duration = Duration::from_secs(2);

fn hasty() -> Vault {
    reading_within(READ)
}

fn reading_within(read: Duration) -> Vault {
    Vault::in_memory()
        .with_deadlines(Deadlines { read, ..Deadlines::default() })
        .with_proxies(Proxies::default())
}

async fn failure(base: &BaseUrl) -> SendError {
    failure_within(Duration::from_secs(120), base).await
}

async fn failure_within(read: Duration, base: &BaseUrl) -> SendError {
    let outcome = reading_within(read)
        .send(Credential::Candidate(&canary()), base, post("chat", STYLES[0]))
        .await;
    let error = match outcome {
        Err(error) => error,
        Ok(reply) => reply.text(1 << 20).await.unwrap_err(),
    };
    assert!(!format!("{error} {error:?} {}", error.detail()).contains("canary"), "{error:?}");
    assert!(!error.detail().is_empty());
    error
}

async fn unused_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}

#[tokio::test]
async fn nothing_listens_on_loopback() {
    for host in ["127.0.0.1", "localhost"] {
        let base = BaseUrl::parse(&format!("{host}:{}", unused_port().await)).unwrap();
        let error = failure(&base).await;
        assert!(matches!(error, SendError::Refused { .. }), "{error:?}");
        assert!(error.detail().contains(host));
    }
}

#[tokio::test]
async fn a_host_that_does_not_exist_is_offline() {
    let error = failure(&BaseUrl::parse("https://nowhere.invalid/v1").unwrap()).await;
    assert!(matches!(error, SendError::Offline { .. }), "{error:?}");
}

#[tokio::test]
async fn a_server_without_tls_is_a_tls_failure() {
    let server = Server::answering(400, "", "plain http").await;
    let base = BaseUrl::parse(&format!("https://127.0.0.1:{}/v1", server.port)).unwrap();
    let error = failure(&base).await;
    assert!(matches!(error, SendError::Tls { .. }), "{error:?}");
    assert!(!server.heads()[0].contains(CANARY));
}

#[tokio::test]
async fn who_takes_too_long_to_be_reached_was_sent_nothing() {
    // Somebody who takes the call and never says in which secret they talk.
    let server = Server::start("127.0.0.1", "HANG").await;
    let base = BaseUrl::parse(&format!("https://127.0.0.1:{}/v1", server.port)).unwrap();
    let vault = Vault::in_memory()
        .with_deadlines(Deadlines { connect: Duration::from_millis(300), ..Deadlines::default() })
        .with_proxies(Proxies::default());
    let sent = vault.send(Credential::Candidate(&canary()), &base, post("chat", STYLES[0])).await;
    assert!(matches!(sent, Err(SendError::Offline { .. })), "{:?}", sent.err());
}

#[tokio::test]
async fn silence_before_and_inside_the_answer_times_out() {
    for answer in ["HANG", "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nHANG"] {
        let server = Server::start("127.0.0.1", answer).await;
        let error = failure_within(READ, &server.base()).await;
        assert!(matches!(error, SendError::TimedOut { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_steady_answer_may_outlast_the_read_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let (mut socket, _) = listener.accept().await.unwrap();
        let _ = socket.read(&mut [0; 4096]).await;
        socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n").await.unwrap();
        for _ in 0..8 {
            tokio::time::sleep(Duration::from_millis(350)).await;
            socket.write_all(b"x").await.unwrap();
        }
    });
    let base = BaseUrl::parse(&format!("127.0.0.1:{port}")).unwrap();
    let reply = hasty().send(Credential::None, &base, post("chat", STYLES[0])).await.unwrap();
    assert_eq!(reply.text(100).await.unwrap(), "xxxxxxxx");
}

#[tokio::test]
async fn a_cut_or_senseless_answer_is_broken() {
    for answer in ["", "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nhalf", "SSH-2.0-x\r\n\r\n"] {
        let server = Server::start("127.0.0.1", answer).await;
        let error = failure(&server.base()).await;
        assert!(matches!(error, SendError::Broken { .. }), "{answer:?}: {error:?}");
    }
}

#[tokio::test]
async fn a_compressed_answer_is_refused() {
    for coding in ["gzip", "br", "zstd", "identity, gzip", "x"] {
        let head = format!("content-encoding: {coding}\r\n");
        let server = Server::start("127.0.0.1", response(200, &head, "??")).await;
        assert_eq!(failure(&server.base()).await, SendError::Encoded, "{coding}");
    }
    let server = Server::answering(200, "content-encoding: Identity\r\n", "fine").await;
    let reply = hasty().send(Credential::None, &server.base(), post("chat", STYLES[0])).await;
    assert_eq!(reply.unwrap().text(100).await.unwrap(), "fine");
}

#[tokio::test]
async fn an_error_status_is_an_answer_and_bodies_come_in_pieces() {
    let server = Server::answering(
        429,
        "retry-after: 7\r\nretry-after-ms: 6500\r\nx-request-id: r1\r\n",
        "sl\u{f6}w",
    )
    .await;
    let send = || async {
        hasty().send(Credential::None, &server.base(), post("chat", STYLES[0])).await.unwrap()
    };
    let reply = send().await;
    assert_eq!(reply.status(), 429);
    assert_eq!(reply.header("retry-after").as_deref(), Some("7"));
    assert_eq!(reply.header("retry-after-ms").as_deref(), Some("6500"), "whoever is that exact");
    assert_eq!(reply.header("X-Request-Id").as_deref(), Some("r1"));
    let pieces: Vec<_> = reply.body().map(|piece| piece.unwrap()).collect().await;
    assert_eq!(pieces.concat(), "sl\u{f6}w".as_bytes());
    assert_eq!(send().await.text(3).await.unwrap(), "sl\u{fffd}", "cut inside a character");
    assert_eq!(send().await.text(0).await.unwrap(), "");
}

#[tokio::test]
async fn dropping_the_reply_closes_the_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let closed = tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let (mut socket, _) = listener.accept().await.unwrap();
        let _ = socket.read(&mut [0; 4096]).await;
        socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nx").await.unwrap();
        // Zero bytes or a reset: the other side is gone.
        !matches!(socket.read(&mut [0; 16]).await, Ok(n) if n > 0)
    });
    let base = BaseUrl::parse(&format!("127.0.0.1:{port}")).unwrap();
    let reply = Vault::in_memory().send(Credential::None, &base, post("chat", STYLES[0])).await;
    let mut body = reply.unwrap().body();
    assert_eq!(body.next().await.unwrap().unwrap(), "x");
    drop(body);
    let closed = tokio::time::timeout(Duration::from_secs(120), closed).await;
    assert!(closed.expect("still open").unwrap());
}
