//! Ways that were found closed: a key, a model, or a server that is not asked for a while, where there is another way.
//!
//! Time is monotonic. A way that may be open again is tried by one request only, the next that somebody really makes.

mod circuit;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use circuit::Circuit;

use crate::{Failure, Trouble};

/// A wait that a provider asks for is believed up to here.
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);

/// How long a key without credit is passed by before it is asked again.
const PAID_IN: Duration = Duration::from_secs(600);
/// Where a busy provider names no wait.
const USUAL_WAIT: Duration = Duration::from_secs(15);

/// A part of a way, which others may share.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// A server.
    Origin(String),
    /// A key there, by the name of its place.
    Key(String),
    /// A model over a connection.
    Model(String, String),
}

/// A way to a model: its server, its key, and itself.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    pub(crate) origin: Part,
    pub(crate) key: Part,
    pub(crate) model: Part,
}

/// Why a way is closed just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// What happened there.
    pub why: Trouble,
    /// For how long; `None` until it was seen to work.
    pub wait: Option<Duration>,
}

/// What is known of all ways, for as long as the program runs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Breaker(Arc<Mutex<HashMap<Part, Circuit>>>);

/// A request on its way. Dropped without a word, it has shown nothing.
#[derive(Debug)]
pub(crate) struct Passing {
    breaker: Breaker,
    way: Way,
    told: bool,
}

impl Way {
    fn parts(&self) -> [&Part; 3] {
        [&self.origin, &self.key, &self.model]
    }
}

impl Breaker {
    /// Why this way is closed, if it is.
    pub(crate) fn closed(&self, way: &Way, now: Instant) -> Option<Rest> {
        let all = self.all();
        way.parts().into_iter().find_map(|part| all.get(part)?.closed(now))
    }

    /// Begins a request where the way is open; where it may be open again, this is the one that tries.
    pub(crate) fn enter(&self, way: &Way, now: Instant) -> Result<Passing, Rest> {
        match self.closed(way, now) {
            Some(closed) => Err(closed),
            None => Ok(self.enter_anyway(way)),
        }
    }

    /// Begins a request whatever is known: the last door is never closed, and a person may always ask.
    pub(crate) fn enter_anyway(&self, way: &Way) -> Passing {
        let mut all = self.all();
        for part in way.parts() {
            if let Some(circuit) = all.get_mut(part) {
                circuit.probe();
            }
        }
        Passing { breaker: self.clone(), way: way.clone(), told: false }
    }

    fn all(&self) -> MutexGuard<'_, HashMap<Part, Circuit>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Passing {
    /// It was answered: every part of the way works.
    pub(crate) fn answered(mut self, now: Instant) {
        self.told = true;
        let mut all = self.breaker.all();
        for part in self.way.parts() {
            at(&mut all, part).answered(now);
        }
    }

    /// It failed. What a person did, or what was asked, says nothing of the way.
    pub(crate) fn failed(mut self, failure: &Failure, now: Instant) {
        self.told = true;
        let mut all = self.breaker.all();
        for part in self.way.parts() {
            if let Some(circuit) = all.get_mut(part) {
                circuit.free();
            }
        }
        let asked = failure.retry_after_ms.map(Duration::from_millis);
        let why = failure.trouble;
        match blame(why) {
            Blame::Nobody => {}
            // Money is put in behind our back, so it is tried again.
            Blame::Key if why == Trouble::NoCredit => {
                at(&mut all, &self.way.key).close(why, asked.or(Some(PAID_IN)), now);
            }
            Blame::Key => at(&mut all, &self.way.key).close(why, asked, now),
            Blame::Model => at(&mut all, &self.way.model).close(why, None, now),
            Blame::Pace => {
                let wait = asked.unwrap_or(USUAL_WAIT).min(LONGEST_WAIT);
                at(&mut all, &self.way.model).close(why, Some(wait), now);
            }
            Blame::Fault => at(&mut all, &self.way.model).count(why, now),
            Blame::Server => at(&mut all, &self.way.origin).count(why, now),
        }
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        if self.told {
            return;
        }
        let mut all = self.breaker.all();
        for part in self.way.parts() {
            if let Some(circuit) = all.get_mut(part) {
                circuit.free();
            }
        }
    }
}

fn at<'a>(all: &'a mut HashMap<Part, Circuit>, part: &Part) -> &'a mut Circuit {
    all.entry(part.clone()).or_default()
}

/// Which part of its way a failure is the fault of.
enum Blame {
    Nobody,
    /// It answers no more until a person does something, or until the time that is told.
    Key,
    /// There is none of this name.
    Model,
    /// It is asked too often.
    Pace,
    /// The model's server has a fault.
    Fault,
    /// The server cannot be reached.
    Server,
}

fn blame(trouble: Trouble) -> Blame {
    match trouble {
        Trouble::KeyRejected
        | Trouble::KeyRevoked
        | Trouble::NotAllowed
        | Trouble::NoCredit
        | Trouble::KeyMissing
        | Trouble::KeyLeaked
        | Trouble::CommandFailed
        | Trouble::KeyDamaged
        // None of this provider’s keys is served from here.
        | Trouble::NotServed => Blame::Key,
        Trouble::ModelNotFound => Blame::Model,
        Trouble::Busy => Blame::Pace,
        Trouble::ProviderDown | Trouble::Nonsense => Blame::Fault,
        Trouble::Offline | Trouble::Unreachable | Trouble::TlsFailed | Trouble::BrokenStream => {
            Blame::Server
        }
        _ => Blame::Nobody,
    }
}

/// Whether another model may be asked instead: what is wrong with the question, or with this computer, is wrong for all.
pub(crate) fn moves_on(trouble: Trouble) -> bool {
    let is_limit = matches!(
        trouble,
        Trouble::CapReached
            | Trouble::PriceUnknown
            | Trouble::PaceReached
            | Trouble::PaceTooSmall
            | Trouble::Overcharged
            | Trouble::ModelNotAllowed
            | Trouble::NoTakers
    );
    match blame(trouble) {
        _ if is_limit => true,
        Blame::Key | Blame::Model | Blame::Pace | Blame::Fault => true,
        // A connection that is not safe is for a person to look at.
        Blame::Server => trouble != Trouble::TlsFailed,
        // Another may read what this one has to be shown.
        Blame::Nobody => {
            matches!(trouble, Trouble::TimedOut | Trouble::IdleStream | Trouble::NoWords)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(key: &str, model: &str) -> Way {
        Way {
            origin: Part::Origin("https://a".into()),
            key: Part::Key(key.into()),
            model: Part::Model(key.into(), model.into()),
        }
    }

    fn fail(breaker: &Breaker, way: &Way, trouble: Trouble, now: Instant) {
        breaker.enter_anyway(way).failed(&Failure::of(trouble), now);
    }

    #[test]
    fn what_fails_closes_what_is_to_blame_and_nothing_else() {
        let now = Instant::now();
        let (one, sibling, other) = (way("k", "m"), way("k", "n"), way("l", "m"));
        let closed = |trouble, times| {
            let breaker = Breaker::default();
            (0..times).for_each(|_| fail(&breaker, &one, trouble, now));
            [&one, &sibling, &other].map(|way| breaker.closed(way, now).is_some())
        };
        assert_eq!(closed(Trouble::NoCredit, 1), [true, true, false], "the key");
        assert_eq!(closed(Trouble::KeyRejected, 1), [true, true, false]);
        assert_eq!(closed(Trouble::ModelNotFound, 1), [true, false, false], "the model");
        assert_eq!(closed(Trouble::Busy, 1), [true, false, false]);
        assert_eq!(closed(Trouble::ProviderDown, 2), [false, false, false], "twice may be chance");
        assert_eq!(closed(Trouble::ProviderDown, 3), [true, false, false]);
        assert_eq!(closed(Trouble::Offline, 3), [true, true, true], "the server");
        assert!(moves_on(Trouble::PaceTooSmall) && moves_on(Trouble::NoWords));
        let small = Trouble::PaceTooSmall;
        for nothing in [small, Trouble::RequestRefused, Trouble::ContextTooLong, Trouble::TimedOut]
        {
            assert_eq!(closed(nothing, 9), [false; 3], "{nothing:?}");
        }
    }

    #[test]
    fn a_wait_is_believed_up_to_a_quarter_of_an_hour() {
        let (breaker, one, now) = (Breaker::default(), way("k", "m"), Instant::now());
        let busy = |ms| Failure { retry_after_ms: ms, ..Failure::of(Trouble::Busy) };
        let table = [(Some(22_000), 22), (None, 15), (Some(86_400_000), 900)];
        for (asked, seconds) in table {
            breaker.enter_anyway(&one).failed(&busy(asked), now);
            let wait = breaker.closed(&one, now).unwrap().wait;
            assert_eq!(wait, Some(Duration::from_secs(seconds)));
            assert!(breaker.closed(&one, now + Duration::from_secs(seconds)).is_none());
        }
    }

    #[test]
    fn one_request_tries_whether_a_way_is_open_again() {
        let (breaker, one, now) = (Breaker::default(), way("k", "m"), Instant::now());
        (0..3).for_each(|_| fail(&breaker, &one, Trouble::ProviderDown, now));
        let later = now + Duration::from_secs(15);
        assert!(breaker.enter(&one, later - Duration::from_millis(1)).is_err());
        let probe = breaker.enter(&one, later).unwrap();
        assert!(breaker.enter(&one, later).is_err(), "one at a time");
        drop(probe);
        let probe = breaker.enter(&one, later).expect("a stopped one has shown nothing");
        probe.failed(&Failure::of(Trouble::ProviderDown), later);
        let wait = breaker.closed(&one, later).unwrap().wait;
        assert_eq!(wait, Some(Duration::from_secs(30)), "twice as long");
        let again = later + Duration::from_secs(30);
        breaker.enter(&one, again).unwrap().answered(again);
        assert!(breaker.closed(&one, again).is_none(), "it works again");
        fail(&breaker, &one, Trouble::ProviderDown, again);
        let wait = breaker.closed(&one, again).unwrap().wait;
        assert_eq!(wait, Some(Duration::from_secs(15)), "most of many failed, but it begins anew");
    }

    #[test]
    fn half_of_many_is_as_bad_as_three_in_a_row() {
        let (breaker, one, now) = (Breaker::default(), way("k", "m"), Instant::now());
        for _ in 0..2 {
            fail(&breaker, &one, Trouble::ProviderDown, now);
            breaker.enter_anyway(&one).answered(now);
        }
        assert!(breaker.closed(&one, now).is_none());
        fail(&breaker, &one, Trouble::ProviderDown, now);
        assert!(breaker.closed(&one, now).is_some(), "three of five");
    }

    #[test]
    fn a_key_that_is_refused_stays_closed_until_it_works_and_one_without_credit_is_tried_again() {
        let (breaker, one, now) = (Breaker::default(), way("k", "m"), Instant::now());
        fail(&breaker, &one, Trouble::NoCredit, now);
        assert_eq!(breaker.closed(&one, now).unwrap().wait, Some(PAID_IN));
        assert!(breaker.closed(&one, now + PAID_IN).is_none(), "somebody may have paid");
        fail(&breaker, &one, Trouble::KeyRejected, now);
        let much_later = now + Duration::from_secs(86_400);
        assert_eq!(breaker.closed(&one, much_later).unwrap().wait, None);
        breaker.enter_anyway(&one).answered(much_later);
        assert!(breaker.closed(&one, much_later).is_none(), "a person asked it all the same");
    }
}
