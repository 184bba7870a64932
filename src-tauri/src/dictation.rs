//! The one take of the app: spoken, kept until it has become words, and thrown away.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use voice::{Device, Ended, Level, Recording, Take};

use crate::ipc::{AppError, ErrorCode, News, TakeView};
use crate::newsroom::Newsroom;

/// The take, if there is one.
#[derive(Default)]
pub struct Dictation(Mutex<Standing>);

#[derive(Default)]
enum Standing {
    #[default]
    None,
    Spoken(Recording),
    /// It could not be written down, and may be once more.
    Kept(Arc<Take>),
}

impl Dictation {
    /// Begins one; a take before it is thrown away. Blocks until something is heard.
    pub fn begin(&self, device: &dyn Device, newsroom: &Newsroom) -> Result<(), AppError> {
        self.cancel();
        let newsroom = newsroom.clone();
        let recording =
            Recording::begin(device, move |level| newsroom.tell(News::Take { take: level.into() }));
        *self.standing() = Standing::Spoken(recording?);
        Ok(())
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
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<Level> for TakeView {
    fn from(level: Level) -> Self {
        Self {
            length_ms: level.length_ms,
            loud: level.loud,
            is_full: level.ended == Some(Ended::Full),
            has_broken: matches!(level.ended, Some(Ended::Broke(_))),
        }
    }
}
