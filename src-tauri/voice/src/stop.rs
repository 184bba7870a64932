//! The end of something that goes on in a child: it may be called for from anywhere, at any time.

use std::io;
use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Ends what was begun with it. Clones end the same.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    is_stopped: bool,
    child: Option<Child>,
}

impl Stop {
    /// Ends it now; what is begun with it later ends at once.
    pub fn stop(&self) {
        let mut inner = self.inner();
        inner.is_stopped = true;
        if let Some(child) = &mut inner.child {
            // One that has ended by itself needs no end.
            let _ = child.kill();
        }
    }

    /// Whether it was called for.
    pub fn is_stopped(&self) -> bool {
        self.inner().is_stopped
    }

    /// Starts a child that ends with this, and lends its pipes.
    pub(crate) fn start<T>(
        &self,
        command: &mut Command,
        pipes: impl FnOnce(&mut Child) -> T,
    ) -> io::Result<T> {
        let mut child = command.spawn()?;
        let piped = pipes(&mut child);
        let mut inner = self.inner();
        if inner.is_stopped {
            let _ = child.kill();
        }
        let before = inner.child.replace(child);
        drop(inner);
        if let Some(mut before) = before {
            let _ = before.kill();
            let _ = before.wait();
        }
        Ok(piped)
    }

    /// Ends the child, if it has not, and says how it ended.
    pub(crate) fn end(&self) -> Option<ExitStatus> {
        let mut child = self.inner().child.take()?;
        let _ = child.kill();
        child.wait().ok()
    }

    /// Waits for the child's own end. `None` where it was ended from outside.
    pub(crate) fn wait(&self) -> Option<ExitStatus> {
        self.wait_at_most(Duration::MAX)
    }

    /// The same, and ends a child that goes on for longer: `None`, too.
    pub(crate) fn wait_at_most(&self, long: Duration) -> Option<ExitStatus> {
        let begun = Instant::now();
        loop {
            {
                let mut inner = self.inner();
                let status = inner.child.as_mut()?.try_wait().ok()?;
                if let Some(status) = status {
                    inner.child = None;
                    return (!inner.is_stopped).then_some(status);
                }
            }
            if begun.elapsed() > long {
                self.end();
                return None;
            }
            // A child of a tenth of a second or more, next to which this is nothing; holding the lock would keep `stop` out.
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
