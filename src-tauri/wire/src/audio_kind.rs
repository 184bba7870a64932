//! Kinds of audio, as providers call them.

use serde::{Deserialize, Serialize};

/// What a file of audio is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name is its meaning")]
pub enum AudioKind {
    Wav,
    Mp3,
    M4a,
    Aac,
    Ogg,
    Flac,
    Webm,
}

/// Its word, the type of its bytes, and what Google calls that.
const TABLE: [(AudioKind, &str, &str, &str); 7] = [
    (AudioKind::Wav, "wav", "audio/wav", "audio/wav"),
    (AudioKind::Mp3, "mp3", "audio/mpeg", "audio/mp3"),
    (AudioKind::M4a, "m4a", "audio/mp4", "audio/mp4"),
    (AudioKind::Aac, "aac", "audio/aac", "audio/aac"),
    (AudioKind::Ogg, "ogg", "audio/ogg", "audio/ogg"),
    (AudioKind::Flac, "flac", "audio/flac", "audio/flac"),
    (AudioKind::Webm, "webm", "audio/webm", "audio/webm"),
];

impl AudioKind {
    /// What bytes of this type are; `None` if they are no audio that is known.
    pub fn of_media_type(media_type: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.2 == media_type).map(|row| row.0)
    }

    /// The word that formats have for it, which is also how its files end.
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// The type of its bytes.
    pub fn media_type(self) -> &'static str {
        self.row().2
    }

    pub(crate) fn gemini_type(self) -> &'static str {
        self.row().3
    }

    fn row(self) -> (Self, &'static str, &'static str, &'static str) {
        TABLE.into_iter().find(|row| row.0 == self).unwrap_or(TABLE[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_in_the_table_once() {
        for (kind, word, media_type, _) in TABLE {
            assert_eq!(AudioKind::of_media_type(media_type), Some(kind));
            assert_eq!((kind.word(), kind.media_type()), (word, media_type));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{word}\""));
        }
        assert_eq!(AudioKind::of_media_type("audio/midi"), None);
    }
}
