//! A body on its way to a program, which ends at once when its token is revoked.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::{AbortHandle, Abortable};
use hyper::body::{Body, Frame};
use turn::RelayedBody;

use crate::desk::Sending;

/// What is sent back.
pub(crate) enum Sent {
    /// A document of our own.
    Whole(Option<Bytes>),
    /// Somebody else's answer.
    Passing(Box<Ending>),
}

/// An answer that can be cut off.
pub(crate) struct Ending {
    body: Abortable<RelayedBody>,
    is_over: bool,
    _sending: Sending,
}

/// It was cut off: whoever reads it sees a broken connection, never half an answer that looks whole.
#[derive(Debug, thiserror::Error)]
#[error("the answer was cut off")]
pub(crate) struct CutOff;

impl Ending {
    /// `handle` and `registration` are two ends of one line.
    pub(crate) fn new(
        body: RelayedBody,
        registration: futures_util::stream::AbortRegistration,
        sending: Sending,
    ) -> Self {
        Self { body: Abortable::new(body, registration), is_over: false, _sending: sending }
    }

    /// The two ends.
    pub(crate) fn line() -> (AbortHandle, futures_util::stream::AbortRegistration) {
        AbortHandle::new_pair()
    }
}

impl Body for Sent {
    type Data = Bytes;
    type Error = CutOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, CutOff>>> {
        match &mut *self {
            Self::Whole(whole) => Poll::Ready(whole.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Passing(ending) => {
                if ending.is_over {
                    return Poll::Ready(None);
                }
                Poll::Ready(match ready!(ending.body.poll_next_unpin(cx)) {
                    Some(Ok(bytes)) => Some(Ok(Frame::data(bytes))),
                    None if !ending.body.is_aborted() => None,
                    Some(Err(_)) | None => {
                        ending.is_over = true;
                        Some(Err(CutOff))
                    }
                })
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        match self {
            Self::Whole(whole) => {
                let length = whole.as_ref().map_or(0, Bytes::len);
                hyper::body::SizeHint::with_exact(u64::try_from(length).unwrap_or(0))
            }
            Self::Passing(_) => hyper::body::SizeHint::default(),
        }
    }
}
