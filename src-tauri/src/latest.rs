//! What is asked again and again while somebody types: only the last question is worth an answer.

use std::sync::{Mutex, PoisonError};

use history::Stop;

/// The question that was asked last.
#[derive(Default)]
pub struct Latest(Mutex<Stop>);

impl Latest {
    /// A new question; the one before needs no answer any more.
    pub fn begin(&self) -> Stop {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.stop();
        *last = Stop::default();
        last.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_question_ends_the_one_before() {
        let latest = Latest::default();
        let (first, second) = (latest.begin(), latest.begin());
        assert!(first.is_stopped() && !second.is_stopped());
    }
}
