//! Where a page finds an answer that is being written: one that was loaded again joins what goes on without it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use history::ConversationId;
use tauri::ipc::Channel;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::ipc::TurnUpdate;

/// A page's ear.
pub type Updates = Channel<TurnUpdate>;

/// The answers that can be joined now.
#[derive(Clone, Default)]
pub struct Watchers(Arc<Mutex<HashMap<ConversationId, UnboundedSender<Updates>>>>);

/// An answer's place among them; given back when dropped.
pub struct Watched {
    watchers: Watchers,
    conversation: ConversationId,
    join: UnboundedSender<Updates>,
    joining: UnboundedReceiver<Updates>,
}

impl Watchers {
    /// Makes the answer to this conversation one that can be joined.
    pub fn enter(&self, conversation: ConversationId) -> Watched {
        let (join, joining) = unbounded_channel();
        self.all().insert(conversation, join.clone());
        Watched { watchers: self.clone(), conversation, join, joining }
    }

    /// Lets a page follow the answer to this conversation from now on. False if none is being written.
    pub fn join(&self, conversation: ConversationId, updates: Updates) -> bool {
        self.all().get(&conversation).is_some_and(|join| join.send(updates).is_ok())
    }

    fn all(&self) -> MutexGuard<'_, HashMap<ConversationId, UnboundedSender<Updates>>> {
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
        let mut all = self.watchers.all();
        // The next answer to the same conversation may have taken the place.
        if all.get(&self.conversation).is_some_and(|join| join.same_channel(&self.join)) {
            all.remove(&self.conversation);
        }
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
        let (watchers, one) = (Watchers::default(), ConversationId(1));
        assert!(!watchers.join(one, nobody()));
        let watched = watchers.enter(one);
        assert!(watchers.join(one, nobody()));
        assert!(watched.close().is_some(), "who has joined is told of the end");
        assert!(!watchers.join(one, nobody()));
    }

    #[test]
    fn the_next_answer_keeps_its_place_when_the_last_one_leaves_late() {
        let (watchers, one) = (Watchers::default(), ConversationId(1));
        let last = watchers.enter(one);
        let _next = watchers.enter(one);
        drop(last);
        assert!(watchers.join(one, nobody()));
    }
}
