//! Saves a growing answer behind the stream's back.

use std::sync::Arc;
use std::time::{Duration, Instant};

use history::{History, MessageId};
use tokio::task::JoinHandle;

use crate::Failure;
use crate::fold::Fold;
use crate::store::on_disk;

/// A kill loses at most this much of an answer, plus the time one save takes.
const EVERY: Duration = Duration::from_millis(250);

/// Writes at most one save at a time, and never makes the stream wait for it.
pub(crate) struct Saver {
    history: Arc<History>,
    answer: MessageId,
    last: Instant,
    running: Option<JoinHandle<Result<(), Failure>>>,
}

impl Saver {
    pub(crate) fn new(history: Arc<History>, answer: MessageId) -> Self {
        Self { history, answer, last: Instant::now(), running: None }
    }

    /// Starts a save if one is due. An error is that of an earlier save.
    pub(crate) async fn save(&mut self, fold: &Fold) -> Result<(), Failure> {
        if self.last.elapsed() < EVERY {
            return Ok(());
        }
        if self.running.as_ref().is_some_and(|running| !running.is_finished()) {
            return Ok(());
        }
        self.settle().await?;
        self.last = Instant::now();
        let (text, reasoning) = (fold.text.clone(), fold.reasoning.clone());
        let (history, answer) = (Arc::clone(&self.history), self.answer);
        self.running = Some(tokio::spawn(async move {
            on_disk(&history, move |history| history.save_progress(answer, &text, &reasoning)).await
        }));
        Ok(())
    }

    /// Waits for the save that runs, if one does.
    pub(crate) async fn settle(&mut self) -> Result<(), Failure> {
        match self.running.take() {
            // A save that panicked has saved nothing; the final one makes up for it.
            Some(running) => running.await.unwrap_or(Ok(())),
            None => Ok(()),
        }
    }
}
