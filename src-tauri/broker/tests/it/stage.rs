//! What the tests stand on: a provider, a broker in front of it, and a client that sends what it is told byte for byte.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use broker::{Answered, Asking, Broker, Ground, Pending, Token};
use history::{
    Application, ApplicationId, ApplicationKind, Connection, History, KeptIn, KeyFacts, Limits,
    OwnPrice,
};
use practice::{Account, Options, Running};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use turn::Failure;
use vault::{ApiKey, BaseUrl, Binding, KeyId, Patience, Vault};
use zeroize::Zeroizing;

pub(crate) const KEY: &str = "sk-proj-practice0123456789abcdefghijW7qK";

pub(crate) struct Stage {
    pub(crate) provider: Running,
    pub(crate) broker: Broker,
    pub(crate) history: Arc<History>,
    pub(crate) ground: Arc<Home>,
    pub(crate) connection: Connection,
    pub(crate) port: u16,
}

/// The ground of the tests: a person who says what the test wants.
pub(crate) struct Home {
    vault: Vault,
    history: Arc<History>,
    pub(crate) says: Mutex<Answered>,
    pub(crate) asked: AtomicUsize,
    pub(crate) spent: AtomicUsize,
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
        self.asked.fetch_add(1, Ordering::SeqCst);
        let says = *self.says.lock().unwrap();
        Box::pin(async move { says })
    }

    fn spent(&self) {
        self.spent.fetch_add(1, Ordering::SeqCst);
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Got {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

impl Stage {
    pub(crate) async fn new() -> Self {
        let accounts = vec![Account::good(KEY)];
        let provider =
            practice::start(Options { accounts, list_faults: true, ..Options::default() })
                .await
                .unwrap();
        let base = BaseUrl::parse(&provider.base_url()).unwrap();
        let vault = Vault::in_memory();
        let id = KeyId::random().unwrap();
        let key = ApiKey::parse(Zeroizing::new(KEY.to_owned())).unwrap();
        let binding = Binding { base: base.clone(), provider: "other".to_owned() };
        vault.store(&id, &key, &binding, Patience::Brief).await.unwrap();
        let history = Arc::new(History::in_memory().unwrap());
        let connection = Connection {
            id: id.as_str().to_owned(),
            provider: "other".to_owned(),
            name: "Work".to_owned(),
            address: base.as_str().to_owned(),
            origin: base.origin().to_string(),
            key: Some(KeyFacts {
                kind: "project".to_owned(),
                last_four: "W7qK".to_owned(),
                kept_in: KeptIn::Keychain,
                worked: true,
                restricted: false,
                item: id.as_str().to_owned(),
                made_ms: 0,
                retired_ms: None,
                command: None,
                behind: None,
            }),
            created_ms: 0,
            last_used_ms: None,
            refuses_stream_options: false,
            format: None,
            upkeep: history::Upkeep::default(),
        };
        history.put_connection(&connection).unwrap();
        let ground = Arc::new(Home {
            vault,
            history: Arc::clone(&history),
            says: Mutex::new(Answered::Always),
            asked: AtomicUsize::default(),
            spent: AtomicUsize::default(),
        });
        let broker = Broker::new(Arc::clone(&ground) as Arc<dyn Ground>);
        let port = broker.listen(0).await.unwrap();
        Self { provider, broker, history, ground, connection, port }
    }

    pub(crate) fn application(&self) -> Application {
        Application {
            id: ApplicationId(0),
            name: "Aider".to_owned(),
            kind: ApplicationKind::Program,
            origin: None,
            connection: self.connection.id.clone(),
            models: Vec::new(),
            limits: Limits::default(),
            single_use: false,
            last_four: None,
            created_ms: 0,
            expires_ms: None,
            last_used_ms: None,
        }
    }

    pub(crate) fn lend(&self, application: &Application) -> (ApplicationId, Token) {
        let token = Token::random().unwrap();
        let kept = self.history.add_application(application, Some(&token.hash())).unwrap();
        (kept.id, token)
    }

    /// A dollar a million read, two a million written.
    pub(crate) fn price(&self, model: &str) {
        let price = OwnPrice { input_nano: 1_000_000_000, output_nano: 2_000_000_000 };
        self.history.set_own_price(&self.connection.id, model, Some(price)).unwrap();
    }

    /// Asks as a library would.
    pub(crate) async fn post(&self, path: &str, token: &str, body: &str) -> Got {
        self.post_with(path, &format!("Authorization: Bearer {token}\r\n"), body).await
    }

    pub(crate) async fn post_with(&self, path: &str, headers: &str, body: &str) -> Got {
        let (port, length) = (self.port, body.len());
        self.raw(&format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}Content-Type: application/json\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        ))
        .await
    }

    pub(crate) async fn get(&self, path: &str, headers: &str) -> Got {
        let port = self.port;
        self.raw(&format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}Connection: close\r\n\r\n"
        ))
        .await
    }

    /// Sends exactly this and reads all that comes back.
    pub(crate) async fn raw(&self, request: &str) -> Got {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        // A server that has heard enough may close while more is sent.
        let _ = stream.write_all(request.as_bytes()).await;
        let mut answer = Vec::new();
        let read = tokio::time::timeout(HANG, stream.read_to_end(&mut answer)).await;
        let _ = read.expect("the connection ends");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0);
        let is_chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
        let body = if is_chunked { unchunked(body) } else { body.to_owned() };
        Got { status, head: head.to_owned(), body }
    }
}

fn unchunked(body: &str) -> String {
    let (mut rest, mut whole) = (body, String::new());
    while let Some((size, after)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap();
        if size == 0 || after.len() < size {
            break;
        }
        whole.push_str(&after[..size]);
        rest = after[size..].strip_prefix("\r\n").unwrap_or_default();
    }
    whole
}

pub(crate) fn chat(model: &str, stream: bool) -> String {
    format!(
        r#"{{"model":"{model}","messages":[{{"role":"user","content":"Hello"}}],"stream":{stream}}}"#
    )
}

/// Longer than anything takes on any machine: only what never comes gets here.
pub(crate) const HANG: Duration = Duration::from_secs(120);

/// Waits until something is so.
pub(crate) async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let wait = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(HANG, wait).await.unwrap_or_else(|_| panic!("never: {what}"));
}
