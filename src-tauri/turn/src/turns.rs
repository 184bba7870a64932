//! Which conversations are being answered, and the way to stop them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use history::ConversationId;
use tokio::sync::oneshot;

use crate::{Failure, Trouble};

/// Who runs; the way to stop a turn is used up when it is used, the place is not.
type Running = HashMap<ConversationId, Option<oneshot::Sender<()>>>;

/// The turns that run now: at most one in a conversation, any number of conversations at once.
#[derive(Debug, Clone, Default)]
pub struct Turns(Arc<Mutex<Running>>);

/// A conversation's place among the running turns; given back when dropped, whatever happened.
#[derive(Debug)]
pub(crate) struct Place {
    turns: Turns,
    conversation: ConversationId,
}

impl Turns {
    /// Whether an answer to this conversation is on its way.
    pub fn is_answering(&self, conversation: ConversationId) -> bool {
        self.running().contains_key(&conversation)
    }

    /// Whether any answer is on its way.
    pub fn are_answering(&self) -> bool {
        !self.running().is_empty()
    }

    /// Stops the answer to this conversation, if there is one.
    pub fn stop(&self, conversation: ConversationId) {
        if let Some(stop) = self.running().get_mut(&conversation).and_then(Option::take) {
            // A turn that has just ended no longer listens, which is as good.
            let _ = stop.send(());
        }
    }

    /// Takes a conversation's place.
    pub(crate) fn enter(
        &self,
        conversation: ConversationId,
    ) -> Result<(Place, oneshot::Receiver<()>), Failure> {
        let mut running = self.running();
        if running.contains_key(&conversation) {
            return Err(Failure::of(Trouble::AlreadyAnswering));
        }
        let (stop, stopped) = oneshot::channel();
        running.insert(conversation, Some(stop));
        Ok((Place { turns: self.clone(), conversation }, stopped))
    }

    fn running(&self) -> MutexGuard<'_, Running> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.turns.running().remove(&self.conversation);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_turn_a_conversation() {
        let turns = Turns::default();
        let (first, second) = (ConversationId(1), ConversationId(2));
        let place = turns.enter(first).unwrap();
        assert_eq!(turns.enter(first).unwrap_err().trouble, Trouble::AlreadyAnswering);
        assert!(turns.enter(second).is_ok(), "others may run at the same time");
        drop(place);
        assert!(!turns.is_answering(first));
        assert!(turns.enter(first).is_ok());
    }
}
