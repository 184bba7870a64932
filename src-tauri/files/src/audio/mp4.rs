//! MPEG-4 with audio in it, such as M4A.

use super::reading::{at, big};
use super::{Audio, ms_of};
use crate::Refused;

/// A head of a track's media is in three boxes.
const DEEPEST: u8 = 4;

/// What is in the file.
#[derive(Default)]
struct Found {
    /// Units a second.
    scale: Option<u64>,
    length_ms: Option<u64>,
    is_heard: bool,
    is_seen: bool,
}

pub(super) fn read(bytes: &[u8]) -> Option<Result<Audio, Refused>> {
    if at(bytes, 4, 4)? != b"ftyp" {
        return None;
    }
    let mut found = Found::default();
    look(bytes, DEEPEST, &mut found);
    // Chapters of a book may have pictures.
    let is_audio = at(bytes, 8, 3).is_some_and(|brand| brand == b"M4A" || brand == b"M4B");
    Some(match found {
        Found { is_seen: true, .. } if !is_audio => Err(Refused::Video),
        Found { is_heard: true, length_ms, .. } => Ok(Audio { media_type: "audio/mp4", length_ms }),
        _ => Err(Refused::UnknownKind),
    })
}

/// Goes into the boxes that tell something, and past all others.
fn look(mut bytes: &[u8], deeper: u8, found: &mut Found) {
    while let (Some(size), Some(name)) = (big(bytes, 0, 4), at(bytes, 4, 4)) {
        let (head, size) = match size {
            // As far as there is something.
            0 => (8, u64::MAX),
            1 => (16, big(bytes, 8, 8).unwrap_or_default()),
            size => (8, size),
        };
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        if size < head {
            return;
        }
        let whole = bytes.get(..size).unwrap_or(bytes);
        let body = whole.get(head..).unwrap_or_default();
        match name {
            b"moov" | b"trak" | b"mdia" | b"mvex" => {
                deeper.checked_sub(1).into_iter().for_each(|deeper| look(body, deeper, found));
            }
            b"mvhd" => {
                let (scale, duration) = times(body).unzip();
                found.scale = scale;
                found.take(duration);
            }
            // Of what was recorded in pieces this says how long all of them are.
            b"mehd" => found.take(pieces(body)),
            b"hdlr" => match at(body, 8, 4) {
                Some(b"soun") => found.is_heard = true,
                Some(b"vide") => found.is_seen = true,
                _ => {}
            },
            _ => {}
        }
        bytes = bytes.get(whole.len()..).unwrap_or_default();
    }
}

impl Found {
    fn take(&mut self, duration: Option<u64>) {
        let told = duration.zip(self.scale).and_then(|(units, scale)| ms_of(units, scale));
        self.length_ms = told.filter(|ms| *ms > 0).or(self.length_ms);
    }
}

/// Units a second and units of the whole film: in version 0 with numbers of four bytes, in version 1 of eight.
fn times(head: &[u8]) -> Option<(u64, u64)> {
    match big(head, 0, 1)? {
        0 => Some((big(head, 12, 4)?, big(head, 16, 4)?)),
        _ => Some((big(head, 20, 4)?, big(head, 24, 8)?)),
    }
}

fn pieces(head: &[u8]) -> Option<u64> {
    big(head, 4, if big(head, 0, 1)? == 0 { 4 } else { 8 })
}
