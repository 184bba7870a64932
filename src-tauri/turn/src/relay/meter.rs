//! What a passing answer costs: read beside it, never in its way.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::Bytes;
use futures_util::task::noop_waker_ref;
use futures_util::{Stream, StreamExt};
use history::{History, Settled};
use serde::Deserialize;
use vault::Masker;
use wire::sse::{Frames, frames};
use wire::{ChatEvent, Mapper, Provider, Usage};

use super::wish::{Errand, Wish};
use crate::fold::Fold;
use crate::purse::Purse;
use crate::store::on_disk;
use crate::{Endpoint, Failure, Trouble, cost};

/// Longer than this nobody reads to its end only to count.
const WHOLE_CAP: usize = 64 * 1024 * 1024;

/// Listens to one answer.
pub(super) struct Meter {
    history: Arc<History>,
    purse: Purse,
    provider: Provider,
    connection: String,
    model: String,
    asked: cost::Asked,
    errand: Errand,
    status: u16,
    heard: Heard,
    reading: Reading,
    bytes: u64,
}

/// What was heard of the answer.
struct Heard {
    fold: Fold,
    /// Whether all that was written can be seen in the text.
    is_plain: bool,
    /// A key that comes in pieces, an event each, is seen in what they say together.
    text: Masker,
    reasoning: Masker,
    repeats_key: bool,
}

enum Reading {
    Events(Box<(Frames<Fed, std::convert::Infallible>, Mapper)>, Fed),
    /// One document that is looked at when it is whole.
    Whole(Vec<u8>),
    /// Nothing can be read of it.
    Lost,
}

impl Meter {
    pub(super) fn new(
        history: &Arc<History>,
        endpoint: &Endpoint,
        wish: &Wish,
        purse: Purse,
        sent: Instant,
        (status, masker): (u16, &Masker),
    ) -> Self {
        let fed = Fed::default();
        let mapper = wish.errand.format().mapper(endpoint.provider);
        let reading = match wish.errand {
            _ if !matches!(status, 200..=299) => Reading::Lost,
            Errand::Embeddings => Reading::Whole(Vec::new()),
            Errand::CountTokens => Reading::Lost,
            Errand::Chat | Errand::Responses | Errand::Messages => {
                Reading::Events(Box::new((frames(fed.clone()), mapper)), fed)
            }
        };
        Self {
            history: Arc::clone(history),
            purse,
            provider: endpoint.provider,
            connection: endpoint.connection.clone(),
            model: wish.model.clone(),
            asked: wish.asked(endpoint),
            errand: wish.errand,
            status,
            heard: Heard {
                fold: Fold::sent_at(sent),
                is_plain: wish.answers == 1,
                text: masker.another(),
                reasoning: masker.another(),
                repeats_key: false,
            },
            reading,
            bytes: 0,
        }
    }

    /// Hears some bytes of the body. False where they would make the key whole that came in pieces before.
    pub(super) fn hear(&mut self, bytes: &Bytes) -> bool {
        self.bytes = self.bytes.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        // A parser that panics costs the count, never the answer.
        let heard = catch_unwind(AssertUnwindSafe(|| match &mut self.reading {
            Reading::Events(reader, fed) => {
                fed.put(Some(bytes.clone()));
                read_on(reader, &mut self.heard)
            }
            Reading::Whole(whole) if whole.len() + bytes.len() <= WHOLE_CAP => {
                whole.extend_from_slice(bytes);
                true
            }
            Reading::Whole(_) | Reading::Lost => false,
        }));
        if !heard.unwrap_or(false) {
            self.reading = Reading::Lost;
        }
        !self.heard.repeats_key
    }

    /// Writes down what it cost. `is_over` says whether the body came to its end.
    pub(super) async fn settle(mut self, is_over: bool) {
        match self.status {
            200..=299 => {
                let settled = self.settled(is_over).await;
                self.purse.settle(settled).await;
            }
            // Whoever gave up waiting may have answered all the same.
            408 | 504 | 524 => self.purse.settle(Settled::default()).await,
            _ => self.purse.fail(&Failure::of(Trouble::RequestRefused)).await,
        }
    }

    async fn settled(&mut self, is_over: bool) -> Settled {
        let is_whole = is_over && self.end();
        self.heard.fold.end();
        let Heard { fold, is_plain, .. } = &self.heard;
        let (connection, model) = (self.connection.clone(), self.model.clone());
        let told = on_disk(&self.history, move |history| history.told(&connection, &model)).await;
        let told = told.unwrap_or_default();
        let usage = fold.usage;
        let tokens = |count: Option<u64>| count.and_then(|count| i64::try_from(count).ok());
        let whole_ms = fold.took_ms();
        let is_counted = is_whole && usage.read().is_some() && usage.written().is_some();
        let nano = match self.errand {
            Errand::CountTokens => Some(0),
            _ if is_counted || (*is_plain && fold.has_begun()) => {
                let (provider, model) = (self.provider, &self.model);
                cost::of(provider, model, self.asked, told, fold, is_whole).nano
            }
            _ if self.bytes == 0 => {
                cost::unheard(self.provider, &self.model, self.asked, told, whole_ms)
            }
            // Calls of tools are written too. A token is a byte at least, and no more came than this.
            _ => {
                let came = self.bytes.max(usage.written().unwrap_or(0));
                let written = came.saturating_add(cost::unseen(self.provider, &self.model, fold));
                let bound = Some(written.min(self.asked.bound.unwrap_or(u64::MAX)));
                let asked = cost::Asked { bound, ..self.asked.counted(&usage) };
                cost::most(self.provider, &self.model, told, asked).nano
            }
        };
        Settled {
            nano,
            read_tokens: tokens(usage.read()),
            written_tokens: tokens(usage.written()),
            first_token_ms: fold.first_token_ms(),
            whole_ms: Some(whole_ms),
        }
    }

    /// Reads what is left; whether the answer has an end.
    fn end(&mut self) -> bool {
        let Self { reading, heard, .. } = self;
        let ended = catch_unwind(AssertUnwindSafe(|| match reading {
            Reading::Events(reader, fed) => {
                fed.put(None);
                let is_read = read_on(reader, heard);
                let mut events = Vec::new();
                let end = reader.1.end(&mut events);
                heard.take(events);
                is_read && matches!(end, Ok(Some(_)))
            }
            Reading::Whole(whole) => match serde_json::from_slice::<Embedded>(whole) {
                Ok(embedded) => {
                    let input = embedded.usage.prompt_tokens.or(embedded.usage.total_tokens);
                    heard.fold.usage =
                        Usage { input, output: input.map(|_| 0), ..Usage::default() };
                    true
                }
                Err(_) => false,
            },
            Reading::Lost => false,
        }));
        ended.unwrap_or(false)
    }
}

/// Reads what has come. An error in the stream ends the reading, and what came before it counts.
fn read_on(
    reader: &mut (Frames<Fed, std::convert::Infallible>, Mapper),
    heard: &mut Heard,
) -> bool {
    let (frames, mapper) = reader;
    let mut context = Context::from_waker(noop_waker_ref());
    loop {
        match frames.poll_next_unpin(&mut context) {
            Poll::Ready(Some(Ok(frame))) => {
                let mut events = Vec::new();
                let read = mapper.frame(&frame, &mut events);
                heard.take(events);
                if read.is_err() {
                    return false;
                }
            }
            Poll::Ready(Some(Err(_))) => return false,
            Poll::Ready(None) | Poll::Pending => return true,
        }
    }
}

impl Heard {
    fn take(&mut self, events: Vec<ChatEvent>) {
        for event in events {
            self.is_plain &= !matches!(event, ChatEvent::ToolCall { .. });
            self.repeats_key |= match &event {
                ChatEvent::Text(text) => is_masked(&mut self.text, text),
                ChatEvent::Reasoning(text) => is_masked(&mut self.reasoning, text),
                _ => false,
            };
            // One that is too long to be kept is still counted by its bytes.
            self.is_plain &= self.fold.add(&event).is_ok();
        }
    }
}

/// Whether this piece makes a part of the key whole.
fn is_masked(masker: &mut Masker, text: &str) -> bool {
    const MASK: char = '•';
    !text.contains(MASK) && masker.piece(text).contains(MASK)
}

/// Bytes for a reader that is asked whenever there are some.
#[derive(Clone, Default)]
pub(super) struct Fed(Arc<Mutex<VecDeque<Option<Bytes>>>>);

impl Fed {
    fn put(&self, bytes: Option<Bytes>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_back(bytes);
    }
}

impl Stream for Fed {
    type Item = Result<Bytes, std::convert::Infallible>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        match next {
            Some(Some(bytes)) => Poll::Ready(Some(Ok(bytes))),
            Some(None) => Poll::Ready(None),
            None => Poll::Pending,
        }
    }
}

/// What is read of embeddings.
#[derive(Deserialize)]
struct Embedded {
    #[serde(default)]
    usage: Counted,
}

#[derive(Default, Deserialize)]
struct Counted {
    prompt_tokens: Option<u64>,
    total_tokens: Option<u64>,
}
