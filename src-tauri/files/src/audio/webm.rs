//! WebM with audio in it.

use super::Audio;
use super::reading::{at, big};
use crate::Refused;

const HEAD: u64 = 0x1a45_dfa3;
const KIND: u64 = 0x4282;
const SEGMENT: u64 = 0x1853_8067;
const INFO: u64 = 0x1549_a966;
const SCALE: u64 = 0x002a_d7b1;
const DURATION: u64 = 0x4489;
const TRACKS: u64 = 0x1654_ae6b;
const TRACK: u64 = 0xae;
const TRACK_TYPE: u64 = 0x83;
const CLUSTER: u64 = 0x1f43_b675;
const CLUSTER_TIME: u64 = 0xe7;
const GROUP: u64 = 0xa0;
const BLOCK: u64 = 0xa1;
const SIMPLE_BLOCK: u64 = 0xa3;

const SEEN: u64 = 1;
const HEARD: u64 = 2;

/// Nanoseconds of a unit where nothing else is said: a millisecond.
const USUAL_SCALE: u64 = 1_000_000;

#[derive(Default)]
struct Found {
    is_webm: bool,
    is_seen: bool,
    is_heard: bool,
    scale: Option<u64>,
    duration: Option<f64>,
    cluster: u64,
    last: u64,
}

pub(super) fn read(bytes: &[u8]) -> Option<Result<Audio, Refused>> {
    if big(bytes, 0, 4)? != HEAD {
        return None;
    }
    let found = look(bytes);
    Some(match found {
        Found { is_webm: false, .. } => Err(Refused::UnknownKind),
        Found { is_seen: true, .. } => Err(Refused::Video),
        Found { is_heard: true, .. } => {
            Ok(Audio { media_type: "audio/webm", length_ms: length(&found) })
        }
        _ => Err(Refused::Damaged),
    })
}

/// Goes through the elements in their order, into those that hold others, and past all else. What is recorded live does not
/// know how large its elements are; going in needs no size.
fn look(bytes: &[u8]) -> Found {
    let (mut found, mut place) = (Found::default(), 0);
    while let Some((name, body, size)) = element(bytes, place) {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let content = bytes.get(body..).unwrap_or_default();
        let content = content.get(..size).unwrap_or(content);
        let number = || big(content, 0, content.len().min(8)).unwrap_or_default();
        let is_holder = matches!(name, HEAD | SEGMENT | INFO | TRACKS | TRACK | CLUSTER | GROUP);
        match name {
            KIND => found.is_webm = content.starts_with(b"webm"),
            SCALE => found.scale = Some(number()),
            DURATION => found.duration = fraction(content),
            TRACK_TYPE => match number() {
                SEEN => found.is_seen = true,
                HEARD => found.is_heard = true,
                _ => {}
            },
            CLUSTER_TIME => found.cluster = number(),
            BLOCK | SIMPLE_BLOCK => {
                // Behind the track's number, of one byte.
                let after = big(content, 1, 2).unwrap_or_default();
                found.last = found.last.max(found.cluster.saturating_add(after & 0x7fff));
            }
            _ => {}
        }
        place = if is_holder { body } else { body.saturating_add(content.len()) };
    }
    found
}

/// The name of what stands here, where its content begins, and how large that is.
fn element(bytes: &[u8], place: usize) -> Option<(u64, usize, u64)> {
    let (name, name_length) = number(bytes, place, 4, true)?;
    let (size, size_length) = number(bytes, place + name_length, 8, false)?;
    Some((name, place + name_length + size_length, size))
}

/// A number whose first byte says how many there are. A name keeps that mark; where all bits of a size are set, nobody knows it.
fn number(bytes: &[u8], place: usize, most: usize, keeps_mark: bool) -> Option<(u64, usize)> {
    let first = *bytes.get(place)?;
    let length = usize::try_from(first.leading_zeros()).ok()? + 1;
    if length > most {
        return None;
    }
    let all = big(bytes, place, length)?;
    let mask = (1_u64 << (7 * length)) - 1;
    let value = all & mask;
    Some(match (keeps_mark, value == mask) {
        (true, _) => (all, length),
        (false, true) => (u64::MAX, length),
        (false, false) => (value, length),
    })
}

fn fraction(content: &[u8]) -> Option<f64> {
    match content.len() {
        4 => Some(f64::from(f32::from_be_bytes(at(content, 0, 4)?.try_into().ok()?))),
        8 => Some(f64::from_be_bytes(at(content, 0, 8)?.try_into().ok()?)),
        _ => None,
    }
}

/// As it says, or as its last piece does.
fn length(found: &Found) -> Option<u64> {
    let scale = found.scale.unwrap_or(USUAL_SCALE);
    let told = found.duration.filter(|told| told.is_finite() && (0.0..1e12).contains(told));
    // Below 10^12, so it is a whole number.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within bounds")]
    let units = told.map_or(found.last, |told| told as u64);
    u64::try_from(u128::from(units) * u128::from(scale) / 1_000_000).ok()
}
