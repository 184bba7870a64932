//! Running a turn: send, read, fold, save, report.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use history::{Finished, History, Message, Part, Settled, Status, Step, Told};
use serde_json::{Value, json};
use vault::KeyId;
use wire::{FinishReason, Usage};

use crate::fold::Fold;
use crate::purse::Purse;
use crate::reading::Reading;
use crate::route::Along;
use crate::saver::Saver;
use crate::store::{now_ms, on_disk};
use crate::target::Target;
use crate::{Endpoint, Failure, Passed, Prepared, Trouble, cost};

/// What a turn tells its listener, in order. [`TurnEvent::Ended`] comes exactly once and last.
#[derive(Debug)]
pub enum TurnEvent {
    /// More of the answer.
    Text(String),
    /// More of the reasoning.
    Reasoning(String),
    /// What was said has got marks: the message of the end has it whole.
    Marked,
    /// Tokens counted so far.
    Usage(Usage),
    /// The request goes out again after a pause; whether the provider asked for one is in the failure.
    Pausing {
        /// Why.
        failure: Failure,
        /// How long.
        wait: Duration,
    },
    /// Another model of the route is asked.
    MovedOn {
        /// Who did not answer, and why.
        passed: Passed,
        /// Over which connection the next is asked.
        connection: String,
        /// Who is asked now.
        model: String,
    },
    /// It is over.
    Ended {
        /// It is saved as this.
        message: Box<Message>,
        /// When its conversation last changed: now.
        updated_ms: i64,
    },
}

/// How a stream came to its end.
enum End {
    Finished(FinishReason),
    Stopped,
    Failed(Failure),
}

impl Prepared {
    /// Runs the turn to its end. Dropping the future is not needed to stop it: `Turns::stop` is.
    pub async fn run(self, mut listener: impl FnMut(TurnEvent) + Send) {
        let Self { begun, history, vault, line, held, turns, place, stopped, .. } = self;
        let mut along = Along::new(line, held);
        let saver = Saver::new(history.clone(), begun.answer.id);
        let purse = Purse::of(&history, &begun);
        let mut reading = Reading::new(saver, purse, &along.target().endpoint, &mut listener);
        let end = {
            let answer = reading.along(&turns, &vault, &history, &begun, &mut along);
            // A parser that panics costs its answer the rest, and nobody their chat.
            let answer = pin!(AssertUnwindSafe(answer).catch_unwind());
            // Dropping the answer closes its socket: that is what stops the provider's billing.
            tokio::select! {
                biased;
                _ = stopped => End::Stopped,
                end = answer => match end {
                    Ok(Ok(reason)) => End::Finished(reason),
                    Ok(Err(failure)) => End::Failed(failure),
                    Err(_) => End::Failed(Failure::of(Trouble::Internal)),
                },
            }
        };
        // What was held back is part of the answer. If that panics too, the rest is kept.
        let _ = catch_unwind(AssertUnwindSafe(|| reading.settle()));
        let skipped = i64::from(reading.skipped());
        let Reading { mut fold, mut saver, mut purse, waiting, .. } = reading;
        fold.end();
        let is_marked = fold.mark();
        // The final save writes everything; an earlier one only has to be out of its way.
        saver.settle().await;
        let answered = fold.has_begun() || matches!(end, End::Finished(_));
        let told = told(&history, along.target()).await;
        let (whole_ms, is_unheard) = (fold.took_ms(), !fold.has_begun());
        let finished = Finished { skipped, ..finished(&along, told, fold, end) };
        let unheard = || {
            along.prompt.as_ref().filter(|_| is_unheard).and_then(|prompt| {
                let asked = cost::Asked::by(prompt);
                let provider = along.target().endpoint.provider;
                cost::unheard(provider, &prompt.model, asked, told, whole_ms)
            })
        };
        let settled = Settled {
            nano: finished.cost.nano.or_else(unheard),
            read_tokens: finished.prompt_tokens,
            written_tokens: finished.answer_tokens,
            first_token_ms: finished.first_token_ms,
            whole_ms: Some(whole_ms),
        };
        purse.settle(settled).await;
        let used = answered.then(|| along.target().endpoint.connection.clone());
        let (answer, copy) = (begun.answer.id, finished.clone());
        let saved = on_disk(&history, move |history| {
            let ended = history.finish_answer(answer, &copy)?;
            if let Some(connection) = used {
                // It may have been removed in the meantime, which takes nothing from the answer.
                let _ = history.touch_connection(&connection, now_ms());
            }
            Ok(ended)
        })
        .await;
        // The conversation is free again before the listener hears of the end, so that it may go on at once.
        drop(place);
        let (message, updated_ms) = saved.unwrap_or_else(|failure| {
            (unsaved(begun.answer, finished, &failure), begun.conversation.updated_ms)
        });
        waiting.into_iter().for_each(|(_, event)| listener(event));
        if is_marked {
            listener(TurnEvent::Marked);
        }
        listener(TurnEvent::Ended { message: Box::new(message), updated_ms });
    }
}

/// What is told of the model by now. A store that cannot tell costs the answer its price, and nothing else.
async fn told(history: &Arc<History>, target: &Target) -> Told {
    let (connection, model) = (target.endpoint.connection.clone(), target.model.clone());
    on_disk(history, move |history| history.told(&connection, &model)).await.unwrap_or_default()
}

fn finished(along: &Along, of_model: Told, fold: Fold, end: End) -> Finished {
    let Target { endpoint, model, .. } = along.target();
    let is_whole = matches!(end, End::Finished(_));
    let (status, finish, failure) = match end {
        End::Finished(reason) => (Status::Complete, Some(reason), None),
        End::Stopped => (Status::Stopped, None, None),
        End::Failed(failure) => (status_of(&failure), None, Some(failure)),
    };
    let tokens = |count: Option<u64>| count.and_then(|count| i64::try_from(count).ok());
    let told = along.prompt.as_ref();
    let cost = told.map(|prompt| {
        let asked = cost::Asked::by(prompt);
        cost::of(endpoint.provider, &prompt.model, asked, of_model, &fold, is_whole)
    });
    Finished {
        reasoning_ms: fold.reasoning_ms(),
        first_token_ms: fold.first_token_ms(),
        text: fold.text,
        reasoning: fold.reasoning,
        status,
        finish: finish.map(|reason| finish_word(reason).to_owned()),
        failure: failure.map(|failure| failure.to_json()),
        prompt_tokens: tokens(fold.usage.read()),
        answer_tokens: tokens(fold.usage.written()),
        skipped: 0,
        cost: cost.unwrap_or_default(),
        sources: (!fold.sources.is_empty())
            .then(|| serde_json::to_string(&fold.sources).ok())
            .flatten(),
        answered_by: Some(Step { connection: endpoint.connection.clone(), model: model.clone() }),
        route: along.note(),
        parts: sealed(endpoint, &fold.thoughts),
    }
}

/// Thoughts with the name of the key that they belong to: another one may be another organisation's.
fn sealed(endpoint: &Endpoint, thoughts: &[Value]) -> Vec<Part> {
    let key = endpoint.key.as_ref().map(KeyId::as_str);
    let seal = |state: &Value| Part::Thought(json!({"key": key, "state": state}).to_string());
    thoughts.iter().map(seal).collect()
}

/// An answer that stopped without any mark of an end did not fail: nobody said that it did.
fn status_of(failure: &Failure) -> Status {
    match failure.trouble {
        Trouble::BrokenStream | Trouble::IdleStream => Status::Interrupted,
        _ => Status::Failed,
    }
}

pub(crate) fn finish_word(reason: FinishReason) -> &'static str {
    match reason {
        FinishReason::Stop => "stop",
        FinishReason::Length => "length",
        FinishReason::ContentFilter => "contentFilter",
        FinishReason::Refusal => "refusal",
        FinishReason::Declined => "declined",
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
        cost: finished.cost,
        sources: finished.sources,
        route: finished.route,
        ..answer
    }
}
