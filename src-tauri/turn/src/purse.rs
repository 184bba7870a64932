//! Money: nothing is sent before the ledger has reserved the most that it may cost, and each try is a request of its own.

use std::sync::Arc;
use std::time::Instant;

use history::{
    ApplicationId, Begun, ConversationId, EntryId, History, MessageId, Over, Request, Settled,
    Told, Whose,
};
use serde::{Deserialize, Serialize};
use wire::{Prompt, Provider};

use crate::store::{now_ms, on_disk};
use crate::{Endpoint, Failure, Trouble, cost};

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Span {
    /// One request.
    Request,
    /// A day.
    Day,
    /// A month.
    Month,
}

/// The limit that a request would have passed, in billionths of a dollar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cap {
    /// What it counts.
    pub span: Span,
    /// The limit.
    pub limit_nano: i64,
    /// What is spent and reserved of it.
    pub spent_nano: i64,
    /// The most that the request could have cost.
    pub at_most_nano: i64,
}

/// Who pays.
#[derive(Debug, Clone, Copy)]
enum Payer {
    /// A chat's answer.
    Answer(ConversationId, MessageId),
    /// The title of a chat.
    Title(ConversationId),
    /// What is heard or said for a chat, or for one that has not begun.
    Voice(Option<ConversationId>),
    /// Another program, out of what it may spend of a connection's limits.
    Application(Token),
}

/// What lets an application's request in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// One that may be used again.
    Lasting(ApplicationId),
    /// One that is worth one request, and is used up by what is sent.
    Once(ApplicationId),
}

impl Token {
    /// What lets in what belongs to a request that it has let in.
    pub(crate) const fn used(self) -> Self {
        let (Self::Lasting(id) | Self::Once(id)) = self;
        Self::Lasting(id)
    }
}

/// What one answer is paid from.
pub(crate) struct Purse {
    history: Arc<History>,
    payer: Payer,
    open: Option<Out>,
    /// Told where whoever asked has gone, once it is known what that cost.
    paid: Option<Paid>,
}

/// Told whenever the ledger knows what an answer cost.
pub type Paid = Arc<dyn Fn() + Send + Sync>;

/// A request that is out.
struct Out {
    /// What is reserved for it.
    entry: EntryId,
    at: Instant,
    /// What was asked for, where that bounds what it costs by the time that it took.
    asked: Option<AskedOf>,
}

struct AskedOf {
    provider: Provider,
    connection: String,
    model: String,
    asked: cost::Asked,
}

impl Purse {
    pub(crate) fn of(history: &Arc<History>, begun: &Begun) -> Self {
        let payer = Payer::Answer(begun.conversation.id, begun.answer.id);
        Self { history: Arc::clone(history), payer, open: None, paid: None }
    }

    /// What the title of a conversation is paid from.
    pub(crate) fn for_title(history: &Arc<History>, conversation: ConversationId) -> Self {
        Self {
            history: Arc::clone(history),
            payer: Payer::Title(conversation),
            open: None,
            paid: None,
        }
    }

    /// What a request is paid from that hears or speaks.
    pub(crate) fn of_voice(history: &Arc<History>, conversation: Option<ConversationId>) -> Self {
        Self {
            history: Arc::clone(history),
            payer: Payer::Voice(conversation),
            open: None,
            paid: None,
        }
    }

    /// What an application's request is paid from.
    pub(crate) fn lent(history: &Arc<History>, token: Token, paid: &Paid) -> Self {
        let (history, payer) = (Arc::clone(history), Payer::Application(token));
        Self { history, payer, open: None, paid: Some(Arc::clone(paid)) }
    }

    /// Reserves the most that a request may cost, or says why it may not be sent.
    pub(crate) async fn reserve(
        &mut self,
        endpoint: &Endpoint,
        prompt: &Prompt,
    ) -> Result<(), Failure> {
        self.reserve_most(endpoint, &prompt.model, cost::Asked::by(prompt)).await
    }

    /// The same for what is asked of a model.
    pub(crate) async fn reserve_most(
        &mut self,
        endpoint: &Endpoint,
        model: &str,
        asked: cost::Asked,
    ) -> Result<(), Failure> {
        let provider = endpoint.provider;
        let most = move |model: &str, told| cost::most(provider, model, told, asked);
        self.reserve_worth(endpoint, model, most).await?;
        if let Some(out) = &mut self.open {
            let (connection, model) = (endpoint.connection.clone(), model.to_owned());
            out.asked = Some(AskedOf { provider, connection, model, asked });
        }
        Ok(())
    }

    /// The same for what costs as much as this says, in the light of what is told of its model.
    pub(crate) async fn reserve_worth(
        &mut self,
        endpoint: &Endpoint,
        model: &str,
        most: impl FnOnce(&str, Told) -> cost::Most + Send + 'static,
    ) -> Result<(), Failure> {
        let (connection, model) = (endpoint.connection.clone(), model.to_owned());
        let payer = self.payer;
        let key = endpoint.key.clone();
        let held = Arc::clone(&self.history);
        let reserved = on_disk(&self.history, move |history| {
            let told = history.told(&connection, &model)?;
            let most = most(&model, told);
            let request = Request {
                connection: &connection,
                model: &model,
                conversation: None,
                message: None,
                key: key.as_ref().map(vault::KeyId::as_str),
                at_most_nano: most.nano,
                tokens_at_most: most.tokens,
                now_ms: now_ms(),
            };
            let reserved = payer.reserve(history, &request)?;
            let unclaimed = reserved.map(|entry| Unclaimed { history: held, entry: Some(entry) });
            Ok((unclaimed, most.nano.unwrap_or(0)))
        })
        .await?;
        match reserved {
            (Ok(unclaimed), _) => {
                let at = Instant::now();
                self.open = unclaimed.claimed().map(|entry| Out { entry, at, asked: None });
                Ok(())
            }
            (Err((whose, over)), at_most_nano) => {
                let failure = refusal(&endpoint.name, over, at_most_nano);
                Err(Failure { of_application: whose == Whose::Application, ..failure })
            }
        }
    }

    /// A try came to nothing. What cannot have been charged for is given back; anything else may have cost all of it.
    pub(crate) async fn fail(&mut self, failure: &Failure) {
        let Some(Out { entry, .. }) = self.open.take() else { return };
        let may_cost = may_cost(failure.trouble);
        // If it cannot be written, it stays reserved, which is never too little.
        let _ = on_disk(&self.history, move |history| match may_cost {
            true => history.settle(entry, &Settled::default()),
            false => history.release(entry),
        })
        .await;
    }

    /// Says what the request that is out has cost.
    pub(crate) async fn settle(&mut self, settled: Settled) {
        let Some(Out { entry, .. }) = self.open.take() else { return };
        let _ = on_disk(&self.history, move |history| history.settle(entry, &settled)).await;
    }
}

/// What is reserved, until whoever asked for it has it: who has gone meanwhile sends nothing.
struct Unclaimed {
    history: Arc<History>,
    entry: Option<EntryId>,
}

impl Unclaimed {
    fn claimed(mut self) -> Option<EntryId> {
        self.entry.take()
    }
}

impl Drop for Unclaimed {
    fn drop(&mut self) {
        let Some(entry) = self.entry.take() else { return };
        // If it cannot be written, it stays reserved, which is never too little.
        let _ = self.history.release(entry);
    }
}

/// Whoever asked has gone before the beginning of the answer was there: it may have cost what could be written until then.
impl Drop for Purse {
    fn drop(&mut self) {
        let Some(out) = self.open.take() else { return };
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let (history, paid) = (Arc::clone(&self.history), self.paid.take());
        runtime.spawn_blocking(move || {
            let nano = out.asked.as_ref().and_then(|of| of.unheard(&history, out.at));
            // If it cannot be written, it stays reserved, which is never too little.
            let _ = history.settle(out.entry, &Settled { nano, ..Settled::default() });
            if let Some(paid) = paid {
                paid();
            }
        });
    }
}

impl AskedOf {
    fn unheard(&self, history: &History, at: Instant) -> Option<i64> {
        let told = history.told(&self.connection, &self.model).ok()?;
        let took_ms = i64::try_from(at.elapsed().as_millis()).unwrap_or(i64::MAX);
        cost::unheard(self.provider, &self.model, self.asked, told, took_ms)
    }
}

impl Payer {
    fn reserve(
        self,
        history: &History,
        request: &Request<'_>,
    ) -> Result<Result<EntryId, (Whose, Over)>, history::Error> {
        match self {
            Self::Answer(conversation, message) => {
                let (conversation, message) = (Some(conversation), Some(message));
                let reserved = history.reserve(&Request { conversation, message, ..*request })?;
                Ok(reserved.map_err(|over| (Whose::Connection, over)))
            }
            // Of a conversation and of no message of it: so the ledger tells titles from answers.
            Self::Title(conversation) => {
                let request = Request { conversation: Some(conversation), ..*request };
                Ok(history.reserve(&request)?.map_err(|over| (Whose::Connection, over)))
            }
            Self::Voice(conversation) => {
                let reserved = history.reserve(&Request { conversation, ..*request })?;
                Ok(reserved.map_err(|over| (Whose::Connection, over)))
            }
            Self::Application(Token::Lasting(id)) => history.reserve_for(id, request),
            Self::Application(Token::Once(id)) => history.reserve_once(id, request),
        }
    }
}

/// Whether a provider may charge for a request that brought no word of an answer.
pub(crate) const fn may_cost(trouble: Trouble) -> bool {
    matches!(
        trouble,
        Trouble::TimedOut
            | Trouble::BrokenStream
            | Trouble::IdleStream
            | Trouble::Nonsense
            | Trouble::AnswerTooLong
    )
}

fn refusal(name: &str, over: Over, at_most_nano: i64) -> Failure {
    let cap = |span, limit_nano, spent_nano| Failure {
        cap: Some(Box::new(Cap { span, limit_nano, spent_nano, at_most_nano })),
        ..Failure::at(Trouble::CapReached, name, None)
    };
    match over {
        Over::Request { limit_nano } => cap(Span::Request, limit_nano, 0),
        Over::Day { limit_nano, spent_nano } => cap(Span::Day, limit_nano, spent_nano),
        Over::Month { limit_nano, spent_nano } => cap(Span::Month, limit_nano, spent_nano),
        Over::Model => Failure::at(Trouble::ModelNotAllowed, name, None),
        Over::UnknownPrice => Failure::at(Trouble::PriceUnknown, name, None),
        Over::Pace { wait_ms } => Failure {
            retry_after_ms: u64::try_from(wait_ms).ok(),
            ..Failure::at(Trouble::PaceReached, name, None)
        },
        Over::TooManyTokens { limit } => {
            Failure::at(Trouble::PaceReached, name, Some(format!("{limit} tokens a minute")))
        }
        Over::Excess { .. } => Failure::at(Trouble::Overcharged, name, None),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use futures_util::FutureExt;
    use history::{Connection, Limits, Upkeep};

    use super::*;

    #[tokio::test]
    async fn what_is_reserved_for_someone_who_has_gone_is_given_back() {
        let history = Arc::new(History::in_memory().unwrap());
        let connection = Connection {
            id: "c".to_owned(),
            provider: "openAi".to_owned(),
            name: "OpenAI".to_owned(),
            address: "https://api.openai.com/v1".to_owned(),
            origin: "https://api.openai.com".to_owned(),
            key: None,
            refuses_stream_options: false,
            format: None,
            created_ms: 0,
            last_used_ms: None,
            upkeep: Upkeep::default(),
        };
        history.put_connection(&connection).unwrap();
        history.set_limits("c", &Limits { month_nano: Some(9), ..Limits::default() }).unwrap();
        let endpoint = Endpoint::of(&connection).unwrap();
        let mut purse = Purse::of_voice(&history, None);
        let (go, gone) = channel::<()>();
        let (write, written) = channel();
        let most = move |_: &str, _| {
            let _ = gone.recv();
            // Dropped behind what is done here.
            let _ = write.send(());
            cost::Most { nano: Some(7), tokens: 0 }
        };
        assert!(purse.reserve_worth(&endpoint, "m", most).now_or_never().is_none());
        go.send(()).unwrap();
        written.recv().unwrap();
        // It is done with the store once it holds it no longer.
        while Arc::strong_count(&history) > 2 {
            tokio::task::yield_now().await;
        }
        assert_eq!(history.spent("c", now_ms()).unwrap().month_nano, 0);
        assert_eq!(history.settle_left_open(), Ok(0));
    }
}
