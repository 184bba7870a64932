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

use crate::commands::spending::{dollars, tell_alarms};
use crate::ipc::News;
use crate::native::{HowLong, NativeError, Question, quoted};
use crate::state::AppState;

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
        let once = "Only this once".to_owned();
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
    let unknown = "not known: the system does not say";
    let mut facts = vec![("Program".to_owned(), program.unwrap_or(unknown).to_owned())];
    let key = connection.key.as_ref();
    facts.push((
        "Key".to_owned(),
        key.map_or("none".to_owned(), |key| format!("…{}", key.last_four)),
    ));
    facts.push(("At most".to_owned(), at_most(application)));
    facts.push(("Sent only to".to_owned(), connection.origin.clone()));
    let mut claims = vec![("Application".to_owned(), application.name.clone())];
    claims.extend(model.map(|model| ("Asks".to_owned(), model.to_owned())));
    Question {
        title: format!("Let {} use {}?", quoted(&application.name), quoted(&connection.name)),
        facts,
        claims,
        note: "If you didn’t start it, press Cancel. It gets nothing.".to_owned(),
        warning: None,
        yes: "Allow".to_owned(),
    }
}

/// What it may spend, in words.
pub fn at_most(application: &Application) -> String {
    let limits = application.limits;
    let parts = [
        limits.month_nano.map(|nano| format!("{} a month", dollars(nano))),
        limits.day_nano.map(|nano| format!("{} a day", dollars(nano))),
        limits.request_nano.map(|nano| format!("{} an answer", dollars(nano))),
        limits.requests_a_minute.map(|count| format!("{count} requests a minute")),
        limits.tokens_a_minute.map(|count| format!("{count} tokens a minute")),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    match parts.is_empty() {
        true => "whatever the key may".to_owned(),
        false => parts.join(", "),
    }
}
