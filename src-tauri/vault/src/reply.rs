//! An answer that is still arriving.

use std::fmt;
use std::pin::Pin;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};

use crate::address::Origin;
use crate::redact::Redactor;
use crate::send::SendError;

/// A server's answer: its status, the few headers that matter, and its body as it arrives.
/// The key that the request carried is masked in it. Dropping it closes the connection, which ends the billing.
pub struct Reply {
    response: reqwest::Response,
    origin: Origin,
    loopback: bool,
    redactor: Option<Redactor>,
}

impl Reply {
    pub(crate) fn new(
        response: reqwest::Response,
        origin: Origin,
        loopback: bool,
        redactor: Option<Redactor>,
    ) -> Reply {
        Reply { response, origin, loopback, redactor }
    }

    /// The status code.
    pub fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// One of `content-type`, `retry-after`, `x-request-id` and `request-id`; nothing else is shown.
    pub fn header(&self, name: &str) -> Option<String> {
        const SHOWN: [&str; 4] = ["content-type", "retry-after", "x-request-id", "request-id"];
        let name = SHOWN.into_iter().find(|shown| shown.eq_ignore_ascii_case(name))?;
        let value = self.response.headers().get(name)?.to_str().ok()?;
        match &self.redactor {
            Some(redactor) => String::from_utf8(redactor.whole(value.as_bytes())).ok(),
            None => Some(value.to_owned()),
        }
    }

    /// The body, piece by piece.
    pub fn body(self) -> impl Stream<Item = Result<Bytes, SendError>> + Send + Unpin + 'static {
        let Reply { response, origin, loopback, redactor } = self;
        let pieces = response
            .bytes_stream()
            .map(move |piece| piece.map_err(|e| SendError::of(&e, &origin, loopback)));
        match redactor {
            Some(redactor) => masked(pieces, redactor),
            None => Box::pin(pieces) as Pieces,
        }
    }

    /// The body as text, cut after `cap` bytes. What is not UTF-8 is replaced.
    pub async fn text(self, cap: usize) -> Result<String, SendError> {
        let mut body = self.body();
        let mut bytes = Vec::new();
        while let Some(piece) = body.next().await {
            let piece = piece?;
            bytes.extend_from_slice(&piece[..piece.len().min(cap - bytes.len())]);
            if bytes.len() == cap {
                break;
            }
        }
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, SendError>> + Send>>;

fn masked(
    pieces: impl Stream<Item = Result<Bytes, SendError>> + Send + 'static,
    redactor: Redactor,
) -> Pieces {
    let state = Some((Box::pin(pieces), redactor));
    Box::pin(stream::unfold(state, async |state| {
        let (mut pieces, mut redactor) = state?;
        match pieces.next().await {
            Some(Ok(piece)) => {
                let piece = Bytes::from(redactor.piece(&piece));
                Some((Ok(piece), Some((pieces, redactor))))
            }
            Some(Err(error)) => Some((Err(error), Some((pieces, redactor)))),
            None => Some((Ok(Bytes::from(redactor.rest())), None)),
        }
    }))
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reply({} from {})", self.status(), self.origin)
    }
}
