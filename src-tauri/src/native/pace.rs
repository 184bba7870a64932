//! What a page may do without being asked, but not again and again.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const TIMES: usize = 3;
const WITHIN: Duration = Duration::from_secs(30);

/// Lets pass three times in half a minute.
#[derive(Debug, Default)]
pub struct Pace(Mutex<Vec<Instant>>);

impl Pace {
    /// Whether it may happen once more at this time; if so, it counts.
    pub fn allows(&self, now: Instant) -> bool {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        times.retain(|then| now.saturating_duration_since(*then) < WITHIN);
        let allowed = times.len() < TIMES;
        if allowed {
            times.push(now);
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_times_in_half_a_minute() {
        let (pace, now) = (Pace::default(), Instant::now());
        let allowed = (0..1_000).filter(|_| pace.allows(now)).count();
        assert_eq!(allowed, 3);
        assert!(!pace.allows(now + Duration::from_secs(29)), "a refusal does not count, but waits");
        let later = now + Duration::from_secs(30);
        assert_eq!((0..9).filter(|_| pace.allows(later)).count(), 3);
    }
}
