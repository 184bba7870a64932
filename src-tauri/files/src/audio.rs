//! Audio: what it is by its bytes, and how long it is by its own frames. Nothing is decoded, so nothing can burst; each reader goes
//! through a file once, and what a file says of itself is only looked at.

mod flac;
mod mp4;
mod mpeg;
mod ogg;
mod reading;
mod wav;
mod webm;

use crate::Refused;

/// A file of audio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Audio {
    /// The type of its bytes.
    pub(crate) media_type: &'static str,
    /// How long it is, where that can be told.
    pub(crate) length_ms: Option<u64>,
}

/// Nobody speaks longer at once; what says so lies.
const LONGEST_MS: u64 = 48 * 3_600_000;

/// What these bytes are, if they are a file of audio, or something with pictures that has audio too.
pub(crate) fn of(bytes: &[u8]) -> Option<Result<Audio, Refused>> {
    let found = wav::read(bytes)
        .or_else(|| flac::read(bytes))
        .or_else(|| ogg::read(bytes))
        .or_else(|| mp4::read(bytes))
        .or_else(|| webm::read(bytes))
        .or_else(|| mpeg::read(bytes))?;
    Some(found.map(|audio| Audio {
        length_ms: audio.length_ms.filter(|ms| (1..=LONGEST_MS).contains(ms)),
        ..audio
    }))
}

/// So many units, of which there are so many a second, in milliseconds.
fn ms_of(units: u64, per_second: u64) -> Option<u64> {
    let ms = u128::from(units) * 1_000 / u128::from(per_second).max(1);
    u64::try_from(ms).ok().filter(|_| per_second > 0)
}
