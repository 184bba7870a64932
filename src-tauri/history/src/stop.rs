//! A wish to stop what reads for long. Asked by the database itself between its steps, so that it ends within milliseconds
//! and never stops what another reads next.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;

use crate::Error;

/// Steps of the database's machine between two looks.
const STEPS: i32 = 2_000;

/// Whether somebody still waits for an answer. Clones stop together.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Nobody waits any more.
    pub fn stop(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether that was said.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// An error once that was said.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.is_stopped() { Err(Error::Stopped) } else { Ok(()) }
    }

    /// Lets `work` go on as long as nobody says stop.
    pub(crate) fn watch<T>(
        &self,
        connection: &mut Connection,
        work: impl FnOnce(&mut Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.check()?;
        let stop = self.clone();
        connection.progress_handler(STEPS, Some(move || stop.is_stopped()))?;
        let done = work(connection);
        connection.progress_handler(STEPS, None::<fn() -> bool>)?;
        done
    }
}
