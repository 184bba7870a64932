//! Finds keys in bytes: the stored ones in every usual form, and whatever has the shape of one.
//!
//! One pass over the bytes: an automaton stops at what keys begin with and at what stored keys end in; only there is more
//! looked at.

mod named;
mod stretch;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::id::KeyId;
use crate::prints::{LONGEST_FORM, Print, Prints};
use crate::shape::{KeyShape, beginnings};

/// Something in some bytes that is no one else's business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it stands.
    pub range: Range<usize>,
    /// What it is.
    pub what: What,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// A key that the vault keeps.
    Stored(KeyId),
    /// A text with the shape of a provider's key.
    Shaped(KeyShape),
    /// A token of another service, by its name.
    Token(&'static str),
    /// The value of something that is called an API key.
    Named,
}

/// Looks for keys.
pub struct Finder {
    automaton: AhoCorasick,
    /// What a match of the automaton means, by its number.
    signs: Vec<Sign>,
}

enum Sign {
    /// Something that keys begin with.
    Begins,
    /// A name that is given to keys.
    Name,
    /// The end of these forms of stored keys.
    Ends(Vec<(KeyId, Print)>),
}

impl Finder {
    /// So many bytes of what came before must be seen again with what comes after, or a key may be missed at the seam.
    pub const OVERLAP: usize = 2 * LONGEST_FORM;

    /// One that knows shapes, and no stored key.
    pub fn of_shapes() -> Option<Finder> {
        Finder::new(std::iter::empty())
    }

    pub(crate) fn new(keys: impl Iterator<Item = (KeyId, Prints)>) -> Option<Finder> {
        let mut ends: HashMap<Vec<u8>, Vec<(KeyId, Print)>> = HashMap::new();
        for (id, prints) in keys {
            for print in prints.iter() {
                ends.entry(print.tail.clone()).or_default().push((id.clone(), print.clone()));
            }
        }
        let mut begins: Vec<&str> = beginnings().collect();
        begins.sort_unstable();
        begins.dedup();
        let mut patterns: Vec<Vec<u8>> = begins.iter().map(|text| text.as_bytes().into()).collect();
        let mut signs: Vec<Sign> = begins.iter().map(|_| Sign::Begins).collect();
        for name in named::NAMES {
            patterns.push(name.as_bytes().into());
            signs.push(Sign::Name);
        }
        for (tail, forms) in ends {
            patterns.push(tail);
            signs.push(Sign::Ends(forms));
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&patterns)
            .ok()?;
        Some(Finder { automaton, signs })
    }

    /// Everything in these bytes, in its order and none inside of another. A stored key goes before its own shape.
    pub fn find(&self, bytes: &[u8]) -> Vec<Found> {
        let mut found = Vec::new();
        // Where one key's shape was seen to end: what begins before that is a part of it.
        let mut seen = 0;
        for hit in self.automaton.find_overlapping_iter(bytes) {
            match &self.signs[hit.pattern().as_usize()] {
                Sign::Begins if hit.start() < seen => {}
                Sign::Begins => {
                    if let Some(shaped) = stretch::shaped_at(bytes, hit.start()) {
                        seen = shaped.range.end;
                        found.push(shaped);
                    }
                }
                Sign::Name => found.extend(named::value_after(bytes, hit.range())),
                Sign::Ends(forms) => found.extend(forms.iter().find_map(|(id, print)| {
                    let start = hit.end().checked_sub(print.length)?;
                    let range = start..hit.end();
                    print
                        .is(&bytes[range.clone()])
                        .then(|| Found { range, what: What::Stored(id.clone()) })
                })),
            }
        }
        settle(found)
    }
}

/// Of what overlaps only one stays: the stored key, else the one that begins first, else the longer.
fn settle(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|one| {
        let rank = match one.what {
            What::Stored(_) => 0,
            What::Shaped(_) | What::Token(_) => 1,
            What::Named => 2,
        };
        (rank, one.range.start, std::cmp::Reverse(one.range.end))
    });
    let mut settled: BTreeMap<usize, Found> = BTreeMap::new();
    for one in found {
        let before = settled.range(..one.range.end).next_back();
        if before.is_none_or(|(_, before)| before.range.end <= one.range.start) {
            settled.insert(one.range.start, one);
        }
    }
    settled.into_values().collect()
}

impl std::fmt::Debug for Finder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Finder(…)")
    }
}
