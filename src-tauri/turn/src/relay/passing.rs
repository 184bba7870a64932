//! A body on its way through: masked, heard by the meter, and handed on as it comes.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use serde_json::Value;
use vault::{RawMasker, SendError};

use super::meter::Meter;
use crate::purse::Paid;
use crate::{Failure, Trouble};

/// See the module. Dropping it closes the connection behind it and settles what had come.
pub(super) struct Passing<S> {
    body: S,
    name: String,
    masker: RawMasker,
    meter: Option<Meter>,
    paid: Paid,
    uncounted: Option<Uncounted>,
    is_over: bool,
}

impl<S: Stream<Item = Result<Bytes, SendError>> + Unpin> Passing<S> {
    /// `counts` says that a count was asked for which the program does not expect.
    pub(super) fn new(
        body: S,
        name: &str,
        masker: RawMasker,
        meter: Meter,
        counts: bool,
        paid: Paid,
    ) -> Self {
        let uncounted = counts.then(Uncounted::default);
        Self {
            body,
            name: name.to_owned(),
            masker,
            meter: Some(meter),
            paid,
            uncounted,
            is_over: false,
        }
    }

    /// `None` where it would give the key away.
    fn piece(&mut self, bytes: Bytes) -> Option<Bytes> {
        let masked: Bytes = match self.masker.passes(&bytes) {
            true => bytes,
            false => self.masker.piece(&bytes).into(),
        };
        let is_heard = self.meter.as_mut().is_none_or(|meter| meter.hear(&masked));
        is_heard.then(|| match &mut self.uncounted {
            Some(uncounted) => uncounted.piece(&masked),
            None => masked,
        })
    }

    fn rest(&mut self) -> Bytes {
        let rest = self.masker.rest();
        match &mut self.uncounted {
            Some(uncounted) => [uncounted.piece(&rest), uncounted.rest()].concat().into(),
            None => rest.into(),
        }
    }
}

impl<S> Passing<S> {
    fn settle(&mut self, is_over: bool) {
        let Some(meter) = self.meter.take() else { return };
        // Without a runtime the program is ending; what is reserved then stands, which is never too little.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let paid = Arc::clone(&self.paid);
            runtime.spawn(async move {
                meter.settle(is_over).await;
                paid();
            });
        }
    }
}

impl<S: Stream<Item = Result<Bytes, SendError>> + Unpin> Stream for Passing<S> {
    type Item = Result<Bytes, Failure>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if this.is_over {
                return Poll::Ready(None);
            }
            let piece = match ready!(this.body.poll_next_unpin(cx)) {
                Some(Ok(bytes)) => match this.piece(bytes) {
                    Some(piece) => piece,
                    None => {
                        this.is_over = true;
                        this.settle(false);
                        let failure = Failure::at(Trouble::Nonsense, &this.name, None);
                        return Poll::Ready(Some(Err(failure)));
                    }
                },
                Some(Err(error)) => {
                    this.is_over = true;
                    this.settle(false);
                    return Poll::Ready(Some(Err(Failure::sending(&this.name, &error))));
                }
                None => {
                    this.is_over = true;
                    this.settle(true);
                    this.rest()
                }
            };
            if !piece.is_empty() {
                return Poll::Ready(Some(Ok(piece)));
            }
        }
    }
}

impl<S> Drop for Passing<S> {
    fn drop(&mut self) {
        self.settle(false);
    }
}

/// Takes out the one event that the program did not ask for: the count of tokens behind a chat completion's end.
#[derive(Default)]
struct Uncounted {
    /// An event that is not whole yet.
    open: Vec<u8>,
}

/// An event that is longer than this is none of a count.
const COUNT_CAP: usize = 64 * 1024;

impl Uncounted {
    fn piece(&mut self, bytes: &[u8]) -> Bytes {
        let mut out = Vec::with_capacity(bytes.len() + self.open.len());
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            self.open.extend_from_slice(line);
            if is_end(&self.open) {
                if !is_count(&self.open) {
                    out.extend_from_slice(&self.open);
                }
                self.open.clear();
            } else if self.open.len() > COUNT_CAP {
                out.append(&mut self.open);
            }
        }
        out.into()
    }

    fn rest(&mut self) -> Bytes {
        std::mem::take(&mut self.open).into()
    }
}

fn is_end(event: &[u8]) -> bool {
    event.ends_with(b"\n\n") || event.ends_with(b"\n\r\n")
}

fn is_count(event: &[u8]) -> bool {
    let Some(data) = event.trim_ascii().strip_prefix(b"data:") else { return false };
    let Ok(Value::Object(chunk)) = serde_json::from_slice(data) else { return false };
    let is_empty = chunk.get("choices").and_then(Value::as_array).is_some_and(Vec::is_empty);
    is_empty && chunk.get("usage").is_some_and(Value::is_object)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_count_is_taken_out_however_the_stream_is_cut() {
        let before = "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}],\"usage\":null}\n\n";
        let filter = "data: {\"choices\":[],\"prompt_filter_results\":[]}\r\n\r\n: ping\n\n";
        let count = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1}}\n\n";
        let (done, open) = ("data: [DONE]\n\n", "data: half");
        let whole = format!("{filter}{before}{count}{done}{open}");
        for size in 1..whole.len() {
            let mut uncounted = Uncounted::default();
            let mut out = Vec::new();
            whole.as_bytes().chunks(size).for_each(|piece| out.extend(uncounted.piece(piece)));
            out.extend(uncounted.rest());
            assert_eq!(String::from_utf8(out).unwrap(), format!("{filter}{before}{done}{open}"));
        }
    }
}
