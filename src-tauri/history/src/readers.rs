//! The connections that read: two for what a person waits for, one for what may take long.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard};

use rusqlite::Connection;

use crate::Error;
use crate::store::lock;

/// Pages that the connection for long work keeps in memory, in KiB: what is found there need not be decrypted again.
const LONG_CACHE: i32 = 32 * 1024;

/// Read-only connections to one file.
pub(crate) struct Readers {
    quick: [Mutex<Connection>; 2],
    next: AtomicUsize,
    long: Mutex<Connection>,
}

impl Readers {
    /// Opens them.
    pub(crate) fn open(connect: impl Fn() -> Result<Connection, Error>) -> Result<Self, Error> {
        let long = connect()?;
        long.pragma_update(None, "cache_size", -LONG_CACHE)?;
        Ok(Self {
            quick: [Mutex::new(connect()?), Mutex::new(connect()?)],
            next: AtomicUsize::new(0),
            long: Mutex::new(long),
        })
    }

    /// One that is free, or else will be soon.
    pub(crate) fn quick(&self) -> MutexGuard<'_, Connection> {
        let free = self.quick.iter().find_map(|reader| reader.try_lock().ok());
        free.unwrap_or_else(|| {
            let turn = self.next.fetch_add(1, Ordering::Relaxed) % self.quick.len();
            lock(&self.quick[turn])
        })
    }

    /// The one for what may take long.
    pub(crate) fn long(&self) -> MutexGuard<'_, Connection> {
        lock(&self.long)
    }

    /// All of them. The one that may be busy for long comes first: nobody is kept out while it is waited for.
    pub(crate) fn all(&self) -> [MutexGuard<'_, Connection>; 3] {
        let long = self.long();
        [long, lock(&self.quick[0]), lock(&self.quick[1])]
    }
}
