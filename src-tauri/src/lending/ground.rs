//! What the broker stands on: this program's keys, its store, and a person at its window.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use broker::{Answered, Asking, Ground, Pending};
use history::{Application, Connection, History};
use tauri::{AppHandle, Manager};
use turn::{Failure, Trouble};
use vault::Vault;
use wire::Provider;

use crate::commands::spending::tell_alarms;
use crate::ipc::News;
use crate::native::{HowLong, NativeError, Question};
use crate::state::AppState;
use crate::words::{labels, lending as words};

/// How long somebody waits whose question cannot be shown yet.
const PATIENCE: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(500);
/// A program that asks a thousand times a minute has the limits looked at once in this.
const ALARMS: Duration = Duration::from_secs(1);

/// See the module.
pub struct Lender {
    app: AppHandle,
    vault: Arc<Vault>,
    /// The limits are looked at soon.
    alarms: Arc<AtomicBool>,
}

impl Lender {
    /// For this app.
    pub fn new(app: &AppHandle, vault: &Arc<Vault>) -> Self {
        Self { app: app.clone(), vault: Arc::clone(vault), alarms: Arc::default() }
    }
}

impl Ground for Lender {
    fn vault(&self) -> &Vault {
        &self.vault
    }

    fn history(&self) -> Pending<'_, Result<Arc<History>, Failure>> {
        Box::pin(async {
            let state = self.app.state::<AppState>();
            state.store.history().await.map_err(|_| Failure::of(Trouble::HistoryFailed))
        })
    }

    fn wake<'a>(&'a self, connection: &'a Connection) -> Pending<'a, Result<Connection, Failure>> {
        Box::pin(async move {
            // Everything else is there by itself.
            if connection.provider != Provider::practice().id() {
                return Ok(connection.clone());
            }
            let closed = |_| Failure::of(Trouble::HistoryFailed);
            let state = self.app.state::<AppState>();
            let history = state.store.history().await.map_err(closed)?;
            state.practice.wake(&history, Some(&connection.id)).await.map_err(closed)?;
            let known = crate::commands::connection(&state, &connection.id).await;
            known.map_err(|_| Failure::of(Trouble::KeyMissing))
        })
    }

    fn ask(&self, asking: Asking) -> Pending<'_, Answered> {
        Box::pin(async move {
            let state = self.app.state::<AppState>();
            let program = asking.program.as_ref().map(|program| program.name.as_str());
            let question =
                question(&asking.application, &asking.connection, Some(&asking.model), program);
            answered(ask(&state, question).await)
        })
    }

    fn spent(&self) {
        if self.alarms.swap(true, Ordering::SeqCst) {
            return;
        }
        let (app, alarms) = (self.app.clone(), Arc::clone(&self.alarms));
        tauri::async_runtime::spawn(async move {
            tokio::time::sleep(ALARMS).await;
            // What is spent from here on is looked at once more.
            alarms.store(false, Ordering::SeqCst);
            let state = app.state::<AppState>();
            // What cannot be read now is told after the next answer.
            let texts = tell_alarms(&state).await.unwrap_or_default();
            if !texts.is_empty() {
                state.newsroom.tell(News::Alarms { texts });
            }
        });
    }
}

/// Asks, and waits while another window is open.
pub(super) async fn ask(state: &AppState, question: Question) -> Result<HowLong, NativeError> {
    let start = std::time::Instant::now();
    loop {
        let once = words::ONLY_ONCE.to_owned();
        let asked = state.desktop.confirm.ask_how_long(question.clone(), once).await;
        match asked {
            Err(NativeError::WindowOpen) if start.elapsed() < PATIENCE => {
                tokio::time::sleep(PAUSE).await;
            }
            asked => return asked,
        }
    }
}

fn answered(asked: Result<HowLong, NativeError>) -> Answered {
    match asked {
        Ok(HowLong::Once) => Answered::Once,
        Ok(HowLong::Always) => Answered::Always,
        Err(NativeError::Cancelled) => Answered::No,
        Err(NativeError::TooManyRefusals | NativeError::WindowOpen | NativeError::Unavailable) => {
            Answered::Nobody
        }
    }
}

/// The question before anything is lent.
pub(super) fn question(
    application: &Application,
    connection: &Connection,
    model: Option<&str>,
    program: Option<&str>,
) -> Question {
    let key = connection.key.as_ref();
    let facts = vec![
        (labels::PROGRAM, program.unwrap_or(words::UNKNOWN_PROGRAM).to_owned()),
        (labels::KEY, words::key(key.map(|key| key.last_four.as_str()))),
        (labels::AT_MOST, words::at_most(&application.limits)),
        (labels::SENT_ONLY_TO, connection.origin.clone()),
    ];
    let mut claims = vec![(labels::APPLICATION, application.name.clone())];
    claims.extend(model.map(|model| (words::ASKS, model.to_owned())));
    Question::of(words::lend(&application.name, &connection.name), facts, claims)
}
