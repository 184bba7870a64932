//! What is lent, to whom, and what is being sent of it now.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::stream::AbortHandle;
use history::{Application, ApplicationId, Connection, History, TokenHash};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

use crate::ground::Ground;
use crate::listener::Listening;
use crate::token::{Token, hash};

/// Who said no is not asked again so soon.
const SAID_NO: Duration = Duration::from_secs(60);

/// The most bytes of requests that are held at a time, in units of a KiB.
const HELD_KIB: usize = 256 * 1024;

/// The broker: off until it is told to listen.
#[derive(Clone)]
pub struct Broker(pub(crate) Arc<Desk>);

/// See the module.
pub(crate) struct Desk {
    pub(crate) ground: Arc<dyn Ground>,
    pub(crate) room: Arc<Semaphore>,
    listening: Mutex<Option<Listening>>,
    number: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Tokens that die with a program.
    runs: HashMap<u64, (TokenHash, ApplicationId)>,
    sending: HashMap<u64, (Holder, AbortHandle)>,
    said_no: HashMap<(ApplicationId, String), Instant>,
    /// One question at a time for each of these.
    asking: HashMap<(ApplicationId, String), Arc<tokio::sync::Mutex<()>>>,
}

/// Whose token it is: an application's own, or one of a run of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) application: ApplicationId,
    pub(crate) run: Option<u64>,
}

/// What a token stands for.
pub(crate) struct Lent {
    pub(crate) application: Application,
    pub(crate) holder: Holder,
    /// It may be gone.
    pub(crate) connection: Option<Connection>,
}

/// A token that dies when this is dropped, and every answer on its way with it.
pub struct Lease {
    /// What the program is given.
    pub token: Token,
    desk: Arc<Desk>,
    number: u64,
}

/// A request that is being answered.
pub(crate) struct Sending {
    desk: Arc<Desk>,
    number: u64,
}

impl Broker {
    /// One that listens nowhere.
    pub fn new(ground: Arc<dyn Ground>) -> Self {
        Self(Arc::new(Desk {
            ground,
            room: Arc::new(Semaphore::new(HELD_KIB)),
            listening: Mutex::default(),
            number: AtomicU64::default(),
            state: Mutex::default(),
        }))
    }

    /// Listens on loopback at this port, and nowhere else if it is taken; 0 is any.
    pub async fn listen(&self, port: u16) -> std::io::Result<u16> {
        let before = lock(&self.0.listening).take();
        if let Some(before) = before {
            before.end().await;
        }
        self.0.cut(|_| true);
        let listening = Listening::begin(&self.0, port).await?;
        let port = listening.port;
        *lock(&self.0.listening) = Some(listening);
        Ok(port)
    }

    /// Stops listening, and ends whatever is being sent.
    pub fn stop(&self) {
        drop(lock(&self.0.listening).take());
        self.0.cut(|_| true);
    }

    /// Where it listens, if it does.
    pub fn port(&self) -> Option<u16> {
        lock(&self.0.listening).as_ref().map(|listening| listening.port)
    }

    /// Ends everything that this application is being sent, and the tokens of its runs. What is kept of it is the store's.
    pub fn end(&self, application: ApplicationId) {
        self.0.state().runs.retain(|_, (_, of)| *of != application);
        self.0.cut(|holder| holder.application == application);
    }

    /// A token for one run of an application. `None` only where the system has no randomness.
    pub fn lend(&self, application: ApplicationId) -> Option<Lease> {
        let token = Token::random()?;
        let number = self.0.next();
        self.0.state().runs.insert(number, (token.hash(), application));
        Some(Lease { token, desk: Arc::clone(&self.0), number })
    }

    /// The applications that run or are being answered now.
    pub fn running(&self) -> Vec<ApplicationId> {
        let state = self.0.state();
        let runs = state.runs.values().map(|(_, application)| *application);
        let sending = state.sending.values().map(|(holder, _)| holder.application);
        let mut all: Vec<_> = runs.chain(sending).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl Desk {
    /// Whose token one of these texts is, and the connection that it is lent. Every token is looked at, each in the same time.
    pub(crate) fn holder(
        &self,
        history: &History,
        presented: &[String],
    ) -> Result<Option<Lent>, history::Error> {
        let kept = history.application_tokens()?;
        let runs: Vec<_> =
            self.state().runs.iter().map(|(number, (hash, of))| (*number, *hash, *of)).collect();
        let mut found = None;
        for text in presented {
            let presented = hash(text);
            for (application, known) in &kept {
                let is_it = known.is_some_and(|known| known.ct_eq(&presented).into());
                if is_it {
                    let holder = Holder { application: application.id, run: None };
                    found = Some((application.clone(), holder));
                }
            }
            for (number, known, of) in &runs {
                if known.ct_eq(&presented).into() {
                    let holder = Holder { application: *of, run: Some(*number) };
                    let of = kept.iter().find(|(application, _)| application.id == *of);
                    found = of.map(|(application, _)| (application.clone(), holder));
                }
            }
        }
        let Some((application, holder)) = found else { return Ok(None) };
        let known = history.connections()?;
        let connection = known.into_iter().find(|one| one.id == application.connection);
        Ok(Some(Lent { application, holder, connection }))
    }

    /// Notes a request that is being answered, unless its token died in the meantime.
    pub(crate) fn note(self: &Arc<Self>, holder: Holder, line: AbortHandle) -> Option<Sending> {
        let number = self.next();
        let mut state = self.state();
        let is_dead = holder.run.is_some_and(|run| !state.runs.contains_key(&run));
        if is_dead {
            return None;
        }
        state.sending.insert(number, (holder, line));
        Some(Sending { desk: Arc::clone(self), number })
    }

    /// What stands between two questions about the same.
    pub(crate) fn asking(&self, about: &(ApplicationId, String)) -> Arc<tokio::sync::Mutex<()>> {
        Arc::clone(self.state().asking.entry(about.clone()).or_default())
    }

    pub(crate) fn note_no(&self, about: (ApplicationId, String)) {
        self.state().said_no.insert(about, Instant::now());
    }

    pub(crate) fn was_said_no(&self, about: &(ApplicationId, String)) -> bool {
        self.state().said_no.get(about).is_some_and(|when| when.elapsed() < SAID_NO)
    }

    fn cut(&self, is_cut: impl Fn(&Holder) -> bool) {
        let state = self.state();
        let cut = state.sending.values().filter(|(holder, _)| is_cut(holder));
        cut.for_each(|(_, line)| line.abort());
    }

    fn next(&self) -> u64 {
        self.number.fetch_add(1, Ordering::Relaxed)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.desk.state().runs.remove(&self.number);
        self.desk.cut(|holder| holder.run == Some(self.number));
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.desk.state().sending.remove(&self.number);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
