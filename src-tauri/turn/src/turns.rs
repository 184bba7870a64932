//! Which answers are being written, and the way to stop them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use files::document::Reader;
use history::{ConversationId, History, MessageId, Route, Step};
use tokio::sync::{oneshot, watch};

use crate::Failure;
use crate::breaker::{Breaker, Rest};
use crate::route::{PATIENCE, in_order};
use crate::target::Target;

/// An answer that is being written.
#[derive(Debug)]
struct Running {
    conversation: ConversationId,
    /// The connection that is asked now: along a route it may not be the first.
    connection: String,
    /// The way to stop it is used up when it is used, the place is not.
    stop: Option<oneshot::Sender<()>>,
}

/// The turns that run now, each known by its answer; any number of them at once, also in one conversation.
#[derive(Debug, Clone)]
pub struct Turns {
    running: Arc<Mutex<HashMap<MessageId, Running>>>,
    count: Arc<watch::Sender<usize>>,
    beginning: Arc<Mutex<()>>,
    pub(crate) breaker: Breaker,
    /// How long the beginning of an answer is waited for where another can be asked.
    pub(crate) patience: Duration,
    /// What draws the pages of a scan.
    pub(crate) documents: Option<Reader>,
}

impl Default for Turns {
    fn default() -> Self {
        Self {
            running: Arc::default(),
            count: Arc::new(watch::Sender::new(0)),
            beginning: Arc::default(),
            breaker: Breaker::default(),
            patience: PATIENCE,
            documents: None,
        }
    }
}

/// An answer's place among the running turns; given back when dropped, whatever happened.
#[derive(Debug)]
pub(crate) struct Place {
    turns: Turns,
    answer: MessageId,
}

impl Turns {
    /// The same, with another patience.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The same, with what draws the pages of a scan.
    #[must_use]
    pub fn drawing(self, documents: Option<Reader>) -> Self {
        Self { documents, ..self }
    }

    /// A route's models in the order they would be asked in now, and why some would be passed by.
    pub fn line(
        &self,
        history: &History,
        route: &Route,
    ) -> Result<Vec<(Step, Option<Rest>)>, Failure> {
        let now = Instant::now();
        let rest = |step: &Step| {
            let target = Target::of(history, step).ok()?;
            self.breaker.closed(&target.endpoint.way(&target.model), now)
        };
        let steps = in_order(history, route)?;
        Ok(steps.into_iter().map(|step| (step.clone(), rest(&step))).collect())
    }

    /// Whether an answer in this conversation is on its way.
    pub fn is_answering(&self, conversation: ConversationId) -> bool {
        self.running().values().any(|running| running.conversation == conversation)
    }

    /// Whether any answer is on its way.
    pub fn are_answering(&self) -> bool {
        !self.running().is_empty()
    }

    /// Whether this answer is on its way.
    pub fn is_running(&self, answer: MessageId) -> bool {
        self.running().contains_key(&answer)
    }

    /// Every answer that is on its way.
    pub fn answers(&self) -> Vec<MessageId> {
        self.running().keys().copied().collect()
    }

    /// Those of them that come over this connection now.
    pub fn answers_over(&self, connection: &str) -> Vec<MessageId> {
        let running = self.running();
        let over = running.iter().filter(|(_, running)| running.connection == connection);
        over.map(|(answer, _)| *answer).collect()
    }

    /// How many answers are on their way, now and from now on.
    pub fn count(&self) -> watch::Receiver<usize> {
        self.count.subscribe()
    }

    /// Stops this answer, if it is on its way.
    pub fn stop(&self, answer: MessageId) {
        if let Some(running) = self.running().get_mut(&answer) {
            running.stop();
        }
    }

    /// Stops every answer in a conversation.
    pub fn stop_all(&self, conversation: ConversationId) {
        let mut all = self.running();
        all.values_mut()
            .filter(|running| running.conversation == conversation)
            .for_each(Running::stop);
    }

    /// Between looking whether an answer has ended and saying what follows it, no other turn begins.
    pub(crate) fn begin(&self) -> MutexGuard<'_, ()> {
        self.beginning.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the place of an answer that was just begun.
    pub(crate) fn enter(
        &self,
        answer: MessageId,
        conversation: ConversationId,
        connection: String,
    ) -> (Place, oneshot::Receiver<()>) {
        let (stop, stopped) = oneshot::channel();
        let mut running = self.running();
        running.insert(answer, Running { conversation, connection, stop: Some(stop) });
        self.count.send_replace(running.len());
        drop(running);
        (Place { turns: self.clone(), answer }, stopped)
    }

    /// It is another connection that is asked for this answer from now on.
    pub(crate) fn ask_over(&self, answer: MessageId, connection: &str) {
        if let Some(running) = self.running().get_mut(&answer) {
            connection.clone_into(&mut running.connection);
        }
    }

    fn running(&self) -> MutexGuard<'_, HashMap<MessageId, Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Running {
    fn stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // A turn that has just ended no longer listens, which is as good.
            let _ = stop.send(());
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut running = self.turns.running();
        running.remove(&self.answer);
        self.turns.count.send_replace(running.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_known_by_its_answer() {
        let turns = Turns::default();
        let (one, other) = (ConversationId(1), ConversationId(2));
        let (first, mut first_stopped) = turns.enter(MessageId(1), one, "c".to_owned());
        let (second, mut second_stopped) = turns.enter(MessageId(2), one, "c".to_owned());
        let (_third, mut third_stopped) = turns.enter(MessageId(3), other, "c".to_owned());
        assert_eq!(*turns.count().borrow(), 3);
        turns.stop(MessageId(1));
        assert!(first_stopped.try_recv().is_ok(), "this one");
        assert!(second_stopped.try_recv().is_err(), "and no other");
        drop(first);
        assert!(!turns.is_running(MessageId(1)));
        assert!(turns.is_answering(one), "the other one in it goes on");
        turns.stop_all(one);
        assert!(second_stopped.try_recv().is_ok());
        assert!(third_stopped.try_recv().is_err());
        drop(second);
        assert!(!turns.is_answering(one) && turns.are_answering());
        assert_eq!(*turns.count().borrow(), 1);
    }
}
