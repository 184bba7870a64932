//! How a command gets its answer: from the app that runs, or else from the store itself.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;
use vault::Vault;

use crate::door::{self, Errand};
use crate::home::Home;
use crate::ipc::HistoryState;
use crate::store::Store;
use crate::words::cli::reach as words;

/// Asks for something that needs nobody at a window. An error is words for a person.
pub fn ask(errand: &Errand) -> Result<Value, String> {
    let home = home()?;
    match door::ask(&home, errand) {
        Ok(answer) => answer,
        // Nobody answers: the app does not run.
        Err(_) => runtime()?.block_on(from_store(&home, errand)),
    }
}

/// Latchkey's folder, as the app finds it.
pub fn home() -> Result<Home, String> {
    let identifier = crate::identifier();
    let data = data_folder().ok_or(words::NO_HOME)?;
    Ok(Home::new(&data.join(identifier)))
}

#[cfg(target_os = "macos")]
fn data_folder() -> Option<PathBuf> {
    std::env::home_dir().map(|home| home.join("Library/Application Support"))
}

#[cfg(windows)]
fn data_folder() -> Option<PathBuf> {
    std::env::var_os("APPDATA").map(PathBuf::from)
}

#[cfg(not(any(target_os = "macos", windows)))]
fn data_folder() -> Option<PathBuf> {
    let said =
        std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    said.or_else(|| std::env::home_dir().map(|home| home.join(".local/share")))
}

pub fn runtime() -> Result<tokio::runtime::Runtime, String> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.map_err(words::cannot_begin)
}

async fn from_store(home: &Home, errand: &Errand) -> Result<Value, String> {
    if !home.history().exists() {
        return Err(words::NOTHING_KEPT.to_owned());
    }
    // From here on this process can open the store.
    crate::native::harden();
    let (vault, store) = (Arc::new(Vault::platform()), Store::new(home));
    store.begin().await.open(&vault).await;
    match store.state().await {
        Ok(HistoryState::Kept) => {}
        Ok(HistoryState::SessionOnly { .. }) => {
            return Err(words::KEYCHAIN_LOCKED.to_owned());
        }
        Err(error) => {
            return Err(words::cannot_open(&error.detail.unwrap_or_default()));
        }
    }
    let history = store.history().await.map_err(|_| words::STORE_SHUT.to_owned())?;
    let errand = errand.clone();
    let answered = tokio::task::spawn_blocking(move || door::answer(&history, &errand)).await;
    answered.map_err(|_| words::NOT_DONE.to_owned())?
}
