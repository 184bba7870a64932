//! What a line leaves open for the next one.

use crate::highlight::paint::Class;

/// Frames inside each other; what is deeper is read as if it were not there.
const DEEPEST: usize = 48;

/// The state between two lines.
#[derive(Debug, Clone, Default)]
pub(in crate::highlight) struct State {
    pub(super) frames: Vec<Frame>,
    /// A document that begins with the next line.
    pub(super) pending: Option<Text>,
    /// The line before ended in a backslash.
    pub(super) continued: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Frame {
    /// Inside a comment, by its index in the rules.
    Comment {
        block: usize,
        depth: u32,
    },
    Text(Text),
    /// Code inside a string or a tag.
    Code {
        open: u8,
        close: u8,
        depth: u32,
    },
    /// Inside a tag of an element that is written in the code.
    Tag {
        closing: bool,
    },
    /// Between the tags of such an element.
    Children,
}

/// Inside a string.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text {
    pub(super) close: Short,
    /// The character that takes the meaning from the next one; 0 for none.
    pub(super) escape: u8,
    /// A closing quote that comes twice does not close.
    pub(super) doubled: bool,
    /// May reach over lines.
    pub(super) lines: bool,
    /// Ends with a line that is nothing but `close`.
    pub(super) whole_line: bool,
    /// Variables are seen in it.
    pub(super) variables: bool,
    /// What code inside it begins and ends with.
    pub(super) inside: &'static [(&'static str, &'static str)],
    pub(super) class: Class,
}

/// A few bytes: the end of a string, where the string itself chooses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Short {
    bytes: [u8; 22],
    length: u8,
}

impl Short {
    /// None if that is too long.
    pub(super) fn new(parts: &[&[u8]]) -> Option<Self> {
        let mut short = Self { bytes: [0; 22], length: 0 };
        for &byte in parts.iter().copied().flatten() {
            *short.bytes.get_mut(usize::from(short.length))? = byte;
            short.length += 1;
        }
        (short.length > 0).then_some(short)
    }

    pub(super) fn get(&self) -> &[u8] {
        &self.bytes[..usize::from(self.length)]
    }
}

pub(super) fn push(frames: &mut Vec<Frame>, frame: Frame) {
    if frames.len() < DEEPEST {
        frames.push(frame);
    }
}
