//! The way to the operating system's keychain: one thread owns every call, each call has a deadline.
//!
//! A keychain may wait for ever, on a prompt that nobody sees or a service that hangs. Then the
//! caller gets its answer in time, and the next caller gets a fresh thread with a fresh connection.
//! The threads are plain ones: a stuck thread of an async runtime would keep the process from ending.

pub(crate) mod item;
pub(crate) mod opened;
pub(crate) mod platform;
#[cfg(all(unix, not(target_os = "macos")))]
mod secret_service;
mod thread;
pub(crate) mod trouble;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedMutexGuard, oneshot};
use tokio::time::timeout;

use crate::error::VaultError;

pub(crate) use opened::Opened;
use thread::{Job, KeychainThread, Opener};

/// The right to make something that must be made once. It is held until the making has ended.
pub(crate) type Turn = OwnedMutexGuard<()>;

/// How many threads may be stuck at a time. Then callers wait for one of them to come back.
const MOST_THREADS: usize = 4;

pub(crate) struct Keychain {
    opener: Arc<Opener>,
    current: Mutex<Option<KeychainThread>>,
    alive: Arc<AtomicUsize>,
    making: Arc<tokio::sync::Mutex<()>>,
}

impl Keychain {
    pub(crate) fn new(
        opener: impl Fn() -> Result<Opened, VaultError> + Send + Sync + 'static,
    ) -> Keychain {
        Keychain {
            opener: Arc::new(opener),
            current: Mutex::new(None),
            alive: Arc::default(),
            making: Arc::default(),
        }
    }

    /// Runs an errand on the keychain's thread. When the connection proves dead the errand runs a
    /// second time over a new one, so it must be one that may be repeated.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        deadline: Duration,
        errand: impl Fn(&Opened) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        let (reply, answer) = oneshot::channel();
        let overdue = self.submit(Box::new(move |connection| {
            // Nobody waits any more: do not act behind the person's back.
            if !reply.is_closed() {
                let _ = reply.send(connection.run(&errand));
            }
        }))?;
        match timeout(deadline, answer).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Err(VaultError::Failed),
            Err(_) => {
                overdue.mark();
                Err(VaultError::Silent)
            }
        }
    }

    /// Waits for the right to make something once.
    pub(crate) async fn turn(&self, deadline: Duration) -> Result<Turn, VaultError> {
        timeout(deadline, Arc::clone(&self.making).lock_owned())
            .await
            .map_err(|_| VaultError::Silent)
    }

    fn submit(&self, job: Job) -> Result<thread::Overdue, VaultError> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let usable = current.take().filter(|thread| {
            !thread.is_overdue() || self.alive.load(Ordering::SeqCst) >= MOST_THREADS
        });
        let thread = match usable {
            Some(thread) => thread,
            None => KeychainThread::start(Arc::clone(&self.opener), Arc::clone(&self.alive))?,
        };
        thread.submit(job)?;
        let overdue = thread.overdue();
        *current = Some(thread);
        Ok(overdue)
    }
}
