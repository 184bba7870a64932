//! FLAC.

use super::reading::{at, big};
use super::{Audio, ms_of};
use crate::Refused;

/// The first block says how it was recorded.
const STREAM_INFO: u64 = 0;

pub(super) fn read(bytes: &[u8]) -> Option<Result<Audio, Refused>> {
    if at(bytes, 0, 4)? != b"fLaC" {
        return None;
    }
    let is_info = big(bytes, 4, 1).is_some_and(|kind| kind & 0x7f == STREAM_INFO);
    let length_ms = length(bytes.get(8..).unwrap_or_default());
    Some(match (is_info, length_ms) {
        (true, Some(length_ms)) => Ok(Audio { media_type: "audio/flac", length_ms }),
        _ => Err(Refused::Damaged),
    })
}

/// `None` if there is no such block; no length is one that nobody knew when it was written.
fn length(info: &[u8]) -> Option<Option<u64>> {
    // 20 bits of rate, 3 of channels, 5 of sample size, 36 of samples.
    let packed = big(info, 10, 8)?;
    let (rate, samples) = (packed >> 44, packed & 0xf_ffff_ffff);
    Some(if samples == 0 { None } else { ms_of(samples, rate) })
}
