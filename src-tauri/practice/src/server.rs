//! The server itself.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::account::{Account, refusal};
use crate::completion::{answer, refuse};
use crate::echo::echo;
use crate::log::{Log, Seen};
use crate::model::{Fault, Model};

/// How to run.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The keys it knows; none means that it asks for none.
    pub accounts: Vec<Account>,
    /// Whether `/v1/models` lists the faults too.
    pub list_faults: bool,
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
}

// A message may have a megabyte; a conversation has many.
const BODY_CAP: usize = 64 * 1024 * 1024;

/// Starts on loopback, in the tokio runtime it is called from.
pub async fn start(options: Options) -> std::io::Result<Running> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
    let address = listener.local_addr()?;
    let (app, log) = router(options);
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
    let log = Log::default();
    let shared = Arc::new(Shared { options, log: log.clone(), was_busy: AtomicBool::new(false) });
    let routes = Router::new()
        .route("/v1/models", get(models))
        .route("/v1/chat/completions", post(chat))
        .fallback(unknown)
        .with_state(shared);
    (routes, log)
}

/// Writes the request down, then lets it pass or refuses it by its key.
async fn admit(shared: &Shared, request: Request) -> Result<Bytes, Box<Response>> {
    let (head, body) = request.into_parts();
    let body =
        to_bytes(body, BODY_CAP).await.map_err(|_| Box::new(refuse(413, "too_large", "")))?;
    let text =
        |value: &axum::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    shared.log.add(Seen {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        headers: head.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
        body: String::from_utf8_lossy(&body).into_owned(),
    });
    let authorization = head.headers.get("authorization").and_then(|value| value.to_str().ok());
    match refusal(&shared.options.accounts, authorization) {
        Some((status, code, message)) => Err(Box::new(refuse(status, code, &message))),
        None => Ok(body),
    }
}

async fn models(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    if let Err(refused) = admit(&shared, request).await {
        return *refused;
    }
    let entry = |name: String| json!({"id": name, "object": "model", "owned_by": "practice"});
    let names = Model::names(shared.options.list_faults);
    Json(json!({"object": "list", "data": names.into_iter().map(entry).collect::<Vec<_>>()}))
        .into_response()
}

#[derive(Deserialize)]
struct Asked {
    model: String,
    messages: Vec<Message>,
}

#[derive(Deserialize)]
struct Message {
    role: String,
    content: String,
}

async fn chat(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let authorization = request.headers().get("authorization").cloned();
    let body = match admit(&shared, request).await {
        Ok(body) => body,
        Err(refused) => return *refused,
    };
    let Ok(asked) = serde_json::from_slice::<Asked>(&body) else {
        return refuse(400, "invalid_request_error", "This is not a chat completion request.");
    };
    let Some(model) = Model::parse(&asked.model) else {
        return refuse(404, "model_not_found", "The model does not exist.");
    };
    let first_time = || !shared.was_busy.swap(true, Ordering::SeqCst);
    if model == Model::Fault(Fault::BusyOnce) && first_time() {
        return refuse(429, "rate_limit_exceeded", "Once more, please.");
    }
    let prompt = asked.messages.iter().rfind(|message| message.role == "user");
    let prompt = prompt.map(|message| message.content.as_str()).unwrap_or_default();
    if let Model::Fault(Fault::Echo(way)) = model {
        let sent = authorization.as_ref().and_then(|value| value.to_str().ok());
        return echo(way, sent.unwrap_or_default());
    }
    answer(model, &asked.model, prompt, shared.log.stream())
}

async fn unknown(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    match admit(&shared, request).await {
        Ok(_) => refuse(404, "unknown_url", "There is nothing at this address."),
        Err(refused) => *refused,
    }
}
