//! Whether a person has just pressed something. A page can press nothing of the desktop's.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// From the press to the page's question.
const SOON: Duration = Duration::from_secs(2);

/// The last press that nobody has asked about yet.
#[derive(Debug, Clone, Default)]
pub struct Pressed(Arc<Mutex<Option<Instant>>>);

impl Pressed {
    /// It happens now.
    pub fn note(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Whether it has just happened; once only.
    pub fn take(&self) -> bool {
        let pressed = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        pressed.is_some_and(|pressed| pressed.elapsed() < SOON)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_counts_once() {
        let pressed = Pressed::default();
        assert!(!pressed.take());
        pressed.note();
        assert!(pressed.take());
        assert!(!pressed.take());
    }
}
