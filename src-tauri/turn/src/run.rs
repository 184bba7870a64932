//! Running a turn: send, read, fold, save, report.

use std::pin::pin;
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use history::{Finished, Message, Status};
use tokio::time::{sleep, timeout};
use vault::{Reply, SendError};
use wire::sse::{FrameError, frames};
use wire::{ChatEvent, FinishReason, Mapper, Usage, whole_answer};

use crate::endpoint::chat_request;
use crate::fold::{ANSWER_CAP, Fold};
use crate::models::refusal;
use crate::saver::Saver;
use crate::store::{now_ms, on_disk};
use crate::{Endpoint, Failure, Prepared, Trouble};

/// What a turn tells its listener, in order. [`TurnEvent::Ended`] comes exactly once and last.
#[derive(Debug)]
pub enum TurnEvent {
    /// More of the answer.
    Text(String),
    /// More of the reasoning.
    Reasoning(String),
    /// Tokens counted so far.
    Usage(Usage),
    /// The provider wants a pause; the request goes out again after it.
    Pausing {
        /// Why.
        failure: Failure,
        /// How long.
        wait: Duration,
    },
    /// It is over, and saved as this.
    Ended(Box<Message>),
}

/// How a stream came to its end.
enum End {
    Finished(FinishReason),
    Stopped,
    Failed(Failure),
}

/// Sends before the first word of an answer has come.
const TRIES: u32 = 3;

/// A longer pause is the person's to decide.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Comments keep a connection alive, but not an answer.
const NO_FRAME: Duration = Duration::from_secs(600);

impl Prepared {
    /// Runs the turn to its end. Dropping the future is not needed to stop it: `Turns::stop` is.
    pub async fn run(self, mut listener: impl FnMut(TurnEvent) + Send) {
        let Self { begun, history, vault, endpoint, request, place, stopped, .. } = self;
        let body = request.body(endpoint.provider);
        let mut fold = Fold::new();
        let mut saver = Saver::new(history.clone(), begun.answer.id);
        let end = {
            let mut reading =
                Reading { fold: &mut fold, saver: &mut saver, listener: &mut listener };
            let answer = pin!(reading.answer(&vault, &endpoint, &body));
            // Dropping the answer closes its socket: that is what stops the provider's billing.
            tokio::select! {
                biased;
                _ = stopped => End::Stopped,
                end = answer => end.map_or_else(End::Failed, End::Finished),
            }
        };
        fold.end();
        // The final save writes everything; an earlier one only has to be out of its way.
        let _ = saver.settle().await;
        let finished = finished(&fold, end);
        let used = begun.answer.connection.clone();
        let (answer, copy) = (begun.answer.id, finished.clone());
        let saved = on_disk(&history, move |history| {
            let message = history.finish_answer(answer, &copy)?;
            if let Some(connection) = used {
                // It may have been removed in the meantime, which takes nothing from the answer.
                let _ = history.touch_connection(&connection, now_ms());
            }
            Ok(message)
        })
        .await;
        // The conversation is free again before the listener hears of the end, so that it may go on at once.
        drop(place);
        let message = saved.unwrap_or_else(|failure| unsaved(begun.answer, finished, &failure));
        listener(TurnEvent::Ended(Box::new(message)));
    }
}

struct Reading<'a, L> {
    fold: &'a mut Fold,
    saver: &'a mut Saver,
    listener: &'a mut L,
}

impl<L: FnMut(TurnEvent) + Send> Reading<'_, L> {
    async fn answer(
        &mut self,
        vault: &vault::Vault,
        endpoint: &Endpoint,
        body: &[u8],
    ) -> Result<FinishReason, Failure> {
        let mut tries = 1;
        loop {
            self.fold.sent_again();
            let sent =
                vault.send(endpoint.credential(), &endpoint.base, chat_request(body.to_vec()));
            let tried = match sent.await {
                Ok(reply) => self.read(endpoint, reply).await,
                Err(error) => Err(Failure::sending(&endpoint.name, &error)),
            };
            let failure = match tried {
                Err(failure) if !self.fold.has_begun() && tries < TRIES => failure,
                done => return done,
            };
            let Some(wait) = pause(&failure, tries) else { return Err(failure) };
            (self.listener)(TurnEvent::Pausing { failure, wait });
            sleep(wait).await;
            tries += 1;
        }
    }

    async fn read(&mut self, endpoint: &Endpoint, reply: Reply) -> Result<FinishReason, Failure> {
        if reply.status() != 200 {
            return Err(refusal(&endpoint.name, reply).await);
        }
        let form = reply.header("content-type").unwrap_or_default().to_ascii_lowercase();
        if form.starts_with("application/json") {
            return self.read_whole(endpoint, reply).await;
        }
        // A captive portal or a wrong address answers with a web page and status 200.
        if form.starts_with("text/html") {
            let detail = Some("200, but a web page".to_owned());
            return Err(Failure::at(Trouble::Nonsense, &endpoint.name, detail));
        }
        self.read_stream(endpoint, reply).await
    }

    async fn read_stream(
        &mut self,
        endpoint: &Endpoint,
        reply: Reply,
    ) -> Result<FinishReason, Failure> {
        let name = &endpoint.name;
        let mut mapper = Mapper::new(name.clone());
        let mut frames = frames(reply.body());
        while !mapper.is_done() {
            let next = timeout(NO_FRAME, frames.next()).await;
            let Some(frame) = next.map_err(|_| Failure::at(Trouble::IdleStream, name, None))?
            else {
                break;
            };
            let frame = frame.map_err(|error| broken(name, &error))?;
            let events = mapper.frame(&frame).map_err(|failure| Failure::said_by(name, failure))?;
            self.take(events).await?;
        }
        if mapper.is_done() {
            tokio::spawn(read_out(frames));
        }
        mapper.end().ok_or_else(|| Failure::at(Trouble::BrokenStream, name, None))
    }

    /// A server that ignores the wish for a stream.
    async fn read_whole(
        &mut self,
        endpoint: &Endpoint,
        reply: Reply,
    ) -> Result<FinishReason, Failure> {
        let name = &endpoint.name;
        let text = reply.text(ANSWER_CAP).await.map_err(|error| Failure::sending(name, &error))?;
        let (events, end) =
            whole_answer(name, &text).map_err(|failure| Failure::said_by(name, failure))?;
        self.take(events).await?;
        end.ok_or_else(|| Failure::at(Trouble::BrokenStream, name, None))
    }

    async fn take(&mut self, events: Vec<ChatEvent>) -> Result<(), Failure> {
        for event in events {
            self.fold.add(&event)?;
            match event {
                ChatEvent::Text(text) => (self.listener)(TurnEvent::Text(text)),
                ChatEvent::Reasoning(text) => (self.listener)(TurnEvent::Reasoning(text)),
                ChatEvent::Usage(usage) => (self.listener)(TurnEvent::Usage(usage)),
                ChatEvent::Started { .. } | ChatEvent::ToolCall { .. } => {}
            }
        }
        self.saver.save(self.fold).await
    }
}

/// Reads the nothing that follows the last event: only a body read to its end leaves its connection to the next request.
async fn read_out(mut frames: impl Stream + Unpin) {
    let rest = async { while frames.next().await.is_some() {} };
    // A server that does not end it now loses the connection instead.
    let _ = timeout(Duration::from_secs(1), rest).await;
}

/// How long to wait before the request is sent again; `None` when that would help nobody.
fn pause(failure: &Failure, tries: u32) -> Option<Duration> {
    if !matches!(failure.trouble, Trouble::Busy | Trouble::ProviderDown) {
        return None;
    }
    match failure.retry_after_ms.map(Duration::from_millis) {
        Some(asked) => (asked <= LONGEST_PAUSE).then_some(asked),
        None => Some(backoff(tries)),
    }
}

/// Half a second, then one, then two, and up to as much again by chance, so that many clients do not come back at once.
fn backoff(tries: u32) -> Duration {
    let least = Duration::from_millis(500) * 2_u32.saturating_pow(tries - 1);
    let mut byte = [0];
    // Without chance the pause is only less fair.
    let _ = getrandom::fill(&mut byte);
    least + least * u32::from(byte[0]) / 255
}

fn broken(name: &str, error: &FrameError<SendError>) -> Failure {
    match error {
        FrameError::Transport(SendError::TimedOut { detail }) => {
            Failure::at(Trouble::IdleStream, name, Some(detail.clone()))
        }
        FrameError::Transport(error) => Failure::sending(name, error),
        FrameError::TooLarge => Failure::at(Trouble::Nonsense, name, Some(error.to_string())),
    }
}

fn finished(fold: &Fold, end: End) -> Finished {
    let (status, finish, failure) = match end {
        End::Finished(reason) => (Status::Complete, Some(reason), None),
        End::Stopped => (Status::Stopped, None, None),
        End::Failed(failure) => (Status::Failed, None, Some(failure)),
    };
    let tokens = |count: u64| i64::try_from(count).ok();
    Finished {
        text: fold.text.clone(),
        reasoning: fold.reasoning.clone(),
        reasoning_ms: fold.reasoning_ms(),
        status,
        finish: finish.map(|reason| finish_word(reason).to_owned()),
        failure: failure.map(|failure| failure.to_json()),
        prompt_tokens: fold.usage.and_then(|usage| tokens(usage.prompt)),
        answer_tokens: fold.usage.and_then(|usage| tokens(usage.answer)),
        first_token_ms: fold.first_token_ms(),
        skipped: 0,
    }
}

fn finish_word(reason: FinishReason) -> &'static str {
    match reason {
        FinishReason::Stop => "stop",
        FinishReason::Length => "length",
        FinishReason::ContentFilter => "contentFilter",
        FinishReason::ToolCalls => "toolCalls",
        FinishReason::Other => "other",
    }
}

/// What the listener is told when even the end could not be saved: the truth, with all that had come.
fn unsaved(answer: Message, finished: Finished, failure: &Failure) -> Message {
    Message {
        text: finished.text,
        reasoning: finished.reasoning,
        reasoning_ms: finished.reasoning_ms,
        status: Status::Failed,
        finish: None,
        failure: Some(failure.to_json()),
        prompt_tokens: finished.prompt_tokens,
        answer_tokens: finished.answer_tokens,
        first_token_ms: finished.first_token_ms,
        skipped: finished.skipped,
        ..answer
    }
}
