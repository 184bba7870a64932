//! The memory of a process, as root sees it: only what is really there is read.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt;

use super::needle::{Found, Needle};
use crate::world::Member;

/// What was found where.
#[derive(Debug, Default)]
pub(super) struct Searched {
    pub(super) bytes: u64,
    pub(super) found: Found,
}

const PAGE: u64 = 4096;

/// Longest stretch that is read at once.
const STRETCH: u64 = 4 * 1024 * 1024;

/// Bytes of page entries looked at together.
const BLOCK: usize = 4096;

/// Pages asked about at once; a web process reserves tens of GiB and uses little of them.
const PAGES_AT_ONCE: u64 = 1 << 16;

/// Searches everything the process could have written to.
pub(super) fn search(member: &Member, needle: &Needle) -> io::Result<Searched> {
    let maps = fs::read_to_string(member.proc_file("maps"))?;
    let pagemap = File::open(member.proc_file("pagemap"))?;
    let memory = File::open(member.proc_file("mem"))?;
    let mut searched = Searched::default();
    for (start, end) in maps.lines().filter_map(writable) {
        for (from, to) in present(&pagemap, start, end)? {
            search_stretch(&memory, from, to, needle, &mut searched);
        }
    }
    Ok(searched)
}

/// The stretch of a mapping's line, unless it is a file's own bytes that nobody can write to.
fn writable(line: &str) -> Option<(u64, u64)> {
    let mut parts = line.split_whitespace();
    let (start, end) = parts.next()?.split_once('-')?;
    let rights = parts.next()?;
    let name = parts.nth(3).unwrap_or_default();
    let is_file =
        name.starts_with('/') && !name.starts_with("/memfd:") && !name.starts_with("/dev/shm");
    if !rights.starts_with('r')
        || is_file && !rights.contains('w')
        || name == "[vvar]"
        || name == "[vsyscall]"
    {
        return None;
    }
    Some((u64::from_str_radix(start, 16).ok()?, u64::from_str_radix(end, 16).ok()?))
}

/// The parts of a mapping that have pages, in memory or swapped out.
fn present(pagemap: &File, start: u64, end: u64) -> io::Result<Vec<(u64, u64)>> {
    let mut parts: Vec<(u64, u64)> = Vec::new();
    let mut entries = vec![0; (PAGES_AT_ONCE * 8) as usize];
    let (mut page, last) = (start / PAGE, end / PAGE);
    while page < last {
        let wanted = ((last - page).min(PAGES_AT_ONCE) * 8) as usize;
        let read = pagemap.read_at(&mut entries[..wanted], page * 8)?;
        if read < 8 {
            break;
        }
        for block in entries[..read].chunks(BLOCK) {
            if !is_empty(block) {
                add_present(block, page, &mut parts);
            }
            page += block.len() as u64 / 8;
        }
    }
    Ok(parts)
}

/// Whether no page of this block is there. Absent pages all look alike, and comparing memory is quick.
fn is_empty(block: &[u8]) -> bool {
    let (first, rest) = block.split_at(8);
    !is_there(first) && rest == &block[..rest.len()]
}

fn add_present(block: &[u8], first: u64, parts: &mut Vec<(u64, u64)>) {
    for (page, _) in (first..).zip(block.chunks_exact(8)).filter(|(_, entry)| is_there(entry)) {
        let address = page * PAGE;
        match parts.last_mut() {
            Some((from, to)) if *to == address && address - *from < STRETCH => *to += PAGE,
            _ => parts.push((address, address + PAGE)),
        }
    }
}

/// Bits 63 and 62 of an entry, whose last byte is its highest: in memory, swapped out.
fn is_there(entry: &[u8]) -> bool {
    entry[7] & 0b1100_0000 != 0
}

fn search_stretch(memory: &File, from: u64, to: u64, needle: &Needle, searched: &mut Searched) {
    // A little of what follows, so that a secret across the border is seen; it may not be there.
    let overlap = needle.overlap() as u64;
    for end in [to + overlap, to] {
        let mut bytes = vec![0; (end - from) as usize];
        if memory.read_exact_at(&mut bytes, from).is_ok() {
            searched.bytes += to - from;
            for (form, count) in needle.count(&bytes) {
                *searched.found.entry(form).or_default() += count;
            }
            return;
        }
    }
}
