//! The one take of the app: spoken, kept until it has become words, and thrown away.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use voice::{Device, Ended, Level, Recording, Take};

use crate::ipc::{AppError, ErrorCode, TakeEnd, TakeView};

/// The take, if there is one.
#[derive(Default)]
pub struct Dictation {
    standing: Mutex<Standing>,
    /// The window with it is hidden or folded away.
    is_unseen: Arc<AtomicBool>,
}

#[derive(Default)]
enum Standing {
    #[default]
    None,
    Spoken(Recording),
    /// It could not be written down, and may be once more.
    Kept(Arc<Take>),
}

impl Dictation {
    /// Begins one; a take before it is thrown away. Blocks until something is heard; `tell` hears how it goes.
    pub fn begin(
        &self,
        device: &dyn Device,
        tell: impl Fn(TakeView) + Send + 'static,
    ) -> Result<(), AppError> {
        self.cancel();
        let is_unseen = Arc::clone(&self.is_unseen);
        let is_seen = move || !is_unseen.load(Ordering::Relaxed);
        let recording = Recording::begin(device, is_seen, move |level| tell(level.into()));
        *self.standing() = Standing::Spoken(recording?);
        Ok(())
    }

    /// Whether the window with it is there to be seen: a take that nobody has seen for long ends.
    pub fn seen(&self, is_seen: bool) {
        self.is_unseen.store(!is_seen, Ordering::Relaxed);
    }

    /// Leaves out what is said from now on, or goes on.
    pub fn pause(&self, is_paused: bool) {
        if let Standing::Spoken(recording) = &*self.standing() {
            recording.pause(is_paused);
        }
    }

    /// Throws it away.
    pub fn cancel(&self) {
        // Taken out first: ending one waits for its child.
        let standing = std::mem::take(&mut *self.standing());
        drop(standing);
    }

    /// Ends it and gives the take, which is kept until [`Dictation::cancel`].
    pub fn take(&self) -> Result<Arc<Take>, AppError> {
        let standing = std::mem::take(&mut *self.standing());
        let take = match standing {
            Standing::None => return Err(AppError::of(ErrorCode::NotFound)),
            Standing::Spoken(recording) => Arc::new(recording.finish()?),
            Standing::Kept(take) => take,
        };
        *self.standing() = Standing::Kept(Arc::clone(&take));
        Ok(take)
    }

    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<Level> for TakeView {
    fn from(level: Level) -> Self {
        Self {
            length_ms: level.length_ms,
            loud: level.loud,
            ended: level.ended.map(|ended| match ended {
                Ended::Full => TakeEnd::Full,
                Ended::Broke(_) => TakeEnd::Broken,
                Ended::Slept => TakeEnd::Slept,
                Ended::Unseen => TakeEnd::Unseen,
            }),
        }
    }
}
