//! A take while it is spoken: it grows on a thread of its own, up to a length that is said before.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use crate::take::{RATE, Take, WINDOW, length_ms, meter};
use crate::{Device, Stop, Trouble};

/// The longest take, in seconds: nineteen megabytes, which every endpoint takes.
pub const LONGEST: u32 = 600;

const MOST_SAMPLES: usize = (LONGEST * RATE) as usize;

/// How it goes, some ten times a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    /// How long the take is.
    pub length_ms: u64,
    /// How loud it is, from 0 to 100.
    pub loud: u8,
    /// Whether it has ended by itself: it is as long as it may be, or the device is gone.
    pub ended: Option<Ended>,
}

/// Why a take has ended by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It is as long as it may be.
    Full,
    /// The device is gone; what was said before is kept.
    Broke(Trouble),
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
    /// Begins one; `tell` hears how it goes. Waits for the first samples, so that what cannot be heard is known at once.
    pub fn begin(
        device: &dyn Device,
        mut tell: impl FnMut(Level) + Send + 'static,
    ) -> Result<Self, Trouble> {
        let stop = Stop::default();
        let mut source = device.listen(&stop)?;
        let shared = Arc::new(Mutex::new(Shared::default()));
        let grown = Arc::clone(&shared);
        let ending = stop.clone();
        let thread = thread::spawn(move || {
            let mut window = [0; WINDOW];
            loop {
                let read = filled(source.as_mut(), &mut window);
                // What is killed by us has not broken off.
                if ending.is_stopped() {
                    break;
                }
                let level = lock(&grown).add(read, &window);
                tell(level);
                if level.ended.is_some() {
                    break;
                }
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
        let recording = Recording::begin(device, move |level| {
            let _ = tell.send(level);
        })
        .unwrap();
        (recording, told.iter().collect())
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
