//! The kinds of documents whose words are read.

use serde::{Deserialize, Serialize};

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name is its meaning")]
pub enum Format {
    Pdf,
    Docx,
    Odt,
    Xlsx,
    Xls,
    Ods,
    Pptx,
    Odp,
    Epub,
    Html,
    /// Plain words that are not written in UTF-8.
    Text,
}

const TABLE: [(Format, &str, &str); 11] = [
    (Format::Pdf, "application/pdf", "the words of a PDF"),
    (
        Format::Docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "the words of a document",
    ),
    (Format::Odt, "application/vnd.oasis.opendocument.text", "the words of a document"),
    (
        Format::Xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "the cells of a spreadsheet",
    ),
    (Format::Xls, "application/vnd.ms-excel", "the cells of a spreadsheet"),
    (Format::Ods, "application/vnd.oasis.opendocument.spreadsheet", "the cells of a spreadsheet"),
    (
        Format::Pptx,
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "the words of slides",
    ),
    (Format::Odp, "application/vnd.oasis.opendocument.presentation", "the words of slides"),
    (Format::Epub, "application/epub+zip", "the words of a book"),
    (Format::Html, "text/html", "the words of a web page"),
    (Format::Text, "text/plain", "text"),
];

impl Format {
    /// The type of its bytes.
    pub fn media_type(self) -> &'static str {
        self.row().1
    }

    /// What a model is told that it gets of such a document.
    pub fn holds(self) -> &'static str {
        self.row().2
    }

    /// What bytes of this type are; `None` if no document is of it.
    pub fn of_media_type(media_type: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.1 == media_type).map(|row| row.0)
    }

    fn row(self) -> (Self, &'static str, &'static str) {
        TABLE.into_iter().find(|row| row.0 == self).unwrap_or(TABLE[TABLE.len() - 1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_in_the_table_once() {
        for (format, media_type, holds) in TABLE {
            assert_eq!(Format::of_media_type(media_type), Some(format));
            assert_eq!((format.media_type(), format.holds()), (media_type, holds));
        }
        assert_eq!(Format::of_media_type("image/png"), None);
    }
}
