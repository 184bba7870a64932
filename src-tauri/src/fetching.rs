//! A model that a server on this computer is told to fetch. It goes on whatever page is open.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, oneshot};
use turn::{Endpoint, pull};
use vault::Vault;

use crate::ipc::{AppError, ErrorCode};
use crate::jobs::Work;

type Told = Result<(), AppError>;

/// The work.
pub struct Fetching {
    vault: Arc<Vault>,
    endpoint: Endpoint,
    model: String,
    come: AtomicU64,
    all: AtomicU64,
    stop: Notify,
    ended: Mutex<Option<oneshot::Sender<Told>>>,
}

impl Fetching {
    /// Of this model; and where its end is heard of.
    pub fn of(
        vault: Arc<Vault>,
        endpoint: Endpoint,
        model: String,
    ) -> (Arc<Self>, oneshot::Receiver<Told>) {
        let (tell, told) = oneshot::channel();
        let (come, all) = (AtomicU64::new(0), AtomicU64::new(0));
        let ended = Mutex::new(Some(tell));
        let work = Self { vault, endpoint, model, come, all, stop: Notify::new(), ended };
        (Arc::new(work), told)
    }

    async fn fetch(&self) -> Told {
        let far = |(come, all)| {
            self.come.store(come, Ordering::Relaxed);
            self.all.store(all, Ordering::Relaxed);
        };
        tokio::select! {
            () = self.stop.notified() => Err(AppError::of(ErrorCode::Cancelled)),
            done = pull(&self.vault, &self.endpoint, &self.model, far) => Ok(done?),
        }
    }
}

impl Work for Fetching {
    fn run(&self) {
        let told = tauri::async_runtime::block_on(self.fetch());
        let tell = self.ended.lock().unwrap_or_else(PoisonError::into_inner).take();
        // A page that was loaded again in the meantime sees the model in the list.
        let _ = tell.map(|tell| tell.send(told));
    }

    fn stop(&self) {
        // Kept for who begins to wait a moment later.
        self.stop.notify_one();
    }

    fn far(&self) -> (u64, u64, u32) {
        (self.come.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed), 0)
    }
}
