//! Lending keys to other programs: what the broker stands on here, and what is asked natively before anything is lent.

mod ground;
mod started;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use broker::{Broker, Token};
use history::{ApplicationId, Setting};
use zeroize::Zeroizing;

use crate::ipc::{AppError, ErrorCode};
use crate::state::AppState;
use crate::store::blocking;

pub use ground::Lender;
pub use started::lend_to;

/// Ports that neither the system nor anybody known gives away by itself.
const PORTS: std::ops::Range<u16> = 20_000..30_000;

/// How long a token that was just made can still be put on the clipboard.
const FRESH: Duration = Duration::from_secs(600);

/// What is lent here.
pub struct Lending {
    /// The server.
    pub broker: Broker,
    trouble: Mutex<Option<AppError>>,
    fresh: Mutex<Option<(ApplicationId, Zeroizing<String>, Instant)>>,
}

impl Lending {
    /// Nothing yet.
    pub fn new(broker: Broker) -> Self {
        Self { broker, trouble: Mutex::default(), fresh: Mutex::default() }
    }

    /// Ends lending, and forgets why it may have been off already.
    pub fn stop(&self) {
        self.broker.stop();
        *lock(&self.trouble) = None;
    }

    /// Why it is off although it was to be on.
    pub fn trouble(&self) -> Option<AppError> {
        lock(&self.trouble).clone()
    }

    /// Holds a token that was just made, natively, for the clipboard alone.
    pub fn hold(&self, application: ApplicationId, token: &Token) {
        let text = Zeroizing::new(token.text().to_owned());
        *lock(&self.fresh) = Some((application, text, Instant::now()));
    }

    /// The token that was just made for this application, once more.
    pub fn fresh(&self, application: ApplicationId) -> Option<Zeroizing<String>> {
        let mut fresh = lock(&self.fresh);
        fresh.take_if(|(_, _, since)| since.elapsed() > FRESH);
        let (of, token, _) = fresh.as_ref()?;
        (*of == application).then(|| token.clone())
    }

    /// Forgets it.
    pub fn let_go(&self) {
        *lock(&self.fresh) = None;
    }
}

/// Begins to listen if a person has chosen that. What stands in the way is told by the page.
pub async fn resume(state: &AppState) {
    let Ok(history) = state.store.history().await else { return };
    let chosen = blocking(move || history.setting(Setting::Lending)).await;
    if chosen.is_ok_and(|chosen| chosen.as_deref() == Some("on")) {
        let _ = listen(state).await;
    }
}

/// Listens at the port of this home, which is drawn once and stays, because programs are told it.
pub async fn listen(state: &AppState) -> Result<u16, AppError> {
    let history = state.store.history().await?;
    let kept = Arc::clone(&history);
    let kept = blocking(move || kept.setting(Setting::LendingPort)).await?;
    let kept: Option<u16> = kept.and_then(|port| port.parse().ok());
    let port = kept.unwrap_or_else(drawn);
    let listening = state.lending.broker.listen(port).await;
    let listening = listening.map_err(|error| {
        let detail = format!("127.0.0.1:{port}: {}", error.kind());
        AppError::with_detail(ErrorCode::PortTaken, detail)
    });
    *lock(&state.lending.trouble) = listening.clone().err();
    let port = listening?;
    if kept.is_none() {
        blocking(move || history.set_setting(Setting::LendingPort, &port.to_string())).await?;
    }
    Ok(port)
}

/// A port that nobody has chosen.
fn drawn() -> u16 {
    let seed = Token::random().map_or(0, |token| {
        let [a, b, ..] = token.hash();
        u16::from_be_bytes([a, b])
    });
    PORTS.start + seed % (PORTS.end - PORTS.start)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
