//! Where a page finds an answer that is being written: one that was loaded again, or that of another window, joins what goes on
//! without it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use history::MessageId;
use tauri::ipc::Channel;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::ipc::TurnUpdate;

/// Who is told of an answer.
#[derive(Clone)]
pub struct Listener {
    /// The window whose page it is: a new page takes the place of the one before.
    pub window: String,
    /// Its ear.
    pub updates: Channel<TurnUpdate>,
}

/// Everybody who is told of one answer.
pub struct Audience(Vec<Listener>);

impl Audience {
    /// One page, to begin with.
    pub fn of(listener: Listener) -> Self {
        Self(vec![listener])
    }

    /// One more, or another page of the same window.
    pub fn join(&mut self, listener: Listener) {
        self.0.retain(|known| known.window != listener.window);
        self.0.push(listener);
    }

    /// Whether a page of this window is among them.
    pub fn has(&self, window: &str) -> bool {
        self.0.iter().any(|listener| listener.window == window)
    }

    /// Tells all of them.
    pub fn tell(&self, update: TurnUpdate) {
        // A page that has gone needs no news, and the turn goes on without it.
        let Some((last, others)) = self.0.split_last() else { return };
        for listener in others {
            let _ = listener.updates.send(update.clone());
        }
        let _ = last.updates.send(update);
    }
}

/// The answers that can be joined now.
#[derive(Clone, Default)]
pub struct Watchers(Arc<Mutex<HashMap<MessageId, UnboundedSender<Listener>>>>);

/// An answer's place among them; given back when dropped.
pub struct Watched {
    watchers: Watchers,
    answer: MessageId,
    joining: UnboundedReceiver<Listener>,
}

impl Watchers {
    /// Makes this answer one that can be joined.
    pub fn enter(&self, answer: MessageId) -> Watched {
        let (join, joining) = unbounded_channel();
        self.all().insert(answer, join);
        Watched { watchers: self.clone(), answer, joining }
    }

    /// Lets a page follow this answer from now on. False if none is being written.
    pub fn join(&self, answer: MessageId, listener: Listener) -> bool {
        self.all().get(&answer).is_some_and(|join| join.send(listener).is_ok())
    }

    fn all(&self) -> MutexGuard<'_, HashMap<MessageId, UnboundedSender<Listener>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watched {
    /// The next page that joins.
    pub async fn next(&mut self) -> Option<Listener> {
        self.joining.recv().await
    }

    /// From here on nobody joins. The pages that did and were not heard yet.
    pub fn close(mut self) -> Vec<Listener> {
        self.leave();
        self.joining.close();
        std::iter::from_fn(|| self.joining.try_recv().ok()).collect()
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

    fn nobody() -> Listener {
        listener("main", Arc::default())
    }

    fn listener(window: &str, heard: Arc<Mutex<usize>>) -> Listener {
        let updates = Channel::new(move |_| {
            *heard.lock().unwrap() += 1;
            Ok(())
        });
        Listener { window: window.to_owned(), updates }
    }

    #[test]
    fn each_window_has_one_page_that_hears() {
        let [old, new, quick] = [(); 3].map(|()| Arc::<Mutex<usize>>::default());
        let mut audience = Audience::of(listener("main", Arc::clone(&old)));
        audience.join(listener("quick", Arc::clone(&quick)));
        audience.join(listener("main", Arc::clone(&new)));
        audience.tell(TurnUpdate::MovedOn { model: String::new() });
        let heard = [old, new, quick].map(|heard| *heard.lock().unwrap());
        assert_eq!(heard, [0, 1, 1]);
        assert!(audience.has("quick") && !audience.has("other"));
    }

    #[test]
    fn only_what_is_being_written_can_be_joined() {
        let (watchers, one) = (Watchers::default(), MessageId(1));
        assert!(!watchers.join(one, nobody()));
        let watched = watchers.enter(one);
        assert!(watchers.join(one, nobody()));
        assert_eq!(watched.close().len(), 1, "who has joined is told of the end");
        assert!(!watchers.join(one, nobody()));
    }
}
