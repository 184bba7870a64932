//! The server itself.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use bytes::Bytes;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, SemaphorePermit, oneshot};

use crate::account::{Account, refusal};
use crate::format::Format;
use crate::log::{Log, Seen};
use crate::model::{Fault, Model};
use crate::place::{Place, place};
use crate::play::{Play, play};
use crate::refusal::{Refusal, response};
use crate::script::MARK;
use crate::sound::{Take, Words, transcript};
use crate::stream::{mar, stream_of};

/// How to run.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The keys it knows; none means that it asks for none.
    pub accounts: Vec<Account>,
    /// Whether the lists of models name the faults too.
    pub list_faults: bool,
    /// What it tells a key of its money, word for word, by the path where that is asked for: `/v1/key`, `/v1/credits`,
    /// `/v1/user/balance`.
    pub money: BTreeMap<String, String>,
    /// Other names of its models, under which they are listed and answer too.
    pub called: BTreeMap<String, String>,
    /// A fixed port, where something has to find it; otherwise any free one.
    pub port: u16,
}

/// A running server; dropping it stops it from answering anything new.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    log: Log,
    _stop: oneshot::Sender<()>,
}

impl Running {
    /// The base URL: `http://127.0.0.1:PORT/v1`.
    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// What it saw so far.
    pub fn log(&self) -> &Log {
        &self.log
    }
}

struct Shared {
    options: Options,
    log: Log,
    was_busy: AtomicBool,
    in_app: bool,
    /// How many bodies may be in memory at a time.
    bodies: Semaphore,
}

// A message may have a megabyte; a conversation has many.
const BODY_CAP: usize = 64 * 1024 * 1024;

/// Any program of this computer can ask the one in the app: enough for a long conversation, and never much together.
const BODY_CAP_IN_APP: usize = 16 * 1024 * 1024;
const BODIES_IN_APP: usize = 4;

/// Starts on loopback, in the tokio runtime it is called from.
pub async fn start(options: Options) -> std::io::Result<Running> {
    serve(options.port, router(options)).await
}

/// Starts the one that people practise with: it writes nothing down, answers as its two models only, and keeps its memory
/// small whatever it is sent.
pub async fn start_in_app() -> std::io::Result<Running> {
    serve(0, routes(Options::default(), Log::silent(), true)).await
}

async fn serve(port: u16, (app, log): (Router, Log)) -> std::io::Result<Running> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let address = listener.local_addr()?;
    let (stop, stopped) = oneshot::channel::<()>();
    tokio::spawn(async move {
        tokio::select! {
            _ = axum::serve(listener, app) => {}
            _ = stopped => {}
        }
    });
    Ok(Running { address, log, _stop: stop })
}

/// The routes, for a server that has pages of its own beside them; and their log.
pub fn router(options: Options) -> (Router, Log) {
    routes(options, Log::default(), false)
}

fn routes(options: Options, log: Log, in_app: bool) -> (Router, Log) {
    let bodies = Semaphore::new(if in_app { BODIES_IN_APP } else { Semaphore::MAX_PERMITS });
    let was_busy = AtomicBool::new(false);
    let shared = Arc::new(Shared { options, log: log.clone(), was_busy, in_app, bodies });
    (Router::new().fallback(answer).with_state(shared), log)
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let place = place(&head);
    let format = place.format();
    match answered(&shared, &place, &head, body).await {
        Ok(response) => response,
        Err(refusal) => refusal.response(format),
    }
}

async fn answered(
    shared: &Shared,
    place: &Place,
    head: &Parts,
    body: axum::body::Body,
) -> Result<Response, Refusal> {
    let admitted = admit(shared, place.format(), head, body).await?;
    match place {
        Place::Nowhere => Err(Refusal::NoAddress),
        Place::Money => match shared.options.money.get(head.uri.path()) {
            Some(told) => Ok(response(200, told, "req_practice")),
            None => Err(Refusal::NoAddress),
        },
        Place::List(format) => {
            let mut names = Model::names(shared.options.list_faults);
            names.extend(shared.options.called.keys().cloned());
            Ok(Json(format.list(&names, &head.uri)).into_response())
        }
        Place::Listener => {
            let take = Take::read(&head.headers, &admitted.body)?;
            audible(shared, &take.model, "practice-listener")?;
            Ok(Json(transcript(&take)).into_response())
        }
        Place::Speaker => {
            let words = Words::read(&admitted.body)?;
            audible(shared, &words.model, "practice-speaker")?;
            Ok(([(CONTENT_TYPE, "audio/wav")], words.sound()).into_response())
        }
        Place::Chat(format, model) => chat(shared, *format, model.as_deref(), head, &admitted.body),
    }
}

/// Whether there is such a model that hears or speaks, and nothing is to go wrong with it.
fn audible(shared: &Shared, model: &str, known: &str) -> Result<(), Refusal> {
    match Model::parse(model) {
        _ if model == known => Ok(()),
        Some(Model::Fault(Fault::Status(status))) if !shared.in_app => Err(Refusal::Status(status)),
        _ => Err(Refusal::NoModel(model.to_owned())),
    }
}

fn chat(
    shared: &Shared,
    format: Format,
    model: Option<&str>,
    head: &Parts,
    body: &[u8],
) -> Result<Response, Refusal> {
    let asked = format.read(model, &head.headers, body)?;
    // The others make as much as they are told to.
    let known = |model: &Model| !shared.in_app || matches!(model, Model::Tour | Model::Thinking);
    let name = shared.options.called.get(&asked.model).unwrap_or(&asked.model);
    let Some(model) = Model::parse(name).filter(known) else {
        return Err(Refusal::NoModel(asked.model));
    };
    let first_time = || !shared.was_busy.swap(true, Ordering::SeqCst);
    if model == Model::Fault(Fault::BusyOnce) && first_time() {
        return Err(Refusal::Busy);
    }
    let key = format.key(&head.headers).unwrap_or_default();
    match play(model, &asked, key) {
        Play::Stream(script, pace) if asked.streams => {
            Ok(stream_of(format, &script, pace, shared.log.stream()))
        }
        Play::Stream(script, _) => Ok(Json(format.whole(&script)).into_response()),
        Play::Whole(script, instead) => {
            let whole = format.whole(&script).to_string().replace(MARK, &instead);
            Ok(response(200, &whole, "req_practice"))
        }
        Play::Refuse(refusal) => Err(refusal),
        Play::RefuseWith { written, key } => {
            let words = format!("Incorrect API key provided: {MARK}.");
            let (_, mut body) = format.refuse(&Refusal::malformed(MARK.to_string(), words));
            mar(&mut body);
            Ok(response(400, &body.to_string().replace(MARK, &written), &key))
        }
        Play::Plain(response) => Ok(*response),
    }
}

/// Lets a request pass or refuses it by its key and its size, before its body is read; then writes it down.
async fn admit<'a>(
    shared: &'a Shared,
    format: Format,
    head: &Parts,
    body: axum::body::Body,
) -> Result<Admitted<'a>, Refusal> {
    if let Some(refused) = refusal(&shared.options.accounts, format.key(&head.headers)) {
        shared.log.add(seen(head, ""));
        return Err(refused);
    }
    let cap = if shared.in_app { BODY_CAP_IN_APP } else { BODY_CAP };
    let said = head.headers.get("content-length").and_then(|value| value.to_str().ok());
    if said.and_then(|length| length.parse().ok()).is_some_and(|length: usize| length > cap) {
        return Err(Refusal::TooLarge);
    }
    let permit = shared.bodies.acquire().await.map_err(|_| Refusal::TooLarge)?;
    let body = to_bytes(body, cap).await.map_err(|_| Refusal::TooLarge)?;
    shared.log.add(seen(head, &String::from_utf8_lossy(&body)));
    Ok(Admitted { body, _permit: permit })
}

/// A request's body, which counts as long as it is held.
struct Admitted<'a> {
    body: Bytes,
    _permit: SemaphorePermit<'a>,
}

fn seen(head: &Parts, body: &str) -> Seen {
    let text =
        |value: &axum::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    Seen {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        headers: head.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
        body: body.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    /// What a server says to these bytes, as far as its head.
    async fn said(server: &Running, request: &[u8]) -> String {
        let mut socket = TcpStream::connect(server.address).await.unwrap();
        socket.write_all(request).await.unwrap();
        let mut answer = vec![0; 64];
        let read = socket.read(&mut answer).await.unwrap();
        String::from_utf8_lossy(&answer[..read]).into_owned()
    }

    fn post(body: &str, headers: &str) -> Vec<u8> {
        let length = body.len();
        format!("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n{headers}\r\n{body}").into()
    }

    #[tokio::test]
    async fn the_one_in_the_app_writes_nothing_down_and_answers_as_two_models() {
        let server = start_in_app().await.unwrap();
        let ask = |model: &str| {
            format!(r#"{{"model":"{model}","messages":[{{"role":"user","content":"hi"}}]}}"#)
        };
        assert!(said(&server, &post(&ask("practice"), "")).await.contains("200"));
        for model in ["speed-0-67108864", "code-1000000", "fault-huge", "parrot"] {
            assert!(said(&server, &post(&ask(model), "")).await.contains("404"), "{model}");
        }
        assert!(server.log().seen().is_empty());
    }

    #[tokio::test]
    async fn what_is_refused_is_not_read() {
        let large = format!(
            "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n",
            1 << 30
        );
        let in_app = start_in_app().await.unwrap();
        // The body never comes, and is not waited for.
        assert!(said(&in_app, large.as_bytes()).await.contains("413"));
        let options = Options { accounts: vec![Account::good("right")], ..Options::default() };
        let server = start(options).await.unwrap();
        let stranger = large.replace("host: x", "host: x\r\nauthorization: Bearer wrong");
        assert!(said(&server, stranger.as_bytes()).await.contains("401"));
        assert_eq!(server.log().seen().len(), 1);
    }

    #[tokio::test]
    async fn a_body_without_an_end_is_cut_off() {
        let server = start_in_app().await.unwrap();
        let head =
            "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
        let mut socket = TcpStream::connect(server.address).await.unwrap();
        socket.write_all(head.as_bytes()).await.unwrap();
        let piece = format!("100000\r\n{}\r\n", "x".repeat(0x10_0000));
        for _ in 0..64 {
            if socket.write_all(piece.as_bytes()).await.is_err() {
                return;
            }
        }
        let mut answer = [0; 16];
        let read = socket.read(&mut answer).await.unwrap_or(0);
        assert!(read == 0 || String::from_utf8_lossy(&answer).contains("413"));
    }
}
