//! One part of a way: what it did lately, and whether it is closed.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::Rest;
use crate::Trouble;

/// So many faults in a row close it.
const IN_A_ROW: usize = 3;

/// Or half of so many, in this time.
const AT_LEAST: usize = 5;
const LATELY: Duration = Duration::from_secs(60);

/// How long it is closed at first, and at most.
const FIRST: Duration = Duration::from_secs(15);
const LONGEST: Duration = Duration::from_secs(5 * 60);

/// What is known of one part.
#[derive(Debug, Default)]
pub(super) struct Circuit {
    /// What became of the last requests: when, and whether it was a fault.
    lately: VecDeque<(Instant, bool)>,
    /// How often it was closed for faults without an answer in between.
    times: u32,
    shut: Option<Shut>,
}

#[derive(Debug)]
struct Shut {
    why: Trouble,
    /// `None` until it was seen to work.
    until: Option<Instant>,
    /// Somebody is trying.
    probed: bool,
}

impl Circuit {
    pub(super) fn closed(&self, now: Instant) -> Option<Rest> {
        let shut = self.shut.as_ref()?;
        match shut.until {
            Some(until) if until <= now && !shut.probed => None,
            until => {
                let wait = until.map(|until| until.saturating_duration_since(now));
                Some(Rest { why: shut.why, wait })
            }
        }
    }

    pub(super) fn probe(&mut self) {
        if let Some(shut) = &mut self.shut {
            shut.probed = true;
        }
    }

    pub(super) fn free(&mut self) {
        if let Some(shut) = &mut self.shut {
            shut.probed = false;
        }
    }

    pub(super) fn close(&mut self, why: Trouble, wait: Option<Duration>, now: Instant) {
        self.shut = Some(Shut { why, until: wait.map(|wait| now + wait), probed: false });
    }

    /// It was answered: it is open, and what was before counts only among many.
    pub(super) fn answered(&mut self, now: Instant) {
        self.note(now, false);
        self.times = 0;
        self.shut = None;
    }

    /// One more fault.
    pub(super) fn count(&mut self, why: Trouble, now: Instant) {
        self.note(now, true);
        let faults = self.lately.iter().filter(|(_, fault)| *fault).count();
        let in_a_row = self.lately.iter().rev().take_while(|(_, fault)| *fault).count();
        let many = self.lately.len() >= AT_LEAST && faults * 2 >= self.lately.len();
        if self.shut.is_some() || in_a_row >= IN_A_ROW || many {
            let wait = (FIRST * 2_u32.saturating_pow(self.times.min(8))).min(LONGEST);
            self.times += 1;
            self.close(why, Some(wait), now);
        }
    }

    fn note(&mut self, now: Instant, fault: bool) {
        self.lately.push_back((now, fault));
        let is_old = |(at, _): &(Instant, bool)| now.saturating_duration_since(*at) > LATELY;
        while self.lately.front().is_some_and(is_old) {
            self.lately.pop_front();
        }
    }
}
