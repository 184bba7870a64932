//! Cuts a byte stream at line ends, so that the parser behind it only ever sees whole lines of valid text.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::{Stream, ready};

use super::FrameError;

/// A stream of whole lines. Invalid UTF-8 becomes U+FFFD; characters split between chunks are whole again, because a line
/// end never lies inside one.
pub(super) struct Cut<S, E> {
    bytes: S,
    pending: Vec<u8>,
    /// Bytes handed on since the last blank line: the size of the event being built.
    event: usize,
    cap: usize,
    begun: bool,
    ended: bool,
    error: std::marker::PhantomData<fn() -> E>,
}

impl<S, E> Cut<S, E> {
    pub(super) fn new(bytes: S, cap: usize) -> Self {
        let error = std::marker::PhantomData;
        Self { bytes, pending: Vec::new(), event: 0, cap, begun: false, ended: false, error }
    }

    /// Takes a chunk in; gives back the lines it completed.
    fn take(&mut self, chunk: &[u8]) -> Result<Option<String>, FrameError<E>> {
        let start = self.pending.len();
        self.pending.extend_from_slice(chunk);
        let lines = match last_line_end(&self.pending, start) {
            Some(end) => {
                let rest = self.pending.split_off(end);
                let mut lines = text(std::mem::replace(&mut self.pending, rest));
                // A byte order mark makes the parser behind panic.
                if !self.begun && lines.starts_with('\u{feff}') {
                    lines.remove(0);
                }
                self.begun = true;
                self.count(&lines)?;
                Some(lines)
            }
            None => None,
        };
        if self.event + self.pending.len() > self.cap {
            return Err(FrameError::TooLarge);
        }
        Ok(lines)
    }

    /// Adds whole lines to the size of the event they belong to; a blank line begins a new one.
    fn count(&mut self, lines: &str) -> Result<(), FrameError<E>> {
        for line in lines.split_inclusive('\n') {
            if line == "\n" {
                self.event = 0;
            } else if !line.starts_with(':') {
                self.event += line.len();
            }
            if self.event > self.cap {
                return Err(FrameError::TooLarge);
            }
        }
        Ok(())
    }
}

/// Valid text with line feeds only: the parser behind would wait for ever for the second half of a last `\r`.
fn text(bytes: Vec<u8>) -> String {
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n"),
        false => text,
    }
}

/// Where the last whole line ends. A carriage return at the very end may be the first half of `\r\n`, so it waits.
fn last_line_end(bytes: &[u8], from: usize) -> Option<usize> {
    let from = from.saturating_sub(1);
    for at in (from..bytes.len()).rev() {
        match bytes[at] {
            b'\n' => return Some(at + 1),
            b'\r' if at + 1 < bytes.len() => return Some(at + 1),
            _ => {}
        }
    }
    None
}

impl<S, E> Stream for Cut<S, E>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    type Item = Result<String, FrameError<E>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while !self.ended {
            let lines = match ready!(Pin::new(&mut self.bytes).poll_next(cx)) {
                Some(Ok(chunk)) => self.take(&chunk),
                Some(Err(error)) => Err(FrameError::Transport(error)),
                None => {
                    self.ended = true;
                    let rest = text(std::mem::take(&mut self.pending));
                    // Without its line end, what is left can end an event only if it is the second half of a `\r\r`.
                    Ok((rest == "\n").then_some(rest))
                }
            };
            match lines {
                Ok(None) => {}
                Ok(Some(lines)) => return Poll::Ready(Some(Ok(lines))),
                Err(error) => {
                    self.ended = true;
                    self.pending = Vec::new();
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
        Poll::Ready(None)
    }
}
