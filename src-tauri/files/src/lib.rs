//! Files that a person attaches to a message: what they are by their bytes, made clean, measured, and read.
//!
//! Nothing here opens a file by its name, keeps anything, or knows a provider.

mod audio;
pub mod document;
mod kind;
mod name;
mod picture;
mod preview;

use serde::{Deserialize, Serialize};

pub use document::Format;
pub use name::plain_name;
pub use preview::data_url;

/// The largest file that is looked at, in bytes. A photograph has ten megabytes, a long book fifty.
pub const FILE_CAP: usize = 50 << 20;

/// The longest text that goes with a message, in bytes.
pub const TEXT_CAP: usize = 1 << 20;

/// A file that can go with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// What it is called, without a path and without characters that nobody sees.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The type of its bytes, such as `image/png`.
    pub media_type: &'static str,
    /// Its bytes. A picture's are written anew, so that nothing is in them but what is seen.
    pub bytes: Vec<u8>,
    /// What a document says, for models that read only words.
    pub words: Option<String>,
    /// What is known of it.
    pub facts: Facts,
    /// A small picture of it, as a file.
    pub preview: Option<Vec<u8>>,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A picture that stands still.
    Picture,
    /// What is to be heard.
    Audio,
    /// A document that says something: a PDF, or one whose words alone are sent.
    Document,
    /// Plain words.
    Text,
}

/// What is known of a file beyond its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Facts {
    /// Of a picture, in pixels.
    pub width: Option<u32>,
    /// Of a picture, in pixels.
    pub height: Option<u32>,
    /// Of a document: its pages, sheets, slides or chapters.
    pub pages: Option<u32>,
    /// Of audio: how long it is, where that can be told.
    pub length_ms: Option<u64>,
    /// Of a PDF whose text is a scan: how many of its pages, from the first on, can go as pictures.
    pub drawn: Option<u32>,
    /// Bytes of these pictures.
    pub drawn_bytes: Option<u64>,
    /// Whether it moved before: only its first picture is kept.
    pub moved: bool,
    /// Whether its words are more than could be read.
    pub cut: bool,
}

/// Why a file cannot go with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Refused {
    /// It holds nothing.
    #[error("the file is empty")]
    Empty,
    /// It is larger than anything that is sent.
    #[error("the file is larger than 50 MB")]
    TooLarge,
    /// Its picture has more pixels than can be unpacked.
    #[error("the picture has too many pixels")]
    TooManyPixels,
    /// It is a text longer than anything that is sent.
    #[error("the text is longer than 1 MB")]
    TooLong,
    /// It is of no kind that is sent.
    #[error("the file is no picture, audio, document or text")]
    UnknownKind,
    /// It is a film.
    #[error("the file is a video")]
    Video,
    /// It is damaged.
    #[error("the file is damaged")]
    Damaged,
    /// It opens only with a password.
    #[error("the file is locked with a password")]
    Locked,
    /// It unpacks to more than can be read, or takes longer.
    #[error("there is more in the file than can be read")]
    TooMuchInside,
    /// It is a document without a word.
    #[error("no words are in the file")]
    NoWords,
    /// It is a packet of files.
    #[error("the file is an archive")]
    Archive,
    /// It is a document of an Office before 2007, other than a sheet.
    #[error("the file is of an old Office")]
    OldOffice,
    /// It is rich text.
    #[error("the file is rich text")]
    RichText,
    /// It is a photograph in Apple's format.
    #[error("the picture is HEIC")]
    Heic,
    /// It is a picture in AVIF.
    #[error("the picture is AVIF")]
    Avif,
}

/// Looks at a file. What it is is said by its bytes; its name is only a name. Takes as long as its pixels and pages do.
pub fn attach(
    name: &str,
    bytes: Vec<u8>,
    documents: &document::Reader,
) -> Result<Attached, Refused> {
    if bytes.is_empty() {
        return Err(Refused::Empty);
    }
    if bytes.len() > FILE_CAP {
        return Err(Refused::TooLarge);
    }
    let name = plain_name(name);
    match kind::of(&bytes) {
        kind::Look::Picture => picture::clean(name, &bytes),
        kind::Look::Audio(audio) => Ok(Attached::audio(name, bytes, audio)),
        kind::Look::Text if bytes.len() > TEXT_CAP => Err(Refused::TooLong),
        kind::Look::Text => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes);
            Ok(Attached::text(name, bytes))
        }
        kind::Look::Document => document::attached(name, bytes, documents),
        kind::Look::Refused(refused) => Err(refused),
    }
}

impl Attached {
    /// Plain words in UTF-8.
    pub(crate) fn text(name: String, bytes: Vec<u8>) -> Self {
        Self {
            name,
            kind: Kind::Text,
            media_type: "text/plain",
            bytes,
            words: None,
            facts: Facts::default(),
            preview: None,
        }
    }

    fn audio(name: String, bytes: Vec<u8>, audio: audio::Audio) -> Self {
        let facts = Facts { length_ms: audio.length_ms, ..Facts::default() };
        Self { kind: Kind::Audio, media_type: audio.media_type, facts, ..Self::text(name, bytes) }
    }
}

impl Facts {
    /// As they are kept: facts that cannot be read were written by another version.
    pub fn of_stored(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    /// The words that are kept.
    pub fn to_stored(self) -> String {
        serde_json::to_string(&self).unwrap_or_default()
    }
}
