//! Cuts a byte stream at line ends, so that the parser behind it only ever sees whole lines of valid text.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::{Stream, ready};

use super::FrameError;
use super::lines::{Lines, is_whole};

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
    lines: Lines,
    /// Why the stream ended, told after what came before it.
    error: Option<FrameError<E>>,
}

impl<S, E> Cut<S, E> {
    pub(super) fn new(bytes: S, cap: usize) -> Self {
        let (pending, lines) = (Vec::new(), Lines::default());
        Self { bytes, pending, event: 0, cap, begun: false, ended: false, lines, error: None }
    }

    /// Takes a chunk in; gives back the lines it completed.
    fn take(&mut self, chunk: &[u8]) -> Result<Option<String>, FrameError<E>> {
        let start = self.pending.len();
        self.pending.extend_from_slice(chunk);
        let lines = match last_line_end(&self.pending, start) {
            Some(end) => {
                let rest = self.pending.split_off(end);
                let whole = std::mem::replace(&mut self.pending, rest);
                let lines = self.standard(whole);
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

    /// Whole lines as the parser behind may see them.
    fn standard(&mut self, bytes: Vec<u8>) -> String {
        let mut lines = text(bytes);
        // The standard takes one byte order mark off. A second one would make the parser behind panic.
        if !self.begun && lines.starts_with('\u{feff}') {
            lines = lines.trim_start_matches('\u{feff}').to_owned();
        }
        self.begun = true;
        self.lines.rewrite(lines)
    }

    /// The last lines, whole or not, and the blank line that ends their event.
    fn last(&mut self) -> String {
        let pending = std::mem::take(&mut self.pending);
        let mut last = String::new();
        let rest = String::from_utf8_lossy(&pending);
        if is_whole(rest.trim_start_matches('\u{feff}')) && !pending.is_empty() {
            last = self.standard([&pending[..], b"\n"].concat());
        }
        last.push_str(&self.lines.end());
        last.push('\n');
        last
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
    E: Unpin,
{
    type Item = Result<String, FrameError<E>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while !self.ended {
            let lines = match ready!(Pin::new(&mut self.bytes).poll_next(cx)) {
                Some(Ok(chunk)) => self.take(&chunk),
                Some(Err(error)) => {
                    self.ended = true;
                    self.error = Some(FrameError::Transport(error));
                    Ok(Some(self.last()))
                }
                None => {
                    self.ended = true;
                    Ok(Some(self.last()))
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
        Poll::Ready(self.error.take().map(Err))
    }
}
