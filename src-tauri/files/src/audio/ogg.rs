//! Ogg with Opus, Vorbis, FLAC or Speex in it.

use super::reading::{at, big, little};
use super::{Audio, ms_of};
use crate::Refused;

const HEAD: usize = 27;
/// A page on which a stream begins.
const BEGINS: u64 = 2;
/// On this page nothing ends.
const NO_PLACE: u64 = u64::MAX;

/// What a stream counts in.
struct Clock {
    serial: u64,
    per_second: u64,
    /// Samples that are not heard.
    before: u64,
}

pub(super) fn read(bytes: &[u8]) -> Option<Result<Audio, Refused>> {
    if at(bytes, 0, 4)? != b"OggS" {
        return None;
    }
    Some(length(bytes).map(|length_ms| Audio { media_type: "audio/ogg", length_ms }))
}

fn length(bytes: &[u8]) -> Result<Option<u64>, Refused> {
    let (mut place, mut clock, mut last) = (0, None, None);
    while at(bytes, place, 4) == Some(b"OggS") {
        let Some(page) = bytes.get(place..) else { break };
        let (Some(kind), Some(granule)) = (big(page, 5, 1), little(page, 6, 8)) else { break };
        let (Some(serial), Some(count)) = (little(page, 14, 4), big(page, 26, 1)) else { break };
        let count = usize::try_from(count).unwrap_or_default();
        let Some(sizes) = at(page, HEAD, count) else { break };
        let size: usize = sizes.iter().map(|size| usize::from(*size)).sum();
        let body = page.get(HEAD + count..).unwrap_or_default();
        if kind & BEGINS != 0 {
            if body.starts_with(b"\x80theora") {
                return Err(Refused::Video);
            }
            clock = clock.or(clock_of(serial, body));
        }
        if clock.as_ref().is_some_and(|clock| clock.serial == serial) && granule != NO_PLACE {
            last = Some(granule);
        }
        place = place.saturating_add(HEAD + count + size);
    }
    let clock = clock.ok_or(Refused::Damaged)?;
    Ok(last.and_then(|last| ms_of(last.saturating_sub(clock.before), clock.per_second)))
}

fn clock_of(serial: u64, packet: &[u8]) -> Option<Clock> {
    let of = |per_second, before| Some(Clock { serial, per_second, before });
    match packet {
        [b'O', b'p', b'u', b's', b'H', b'e', b'a', b'd', ..] => of(48_000, little(packet, 10, 2)?),
        [1, b'v', b'o', b'r', b'b', b'i', b's', ..] => of(little(packet, 12, 4)?, 0),
        [0x7f, b'F', b'L', b'A', b'C', ..] => of(big(packet, 27, 4)? >> 12, 0),
        [b'S', b'p', b'e', b'e', b'x', b' ', b' ', b' ', ..] => of(little(packet, 36, 4)?, 0),
        _ => None,
    }
}
