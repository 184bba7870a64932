//! What was asked in the small window: its page may touch that chat and no other.

use std::sync::{Mutex, MutexGuard, PoisonError};

use history::{ConversationId, MessageId};

use crate::native::Pressed;

/// The one question that the small window is about.
#[derive(Default)]
pub struct Quick {
    asked: Mutex<Option<Asked>>,
    /// Whether the person has just pressed something in it that asks for a text of other programs.
    pub pressed: Pressed,
}

/// A question that was asked there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Its chat.
    pub conversation: ConversationId,
    /// Its answer.
    pub answer: MessageId,
}

impl Quick {
    /// The last question.
    pub fn asked(&self) -> Option<Asked> {
        *self.lock()
    }

    /// Another one takes its place.
    pub fn note(&self, asked: Asked) {
        *self.lock() = Some(asked);
    }

    fn lock(&self) -> MutexGuard<'_, Option<Asked>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
