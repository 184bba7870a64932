//! What hears and plays; a test has one of its own.

use crate::{Stop, Trouble};

/// A microphone and a loudspeaker.
pub trait Device: Send + Sync {
    /// Begins to hear, at [`crate::RATE`]; `stop` ends it.
    fn listen(&self, stop: &Stop) -> Result<Box<dyn Samples>, Trouble>;

    /// Plays these samples, and comes back when they have been heard or `stop` has ended it.
    fn play(&self, stop: &Stop, rate: u32, samples: &[i16]) -> Result<(), Trouble>;

    /// Says a text with the system's own voice; a speed of 1 is its usual one.
    fn say(&self, stop: &Stop, text: &str, speed: f32) -> Result<(), Trouble>;

    /// Whether the system has a voice.
    fn has_voice(&self) -> bool;
}

/// What is being heard.
pub trait Samples: Send {
    /// The next samples: waits for some. None come at the end.
    fn next(&mut self, into: &mut [i16]) -> Result<usize, Trouble>;
}
