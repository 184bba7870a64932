//! The leak check of this session: what is chosen, what runs, and what was found.

mod report;
mod view;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use leak::{Check, Finding, Outcome, Planted, Wish};
use turn::{StoredKey, stored_keys};
use vault::Patience;

use crate::ipc::{AppError, ErrorCode, JobKind, LeakCheckInput, LeakCheckView};
use crate::jobs::Work;
use crate::now_ms;
use crate::state::AppState;
use crate::store::blocking;

pub use report::report;

/// More folders than a person picks.
const MOST_FOLDERS: usize = 100;

/// What is chosen, and the check that runs or was the last.
#[derive(Default)]
pub struct LeakCheck(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    folders: Vec<PathBuf>,
    run: Option<Arc<Run>>,
}

/// A check, and how it ended.
pub struct Run {
    /// The check.
    pub check: Check,
    /// The keys that were looked for.
    pub stored: Vec<StoredKey>,
    ended: Mutex<Option<(Outcome, i64)>>,
}

impl LeakCheck {
    /// Adds folders that were picked.
    pub fn choose(&self, folders: Vec<PathBuf>) {
        let mut inner = self.inner();
        for folder in folders {
            if !inner.folders.contains(&folder) && inner.folders.len() < MOST_FOLDERS {
                inner.folders.push(folder);
            }
        }
    }

    /// Takes one away.
    pub fn drop_folder(&self, place: usize) {
        let mut inner = self.inner();
        if place < inner.folders.len() {
            inner.folders.remove(place);
        }
    }

    /// The folders that are chosen.
    pub fn folders(&self) -> Vec<PathBuf> {
        self.inner().folders.clone()
    }

    /// The check that runs or was the last.
    pub fn run(&self) -> Option<Arc<Run>> {
        self.inner().run.clone()
    }

    /// A place of that check.
    pub fn finding(&self, number: u32) -> Result<(Arc<Run>, Finding), AppError> {
        let run = self.run().ok_or_else(|| AppError::of(ErrorCode::NotFound))?;
        let found = run.check.findings().into_iter().find(|finding| finding.number == number);
        Ok((run, found.ok_or_else(|| AppError::of(ErrorCode::NotFound))?))
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Run {
    /// How it ended, and when.
    pub fn ended(&self) -> Option<(Outcome, i64)> {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Work for Run {
    fn run(&self) {
        *self.ended.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let outcome = self.check.run();
        *self.ended.lock().unwrap_or_else(PoisonError::into_inner) = Some((outcome, now_ms()));
    }

    fn stop(&self) {
        self.check.stop();
    }

    fn far(&self) -> (u64, u64, u32) {
        let far = self.check.progress();
        let places = u32::try_from(far.places).unwrap_or(u32::MAX);
        (far.files + far.objects, far.all_files + far.all_objects, places)
    }
}

/// Begins a check, or goes on with the one that was stopped.
pub async fn begin(state: &AppState, input: LeakCheckInput) -> Result<(), AppError> {
    let last = state.leaks.run();
    let run = match last.filter(|_| input.go_on) {
        Some(run) => run,
        None => prepare(state, input).await?,
    };
    if state.jobs.begin(JobKind::LeakCheck, Arc::clone(&run) as Arc<dyn Work>) {
        state.leaks.inner().run = Some(run);
    }
    Ok(())
}

async fn prepare(state: &AppState, input: LeakCheckInput) -> Result<Arc<Run>, AppError> {
    let history = state.store.history().await?;
    let stored = blocking(move || stored_keys(&history)).await?;
    let ids: Vec<_> = stored.iter().map(|key| key.id.clone()).collect();
    // The person has just pressed a button, and may type the keychain's password.
    let watch = Planted::watch(&state.vault, &ids, Patience::Person).await?;
    let wish = Wish {
        folders: state.leaks.folders(),
        git: input.git,
        shells: input.shells,
        programs: input.programs,
        home: home(),
    };
    Ok(Arc::new(Run { check: Check::new(wish, watch), stored, ended: Mutex::default() }))
}

/// What the page sees of it.
pub async fn view(state: &AppState) -> Result<LeakCheckView, AppError> {
    let ignored = ignored(state).await?;
    let folders = state.leaks.folders();
    let run = state.leaks.run();
    let is_running = state.jobs.is_running(JobKind::LeakCheck);
    blocking_view(move || {
        view::of(&folders, home().as_deref(), run.as_deref(), is_running, &ignored)
    })
    .await
}

async fn blocking_view(
    work: impl FnOnce() -> LeakCheckView + Send + 'static,
) -> Result<LeakCheckView, AppError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| AppError::of(ErrorCode::Internal))
}

/// What a person has seen and lets be.
pub async fn ignored(state: &AppState) -> Result<Vec<String>, AppError> {
    let history = state.store.history().await?;
    let text = blocking(move || history.setting(history::Setting::IgnoredLeaks)).await?;
    Ok(serde_json::from_str(&text.unwrap_or_default()).unwrap_or_default())
}

/// Lets a place be from now on.
pub async fn ignore(state: &AppState, number: u32) -> Result<(), AppError> {
    let (_, finding) = state.leaks.finding(number)?;
    let mut list = ignored(state).await?;
    list.push(mark_of(&finding));
    let text = serde_json::to_string(&list).map_err(|_| AppError::of(ErrorCode::Internal))?;
    let history = state.store.history().await?;
    blocking(move || history.set_setting(history::Setting::IgnoredLeaks, &text)).await
}

/// Shows again whatever was let be.
pub async fn show_ignored(state: &AppState) -> Result<(), AppError> {
    let history = state.store.history().await?;
    blocking(move || history.set_setting(history::Setting::IgnoredLeaks, "[]")).await
}

/// By what a place is known in the next check: lines move, keys stay where they are.
pub fn mark_of(finding: &Finding) -> String {
    let whose = match &finding.whose {
        leak::Whose::Stored(id) => id.as_str(),
        leak::Whose::Shaped(_) | leak::Whose::Token(_) | leak::Whose::Named => {
            finding.last_four.as_deref().unwrap_or_default()
        }
    };
    let history = matches!(finding.place, leak::Place::GitHistory(_));
    format!("{}\n{whose}\n{}", finding.shown, if history { "history" } else { "file" })
}

fn home() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| home.is_absolute())
}
