//! How long to wait before a request is sent again.

use std::time::Duration;

use crate::{Failure, Trouble};

/// Sends before the first word of an answer has come.
pub(crate) const TRIES: u32 = 3;

/// A longer pause is the person's to decide.
const LONGEST: Duration = Duration::from_secs(60);

/// The pause after so many tries; `None` when sending again would help nobody. A server that asks for none gets one all the
/// same: "at once" is how three requests go out in the blink of an eye. Where it says itself whether to ask again, that decides.
pub(crate) fn pause(failure: &Failure, tries: u32, told: Option<bool>) -> Option<Duration> {
    let may_pass = matches!(failure.trouble, Trouble::Busy | Trouble::ProviderDown);
    if !told.unwrap_or(may_pass) {
        return None;
    }
    let asked = failure.retry_after_ms.map_or(Duration::ZERO, Duration::from_millis);
    (asked <= LONGEST).then(|| asked.max(backoff(tries)))
}

/// Half a second, then one, then two, and up to as much again by chance, so that many clients do not come back at once.
fn backoff(tries: u32) -> Duration {
    let least = Duration::from_millis(500) * 2_u32.saturating_pow(tries - 1);
    let mut byte = [0];
    // Without chance the pause is only less fair.
    let _ = getrandom::fill(&mut byte);
    least + least * u32::from(byte[0]) / 255
}

#[cfg(test)]
mod tests {
    use super::*;

    fn busy(retry_after_ms: Option<u64>) -> Failure {
        Failure { retry_after_ms, ..Failure::of(Trouble::Busy) }
    }

    #[test]
    fn a_pause_has_a_floor_and_a_ceiling() {
        for asked in [None, Some(0), Some(1), Some(400)] {
            let (first, second) =
                (pause(&busy(asked), 1, None).unwrap(), pause(&busy(asked), 2, None).unwrap());
            assert!(first >= Duration::from_millis(500), "{asked:?}: {first:?}");
            assert!(second >= Duration::from_secs(1), "{asked:?}: {second:?}");
        }
        assert_eq!(pause(&busy(Some(22_000)), 1, None), Some(Duration::from_secs(22)));
        assert_eq!(pause(&busy(Some(61_000)), 1, None), None);
        assert_eq!(pause(&Failure::of(Trouble::KeyRejected), 1, None), None);
        assert_eq!(pause(&busy(None), 1, Some(false)), None, "it says that this does not pass");
        assert!(pause(&Failure::of(Trouble::RequestRefused), 1, Some(true)).is_some());
    }
}
