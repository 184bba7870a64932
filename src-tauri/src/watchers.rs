//! Where a page finds an answer that is being written: one that was loaded again joins what goes on without it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use history::MessageId;
use tauri::ipc::Channel;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::ipc::TurnUpdate;

/// A page's ear.
pub type Updates = Channel<TurnUpdate>;

/// The answers that can be joined now.
#[derive(Clone, Default)]
pub struct Watchers(Arc<Mutex<HashMap<MessageId, UnboundedSender<Updates>>>>);

/// An answer's place among them; given back when dropped.
pub struct Watched {
    watchers: Watchers,
    answer: MessageId,
    joining: UnboundedReceiver<Updates>,
}

impl Watchers {
    /// Makes this answer one that can be joined.
    pub fn enter(&self, answer: MessageId) -> Watched {
        let (join, joining) = unbounded_channel();
        self.all().insert(answer, join);
        Watched { watchers: self.clone(), answer, joining }
    }

    /// Lets a page follow this answer from now on. False if none is being written.
    pub fn join(&self, answer: MessageId, updates: Updates) -> bool {
        self.all().get(&answer).is_some_and(|join| join.send(updates).is_ok())
    }

    fn all(&self) -> MutexGuard<'_, HashMap<MessageId, UnboundedSender<Updates>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watched {
    /// The next page that joins.
    pub async fn next(&mut self) -> Option<Updates> {
        self.joining.recv().await
    }

    /// From here on nobody joins. The page that did last and was not heard yet.
    pub fn close(mut self) -> Option<Updates> {
        self.leave();
        self.joining.close();
        std::iter::from_fn(|| self.joining.try_recv().ok()).last()
    }

    fn leave(&self) {
        self.watchers.all().remove(&self.answer);
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.leave();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nobody() -> Updates {
        Channel::new(|_| Ok(()))
    }

    #[test]
    fn only_what_is_being_written_can_be_joined() {
        let (watchers, one) = (Watchers::default(), MessageId(1));
        assert!(!watchers.join(one, nobody()));
        let watched = watchers.enter(one);
        assert!(watchers.join(one, nobody()));
        assert!(watched.close().is_some(), "who has joined is told of the end");
        assert!(!watchers.join(one, nobody()));
    }
}
