//! One answer in no format: what it says, what it counts, how it goes wrong. Each format has a writer that puts it into words.

use bytes::Bytes;

/// An answer, as it is told to any writer.
#[derive(Debug, Clone)]
pub(crate) struct Script {
    /// The model that seems to answer.
    pub(crate) model: String,
    pub(crate) usage: Usage,
    pub(crate) beats: Vec<Beat>,
}

/// One step of an answer; what it makes leaves in one piece.
#[derive(Debug, Clone)]
pub(crate) enum Beat {
    Piece(Piece),
    /// A piece in whose bytes each [`MARK`] gives way to these.
    Raw(Piece, Bytes),
    /// A piece in which each word that is not the format's own gives way to these.
    Marred(Piece, Bytes),
    /// An event of no format, under this name if it has one.
    Noise {
        name: Option<String>,
        data: String,
    },
    /// An event that is no end of words, and never ends.
    Huge,
    /// Nothing more is ever sent, but the connection stays.
    Hang,
    /// The connection is cut.
    Cut,
}

/// What formats have words for.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    Think(String),
    /// What was thought so far, in the sealed form that goes back.
    Seal,
    Say(String),
    /// A search of the web, with these words.
    Search(String),
    /// A page that the answer rests on.
    Source {
        url: String,
        title: String,
    },
    /// An error in mid-answer, in these words.
    Fail(String),
    End(Ending),
}

/// Why an answer ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    Stop,
    /// Cut at the token limit.
    Length,
    /// Cut by a content filter; a format without a word for that ends as usual.
    Filter,
}

/// What was read and written, each kind of token by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Usage {
    pub(crate) fresh: usize,
    pub(crate) cache_read: usize,
    pub(crate) cache_write: usize,
    pub(crate) heard: usize,
    pub(crate) output: usize,
    pub(crate) reasoning: usize,
    pub(crate) searches: usize,
}

/// Stands in a piece for bytes that are no text.
pub(crate) const MARK: char = '\u{7f}';

impl Usage {
    /// All that was read, and heard.
    pub(crate) fn read(self) -> usize {
        self.fresh + self.cache_read + self.cache_write + self.heard
    }

    /// All that was written.
    pub(crate) fn written(self) -> usize {
        self.output + self.reasoning
    }
}

impl Script {
    /// The same answer after a search: it rests on what was found.
    pub(crate) fn searched(mut self) -> Self {
        let first = self.beats.iter().position(|beat| matches!(beat, Beat::Piece(Piece::Say(_))));
        let Some(first) = first else { return self };
        self.usage.searches = 1;
        self.beats.insert(first, Beat::Piece(Piece::Search("practice".to_owned())));
        let end = self.beats.iter().position(|beat| matches!(beat, Beat::Piece(Piece::End(_))));
        let found = (1..=2).map(|number| {
            let (url, title) =
                (format!("https://example.com/{number}"), format!("Source {number}"));
            Beat::Piece(Piece::Source { url, title })
        });
        let end = end.unwrap_or(self.beats.len());
        self.beats.splice(end..end, found);
        self
    }

    /// The words of the answer, or of its reasoning, in one.
    pub(crate) fn text(&self, words: impl Fn(&Piece) -> Option<&str>) -> String {
        self.pieces().filter_map(words).collect()
    }

    /// What formats have words for, in order.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.beats.iter().filter_map(|beat| match beat {
            Beat::Piece(piece) | Beat::Raw(piece, _) | Beat::Marred(piece, _) => Some(piece),
            Beat::Noise { .. } | Beat::Huge | Beat::Hang | Beat::Cut => None,
        })
    }

    /// What the whole of it says.
    pub(crate) fn said(&self) -> String {
        self.text(|piece| match piece {
            Piece::Say(text) => Some(text),
            _ => None,
        })
    }

    /// What the whole of it thinks.
    pub(crate) fn thought(&self) -> String {
        self.text(|piece| match piece {
            Piece::Think(text) => Some(text),
            _ => None,
        })
    }

    /// Why it ends.
    pub(crate) fn ending(&self) -> Ending {
        let end = self.pieces().find_map(|piece| match piece {
            Piece::End(ending) => Some(*ending),
            _ => None,
        });
        end.unwrap_or(Ending::Stop)
    }
}

/// The sealed form of what this model thought; no other model takes it back.
pub(crate) fn seal(model: &str) -> String {
    format!("practice-seal.{model}")
}
