//! WAV.

use super::reading::{at, little};
use super::{Audio, ms_of};
use crate::Refused;

/// Plain samples, samples with a fraction, and the two ways of telephones: their size tells how many there are.
const PLAIN: [u64; 4] = [1, 3, 6, 7];
/// Says which of them further down.
const EXTENDED: u64 = 0xfffe;

pub(super) fn read(bytes: &[u8]) -> Option<Result<Audio, Refused>> {
    if at(bytes, 0, 4)? != b"RIFF" || at(bytes, 8, 4)? != b"WAVE" {
        return None;
    }
    Some(length(bytes).map(|length_ms| Audio { media_type: "audio/wav", length_ms }))
}

/// A length that is wrong, as in a file that was written while it was sent, counts as far as there are bytes.
fn length(bytes: &[u8]) -> Result<Option<u64>, Refused> {
    let (mut place, mut per_second) = (12, None);
    while let (Some(name), Some(size)) = (at(bytes, place, 4), little(bytes, place + 4, 4)) {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let body = bytes.get(place + 8..).unwrap_or_default();
        let body = body.get(..size).unwrap_or(body);
        match name {
            b"fmt " => per_second = Some(bytes_per_second(body).ok_or(Refused::Damaged)?),
            b"data" => {
                let per_second = per_second.ok_or(Refused::Damaged)?;
                let length = u64::try_from(body.len()).unwrap_or(u64::MAX);
                return Ok(ms_of(length, per_second));
            }
            _ => {}
        }
        // Odd chunks are filled up to an even length.
        place = place.saturating_add(8).saturating_add(body.len() + body.len() % 2);
    }
    Err(Refused::Damaged)
}

fn bytes_per_second(format: &[u8]) -> Option<u64> {
    let kind = match little(format, 0, 2)? {
        EXTENDED => little(format, 24, 2).unwrap_or(EXTENDED),
        kind => kind,
    };
    let (channels, rate) = (little(format, 2, 2)?, little(format, 4, 4)?);
    let (said, bits) = (little(format, 8, 4)?, little(format, 14, 2)?);
    Some(if PLAIN.contains(&kind) { channels * rate * bits.div_ceil(8) } else { said })
}
