//! The open store: one connection that writes, and some that read.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::open::truncate_wal;
use crate::readers::Readers;
use crate::search::Upkeep;
use crate::{Changes, Claim, Error, Stop};

/// The encrypted store. Shared between threads; every method blocks for as long as the disk takes.
///
/// Reading goes through connections of its own, so it never waits for a write that is being flushed to the disk; and what may
/// take long has one to itself, so that nothing a person waits for stands behind it.
pub struct History {
    /// None in memory, where a second connection would see another, empty database. Before the writer, because fields
    /// are dropped in order: the connection that closes last moves the log into the file, and a reader may not.
    readers: Option<Readers>,
    writer: Mutex<Connection>,
    /// Let go of last.
    _claim: Option<Claim>,
    changes: Changes,
    /// How the index of words stands.
    pub(crate) upkeep: Upkeep,
    /// Set once everything has been moved to another store: what came after would be lost.
    closed: AtomicBool,
}

impl History {
    pub(crate) fn new(writer: Connection, readers: Option<Readers>, claim: Option<Claim>) -> Self {
        Self {
            readers,
            writer: Mutex::new(writer),
            _claim: claim,
            changes: Changes::default(),
            upkeep: Upkeep::default(),
            closed: AtomicBool::new(false),
        }
    }

    /// Runs `work` on one consistent state of the store.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut connection = self.readers.as_ref().map_or_else(|| self.writer(), Readers::quick);
        self.check_open()?;
        work(&connection.transaction()?)
    }

    /// The same for what may take long. It ends with [`Error::Stopped`] soon after nobody waits for it any more.
    pub(crate) fn read_long<T>(
        &self,
        stop: &Stop,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut connection = self.readers.as_ref().map_or_else(|| self.writer(), Readers::long);
        self.check_open()?;
        stop.watch(&mut connection, |connection| work(&connection.transaction()?))
    }

    /// Runs `work` as one durable change: whole, or not at all.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut connection = self.writer();
        self.check_open()?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&transaction)?;
        transaction.commit()?;
        self.changes.written();
        Ok(value)
    }

    /// Where it is heard that something was written.
    pub fn changes(&self) -> Changes {
        self.changes.clone()
    }

    /// Moves the log into the file and empties it. Nobody reads or writes meanwhile, so that nothing is in the way.
    pub(crate) fn empty_log(&self) -> Result<(), Error> {
        let _no_reader = self.readers.as_ref().map(Readers::all);
        truncate_wal(&self.writer())
    }

    /// Hands everything to `take_over` and closes, if that went well. Nothing is written in between.
    pub(crate) fn hand_on<T>(
        &self,
        take_over: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut connection = self.writer();
        self.check_open()?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = take_over(&transaction)?;
        self.closed.store(true, Ordering::SeqCst);
        Ok(value)
    }

    /// Asked with the connection in hand, since closing takes it too.
    fn check_open(&self) -> Result<(), Error> {
        if self.closed.load(Ordering::SeqCst) { Err(Error::Closed) } else { Ok(()) }
    }

    pub(crate) fn writer(&self) -> MutexGuard<'_, Connection> {
        lock(&self.writer)
    }
}

impl Drop for History {
    fn drop(&mut self) {
        self.changes.gone();
    }
}

impl std::fmt::Debug for History {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("History").finish_non_exhaustive()
    }
}

/// A thread that panicked left its transaction rolled back, so the connection behind a poisoned lock is sound.
pub(crate) fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Milliseconds since 1970; 0 on a machine whose clock is before that.
pub(crate) fn now_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.ok().and_then(|since| i64::try_from(since.as_millis()).ok()).unwrap_or_default()
}

/// A statement that must have found its row.
pub(crate) fn found(changed: usize) -> Result<(), Error> {
    if changed == 0 { Err(Error::NotFound) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Setting;

    #[test]
    fn reading_does_not_wait_for_a_write() {
        let folder = tempfile::tempdir().unwrap();
        let key = zeroize::Zeroizing::new([1; 32]);
        let history = History::open(&folder.path().join("history.db"), key).unwrap();
        history.set_setting(Setting::NewChatModel, "old").unwrap();
        let read = || history.setting(Setting::NewChatModel).unwrap();
        history
            .write(|write| {
                crate::setting::store(write, Setting::NewChatModel, "new")?;
                assert_eq!(read().as_deref(), Some("old"));
                Ok(())
            })
            .unwrap();
        assert_eq!(read().as_deref(), Some("new"));
    }

    #[test]
    fn what_takes_long_is_in_nobodys_way_and_ends_when_nobody_waits() {
        let folder = tempfile::tempdir().unwrap();
        let key = zeroize::Zeroizing::new([1; 32]);
        let history = History::open(&folder.path().join("history.db"), key).unwrap();
        let stop = Stop::default();
        let endless = "WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
        std::thread::scope(|scope| {
            let (begun, wait) = std::sync::mpsc::channel();
            let counting = scope.spawn(|| {
                history.read_long(&stop, move |read| {
                    begun.send(()).unwrap();
                    Ok(read.query_row(endless, [], |_| Ok(()))?)
                })
            });
            wait.recv().unwrap();
            history.set_setting(Setting::NewChatModel, "new").unwrap();
            history.read(|_| history.read(|_| Ok(()))).unwrap();
            stop.stop();
            assert_eq!(counting.join().unwrap(), Err(Error::Stopped));
        });
        history.read_long(&Stop::default(), |_| Ok(())).unwrap();
        assert_eq!(history.read_long(&stop, |_| Ok(())), Err(Error::Stopped));
    }

    #[test]
    fn whoever_listens_hears_of_writes_and_of_the_end() {
        let history = History::in_memory().unwrap();
        let changes = history.changes();
        history.set_setting(Setting::NewChatModel, "new").unwrap();
        assert!(changes.wait());
        drop(history);
        assert!(!changes.wait());
    }

    #[test]
    fn failed_write_and_panic_leave_nothing_behind() {
        let history = History::in_memory().unwrap();
        let refused: Result<(), Error> = history.write(|write| {
            crate::setting::store(write, Setting::NewChatModel, "half")?;
            Err(Error::NotFound)
        });
        assert_eq!(refused, Err(Error::NotFound));
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            history.write::<()>(|write| {
                crate::setting::store(write, Setting::NewChatModel, "half")?;
                panic!("on purpose");
            })
        }));
        assert!(panicked.is_err());
        assert_eq!(history.setting(Setting::NewChatModel), Ok(None));
    }

    #[test]
    fn threads_can_share_it() {
        fn shared<T: Send + Sync>() {}
        shared::<History>();
    }
}
