//! One thread that owns one connection to the keychain.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use super::Opened;
use crate::error::VaultError;

pub(crate) type Opener = dyn Fn() -> Result<Opened, VaultError> + Send + Sync;
pub(crate) type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// A running thread. When this is dropped the thread ends after the jobs it has.
pub(crate) struct KeychainThread {
    jobs: Sender<Job>,
    overdue: Overdue,
}

/// Remembers that a job has missed its deadline and has not come back since.
#[derive(Clone, Default)]
pub(crate) struct Overdue(Arc<AtomicBool>);

/// The thread's own connection, opened at the first job.
pub(crate) struct Connection {
    opener: Arc<Opener>,
    opened: Option<Opened>,
}

/// Counts the thread as alive for as long as it runs.
struct Alive(Arc<AtomicUsize>);

impl KeychainThread {
    pub(crate) fn start(
        opener: Arc<Opener>,
        alive: Arc<AtomicUsize>,
    ) -> Result<KeychainThread, VaultError> {
        let (jobs, inbox) = channel();
        let overdue = Overdue::default();
        let (alive, finished) = (Alive::new(alive), overdue.clone());
        std::thread::Builder::new()
            .name("keychain".into())
            .spawn(move || {
                let _alive = alive;
                work(&inbox, Connection { opener, opened: None }, &finished);
            })
            .map_err(|_| VaultError::Failed)?;
        Ok(KeychainThread { jobs, overdue })
    }

    pub(crate) fn submit(&self, job: Job) -> Result<(), VaultError> {
        self.jobs.send(job).map_err(|_| VaultError::Failed)
    }

    pub(crate) fn overdue(&self) -> Overdue {
        self.overdue.clone()
    }

    pub(crate) fn is_overdue(&self) -> bool {
        self.overdue.0.load(Ordering::SeqCst)
    }
}

impl Overdue {
    pub(crate) fn mark(&self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

impl Connection {
    /// Runs an errand, and once more over a new connection if this one turns out to be dead.
    pub(crate) fn run<T>(
        &mut self,
        errand: &dyn Fn(&Opened) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        if let Some(opened) = self.opened.take() {
            match errand(&opened) {
                Err(VaultError::Absent | VaultError::Failed) => {}
                outcome => {
                    self.opened = Some(opened);
                    return outcome;
                }
            }
        }
        let opened = (self.opener)()?;
        let outcome = errand(&opened);
        if !matches!(outcome, Err(VaultError::Absent | VaultError::Failed)) {
            self.opened = Some(opened);
        }
        outcome
    }
}

impl Alive {
    fn new(count: Arc<AtomicUsize>) -> Alive {
        count.fetch_add(1, Ordering::SeqCst);
        Alive(count)
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

fn work(inbox: &Receiver<Job>, mut connection: Connection, overdue: &Overdue) {
    while let Ok(job) = inbox.recv() {
        // The store crates have panics of their own. Such a job's caller gets a failure, and the
        // jobs behind it a new connection.
        if catch_unwind(AssertUnwindSafe(|| job(&mut connection))).is_err() {
            connection.opened = None;
        }
        overdue.0.store(false, Ordering::SeqCst);
    }
}
