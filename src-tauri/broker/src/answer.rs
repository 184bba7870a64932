//! One request, from its first check to the answer's head.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::{Bytes, BytesMut};
use history::{Application, ApplicationKind, Connection, History};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, Request, Response, StatusCode};
use serde_json::Value;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;
use turn::{Endpoint, Errand, Failure, Token, Trouble, Wish, list_models, relay};

use crate::desk::{Desk, Holder, Lent};
use crate::dialect::Dialect;
use crate::ground::{Answered, Asking};
use crate::listener::Line;
use crate::peer::Peer;
use crate::place::{Place, dialect};
use crate::refusal::Refusal;
use crate::rules;
use crate::stream::{Ending, Sent};

/// The most bytes of a request.
const BODY_CAP: usize = 32 * 1024 * 1024;

/// Between two pieces of a request, and for all of it.
const PIECE: Duration = Duration::from_secs(10);
const BODY: Duration = Duration::from_secs(120);

/// Who asks, once that is known.
struct Asker {
    application: Application,
    holder: Holder,
    history: Arc<History>,
    connection: Option<Connection>,
}

/// Answers a request, whatever it is.
pub(crate) async fn answer(
    desk: &Arc<Desk>,
    line: &Line,
    request: Request<Incoming>,
) -> Response<Sent> {
    let (head, body) = request.into_parts();
    let dialect = dialect(&head.uri, head.headers.contains_key("anthropic-version"));
    if let Err(refusal) = rules::check_host(&head, line.port) {
        return refused(dialect, &refusal);
    }
    if head.method == Method::OPTIONS {
        return match preflight(desk, &head).await {
            Some(response) => response,
            None => refused(dialect, &Refusal::Origin),
        };
    }
    let origin = match rules::origin(&head.headers) {
        Ok(origin) => origin.map(str::to_owned),
        Err(refusal) => return refused(dialect, &refusal),
    };
    match answered(desk, line, &head, body, origin.as_deref(), dialect).await {
        Ok(response) => response,
        Err((refusal, is_let)) => {
            let mut response = refused(dialect, &refusal);
            if let Some(origin) = origin.filter(|_| is_let) {
                let_page(response.headers_mut(), &origin);
            }
            response
        }
    }
}

async fn answered(
    desk: &Arc<Desk>,
    line: &Line,
    head: &Parts,
    body: Incoming,
    origin: Option<&str>,
    dialect: Dialect,
) -> Result<Response<Sent>, (Refusal, bool)> {
    let strange = |refusal| (refusal, false);
    rules::check_address(&head.uri).map_err(strange)?;
    let asker = admit(desk, head, origin).await.map_err(strange)?;
    // From here on it is a page that a person has named, if it is a page.
    let known = |refusal| (refusal, true);
    let place = Place::of(&head.method, &head.uri).map_err(known)?;
    let mut response = match place {
        Place::Models => {
            let names = models(desk, &asker).await.map_err(known)?;
            document(StatusCode::OK, &dialect.models(&names))
        }
        Place::Model(name) => {
            let names = models(desk, &asker).await.map_err(known)?;
            let name = names.into_iter().find(|known| *known == name);
            let name = name.ok_or((Refusal::NotFound, true))?;
            document(StatusCode::OK, &dialect.model(&name))
        }
        Place::Errand { errand, is_beta } => {
            rules::check_json(&head.headers).map_err(known)?;
            let (body, _room) = read(desk, head, body).await.map_err(known)?;
            let wish = wish(errand, is_beta, head, body).map_err(known)?;
            pass_on(desk, line, &asker, wish).await.map_err(known)?
        }
    };
    if let Some(origin) = origin {
        let_page(response.headers_mut(), origin);
    }
    Ok(response)
}

/// Lets in who has a token, and a page only from its own origin.
async fn admit(desk: &Arc<Desk>, head: &Parts, origin: Option<&str>) -> Result<Asker, Refusal> {
    let presented: Vec<_> = rules::tokens(&head.headers).into_iter().map(str::to_owned).collect();
    if presented.is_empty() {
        return Err(if origin.is_some() { Refusal::Origin } else { Refusal::NoToken });
    }
    let history = desk.ground.history().await.map_err(|_| Refusal::Closed)?;
    let (own, copy) = (Arc::clone(desk), Arc::clone(&history));
    let found = on_disk(move || own.holder(&copy, &presented)).await?;
    let Some(Lent { application, holder, connection }) = found else {
        return Err(if origin.is_some() { Refusal::Origin } else { Refusal::WrongToken });
    };
    let is_its_own = match application.kind {
        ApplicationKind::Page => origin.is_some() && origin == application.origin.as_deref(),
        ApplicationKind::Program | ApplicationKind::Run => origin.is_none(),
    };
    if !is_its_own {
        return Err(Refusal::Origin);
    }
    if application.expires_ms.is_some_and(|expires| now_ms() >= expires) {
        return Err(Refusal::Expired);
    }
    Ok(Asker { application, holder, history, connection })
}

/// A body, and the room that it takes until its answer's head is there.
async fn read(
    desk: &Desk,
    head: &Parts,
    mut body: Incoming,
) -> Result<(Bytes, Vec<OwnedSemaphorePermit>), Refusal> {
    let said = head.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if said.and_then(|length| length.parse::<usize>().ok()).is_some_and(|said| said > BODY_CAP) {
        return Err(Refusal::TooLarge);
    }
    let whole = async {
        let (mut bytes, mut room) = (BytesMut::new(), Vec::new());
        loop {
            let next = timeout(PIECE, body.frame()).await.map_err(|_| Refusal::TooSlow)?;
            let Some(frame) = next else { return Ok((bytes.freeze(), room)) };
            let frame = frame.map_err(|_| Refusal::TooSlow)?;
            let Ok(piece) = frame.into_data() else { continue };
            if bytes.len() + piece.len() > BODY_CAP {
                return Err(Refusal::TooLarge);
            }
            let kib = u32::try_from(piece.len().div_ceil(1024)).unwrap_or(u32::MAX);
            let taken = Arc::clone(&desk.room).try_acquire_many_owned(kib);
            room.push(taken.map_err(|_| Refusal::Busy)?);
            bytes.extend_from_slice(&piece);
        }
    };
    timeout(BODY, whole).await.map_err(|_| Refusal::TooSlow)?
}

/// What is said about the request to its provider, under names that say nothing of anybody.
const PASSED: [&str; 2] = ["anthropic-version", "idempotency-key"];

fn wish(errand: Errand, is_beta: bool, head: &Parts, body: Bytes) -> Result<Wish, Refusal> {
    let wish = Wish::read(errand, body).map_err(Refusal::Unfit)?;
    let mut headers: Vec<_> = PASSED
        .iter()
        .filter_map(|name| Some((*name, head.headers.get(*name)?.to_str().ok()?.to_owned())))
        .collect();
    for name in ["anthropic-beta", "openai-beta"] {
        headers.extend(rules::betas(&head.headers, name)?.map(|betas| (name, betas)));
    }
    Ok(wish.saying(headers, is_beta))
}

async fn pass_on(
    desk: &Arc<Desk>,
    line: &Line,
    asker: &Asker,
    wish: Wish,
) -> Result<Response<Sent>, Refusal> {
    let Asker { application, holder, history, .. } = asker;
    let is_allowed = application.models.is_empty() || application.models.contains(&wish.model);
    if !is_allowed {
        return Err(Refusal::Model(wish.model));
    }
    let failed = |failure: Failure| match failure.trouble {
        // Used up or revoked since it was looked at.
        Trouble::NotFound => Refusal::WrongToken,
        _ => Refusal::Failed {
            failure: Box::new(failure),
            application: application.name.clone(),
            kind: application.kind,
        },
    };
    let connection = connection(desk, asker).await?;
    let_in(desk, line, asker, &connection, &wish.model).await?;
    let token = match application.single_use && holder.run.is_none() {
        true => Token::Once(application.id),
        false => Token::Lasting(application.id),
    };
    let (cut, registration) = Ending::line();
    let sending = desk.note(*holder, cut.clone()).ok_or(Refusal::WrongToken)?;
    let ground = Arc::clone(&desk.ground);
    let paid = Arc::new(move || ground.spent());
    let relayed = relay(desk.ground.vault(), history, token, &connection, wish, paid);
    // Revoked while its provider thinks, it ends as well.
    let (gone, revoked) = futures_util::future::AbortHandle::new_pair();
    let watch = futures_util::future::Abortable::new(relayed, revoked);
    let _watched = desk.note(*holder, gone).ok_or(Refusal::WrongToken)?;
    let relayed = watch.await.map_err(|_| Refusal::WrongToken)?.map_err(failed)?;
    let mut response =
        Response::new(Sent::Passing(Box::new(Ending::new(relayed.body, registration, sending))));
    *response.status_mut() =
        StatusCode::from_u16(relayed.status).unwrap_or(StatusCode::BAD_GATEWAY);
    for (name, value) in relayed.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Asks the person where a program uses a token for the first time.
async fn let_in(
    desk: &Arc<Desk>,
    line: &Line,
    asker: &Asker,
    connection: &Connection,
    model: &str,
) -> Result<(), Refusal> {
    let Peer::Own(program) = line.peer().await else { return Err(Refusal::OtherUser) };
    // Whoever was started with a token of its own was asked about then.
    if asker.holder.run.is_some() {
        return Ok(());
    }
    let id = asker.application.id;
    // A connection is of one program; whether that may use the token was looked up with its first request.
    if line.is_let_in(id) {
        return Ok(());
    }
    // One that cannot be told is one program more, which a person may let as well.
    let identity = program.as_ref().map_or("?", |known| &known.identity).to_owned();
    let about = (id, identity.clone());
    let known = async || {
        let (copy, identity) = (Arc::clone(&asker.history), identity.clone());
        on_disk(move || copy.is_program_known(id, &identity)).await
    };
    if known().await? {
        line.let_in(id);
        return Ok(());
    }
    // Of several requests at once one asks, and the others hear what was said.
    let turn = desk.asking(&about);
    let _turn = turn.lock().await;
    if known().await? {
        return Ok(());
    }
    if desk.was_said_no(&about) {
        return Err(Refusal::SaidNo);
    }
    let asking = Asking {
        application: asker.application.clone(),
        connection: connection.clone(),
        model: model.to_owned(),
        program,
    };
    match desk.ground.ask(asking).await {
        Answered::Nobody => Err(Refusal::Nobody),
        Answered::No => {
            desk.note_no(about);
            Err(Refusal::SaidNo)
        }
        Answered::Once => Ok(()),
        Answered::Always => {
            let copy = Arc::clone(&asker.history);
            on_disk(move || copy.let_program(id, &identity)).await
        }
    }
}

/// The models that may be asked: those of the application, as far as the key itself may ask them.
async fn models(desk: &Desk, asker: &Asker) -> Result<Vec<String>, Refusal> {
    let allowed = asker.connection.as_ref().map(|known| known.upkeep.allowed_models.clone());
    let allowed = allowed.unwrap_or_default();
    if !asker.application.models.is_empty() {
        let may = |model: &&String| allowed.is_empty() || allowed.contains(model);
        return Ok(asker.application.models.iter().filter(may).cloned().collect());
    }
    if !allowed.is_empty() {
        return Ok(allowed);
    }
    let connection = connection(desk, asker).await?;
    let listed = async {
        let endpoint = Endpoint::of(&connection)?;
        let models = list_models(desk.ground.vault(), &endpoint).await?;
        Ok(models.into_iter().map(|model| model.name).collect())
    };
    listed.await.map_err(|failure| Refusal::Failed {
        failure: Box::new(failure),
        application: asker.application.name.clone(),
        kind: asker.application.kind,
    })
}

async fn connection(desk: &Desk, asker: &Asker) -> Result<Connection, Refusal> {
    let failed = |failure: Failure| Refusal::Failed {
        failure: Box::new(failure),
        application: asker.application.name.clone(),
        kind: asker.application.kind,
    };
    let known = asker.connection.as_ref();
    let known = known.ok_or_else(|| failed(Failure::of(Trouble::KeyMissing)))?;
    desk.ground.wake(known).await.map_err(failed)
}

/// What a browser is told that asks for a page which a person has named.
async fn preflight(desk: &Desk, head: &Parts) -> Option<Response<Sent>> {
    let origin = head.headers.get(header::ORIGIN)?.to_str().ok()?.to_owned();
    let allowed = rules::preflight(&head.headers)?;
    let history = desk.ground.history().await.ok()?;
    let known = on_disk(move || history.applications()).await.ok()?;
    let is_named = known.iter().any(|application| {
        application.kind == ApplicationKind::Page
            && application.origin.as_deref() == Some(origin.as_str())
    });
    is_named.then(|| {
        let mut response = Response::new(Sent::Whole(None));
        *response.status_mut() = StatusCode::NO_CONTENT;
        let_page(response.headers_mut(), &origin);
        for (name, value) in allowed {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response
    })
}

fn let_page(headers: &mut HeaderMap, origin: &str) {
    if let Ok(origin) = HeaderValue::from_str(origin) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    }
}

fn refused(dialect: Dialect, refusal: &Refusal) -> Response<Sent> {
    let told = refusal.told();
    let status = StatusCode::from_u16(told.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = document(status, &dialect.error(told.status, told.code, &told.words));
    let headers = response.headers_mut();
    let may = if refusal.may_retry() { "true" } else { "false" };
    headers.insert("x-should-retry", HeaderValue::from_static(may));
    if let Some(seconds) = told.retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    // What else it has sent is not looked at.
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

fn document(status: StatusCode, value: &Value) -> Response<Sent> {
    let mut response = Response::new(Sent::Whole(Some(Bytes::from(value.to_string()))));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, history::Error> + Send + 'static,
) -> Result<T, Refusal> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| Refusal::Closed)?.map_err(|_| Refusal::Closed)
}

fn now_ms() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_millis()).unwrap_or(i64::MAX)
}
