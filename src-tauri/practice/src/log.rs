//! What the server saw, for tests.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// One request.
#[derive(Debug, Clone)]
pub struct Seen {
    /// `GET` or `POST`.
    pub method: String,
    /// The path below the origin.
    pub path: String,
    /// Every header, in order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

/// When the parts of a stream left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// Its first event.
    pub first: SystemTime,
    /// Its last.
    pub last: SystemTime,
}

/// A shared record; clones see the same.
#[derive(Debug, Clone, Default)]
pub struct Log {
    silent: bool,
    seen: Arc<Mutex<Vec<Seen>>>,
    hung_up: Arc<AtomicUsize>,
    finished: Arc<AtomicUsize>,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Log {
    /// All requests so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Streams that the client closed before their end.
    pub fn hung_up(&self) -> usize {
        self.hung_up.load(Ordering::SeqCst)
    }

    /// Streams sent to their end.
    pub fn finished(&self) -> usize {
        self.finished.load(Ordering::SeqCst)
    }

    /// The streams that have ended, in the order they ended.
    pub fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// One that writes nothing down.
    pub(crate) fn silent() -> Self {
        Self { silent: true, ..Self::default() }
    }

    pub(crate) fn add(&self, seen: Seen) {
        if self.silent {
            return;
        }
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push(seen);
    }

    /// A mark that tells, when dropped, whether its stream came to its end.
    pub(crate) fn stream(&self) -> StreamMark {
        StreamMark { log: self.clone(), ended: false, sent: None }
    }
}

pub(crate) struct StreamMark {
    log: Log,
    ended: bool,
    sent: Option<Sent>,
}

impl StreamMark {
    pub(crate) fn sending(&mut self) {
        let now = SystemTime::now();
        self.sent.get_or_insert(Sent { first: now, last: now }).last = now;
    }

    pub(crate) fn end(&mut self) {
        self.ended = true;
    }
}

impl Drop for StreamMark {
    fn drop(&mut self) {
        let counter = if self.ended { &self.log.finished } else { &self.log.hung_up };
        if !self.log.silent {
            let sent = &self.log.sent;
            sent.lock().unwrap_or_else(PoisonError::into_inner).extend(self.sent);
        }
        counter.fetch_add(1, Ordering::SeqCst);
    }
}
