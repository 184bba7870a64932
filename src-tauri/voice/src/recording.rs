//! A take while it is spoken: it grows on a thread of its own, up to a length that is said before.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime};

use crate::take::{RATE, Take, WINDOW, length_ms, meter};
use crate::{Device, Stop, Trouble};

/// The longest take, in seconds: nineteen megabytes, which every endpoint takes.
pub const LONGEST: u32 = 600;

/// How long a take goes on that nobody sees, in seconds: it was forgotten.
const UNSEEN: u32 = 60;

const UNSEEN_WINDOWS: u32 = UNSEEN * RATE / WINDOW as u32;

/// Time that the computer was not there for. Less is a clock that was set right.
const SLEPT: Duration = Duration::from_secs(5);

const MOST_SAMPLES: usize = (LONGEST * RATE) as usize;

/// How it goes, some ten times a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    /// How long the take is.
    pub length_ms: u64,
    /// How loud it is, from 0 to 100.
    pub loud: u8,
    /// Whether it has ended by itself.
    pub ended: Option<Ended>,
}

/// Why a take has ended by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It is as long as it may be.
    Full,
    /// The device is gone; what was said before is kept.
    Broke(Trouble),
    /// The computer has slept meanwhile: who spoke before may not be who is there now.
    Slept,
    /// Nobody has seen it for a minute.
    Unseen,
}

/// A take that is being spoken.
pub struct Recording {
    stop: Stop,
    shared: Arc<Mutex<Shared>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    samples: Vec<i16>,
    is_paused: bool,
    broke: Option<Trouble>,
}

impl Recording {
    /// Begins one, for as long as it `is_seen`; `tell` hears how it goes. Waits for the first samples, so that what cannot be heard
    /// is known at once.
    pub fn begin(
        device: &dyn Device,
        is_seen: impl Fn() -> bool + Send + 'static,
        tell: impl FnMut(Level) + Send + 'static,
    ) -> Result<Self, Trouble> {
        Self::watched(device, is_seen, || (SystemTime::now(), Instant::now()), tell)
    }

    fn watched(
        device: &dyn Device,
        is_seen: impl Fn() -> bool + Send + 'static,
        clocks: impl Fn() -> (SystemTime, Instant) + Send + 'static,
        mut tell: impl FnMut(Level) + Send + 'static,
    ) -> Result<Self, Trouble> {
        let stop = Stop::default();
        let mut source = device.listen(&stop)?;
        let shared = Arc::new(Mutex::new(Shared::default()));
        let grown = Arc::clone(&shared);
        let ending = stop.clone();
        let thread = thread::spawn(move || {
            let mut window = [0; WINDOW];
            let (mut before, mut unseen) = (clocks(), 0);
            loop {
                let read = filled(source.as_mut(), &mut window);
                // What is killed by us has not broken off.
                if ending.is_stopped() {
                    break;
                }
                let now = clocks();
                unseen = if is_seen() { 0 } else { unseen + 1 };
                let left = if has_slept(before, now) {
                    Some(Ended::Slept)
                } else {
                    (unseen >= UNSEEN_WINDOWS).then_some(Ended::Unseen)
                };
                before = now;
                let level = match left {
                    Some(ended) => lock(&grown).end(ended),
                    None => lock(&grown).add(read, &window),
                };
                if level.ended.is_some() {
                    // Nobody listens any more.
                    ending.end();
                    tell(level);
                    break;
                }
                tell(level);
            }
        });
        Ok(Self { stop, shared, thread: Some(thread) })
    }

    /// While it is paused, what is heard is thrown away.
    pub fn pause(&self, is_paused: bool) {
        lock(&self.shared).is_paused = is_paused;
    }

    /// Ends it. What nobody spoke in is no take.
    pub fn finish(mut self) -> Result<Take, Trouble> {
        self.end();
        let mut shared = lock(&self.shared);
        let samples = std::mem::take(&mut shared.samples);
        match (Take::of(&samples), shared.broke) {
            (Some(take), _) => Ok(take),
            (None, Some(trouble)) => Err(trouble),
            (None, _) => Err(Trouble::Silence),
        }
    }

    fn end(&mut self) {
        self.stop.stop();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        self.stop.end();
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        self.end();
    }
}

impl Shared {
    /// As it is, without what was heard last.
    fn end(&self, ended: Ended) -> Level {
        Level { length_ms: length_ms(self.samples.len()), loud: 0, ended: Some(ended) }
    }

    fn add(&mut self, read: Result<usize, Trouble>, window: &[i16; WINDOW]) -> Level {
        let (heard, mut ended) = match read {
            Ok(0) => (0, Some(Ended::Broke(Trouble::BrokeOff))),
            Ok(count) => (count, None),
            Err(trouble) => (0, Some(Ended::Broke(trouble))),
        };
        if let Some(Ended::Broke(trouble)) = ended {
            self.broke = Some(trouble);
        }
        let heard = &window[..heard];
        if !self.is_paused {
            let room = MOST_SAMPLES - self.samples.len();
            self.samples.extend_from_slice(&heard[..heard.len().min(room)]);
            if self.samples.len() == MOST_SAMPLES {
                ended = Some(Ended::Full);
            }
        }
        let loud = if self.is_paused { 0 } else { meter(heard) };
        Level { length_ms: length_ms(self.samples.len()), loud, ended }
    }
}

/// Whether the time of day has gone on by more than this computer has.
fn has_slept(before: (SystemTime, Instant), now: (SystemTime, Instant)) -> bool {
    let by_day = now.0.duration_since(before.0).unwrap_or_default();
    by_day.saturating_sub(now.1.duration_since(before.1)) > SLEPT
}

/// A whole window, or what came before the end.
fn filled(source: &mut dyn crate::Samples, window: &mut [i16; WINDOW]) -> Result<usize, Trouble> {
    let mut count = 0;
    while count < WINDOW {
        match source.next(&mut window[count..]) {
            Ok(0) => break,
            Ok(more) => count += more,
            Err(trouble) if count == 0 => return Err(trouble),
            Err(_) => break,
        }
    }
    Ok(count)
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::sync::mpsc;

    use super::*;
    use crate::Samples;

    /// A microphone that plays a list: so many samples of a tone, or of nothing.
    struct Fake(Vec<(usize, f32)>);
    struct Playing(Vec<i16>, usize);

    impl Samples for Playing {
        fn next(&mut self, into: &mut [i16]) -> Result<usize, Trouble> {
            let rest = &self.0[self.1..];
            // Pieces are never as long as one would like.
            let count = rest.len().min(into.len()).min(700);
            into[..count].copy_from_slice(&rest[..count]);
            self.1 += count;
            Ok(count)
        }
    }

    impl Device for Fake {
        fn listen(&self, _: &Stop) -> Result<Box<dyn Samples>, Trouble> {
            let wave = |(count, loud): &(usize, f32)| {
                let loud = *loud;
                (0..*count).map(move |at| ((at as f32 * 0.2).sin() * loud) as i16)
            };
            Ok(Box::new(Playing(self.0.iter().flat_map(wave).collect(), 0)))
        }

        fn play(&self, _: &Stop, _: u32, _: &[i16]) -> Result<(), Trouble> {
            Ok(())
        }

        fn say(&self, _: &Stop, _: &str, _: f32) -> Result<(), Trouble> {
            Ok(())
        }

        fn has_voice(&self) -> bool {
            false
        }
    }

    fn ended(device: &Fake) -> (Recording, Vec<Level>) {
        let (tell, told) = mpsc::channel();
        let tell = move |level| {
            let _ = tell.send(level);
        };
        let recording = Recording::begin(device, || true, tell).unwrap();
        (recording, told.iter().collect())
    }

    #[test]
    fn a_take_ends_where_the_computer_slept() {
        let (tell, told) = mpsc::channel();
        let looks = AtomicU32::new(0);
        let (day, ran) = (SystemTime::now(), Instant::now());
        // A tenth of a second each time, and an hour asleep between the tenth look and the next; the clock was set before that.
        let clocks = move || {
            let look = looks.fetch_add(1, Ordering::Relaxed);
            let awake = Duration::from_millis(100) * look;
            let asleep = Duration::from_secs(match look {
                0..5 => 0,
                5..10 => 4,
                _ => 3_600,
            });
            (day + awake + asleep, ran + awake)
        };
        let tell = move |level| {
            let _ = tell.send(level);
        };
        let long = Fake(vec![(16_000 * 20, 9_000.0)]);
        let recording = Recording::watched(&long, || true, clocks, tell).unwrap();
        let levels: Vec<Level> = told.iter().collect();
        let last = levels.last().unwrap();
        assert_eq!((last.ended, last.length_ms, levels.len()), (Some(Ended::Slept), 900, 10));
        assert_eq!(recording.finish().unwrap().length_ms(), 900, "what was said before is kept");
    }

    #[test]
    fn a_take_ends_that_nobody_sees() {
        let (tell, told) = mpsc::channel();
        let looks = AtomicU32::new(0);
        // Seen for a moment once in the first two minutes, and then no more.
        let is_seen = move || looks.fetch_add(1, Ordering::Relaxed) == 590;
        let tell = move |level| {
            let _ = tell.send(level);
        };
        let long = Fake(vec![(16_000 * 300, 9_000.0)]);
        let recording = Recording::begin(&long, is_seen, tell).unwrap();
        let last = told.iter().last().unwrap();
        assert_eq!((last.ended, last.length_ms), (Some(Ended::Unseen), 119_000));
        assert_eq!(recording.finish().unwrap().length_ms(), 119_000);
    }

    #[test]
    fn a_take_that_broke_off_keeps_what_was_said() {
        let (recording, levels) = ended(&Fake(vec![(16_000, 9_000.0), (100, 0.0)]));
        assert_eq!(levels.len(), 12, "ten a second, the rest, and the end");
        assert!(levels[..10].iter().all(|level| level.loud > 40), "{levels:?}");
        assert_eq!(levels[11].ended, Some(Ended::Broke(Trouble::BrokeOff)));
        assert_eq!(recording.finish().unwrap().length_ms(), 1_006);
    }

    #[test]
    fn silence_is_told() {
        let (recording, _) = ended(&Fake(vec![(16_000, 0.0)]));
        assert_eq!(recording.finish(), Err(Trouble::BrokeOff));
        let mut shared = Shared::default();
        shared.add(Ok(WINDOW), &[0; WINDOW]);
        assert_eq!(shared.broke, None);
    }

    #[test]
    fn a_take_ends_by_itself_at_its_length() {
        let second = Fake(vec![(16_000 * 700, 5_000.0)]);
        let (recording, levels) = ended(&second);
        let last = levels.last().unwrap();
        assert_eq!((last.ended, last.length_ms), (Some(Ended::Full), 600_000));
        assert_eq!(recording.finish().unwrap().length_ms(), 600_000);
    }

    #[test]
    fn a_pause_is_no_part_of_it() {
        let mut shared = Shared::default();
        shared.add(Ok(WINDOW), &[9_000; WINDOW]);
        shared.is_paused = true;
        let level = shared.add(Ok(WINDOW), &[9_000; WINDOW]);
        assert_eq!((level.length_ms, level.loud), (100, 0));
        shared.is_paused = false;
        assert_eq!(shared.add(Ok(WINDOW), &[9_000; WINDOW]).length_ms, 200);
    }
}
