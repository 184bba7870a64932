//! Looks through whatever can be read, in blocks that overlap: a file of any size takes the memory of one block.

use std::io::{ErrorKind, Read};
use std::ops::Range;

use vault::{Finder, Found};

/// What is read at a time.
const BLOCK: usize = 1 << 20;

/// So much of what came before is seen again: a key begins only after something that is no part of one.
const BEFORE: usize = 8;

/// A buffer, used for one reading after the other.
pub(crate) struct Reading {
    buffer: Vec<u8>,
}

/// A key and where it stands.
pub(crate) struct Hit<'a> {
    pub(crate) found: Found,
    pub(crate) key: &'a [u8],
    /// From one.
    pub(crate) line: u64,
}

impl Reading {
    pub(crate) fn new() -> Reading {
        Reading::of_blocks(BLOCK)
    }

    fn of_blocks(block: usize) -> Reading {
        Reading { buffer: vec![0; block + Finder::OVERLAP + BEFORE] }
    }

    /// Tells every key in `from`, and returns how many bytes there were. `goes_on` is asked at each block.
    pub(crate) fn look(
        &mut self,
        mut from: impl Read,
        finder: &Finder,
        goes_on: impl Fn() -> bool,
        mut tell: impl FnMut(Hit<'_>),
    ) -> std::io::Result<u64> {
        let (mut kept, mut lines, mut total) = (0, 1, 0);
        // What begins before this was told with the block before.
        let mut told = 0;
        while goes_on() {
            let read = fill(&mut from, &mut self.buffer[kept..])?;
            total += read as u64;
            let length = kept + read;
            let is_last = length < self.buffer.len();
            let until = if is_last { length } else { length - Finder::OVERLAP };
            let bytes = &self.buffer[..length];
            let (mut line, mut counted) = (lines, told);
            for found in finder.find(bytes) {
                let Range { start, end } = found.range;
                if (told..until).contains(&start) {
                    line += count_lines(&bytes[counted..start]);
                    counted = start;
                    tell(Hit { found, key: &bytes[start..end], line });
                }
            }
            if is_last {
                break;
            }
            lines = line + count_lines(&bytes[counted..until]);
            let from = until - BEFORE;
            self.buffer.copy_within(from..length, 0);
            (kept, told) = (length - from, BEFORE);
        }
        Ok(total)
    }
}

fn count_lines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// Reads until the buffer is full or nothing is left.
fn fill(from: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match from.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: usize = 16 << 10;
    const KEY: &str = "sk-proj-Zq3vB7nM1xK9pL2wR8tY4uA6sD0fG5hJ";

    fn lines(text: &[u8]) -> Vec<u64> {
        let finder = Finder::of_shapes().unwrap();
        let mut lines = Vec::new();
        let read = Reading::new().look(
            text,
            &finder,
            || true,
            |hit| {
                assert_eq!(hit.key, KEY.as_bytes());
                lines.push(hit.line);
            },
        );
        assert_eq!(read.unwrap(), text.len() as u64);
        lines
    }

    #[test]
    fn a_key_is_found_once_wherever_the_seam_is() {
        let seam = SMALL + BEFORE;
        for at in
            (seam - 60..seam + 60).chain(seam + Finder::OVERLAP - 60..seam + Finder::OVERLAP + 60)
        {
            let mut text = vec![b'\n'; at];
            text.extend_from_slice(KEY.as_bytes());
            text.extend_from_slice(&vec![b' '; 2 * SMALL]);
            assert_eq!(lines(&text), [at as u64 + 1], "{at}");
        }
    }

    #[test]
    fn every_key_of_many_blocks_has_its_line() {
        let text = format!("{KEY}\n").repeat(10_000);
        assert_eq!(lines(text.as_bytes()), (1..=10_000).collect::<Vec<_>>());
    }

    #[test]
    fn whoever_stops_it_is_heard() {
        let finder = Finder::of_shapes().unwrap();
        let read = Reading::new().look(std::io::repeat(b'x'), &finder, || false, |_| {});
        assert_eq!(read.unwrap(), 0);
    }
}
