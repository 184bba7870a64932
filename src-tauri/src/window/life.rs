//! When a page that died is loaded again, and when one that is silent counts as hanging. Only the rules; the engine's signals
//! come from elsewhere.

#![cfg_attr(
    not(target_os = "linux"),
    allow(dead_code, reason = "the signals are only known there")
)]

use std::time::{Duration, Instant};

/// A page that dies so often within [`LATELY`] dies of what it shows: to load it once more would be a loop.
const DEATHS: usize = 3;
const LATELY: Duration = Duration::from_secs(60);

/// How long a page may be silent when it is asked for a sign of life.
pub(super) const SILENCE: Duration = Duration::from_secs(5);

/// How the page has been lately.
#[derive(Debug, Default)]
pub(super) struct Life {
    deaths: Vec<Instant>,
    asked: Option<Instant>,
}

/// What to do about a death.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AfterDeath {
    /// Load the page again.
    LoadAgain,
    /// Say what is the matter, natively, and leave it to the person.
    Ask,
}

/// What to do when it is time to look at the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Ask it for a sign of life.
    Ask,
    /// It was asked, and there is time yet.
    Wait,
    /// It does not answer.
    Hangs,
}

impl Life {
    /// The page died at this time.
    pub(super) fn died(&mut self, now: Instant) -> AfterDeath {
        self.asked = None;
        self.deaths.retain(|death| now.duration_since(*death) < LATELY);
        self.deaths.push(now);
        if self.deaths.len() < DEATHS { AfterDeath::LoadAgain } else { AfterDeath::Ask }
    }

    /// The person wants it loaded again all the same.
    pub(super) fn forgive(&mut self) {
        self.deaths.clear();
    }

    /// It is time to look at the page.
    pub(super) fn look(&mut self, now: Instant) -> Look {
        match self.asked {
            None => {
                self.asked = Some(now);
                Look::Ask
            }
            Some(asked) if now.duration_since(asked) < SILENCE => Look::Wait,
            Some(_) => Look::Hangs,
        }
    }

    /// It gave a sign of life.
    pub(super) fn answered(&mut self) {
        self.asked = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_dies_again_and_again_is_not_loaded_in_a_loop() {
        let (mut life, start) = (Life::default(), Instant::now());
        let at = |seconds| start + Duration::from_secs(seconds);
        assert_eq!(life.died(at(0)), AfterDeath::LoadAgain);
        assert_eq!(life.died(at(10)), AfterDeath::LoadAgain);
        assert_eq!(life.died(at(20)), AfterDeath::Ask);
        life.forgive();
        assert_eq!(life.died(at(21)), AfterDeath::LoadAgain);
    }

    #[test]
    fn deaths_of_long_ago_do_not_count() {
        let (mut life, start) = (Life::default(), Instant::now());
        for minute in 0..10 {
            let now = start + Duration::from_secs(60 * minute);
            assert_eq!(life.died(now), AfterDeath::LoadAgain);
        }
    }

    #[test]
    fn silence_counts_from_the_question() {
        let (mut life, start) = (Life::default(), Instant::now());
        assert_eq!(life.look(start), Look::Ask);
        assert_eq!(life.look(start + SILENCE / 2), Look::Wait);
        assert_eq!(life.look(start + SILENCE), Look::Hangs);
        life.answered();
        assert_eq!(life.look(start + SILENCE * 2), Look::Ask);
        life.died(start + SILENCE * 3);
        assert_eq!(life.look(start + SILENCE * 9), Look::Ask, "another page owes nothing");
    }
}
