//! An answer that is still arriving.

use std::fmt;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};

use crate::address::Origin;
use crate::masker::Masker;
use crate::send::SendError;

/// A server's answer: its status, the few headers that matter, and its body as it arrives.
///
/// The server may repeat the key that the request carried: whatever is decoded from the body goes through [`Reply::masker`]
/// before anybody sees it. Dropping the reply closes the connection, which ends the billing.
pub struct Reply {
    response: reqwest::Response,
    origin: Origin,
    loopback: bool,
    masker: Masker,
}

impl Reply {
    pub(crate) fn new(
        response: reqwest::Response,
        origin: Origin,
        loopback: bool,
        masker: Masker,
    ) -> Reply {
        Reply { response, origin, loopback, masker }
    }

    /// The status code.
    pub fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// What says how to read an answer, how long to wait, and which request it was; nothing else is shown.
    pub fn header(&self, name: &str) -> Option<String> {
        const SHOWN: [&str; 7] = [
            "content-type",
            "retry-after",
            "retry-after-ms",
            "x-ms-retry-after-ms",
            "x-should-retry",
            "x-request-id",
            "request-id",
        ];
        let name = SHOWN.into_iter().find(|shown| shown.eq_ignore_ascii_case(name))?;
        let value = self.response.headers().get(name)?.to_str().ok()?;
        Some(self.masker.whole(value))
    }

    /// What another program is told of the head: what it needs to read the answer and to wait its time, and nothing that
    /// would be kept or that speaks of somebody else.
    pub fn passed_headers(&self) -> Vec<(String, String)> {
        const PASSED: [&str; 7] = [
            "content-type",
            "retry-after",
            "retry-after-ms",
            "x-should-retry",
            "x-request-id",
            "request-id",
            "openai-processing-ms",
        ];
        const FAMILIES: [&str; 2] = ["x-ratelimit-", "anthropic-ratelimit-"];
        let is_passed = |name: &str| {
            PASSED.contains(&name) || FAMILIES.iter().any(|family| name.starts_with(family))
        };
        let headers = self.response.headers().iter();
        headers
            .filter(|(name, _)| is_passed(name.as_str()))
            .filter_map(|(name, value)| {
                Some((name.as_str().to_owned(), self.masker.whole(value.to_str().ok()?)))
            })
            .collect()
    }

    /// What takes the key out of decoded text.
    pub fn masker(&self) -> Masker {
        self.masker.another()
    }

    /// The body, piece by piece, as the server sent it.
    pub fn body(self) -> impl Stream<Item = Result<Bytes, SendError>> + Send + Unpin + 'static {
        let Reply { response, origin, loopback, .. } = self;
        let pieces = response
            .bytes_stream()
            .map(move |piece| piece.map_err(|e| SendError::of(&e, &origin, loopback)));
        Box::pin(pieces)
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

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reply({} from {})", self.status(), self.origin)
    }
}
