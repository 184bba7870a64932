//! What lending a key costs a program: the same requests straight to the provider and through the broker, in turns.

use std::sync::Arc;
use std::time::{Duration, Instant};

use broker::{Answered, Asking, Broker, Ground, Pending, Token};
use history::{
    Application, ApplicationId, ApplicationKind, Connection, History, KeptIn, KeyFacts, Limits,
    Upkeep,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use turn::Failure;
use vault::{ApiKey, BaseUrl, Binding, KeyId, Vault};
use zeroize::Zeroizing;

use crate::figures::{Row, median};

const KEY: &str = "sk-proj-bench0123456789abcdefghijW7qK";

struct Home {
    vault: Vault,
    history: Arc<History>,
}

impl Ground for Home {
    fn vault(&self) -> &Vault {
        &self.vault
    }

    fn history(&self) -> Pending<'_, Result<Arc<History>, Failure>> {
        Box::pin(async { Ok(Arc::clone(&self.history)) })
    }

    fn wake<'a>(&'a self, connection: &'a Connection) -> Pending<'a, Result<Connection, Failure>> {
        Box::pin(async { Ok(connection.clone()) })
    }

    fn ask(&self, _: Asking) -> Pending<'_, Answered> {
        Box::pin(async { Answered::Always })
    }

    fn spent(&self) {}
}

/// Where a request goes, and with what.
#[derive(Clone)]
struct Way {
    port: u16,
    token: String,
}

/// First byte, throughput and many at once, each straight and through. The key is one of the session: what a keychain takes to
/// give one out is not the broker's.
pub async fn measure(rounds: usize, requests: usize) -> Row {
    let provider = practice::start(practice::Options::default()).await.expect("a provider");
    let folder = tempfile::tempdir().expect("a folder");
    let key = Zeroizing::new([7; 32]);
    let history = History::open(&folder.path().join("history.db"), key).expect("a history");
    let (_broker, through) = lend(&provider.base_url(), Arc::new(history)).await;
    let port = provider
        .base_url()
        .trim_end_matches("/v1")
        .rsplit(':')
        .next()
        .and_then(|port| port.parse().ok());
    let straight = Way { port: port.expect("a port"), token: KEY.to_owned() };

    let (mut first, mut paced, mut fast) = (Vec::new(), Vec::new(), Vec::new());
    let (mut one, mut other) = (Vec::new(), Vec::new());
    for _ in 0..requests {
        one.push(first_byte(&straight).await.as_secs_f64());
        other.push(first_byte(&through).await.as_secs_f64());
    }
    first.push((median(other) - median(one)) * 1_000.0);
    for _ in 0..rounds {
        for (model, ratios) in [("speed-1000-30000", &mut paced), ("speed-0-4000000", &mut fast)] {
            let direct = whole(&straight, model).await;
            ratios.push(direct.as_secs_f64() / whole(&through, model).await.as_secs_f64());
        }
    }
    let (many, alone) = (hundred(&through).await, hundred(&straight).await);
    Row {
        number: "16",
        what: "a program’s request through the broker, against straight to the provider".to_owned(),
        target: "first byte ≤ 1 ms later; throughput ≥ 0.98; 100 streams at once",
        figure: format!("{:.2} ms; {:.3}; 100 of 100", median(first), median(paced)),
        detail: format!(
            "median of {requests} first bytes in turns, history on disk; 1,000 events a second; as fast as it goes {:.3}; 100 streams of 100 events a second in {:.2} s against {:.2} s",
            median(fast),
            many.as_secs_f64(),
            alone.as_secs_f64()
        ),
    }
}

async fn lend(address: &str, history: Arc<History>) -> (Broker, Way) {
    let (vault, id) = (Vault::in_memory(), KeyId::random().expect("an id"));
    let base = BaseUrl::parse(address).expect("an address");
    let key = ApiKey::parse(Zeroizing::new(KEY.to_owned())).expect("a key");
    let binding = Binding { base: base.clone(), provider: "other".to_owned() };
    vault.keep_for_session(&id, key, &binding);
    let facts = KeyFacts {
        item: id.as_str().to_owned(),
        kind: "project".to_owned(),
        last_four: "W7qK".to_owned(),
        kept_in: KeptIn::Session,
        worked: true,
        restricted: false,
        made_ms: 0,
        retired_ms: None,
        command: None,
        behind: None,
    };
    let connection = Connection {
        id: id.as_str().to_owned(),
        provider: "other".to_owned(),
        name: "Work".to_owned(),
        address: base.as_str().to_owned(),
        origin: base.origin().to_string(),
        key: Some(facts),
        refuses_stream_options: false,
        format: None,
        created_ms: 0,
        last_used_ms: None,
        upkeep: Upkeep::default(),
    };
    history.put_connection(&connection).expect("a connection");
    let application = Application {
        id: ApplicationId(0),
        name: "Bench".to_owned(),
        kind: ApplicationKind::Program,
        origin: None,
        connection: connection.id,
        models: Vec::new(),
        limits: Limits::default(),
        single_use: false,
        last_four: None,
        created_ms: 0,
        expires_ms: None,
        last_used_ms: None,
    };
    let token = Token::random().expect("a token");
    history.add_application(&application, Some(&token.hash())).expect("an application");
    let broker = Broker::new(Arc::new(Home { vault, history }));
    let port = broker.listen(0).await.expect("a port");
    (broker, Way { port, token: token.text().to_owned() })
}

async fn ask(way: &Way, stream: &mut TcpStream, model: &str) {
    let body = format!(
        r#"{{"model":"{model}","messages":[{{"role":"user","content":"Go"}}],"stream":true,"stream_options":{{"include_usage":true}}}}"#
    );
    let (port, token, length) = (way.port, &way.token, body.len());
    let request = format!(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
}

/// From sending to the first event, on a connection that is open already, as libraries keep one.
async fn first_byte(way: &Way) -> Duration {
    let mut stream = connected(way).await;
    // Who is at the other end is looked up once a connection.
    ask(way, &mut stream, "speed-0-100").await;
    until(&mut stream, b"\r\n0\r\n\r\n").await;
    // A program reads an answer before it asks again: what that cost is written down by then.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let start = Instant::now();
    ask(way, &mut stream, "speed-0-100").await;
    until(&mut stream, b"data: ").await;
    start.elapsed()
}

async fn whole(way: &Way, model: &str) -> Duration {
    let mut stream = connected(way).await;
    let start = Instant::now();
    ask(way, &mut stream, model).await;
    until(&mut stream, b"[DONE]").await;
    start.elapsed()
}

async fn hundred(way: &Way) -> Duration {
    let start = Instant::now();
    let all = (0..100).map(|_| whole(way, "speed-100-10000"));
    futures_util::future::join_all(all).await;
    start.elapsed()
}

async fn connected(way: &Way) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", way.port)).await.expect("a connection");
    stream.set_nodelay(true).expect("a socket");
    stream
}

/// Reads until these bytes have come; a refusal has none of them and ends the bench.
async fn until(stream: &mut TcpStream, wanted: &[u8]) {
    let (mut buffer, mut tail) = (vec![0; 64 * 1024], Vec::new());
    loop {
        let count = stream.read(&mut buffer).await.expect("an answer");
        assert!(count > 0, "it ended: {}", String::from_utf8_lossy(&tail));
        tail.extend_from_slice(&buffer[..count]);
        if tail.windows(wanted.len()).any(|window| window == wanted) {
            return;
        }
        let kept = tail.len().saturating_sub(wanted.len());
        tail.drain(..kept);
    }
}
