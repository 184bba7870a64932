//! The history as the shell holds it: opened at the start, or standing in memory until the keychain answers.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use history::{Claim, Connection, History, KeptIn};
use tokio::sync::{OwnedRwLockWriteGuard, RwLock};
use vault::{Patience, Vault, VaultError};

use crate::home::Home;
use crate::ipc::{AppError, ErrorCode, HistoryState};
use crate::{emptying, indexing};

/// The history and how it stands. Whoever asks while it is being opened waits.
#[derive(Clone)]
pub struct Store {
    opened: Arc<RwLock<Opened>>,
    file: PathBuf,
    unlocking: Arc<tokio::sync::Mutex<()>>,
}

/// What a new beginning would set aside.
pub struct InTheWay {
    /// Where the file would be kept, if there is one.
    pub kept_at: Option<PathBuf>,
    /// Whether the keychain's entry would be kept under another name, too.
    pub is_key_damaged: bool,
}

enum Opened {
    /// Not yet; only the one who opens it sees this.
    Not,
    Yes(Arc<History>, HistoryState),
    /// There is a file that must not be touched.
    Barred(AppError),
}

impl Store {
    /// The store in this home, not opened yet.
    pub fn new(home: &Home) -> Self {
        Self {
            opened: Arc::new(RwLock::new(Opened::Not)),
            file: home.history(),
            unlocking: Arc::default(),
        }
    }

    /// Makes everybody wait until `open` is done.
    pub async fn begin(&self) -> Opening {
        Opening { slot: Arc::clone(&self.opened).write_owned().await, file: self.file.clone() }
    }

    /// The history, wherever it stands.
    pub async fn history(&self) -> Result<Arc<History>, AppError> {
        match &*self.opened.read().await {
            Opened::Yes(history, _) => Ok(Arc::clone(history)),
            Opened::Barred(error) => Err(error.clone()),
            Opened::Not => Err(AppError::of(ErrorCode::HistoryFailed)),
        }
    }

    /// Whether chats are kept.
    pub async fn state(&self) -> Result<HistoryState, AppError> {
        match &*self.opened.read().await {
            Opened::Yes(_, state) => Ok(state.clone()),
            Opened::Barred(error) => Err(error.clone()),
            Opened::Not => Err(AppError::of(ErrorCode::HistoryFailed)),
        }
    }

    /// Asks the keychain once more, with patience, and moves what this session has gathered onto the disk.
    pub async fn unlock(&self, vault: &Vault) -> Result<HistoryState, AppError> {
        // Others go on with what there is while the person types a password.
        let _alone = self.unlocking.lock().await;
        if matches!(*self.opened.read().await, Opened::Yes(_, HistoryState::Kept)) {
            // The chats are open, but the keychain may have been locked since; their key lies beside the others.
            vault.existing_database_key(Patience::Person).await?;
            return Ok(HistoryState::Kept);
        }
        let kept = from_disk(vault, &self.file, Patience::Person).await?;
        let mut slot = Arc::clone(&self.opened).write_owned().await;
        if let Opened::Yes(session, HistoryState::SessionOnly { .. }) = &*slot {
            let (session, disk) = (Arc::clone(session), Arc::clone(&kept));
            blocking(move || disk.absorb(&session)).await?;
        }
        *slot = Opened::Yes(kept, HistoryState::Kept);
        Ok(HistoryState::Kept)
    }

    /// What bars the way, if it can be set aside.
    pub async fn in_the_way(&self) -> Result<InTheWay, AppError> {
        let is_key_damaged = match &*self.opened.read().await {
            Opened::Barred(error) if can_be_set_aside(error.code) => {
                error.code == ErrorCode::HistoryKeyDamaged
            }
            _ => return Err(AppError::of(ErrorCode::NotFound)),
        };
        if !self.file.exists() {
            return Ok(InTheWay { kept_at: None, is_key_damaged });
        }
        let file = self.file.clone();
        let kept_at = blocking(move || History::place_aside(&file)).await?;
        Ok(InTheWay { kept_at: Some(kept_at), is_key_damaged })
    }

    /// Sets aside what bars the way and begins a new history. The person has said yes.
    pub async fn begin_anew(&self, vault: &Vault) -> Result<(), AppError> {
        let _alone = self.unlocking.lock().await;
        let mut slot = Arc::clone(&self.opened).write_owned().await;
        if !matches!(&*slot, Opened::Barred(error) if can_be_set_aside(error.code)) {
            return Err(AppError::of(ErrorCode::NotFound));
        }
        // A keychain that would not give a key for the new one leaves the file where it was.
        match vault.existing_database_key(Patience::Person).await {
            Ok(_) => {}
            Err(VaultError::Damaged) => vault.set_database_key_aside(Patience::Person).await?,
            Err(error) => return Err(error.into()),
        }
        let file = self.file.clone();
        blocking(move || History::set_aside(&file)).await?;
        *slot = match from_disk(vault, &self.file, Patience::Person).await {
            Ok(history) => Opened::Yes(history, HistoryState::Kept),
            Err(error) => Opened::Barred(error),
        };
        match &*slot {
            Opened::Barred(error) => Err(error.clone()),
            Opened::Not | Opened::Yes(..) => Ok(()),
        }
    }
}

fn can_be_set_aside(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::HistoryKeyMissing
            | ErrorCode::HistoryKeyDamaged
            | ErrorCode::HistoryWrongKey
            | ErrorCode::HistoryDamaged
    )
}

/// The right to open the store; everybody else waits for it.
pub struct Opening {
    slot: OwnedRwLockWriteGuard<Opened>,
    file: PathBuf,
}

impl Opening {
    /// Opens the history with the keychain's key. Without one the session's chats stay in memory, and the person is told:
    /// nothing is ever written unencrypted.
    pub async fn open(mut self, vault: &Vault) {
        *self.slot = match from_disk(vault, &self.file, Patience::Brief).await {
            Ok(history) => Opened::Yes(history, HistoryState::Kept),
            Err(error) if is_about_the_keychain(error.code) => match History::in_memory() {
                Ok(history) => {
                    let history = Arc::new(history);
                    indexing::keep(&history);
                    Opened::Yes(history, HistoryState::SessionOnly { reason: error })
                }
                Err(error) => Opened::Barred(error.into()),
            },
            Err(error) => Opened::Barred(error),
        };
    }
}

async fn from_disk(
    vault: &Vault,
    file: &Path,
    patience: Patience,
) -> Result<Arc<History>, AppError> {
    // Before the key: of two processes that begin at once, one would make a key that the other replaces.
    let claimed = file.to_owned();
    let claim = blocking(move || Claim::on(&claimed)).await?;
    let existing = vault.existing_database_key(patience).await.map_err(|error| match error {
        VaultError::Damaged => AppError::of(ErrorCode::HistoryKeyDamaged),
        error => error.into(),
    })?;
    let key = match existing {
        Some(key) => key,
        // A new key would not open an old file, and a file that was overwritten could not be opened ever again.
        None if file.exists() => return Err(AppError::of(ErrorCode::HistoryKeyMissing)),
        None => match vault.create_database_key(patience).await {
            Ok(key) => key,
            Err(VaultError::Exists) => return Err(AppError::of(ErrorCode::KeychainFailed)),
            Err(error) => return Err(error.into()),
        },
    };
    let file = file.to_owned();
    let history = blocking(move || {
        let history = History::open_claimed(&file, key, claim)?;
        history.interrupt_streaming()?;
        history.settle_left_open()?;
        forget_session_keys(&history)?;
        Ok(Arc::new(history))
    })
    .await?;
    turn::remove_leftovers(vault, &history).await;
    turn::use_commands(vault, &history).await;
    indexing::keep(&history);
    emptying::keep(&history);
    Ok(history)
}

/// A key that was kept for a session ended with it. What it stood in for is used again, or the one that was to follow it, or the one
/// before; a connection that has none of them would only fail.
fn forget_session_keys(history: &History) -> Result<(), history::Error> {
    history.drop_stand_ins()?;
    let is_gone = |connection: &Connection| {
        connection.key.as_ref().is_some_and(|key| key.kept_in == KeptIn::Session)
    };
    history.connections()?.iter().filter(|connection| is_gone(connection)).try_for_each(
        |connection| {
            let another = |connection: &mut Connection| {
                let upkeep = &mut connection.upkeep;
                connection.key = upkeep.next.take().or(upkeep.old.take());
            };
            match history.change_connection(&connection.id, another)?.key {
                Some(_) => Ok(()),
                None => history.remove_connection(&connection.id),
            }
        },
    )
}

/// Does something with the history on a thread that may block.
pub async fn blocking<T, F>(work: F) -> Result<T, AppError>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, history::Error> + Send + 'static,
{
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| AppError::of(ErrorCode::Internal))?.map_err(AppError::from)
}

fn is_about_the_keychain(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::KeychainLocked
            | ErrorCode::KeychainAbsent
            | ErrorCode::KeychainSilent
            | ErrorCode::KeychainDismissed
            | ErrorCode::KeychainFailed
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A history that was written with a key of its own.
    fn written(folder: &Path) -> (Store, PathBuf) {
        let home = Home::new(folder);
        drop(History::open(&home.history(), zeroize::Zeroizing::new([7; 32])).unwrap());
        (Store::new(&home), home.history())
    }

    async fn bars_the_way_until_it_is_set_aside(vault: Vault, named: ErrorCode) {
        let folder = tempfile::tempdir().unwrap();
        let (store, file) = written(folder.path());
        let before = std::fs::read(&file).unwrap();
        store.begin().await.open(&vault).await;
        assert_eq!(store.state().await.unwrap_err().code, named);
        assert_eq!(store.unlock(&vault).await.unwrap_err().code, named);
        let aside = store.in_the_way().await.unwrap();
        assert!(!aside.is_key_damaged);
        store.begin_anew(&vault).await.unwrap();
        assert_eq!(store.state().await.unwrap(), HistoryState::Kept);
        assert_eq!(std::fs::read(aside.kept_at.unwrap()).unwrap(), before);
        assert!(store.in_the_way().await.is_err(), "what is open is never set aside");
    }

    #[tokio::test]
    async fn a_key_that_is_gone_is_named_and_the_file_can_be_set_aside_whole() {
        let code = ErrorCode::HistoryKeyMissing;
        bars_the_way_until_it_is_set_aside(Vault::in_memory(), code).await;
    }

    #[tokio::test]
    async fn a_key_that_does_not_fit_is_named_and_the_file_can_be_set_aside_whole() {
        let vault = Vault::in_memory();
        vault.create_database_key(Patience::Brief).await.unwrap();
        bars_the_way_until_it_is_set_aside(vault, ErrorCode::HistoryWrongKey).await;
    }
}
