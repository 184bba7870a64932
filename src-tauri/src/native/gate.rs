//! One native window at a time, and a closed door after three refusals.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::NativeError;

const REFUSALS: u32 = 3;
const CLOSED_FOR: Duration = Duration::from_secs(60);

/// What every native window must pass, so that a page cannot tire a person into a yes.
#[derive(Debug, Clone, Default)]
pub struct Gate(Arc<Mutex<Door>>);

#[derive(Debug, Default)]
struct Door {
    open: bool,
    refusals: u32,
    closed_until: Option<Instant>,
}

/// The right to show one window; given back when dropped.
#[derive(Debug)]
pub struct Pass(Gate);

impl Gate {
    /// Asks for the right to show a window at this time.
    pub fn enter(&self, now: Instant) -> Result<Pass, NativeError> {
        let mut door = self.door();
        if door.open {
            return Err(NativeError::WindowOpen);
        }
        match door.closed_until {
            Some(until) if now < until => return Err(NativeError::TooManyRefusals),
            Some(_) => *door = Door::default(),
            None => {}
        }
        door.open = true;
        Ok(Pass(self.clone()))
    }

    fn door(&self) -> std::sync::MutexGuard<'_, Door> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pass {
    /// The person said yes: earlier refusals no longer count.
    pub fn accepted(self) {
        self.0.door().refusals = 0;
    }

    /// The person said no at this time.
    pub fn refused(self, now: Instant) {
        let mut door = self.0.door();
        door.refusals += 1;
        if door.refusals >= REFUSALS {
            door.closed_until = Some(now + CLOSED_FOR);
        }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.0.door().open = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        let (gate, now) = (Gate::default(), Instant::now());
        let pass = gate.enter(now).unwrap();
        assert_eq!(gate.enter(now).unwrap_err(), NativeError::WindowOpen);
        drop(pass);
        assert!(gate.enter(now).is_ok());
    }

    #[test]
    fn three_refusals_close_the_door_for_a_minute() {
        let (gate, now) = (Gate::default(), Instant::now());
        for _ in 0..3 {
            gate.enter(now).unwrap().refused(now);
        }
        let almost = now + Duration::from_secs(59);
        assert_eq!(gate.enter(almost).unwrap_err(), NativeError::TooManyRefusals);
        let later = now + Duration::from_secs(60);
        gate.enter(later).unwrap().refused(later);
        assert!(gate.enter(later).is_ok(), "the count begins anew");
    }

    #[test]
    fn a_yes_forgives() {
        let (gate, now) = (Gate::default(), Instant::now());
        for _ in 0..2 {
            gate.enter(now).unwrap().refused(now);
        }
        gate.enter(now).unwrap().accepted();
        gate.enter(now).unwrap().refused(now);
        assert!(gate.enter(now).is_ok());
    }
}
