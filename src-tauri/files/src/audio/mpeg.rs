//! MP3, and AAC as it is broadcast: frames one after the other, each of which says how long it is.

use super::reading::{at, big};
use super::{Audio, ms_of};
use crate::Refused;

/// Bytes between what is written of a file and its first frame.
const GAP: usize = 8 << 10;

/// Kilobits a second, by their number in a frame's head: of the first version of MPEG, and of those after it.
const FIRST: [u64; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const LATER: [u64; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

const AAC_RATES: [u64; 13] = [
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350,
];

/// What a frame says of itself.
#[derive(Debug, Clone, Copy)]
struct Frame {
    is_aac: bool,
    /// Bytes, with its head.
    size: usize,
    samples: u64,
    rate: u64,
}

pub(super) fn read(bytes: &[u8]) -> Option<Result<Audio, Refused>> {
    let (begin, gap) = match tag(bytes) {
        0 => (0, 0),
        tag => (tag, GAP),
    };
    let first = (begin..=begin.saturating_add(gap)).find(|place| begins(bytes, *place).is_some());
    let Some((place, frame)) = first.and_then(|place| Some((place, begins(bytes, place)?))) else {
        // Only these files begin so, and nothing is in this one.
        return (begin > 0).then_some(Err(Refused::Damaged));
    };
    let media_type = if frame.is_aac { "audio/aac" } else { "audio/mpeg" };
    Some(Ok(Audio { media_type, length_ms: length(bytes, place, frame.is_aac) }))
}

/// Bytes of what is written of a file before its sound.
fn tag(bytes: &[u8]) -> usize {
    const HEAD: usize = 10;
    // Texts that begin so have a letter there.
    if at(bytes, 0, 3) != Some(b"ID3") || !matches!(bytes.get(3), Some(2..=4)) {
        return 0;
    }
    let sizes = at(bytes, 6, 4).unwrap_or_default().iter();
    // Seven bits a byte, so that it never looks like a frame.
    let size = sizes.fold(0_usize, |size, byte| (size << 7) | usize::from(byte & 0x7f));
    size + HEAD
}

/// A frame behind which another one stands, or nothing: two bytes that look like a frame are in every file.
fn begins(bytes: &[u8], place: usize) -> Option<Frame> {
    let frame = frame(bytes, place)?;
    let next = place + frame.size;
    let goes_on = || self::frame(bytes, next).is_some_and(|next| next.is_aac == frame.is_aac);
    (bytes.len() == next || goes_on()).then_some(frame)
}

fn frame(bytes: &[u8], place: usize) -> Option<Frame> {
    let head = big(bytes, place, 4)?;
    if head >> 21 != 0x7ff {
        return None;
    }
    match (head >> 17) & 3 {
        0 if head >> 20 == 0xfff => aac(bytes, place, head),
        1 => mp3(head),
        _ => None,
    }
}

fn mp3(head: u64) -> Option<Frame> {
    let (version, bits) = ((head >> 19) & 3, usize::try_from((head >> 12) & 15).ok()?);
    let rate = *[44_100_u64, 48_000, 32_000].get(usize::try_from((head >> 10) & 3).ok()?)?;
    let (bits, samples, rate) = match version {
        3 => (FIRST.get(bits)?, 1_152, rate),
        2 => (LATER.get(bits)?, 576, rate / 2),
        0 => (LATER.get(bits)?, 576, rate / 4),
        _ => return None,
    };
    let size = samples / 8 * bits * 1_000 / rate + ((head >> 9) & 1);
    // A frame that does not say how large it is is of a kind that nobody writes.
    let size = usize::try_from(size).ok().filter(|_| *bits > 0)?;
    Some(Frame { is_aac: false, size, samples, rate })
}

fn aac(bytes: &[u8], place: usize, head: u64) -> Option<Frame> {
    let rate = *AAC_RATES.get(usize::try_from((head >> 10) & 15).ok()?)?;
    let size = usize::try_from((big(bytes, place + 3, 3)? >> 5) & 0x1fff).ok()?;
    let blocks = (big(bytes, place + 6, 1)? & 3) + 1;
    (size >= 7).then_some(Frame { is_aac: true, size, samples: 1_024 * blocks, rate })
}

/// All frames together. Where something else stands between two, the next is looked for.
fn length(bytes: &[u8], mut place: usize, is_aac: bool) -> Option<u64> {
    const SECOND: u64 = 1_000_000;
    let mut microseconds = 0_u64;
    while place < bytes.len() {
        match frame(bytes, place).filter(|frame| frame.is_aac == is_aac) {
            Some(Frame { size, samples, rate, .. }) => {
                microseconds = microseconds.saturating_add(samples * SECOND / rate);
                place += size;
            }
            None => match (place + 1..bytes.len()).find(|at| begins(bytes, *at).is_some()) {
                Some(next) => place = next,
                None => break,
            },
        }
    }
    ms_of(microseconds, SECOND)
}
