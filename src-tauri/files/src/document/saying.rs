//! What the process that reads a document says of it, a line each, as soon as it knows.

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::Format;
use crate::Refused;

/// Bytes of words that are taken over; a book of a thousand pages has three million.
pub(super) const WORDS_CAP: usize = 4 << 20;

/// Bytes of words that are said at once.
const PIECE: usize = 16 << 10;

/// What the process says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Line {
    /// What it is, and how many pages, sheets, slides or chapters it has: said first.
    Is(Format, u32),
    /// Some more of its words.
    Words(String),
    /// So many of its pages say hardly anything.
    Wordless(u32),
    /// A page as a picture, in base64.
    Page(String),
    /// It cannot be read, and why.
    Refused(Refused),
    /// All was read.
    Done,
}

/// Why reading ends before the document does.
#[derive(Debug)]
pub(super) enum Stop {
    /// Enough was said.
    Full,
    /// Nobody listens.
    Gone,
    /// It cannot be read.
    Refused(Refused),
}

pub(super) const DAMAGED: Stop = Stop::Refused(Refused::Damaged);

/// Says lines to whoever listens.
pub(super) struct Saying<W: Write> {
    to: W,
    held: String,
    heading: String,
    said: usize,
}

impl<W: Write> Saying<W> {
    pub(super) fn to(to: W) -> Self {
        Self { to, held: String::new(), heading: String::new(), said: 0 }
    }

    pub(super) fn is(&mut self, format: Format, parts: usize) -> Result<(), Stop> {
        self.line(&Line::Is(format, u32::try_from(parts).unwrap_or(u32::MAX)))
    }

    pub(super) fn wordless(&mut self, pages: usize) -> Result<(), Stop> {
        self.line(&Line::Wordless(u32::try_from(pages).unwrap_or(u32::MAX)))
    }

    pub(super) fn page(&mut self, picture: &[u8]) -> Result<(), Stop> {
        self.line(&Line::Page(STANDARD.encode(picture)))
    }

    /// What the next words stand under. It is said with them, or not at all.
    pub(super) fn heading(&mut self, heading: String) {
        self.heading = heading;
    }

    pub(super) fn words(&mut self, words: &str) -> Result<(), Stop> {
        if !self.heading.is_empty() && !words.trim().is_empty() {
            self.said += self.heading.len();
            self.held.push_str(&std::mem::take(&mut self.heading));
        }
        self.said += words.len();
        if self.said > WORDS_CAP {
            self.flush()?;
            return Err(Stop::Full);
        }
        self.held.push_str(words);
        if self.held.len() >= PIECE { self.flush() } else { Ok(()) }
    }

    /// Says how it ended.
    pub(super) fn end(&mut self, read: Result<(), Stop>) {
        let last = match read {
            Ok(()) => Some(Line::Done),
            Err(Stop::Refused(refused)) => Some(Line::Refused(refused)),
            Err(Stop::Full | Stop::Gone) => None,
        };
        // Whoever started it may have ended; then nobody hears.
        let _ = self.flush();
        if let Some(last) = last {
            let _ = self.line(&last);
        }
    }

    /// Says what is held back.
    pub(super) fn flush(&mut self) -> Result<(), Stop> {
        if self.held.is_empty() {
            return Ok(());
        }
        let words = std::mem::take(&mut self.held);
        self.line(&Line::Words(words))
    }

    fn line(&mut self, line: &Line) -> Result<(), Stop> {
        let mut write = || -> io::Result<()> {
            serde_json::to_writer(&mut self.to, line)?;
            self.to.write_all(b"\n")?;
            self.to.flush()
        };
        write().map_err(|_| Stop::Gone)
    }
}
