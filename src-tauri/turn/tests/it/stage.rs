//! What the tests stand on: a server, a vault, a store, and a listener that writes down.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use history::{Connection, ConversationId, History, KeptIn, KeyFacts, Message};
use practice::{Account, Options, Running};
use turn::{Ask, Failure, Prepared, Trouble, TurnEvent, Turns};
use vault::{ApiKey, BaseUrl, Binding, Deadlines, KeyId, Patience, Vault};
use wire::Format;
use zeroize::Zeroizing;

pub(crate) const KEY: &str = "sk-proj-practice0123456789abcdefghijW7qK";

pub(crate) struct Stage {
    pub(crate) server: Running,
    pub(crate) vault: Arc<Vault>,
    pub(crate) history: Arc<History>,
    pub(crate) turns: Turns,
    pub(crate) connection: String,
}

/// What a turn said, in short.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Heard {
    Text(String),
    Reasoning(String),
    Marked,
    Usage,
    Pausing(Trouble, Duration),
    MovedOn(Trouble, String),
    Ended(Box<Message>),
}

pub(crate) fn api_key(text: &str) -> ApiKey {
    ApiKey::parse(Zeroizing::new(text.to_owned())).unwrap()
}

impl Stage {
    pub(crate) async fn new() -> Self {
        let accounts = vec![Account::good(KEY)];
        Self::of(Options { accounts, list_faults: true, ..Options::default() }).await
    }

    /// One whose server runs so.
    pub(crate) async fn of(options: Options) -> Self {
        let server = practice::start(options).await.unwrap();
        let address = server.base_url();
        Self::with(server, &address).await
    }

    /// One whose connection speaks this format.
    pub(crate) async fn speaking(format: Format) -> Self {
        let stage = Self::new().await;
        let connection = stage.history.connections().unwrap().remove(0);
        let speaking = Connection { format: Some(format.id().to_owned()), ..connection };
        stage.history.put_connection(&speaking).unwrap();
        stage
    }

    /// One whose connection goes to another address.
    pub(crate) async fn at(address: &str) -> Self {
        let options = Options { accounts: Vec::new(), list_faults: false, ..Options::default() };
        Self::with(practice::start(options).await.unwrap(), address).await
    }

    async fn with(server: Running, address: &str) -> Self {
        let quick = Deadlines { read: Duration::from_millis(2_000), ..Deadlines::default() };
        let vault = Arc::new(Vault::in_memory().with_deadlines(quick));
        let base = BaseUrl::parse(address).unwrap();
        let id = KeyId::random().unwrap();
        let binding = Binding { base: base.clone(), provider: "other".to_owned() };
        vault.store(&id, &api_key(KEY), &binding, Patience::Brief).await.unwrap();
        let history = Arc::new(History::in_memory().unwrap());
        let connection = Connection {
            id: id.as_str().to_owned(),
            provider: "other".to_owned(),
            name: "Test".to_owned(),
            address: base.as_str().to_owned(),
            origin: base.origin().to_string(),
            key: Some(KeyFacts {
                kind: "project".to_owned(),
                last_four: "W7qK".to_owned(),
                kept_in: KeptIn::Keychain,
                worked: false,
                restricted: false,
                item: id.as_str().to_owned(),
                made_ms: 0,
                retired_ms: None,
                command: None,
                behind: None,
            }),
            created_ms: 0,
            last_used_ms: None,
            refuses_stream_options: false,
            format: None,
            upkeep: history::Upkeep::default(),
        };
        history.put_connection(&connection).unwrap();
        Self { server, vault, history, turns: Turns::default(), connection: connection.id }
    }

    pub(crate) fn message(
        &self,
        conversation: Option<ConversationId>,
        model: &str,
        text: &str,
    ) -> Ask {
        Ask::Message {
            conversation,
            connection: self.connection.clone(),
            model: model.to_owned(),
            system_prompt: "Be brief.".to_owned(),
            parameters: String::new(),
            text: text.to_owned(),
            files: Vec::new(),
            preset: None,
            route: None,
            folder: None,
            waiting: None,
            secrets: turn::Secrets::default(),
        }
    }

    pub(crate) async fn prepare(&self, ask: Ask) -> Result<Prepared, Failure> {
        self.turns.prepare(self.vault.clone(), self.history.clone(), ask).await
    }

    /// Runs a turn to its end and gives back everything it said; the last is always its end, and the only one.
    pub(crate) async fn run(&self, ask: Ask) -> (Vec<Heard>, Message) {
        let prepared = self.prepare(ask).await.unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let written = heard.clone();
        prepared.run(move |event| written.lock().unwrap().push(short(event))).await;
        let heard = heard.lock().unwrap().clone();
        let ends = heard.iter().filter(|event| matches!(event, Heard::Ended(_))).count();
        assert_eq!(ends, 1, "exactly one terminal event");
        let Some(Heard::Ended(message)) = heard.last() else { panic!("the end comes last") };
        assert_eq!(
            **message,
            self.history.message(message.id).unwrap(),
            "what is said is what is saved"
        );
        (heard.clone(), (**message).clone())
    }

    /// A new conversation's only answer.
    pub(crate) async fn answer(&self, model: &str) -> Message {
        self.run(self.message(None, model, "Hello")).await.1
    }
}

pub(crate) fn failure(message: &Message) -> Failure {
    Failure::from_json(message.failure.as_deref().expect("a failure is kept")).unwrap()
}

fn short(event: TurnEvent) -> Heard {
    match event {
        TurnEvent::Text(text) => Heard::Text(text),
        TurnEvent::Reasoning(text) => Heard::Reasoning(text),
        TurnEvent::Marked => Heard::Marked,
        TurnEvent::Usage(_) => Heard::Usage,
        TurnEvent::Pausing { failure, wait } => Heard::Pausing(failure.trouble, wait),
        TurnEvent::MovedOn { passed, model, .. } => Heard::MovedOn(passed.failure.trouble, model),
        TurnEvent::Ended { message, .. } => Heard::Ended(message),
    }
}

/// Longer than anything takes on any machine: only what never comes gets here.
pub(crate) const HANG: Duration = Duration::from_secs(120);

/// Waits until something is so.
pub(crate) async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let wait = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(HANG, wait).await.unwrap_or_else(|_| panic!("never: {what}"));
}
