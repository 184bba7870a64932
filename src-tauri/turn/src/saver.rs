//! Saves a growing answer behind the stream's back, and says how far it is saved.
//!
//! A save is due a moment after the first word that is not saved yet, or as soon as there are some, whether or not the stream
//! goes on. What a person sees may be ahead of what is saved by [`AHEAD`] and no more: whatever happens then, only that
//! much can be gone.

use std::sync::Arc;
use std::time::Duration;

use history::{History, MessageId};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

use crate::Failure;
use crate::store::on_disk;

/// Tokens that may be shown and are not saved yet.
pub(crate) const AHEAD: usize = 64;

/// So many unsaved tokens are saved at once: soon enough that a stream at reading speed is never held back.
const SOON: usize = AHEAD / 2;

/// No save takes more, so that of an answer at full speed the first parts can be shown while the later ones are saved.
const MOST: usize = 8 * 1024;

/// Together with the time a save takes, this stays below a quarter of a second.
const EVERY: Duration = Duration::from_millis(150);

/// More of an answer.
pub(crate) enum Grown {
    Text(String),
    Reasoning(String),
}

/// Writes one save after the other, and never makes the stream wait for it.
pub(crate) struct Saver {
    grown: Option<UnboundedSender<Grown>>,
    saved: watch::Receiver<Saved>,
    task: Option<JoinHandle<()>>,
}

#[derive(Debug, Clone, Default)]
struct Saved {
    tokens: usize,
    failure: Option<Failure>,
}

#[derive(Default)]
struct Whole {
    text: String,
    reasoning: String,
    tokens: usize,
}

/// About how many tokens a piece of text is: at least one, and one for every four letters.
pub(crate) fn tokens_in(text: &str) -> usize {
    text.chars().count().div_ceil(4).max(1)
}

impl Saver {
    pub(crate) fn new(history: Arc<History>, answer: MessageId) -> Self {
        let (grown, heard) = unbounded_channel();
        let (say, saved) = watch::channel(Saved::default());
        let task = tokio::spawn(save(history, answer, heard, say));
        Self { grown: Some(grown), saved, task: Some(task) }
    }

    /// For what belongs to no message: nothing is saved, and nothing waits for it.
    pub(crate) fn nothing() -> Self {
        let (_, saved) = watch::channel(Saved { tokens: usize::MAX - AHEAD, failure: None });
        Self { grown: None, saved, task: None }
    }

    /// Takes more of the answer, to be saved soon.
    pub(crate) fn add(&self, grown: Grown) {
        if let Some(to) = &self.grown {
            // After a failed save nobody listens any more; that failure has been told.
            let _ = to.send(grown);
        }
    }

    /// How many tokens are saved.
    pub(crate) fn tokens(&self) -> usize {
        self.saved.borrow().tokens
    }

    /// The failure of a save, if one has failed.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        self.saved.borrow().failure.clone().map_or(Ok(()), Err)
    }

    /// Comes when more is saved, or a save has failed.
    pub(crate) async fn moved(&mut self) {
        if self.saved.changed().await.is_err() {
            // It has ended, so nothing moves any more.
            std::future::pending::<()>().await;
        }
    }

    /// Waits for the save that runs, if one does. The final one, which is another's, makes up for what was not saved.
    pub(crate) async fn settle(&mut self) {
        self.grown = None;
        if let Some(task) = self.task.take() {
            let _ = task.await;
        }
    }
}

async fn save(
    history: Arc<History>,
    answer: MessageId,
    mut heard: UnboundedReceiver<Grown>,
    say: watch::Sender<Saved>,
) {
    let mut whole = Whole::default();
    let mut saved = 0;
    while let Some(first) = heard.recv().await {
        whole.add(first);
        let due = Instant::now() + EVERY;
        while whole.tokens - saved < SOON {
            match timeout_at(due, heard.recv()).await {
                Ok(Some(grown)) => whole.add(grown),
                // The answer has ended: its end is saved whole.
                Ok(None) => return,
                Err(_) => break,
            }
        }
        while whole.tokens - saved < MOST
            && let Ok(grown) = heard.try_recv()
        {
            whole.add(grown);
        }
        // The texts go along and come back, so that none is copied.
        let mut moved = std::mem::take(&mut whole);
        let done = on_disk(&history, move |history| {
            history.save_progress(answer, &moved.text, &moved.reasoning)?;
            Ok(std::mem::take(&mut moved))
        });
        match done.await {
            Ok(back) => {
                whole = back;
                saved = whole.tokens;
                say.send_modify(|said| said.tokens = saved);
            }
            Err(failure) => {
                say.send_modify(|said| said.failure = Some(failure));
                return;
            }
        }
    }
}

impl Whole {
    fn add(&mut self, grown: Grown) {
        let (whole, more) = match &grown {
            Grown::Text(text) => (&mut self.text, text),
            Grown::Reasoning(text) => (&mut self.reasoning, text),
        };
        whole.push_str(more);
        self.tokens += tokens_in(more);
    }
}
