//! Bytes to server-sent events.
//!
//! `eventsource-stream` does the parsing. In front of it stands a cutter, because the parser has no limit, reads its whole
//! buffer again for every chunk, and loses everything after one invalid byte.

mod cut;
mod lines;

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use eventsource_stream::{EventStream, EventStreamError, Eventsource};
use futures_util::{Stream, ready};

use cut::Cut;

/// The most bytes one event may have.
pub const EVENT_CAP: usize = 16 * 1024 * 1024;

/// One server-sent event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frame {
    /// Its name; `message` or empty for the unnamed.
    pub event: String,
    /// Its data lines, joined by line feeds.
    pub data: String,
}

/// What can go wrong while framing. `E` is the transport's error.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError<E> {
    /// The transport failed.
    #[error("the connection broke")]
    Transport(E),
    /// One event passed [`EVENT_CAP`].
    #[error("one event is larger than {EVENT_CAP} bytes")]
    TooLarge,
}

/// Frames a byte stream. A last event counts without its blank line and without its line end, also if the connection broke
/// behind it; half a JSON document does not. What is no event, but JSON or an error's words, is made one.
pub fn frames<S, E>(bytes: S) -> Frames<S, E>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
    E: Unpin,
{
    Frames { events: Cut::new(bytes, EVENT_CAP).eventsource() }
}

/// See [`frames`].
pub struct Frames<S, E> {
    events: EventStream<Cut<S, E>>,
}

impl<S, E> Stream for Frames<S, E>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
    E: Unpin,
{
    type Item = Result<Frame, FrameError<E>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let item = match ready!(Pin::new(&mut self.events).poll_next(cx)) {
                Some(Ok(event)) => Ok(Frame { event: event.event, data: event.data }),
                Some(Err(EventStreamError::Transport(error))) => Err(error),
                // The cutter hands on nothing but whole lines of valid text, so there is nothing to lose here.
                Some(Err(EventStreamError::Utf8(_) | EventStreamError::Parser(_))) => continue,
                None => return Poll::Ready(None),
            };
            return Poll::Ready(Some(item));
        }
    }
}

#[cfg(test)]
mod tests;
