//! Reading an answer: send, and send again where that may help; frames to events, events to the fold and the listener.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use history::{History, Settled};
use tokio::time::{sleep, timeout};
use vault::{Masker, Reply, SendError, Vault};
use wire::sse::{Frame, FrameError, frames};
use wire::{ChatEvent, FinishReason, Mapper, Parameter, Prompt, Request, Usage};

use crate::endpoint::outbound;
use crate::fold::Fold;
use crate::masked::Masked;
use crate::models::refusal;
use crate::pause::pause;
use crate::purse::{Purse, may_cost};
use crate::saver::{AHEAD, Grown, Saver, tokens_in};
use crate::store::on_disk;
use crate::{Endpoint, Failure, Trouble, TurnEvent, cost};

/// Comments keep a connection alive, but not an answer.
const NO_FRAME: Duration = Duration::from_secs(600);

/// Behind an answer's end there may be a count of tokens, but nothing worth waiting for.
const AFTER_END: Duration = Duration::from_secs(5);

/// An answer that is being read.
pub(crate) struct Reading<'a, L> {
    pub(crate) fold: Fold,
    pub(crate) saver: Saver,
    pub(crate) purse: Purse,
    /// What is not shown yet, and how many tokens there are up to and with it: the page must not be far ahead of the disk.
    pub(crate) waiting: VecDeque<(usize, TurnEvent)>,
    tokens: usize,
    pub(crate) listener: &'a mut L,
    /// How long the beginning of an answer is waited for, where that is not left to the network.
    pub(crate) patience: Option<Duration>,
    mapper: Mapper,
    masked: Masked,
    /// The same for what is said of the answer rather than in it.
    masker: Masker,
}

/// Why a request brought no answer, and without what it might.
struct Refusal {
    failure: Failure,
    of_stream_options: bool,
    /// The parameters that it names.
    named: Vec<Parameter>,
    /// Whether it is to be asked again, where it says so itself.
    again: Option<bool>,
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self { failure, of_stream_options: false, named: Vec::new(), again: None }
    }
}

impl Refusal {
    fn said_by(name: &str, failure: wire::Failure, masker: &Masker) -> Self {
        let of_stream_options = failure.refuses_stream_options;
        let named = failure.named.clone();
        let failure = Failure::said_by(name, failure, masker);
        Self { failure, of_stream_options, named, again: None }
    }
}

impl<'a, L: FnMut(TurnEvent) + Send> Reading<'a, L> {
    pub(crate) fn new(
        saver: Saver,
        purse: Purse,
        endpoint: &Endpoint,
        listener: &'a mut L,
    ) -> Self {
        let mapper = endpoint.format.mapper(endpoint.provider);
        let (masked, masker) = (Masked::nothing(), Masker::nothing());
        let waiting = VecDeque::new();
        Self {
            fold: Fold::new(),
            saver,
            purse,
            waiting,
            tokens: 0,
            listener,
            patience: None,
            mapper,
            masked,
            masker,
        }
    }

    /// Sends the request, again after a pause where that may help, and reads what comes. Nothing is sent again once the
    /// answer has begun.
    pub(crate) async fn answer(
        &mut self,
        vault: &Vault,
        history: &Arc<History>,
        endpoint: &Endpoint,
        prompt: &Prompt,
        sent: &[Parameter],
        tries_at_most: u32,
    ) -> Result<FinishReason, Failure> {
        let mut without = endpoint.without;
        let mut tries = 1;
        loop {
            let request = endpoint.format.chat(endpoint.provider, prompt, without);
            self.purse.reserve(endpoint, prompt).await?;
            let Refusal { failure, of_stream_options, named, again } =
                match self.send(vault, endpoint, request).await {
                    Err(refusal) if !self.fold.has_begun() => refusal,
                    done => return done.map_err(|refusal| refusal.failure),
                };
            match self.counted(history, endpoint, prompt, &failure).await {
                Some(settled) => self.purse.settle(settled).await,
                None => self.purse.fail(&failure).await,
            }
            if !without.usage && of_stream_options {
                without.usage = true;
                remember(history, endpoint).await;
                continue;
            }
            let Some(wait) = pause(&failure, tries, again).filter(|_| tries < tries_at_most) else {
                let refused = named.into_iter().find(|parameter| sent.contains(parameter));
                return Err(Failure { refused, ..failure });
            };
            (self.listener)(TurnEvent::Pausing { failure, wait });
            sleep(wait).await;
            tries += 1;
        }
    }

    /// What a try that failed is charged for, where its provider has counted anything of it. Where it broke, more may have been
    /// written after that.
    async fn counted(
        &self,
        history: &Arc<History>,
        endpoint: &Endpoint,
        prompt: &Prompt,
        failure: &Failure,
    ) -> Option<Settled> {
        let usage = self.fold.usage;
        if usage == Usage::default() {
            return None;
        }
        let (connection, model) = (endpoint.connection.clone(), prompt.model.clone());
        let told = on_disk(history, move |history| history.told(&connection, &model)).await;
        let (told, asked) = (told.unwrap_or_default(), cost::Asked::by(prompt));
        let (provider, model) = (endpoint.provider, &prompt.model);
        let nano = match may_cost(failure.trouble) {
            true => cost::of(provider, model, asked, told, &self.fold, false).nano,
            false => cost::failed(provider, model, asked, told, &usage),
        };
        let tokens = |count: Option<u64>| count.and_then(|count| i64::try_from(count).ok());
        Some(Settled {
            nano,
            read_tokens: tokens(usage.read()),
            written_tokens: tokens(usage.written()),
            first_token_ms: None,
            whole_ms: Some(self.fold.took_ms()),
        })
    }

    /// Another is asked: nothing that was heard of the last one is this one's.
    pub(crate) fn begin_anew(&mut self, endpoint: &Endpoint) {
        self.fold = Fold::new();
        self.mapper = endpoint.format.mapper(endpoint.provider);
    }

    /// Gives out what was held back; nothing more will come.
    pub(crate) fn settle(&mut self) {
        let mut events = Vec::new();
        let _ = self.mapper.end(&mut events);
        // An answer that grew too long has ended for that already.
        let _ = self.hear(events);
        let rest = self.masked.rest();
        let _ = self.tell(rest);
    }

    /// How many events could not be read.
    pub(crate) fn skipped(&self) -> u32 {
        self.mapper.skipped()
    }

    async fn send(
        &mut self,
        vault: &Vault,
        endpoint: &Endpoint,
        request: Request,
    ) -> Result<FinishReason, Refusal> {
        // Sealed thoughts of a try that came to nothing belong to no answer.
        self.fold = Fold::new();
        self.mapper = endpoint.format.mapper(endpoint.provider);
        let sent = vault.send(endpoint.credential(), &endpoint.base, outbound(request));
        let sent = match self.patience {
            Some(patience) => timeout(patience, sent).await.map_err(|_| {
                let detail = format!("no answer in {} s", patience.as_secs());
                Failure::at(Trouble::TimedOut, &endpoint.name, Some(detail))
            })?,
            None => sent.await,
        };
        let reply = sent.map_err(|error| Failure::sending(&endpoint.name, &error))?;
        self.masker = reply.masker();
        self.masked = Masked::by(&self.masker);
        match reply.status() {
            200..=299 => self.read(&endpoint.name, reply).await,
            _ => {
                let again = reply.header("x-should-retry").and_then(|word| word.parse().ok());
                let refused = self.refused(&endpoint.name, refusal(reply).await);
                Err(Refusal { again, ..refused })
            }
        }
    }

    /// Reads a body, whatever its label says: what it is shows itself.
    async fn read(&mut self, name: &str, reply: Reply) -> Result<FinishReason, Refusal> {
        let mut frames = frames(reply.body());
        let mut has_frame = false;
        let broken = loop {
            let patience = self.frame_patience(has_frame);
            let next = tokio::select! {
                biased;
                next = timeout(patience, frames.next()) => next,
                () = self.saver.moved() => {
                    self.show();
                    self.saver.check()?;
                    continue;
                }
            };
            match next {
                Ok(Some(Ok(frame))) => {
                    has_frame = true;
                    self.frame(name, &frame).await?;
                }
                Ok(Some(Err(error))) => break Some(broken(name, &error)),
                Ok(None) => break None,
                Err(_) if !has_frame => {
                    return Err(Failure::at(Trouble::TimedOut, name, None).into());
                }
                Err(_) => break Some(Failure::at(Trouble::IdleStream, name, None)),
            }
            if self.mapper.is_done() {
                tokio::spawn(read_out(frames));
                break None;
            }
        };
        self.end(name, broken).await
    }

    /// How long the next frame is waited for. Where another model is next, a head without a beginning is waited for only a little
    /// longer than a head.
    fn frame_patience(&self, has_frame: bool) -> Duration {
        const AFTER_HEAD: u32 = 3;
        match self.patience {
            _ if self.mapper.has_end() => AFTER_END,
            Some(patience) if !has_frame => patience * AFTER_HEAD,
            _ => NO_FRAME,
        }
    }

    async fn frame(&mut self, name: &str, frame: &Frame) -> Result<(), Refusal> {
        let mut events = Vec::new();
        let read = self.mapper.frame(frame, &mut events);
        self.take(events).await?;
        read.map_err(|failure| self.refused(name, failure))
    }

    fn refused(&self, name: &str, failure: wire::Failure) -> Refusal {
        Refusal::said_by(name, failure, &self.masker)
    }

    /// How the stream ended: by its own marks, or else by what became of the connection.
    async fn end(&mut self, name: &str, broken: Option<Failure>) -> Result<FinishReason, Refusal> {
        let mut events = Vec::new();
        let end = self.mapper.end(&mut events);
        self.take(events).await?;
        match (end, broken) {
            (Ok(Some(reason)), _) => Ok(reason),
            (Ok(None), broken) => {
                Err(broken.unwrap_or_else(|| Failure::at(Trouble::BrokenStream, name, None)).into())
            }
            (Err(unread), Some(broken)) if unread.said.is_empty() => Err(broken.into()),
            (Err(unread), _) => Err(self.refused(name, unread)),
        }
    }

    async fn take(&mut self, events: Vec<ChatEvent>) -> Result<(), Failure> {
        self.hear(events)?;
        self.saver.check()
    }

    fn hear(&mut self, events: Vec<ChatEvent>) -> Result<(), Failure> {
        let masked: Vec<_> =
            events.into_iter().filter_map(|event| self.masked.event(event)).collect();
        self.tell(masked)
    }

    fn tell(&mut self, events: impl IntoIterator<Item = ChatEvent>) -> Result<(), Failure> {
        for event in events {
            if matches!(&event, ChatEvent::Text(text) | ChatEvent::Reasoning(text) if text.is_empty())
            {
                continue;
            }
            self.fold.add(&event)?;
            match event {
                ChatEvent::Text(text) => {
                    self.tokens += tokens_in(&text);
                    self.saver.add(Grown::Text(text.clone()));
                    self.waiting.push_back((self.tokens, TurnEvent::Text(text)));
                }
                ChatEvent::Reasoning(text) => {
                    self.tokens += tokens_in(&text);
                    self.saver.add(Grown::Reasoning(text.clone()));
                    self.waiting.push_back((self.tokens, TurnEvent::Reasoning(text)));
                }
                ChatEvent::Usage(_) => (self.listener)(TurnEvent::Usage(self.fold.usage)),
                ChatEvent::Started { .. }
                | ChatEvent::ToolCall { .. }
                | ChatEvent::Source(_)
                | ChatEvent::Cited { .. }
                | ChatEvent::Thought(_) => {}
            }
        }
        self.show();
        Ok(())
    }

    /// Shows what is saved, and little more.
    fn show(&mut self) {
        let most = self.saver.tokens() + AHEAD;
        while let Some((_, event)) = self.waiting.pop_front_if(|(tokens, _)| *tokens <= most) {
            (self.listener)(event);
        }
    }
}

/// Writes down that this server is not to be asked for a count of tokens again.
async fn remember(history: &Arc<History>, endpoint: &Endpoint) {
    let connection = endpoint.connection.clone();
    // If it cannot be written down, the next message learns it once more.
    let _ = on_disk(history, move |history| history.note_stream_options_refused(&connection)).await;
}

/// Reads the nothing that follows the last event: only a body read to its end leaves its connection to the next request.
async fn read_out(mut frames: impl Stream + Unpin) {
    let rest = async { while frames.next().await.is_some() {} };
    // A server that does not end it now loses the connection instead.
    let _ = timeout(Duration::from_secs(1), rest).await;
}

/// What a stream that broke off means.
pub(crate) fn broken(name: &str, error: &FrameError<SendError>) -> Failure {
    match error {
        FrameError::Transport(SendError::TimedOut { detail }) => {
            Failure::at(Trouble::IdleStream, name, Some(detail.clone()))
        }
        FrameError::Transport(error) => Failure::sending(name, error),
        FrameError::TooLarge => Failure::at(Trouble::Nonsense, name, Some(error.to_string())),
    }
}
