//! Files that go with a message, as the page shows them: pixels and facts, never a path.

use files::{Facts, Format, Refused};
use history::Attachment;
use serde::Serialize;
use wire::AudioKind;

/// A file of a draft or of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Attachment"))]
#[serde(rename_all = "camelCase")]
pub struct AttachmentView {
    /// Its number in its draft, or its place in its message.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// Bytes.
    #[cfg_attr(test, ts(type = "number"))]
    pub size: i64,
    /// Of a document, what kind it is.
    pub document: Option<DocumentKind>,
    /// Of a document: its pages, sheets, slides or chapters.
    pub pages: Option<u32>,
    /// Of a PDF whose text is a scan: how many of its pages can go as pictures.
    pub drawn: Option<u32>,
    /// Of audio, what kind it is.
    #[cfg_attr(test, ts(as = "Option<AudioKindName>"))]
    pub audio: Option<AudioKind>,
    /// Of audio: how long it is, where that can be told.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub length_ms: Option<u64>,
    /// Of a picture, in pixels.
    pub width: Option<u32>,
    /// Of a picture, in pixels.
    pub height: Option<u32>,
    /// Whether only the first picture of a moving one is here.
    pub moved: bool,
    /// Whether a document holds words that can be sent in its place.
    pub words: bool,
    /// Whether these are not all of its words.
    pub cut: bool,
    /// A small picture of it: `data:image/…`.
    pub preview: Option<String>,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name is its meaning")]
pub enum FileKind {
    Picture,
    Audio,
    Document,
    Text,
}

/// What kind of document a file is. Only a PDF can go to a model as it is; of the others go their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name is its meaning")]
pub enum DocumentKind {
    Pdf,
    Letter,
    Sheets,
    Slides,
    Book,
    WebPage,
}

#[cfg(test)]
#[derive(ts_rs::TS)]
#[ts(export, export_to = "types.ts", rename = "AudioKind", rename_all = "camelCase")]
#[allow(dead_code, reason = "only its TypeScript is used")]
pub enum AudioKindName {
    Wav,
    Mp3,
    M4a,
    Aac,
    Ogg,
    Flac,
    Webm,
}

/// What became of a file that was to be attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Attached"))]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum AttachedView {
    /// It is attached and kept.
    Attached {
        /// The file.
        attachment: AttachmentView,
    },
    /// It is not.
    Refused {
        /// What it is called.
        name: String,
        /// Why not.
        problem: FileProblem,
    },
}

/// Why a file is not attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name is its meaning")]
pub enum FileProblem {
    Empty,
    TooLarge,
    TooManyPixels,
    TooLong,
    UnknownKind,
    Video,
    Damaged,
    Locked,
    TooMuchInside,
    NoWords,
    Archive,
    OldOffice,
    RichText,
    Heic,
    Avif,
    Unreadable,
    TooMany,
}

impl From<Attachment> for AttachmentView {
    fn from(file: Attachment) -> Self {
        Self::from(&file)
    }
}

impl From<&Attachment> for AttachmentView {
    fn from(file: &Attachment) -> Self {
        let facts = Facts::of_stored(&file.facts);
        let document = Format::of_media_type(&file.media_type).and_then(document_kind);
        let audio = AudioKind::of_media_type(&file.media_type);
        let kind = match (file.is_image, document, audio) {
            (true, ..) => FileKind::Picture,
            (false, Some(_), _) => FileKind::Document,
            (false, None, Some(_)) => FileKind::Audio,
            (false, None, None) => FileKind::Text,
        };
        Self {
            id: file.place,
            name: file.name.clone(),
            kind,
            size: file.size,
            document,
            pages: facts.pages,
            drawn: facts.drawn,
            audio,
            length_ms: facts.length_ms,
            width: facts.width,
            height: facts.height,
            moved: facts.moved,
            words: file.words.is_some_and(|words| words > 0),
            cut: facts.cut,
            preview: file.preview.as_deref().and_then(files::data_url),
        }
    }
}

fn document_kind(format: Format) -> Option<DocumentKind> {
    match format {
        Format::Pdf => Some(DocumentKind::Pdf),
        Format::Docx | Format::Odt => Some(DocumentKind::Letter),
        Format::Xlsx | Format::Xls | Format::Ods => Some(DocumentKind::Sheets),
        Format::Pptx | Format::Odp => Some(DocumentKind::Slides),
        Format::Epub => Some(DocumentKind::Book),
        Format::Html => Some(DocumentKind::WebPage),
        Format::Text => None,
    }
}

impl From<Refused> for FileProblem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Empty => Self::Empty,
            Refused::TooLarge => Self::TooLarge,
            Refused::TooManyPixels => Self::TooManyPixels,
            Refused::TooLong => Self::TooLong,
            Refused::UnknownKind => Self::UnknownKind,
            Refused::Video => Self::Video,
            Refused::Damaged => Self::Damaged,
            Refused::Locked => Self::Locked,
            Refused::TooMuchInside => Self::TooMuchInside,
            Refused::NoWords => Self::NoWords,
            Refused::Archive => Self::Archive,
            Refused::OldOffice => Self::OldOffice,
            Refused::RichText => Self::RichText,
            Refused::Heic => Self::Heic,
            Refused::Avif => Self::Avif,
        }
    }
}
