//! What a file is, as far as its first bytes and a look for words say it without anybody reading a document.

use image::ImageFormat;

use crate::Refused;
use crate::audio::{self, Audio};
use crate::document::{begins_as_pdf, looks_like_html, looks_like_rich_text};

/// What is done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// It is a picture: it is written anew.
    Picture,
    /// It is to be heard: it goes as it is.
    Audio(Audio),
    /// It is plain words in UTF-8: it goes as it is.
    Text,
    /// The process that reads documents says what it is.
    Document,
    /// It is known, and nothing that is sent.
    Refused(Refused),
}

/// What these bytes are.
pub(crate) fn of(bytes: &[u8]) -> Look {
    if let Some(refused) = undecoded(bytes) {
        return Look::Refused(refused);
    }
    if let Some(found) = audio::of(bytes) {
        return found.map_or_else(Look::Refused, Look::Audio);
    }
    match image::guess_format(bytes) {
        Ok(ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::Gif | ImageFormat::WebP) => {
            Look::Picture
        }
        _ if is_plain(bytes) => Look::Text,
        _ => Look::Document,
    }
}

/// Control characters say that a file is for programs.
pub(crate) fn holds_controls(bytes: &[u8]) -> bool {
    let is_control = |byte: &u8| *byte < 0x20 && !b"\t\n\r\x0c\x1b".contains(byte);
    bytes.iter().any(|byte| is_control(byte) || *byte == 0x7f)
}

fn is_plain(bytes: &[u8]) -> bool {
    !holds_controls(bytes)
        && !begins_as_pdf(bytes)
        && !looks_like_rich_text(bytes)
        && !looks_like_html(bytes)
        && std::str::from_utf8(bytes).is_ok()
}

/// Pictures that only a decoder in C opens, which would read strangers' bytes beside the keys.
fn undecoded(bytes: &[u8]) -> Option<Refused> {
    if bytes.get(4..8) != Some(b"ftyp") {
        return None;
    }
    match bytes.get(8..12)? {
        b"avif" | b"avis" => Some(Refused::Avif),
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => {
            Some(Refused::Heic)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_say_what_a_file_is() {
        let table: &[(&[u8], Look)] = &[
            (b"\x89PNG\r\n\x1a\nrest", Look::Picture),
            (b"\xff\xd8\xff\xe0", Look::Picture),
            (b"GIF89a", Look::Picture),
            (b"RIFF\0\0\0\0WEBPVP8 ", Look::Picture),
            (b"%PDF-1.7\n", Look::Document),
            (b"\xef\xbb\xbf\n%PDF-1.4", Look::Document),
            (b"A PDF begins with %PDF-", Look::Text),
            ("Grüße\n".as_bytes(), Look::Text),
            (b"<svg xmlns=\"x\"/>", Look::Text),
            (b"a,b\n1,2\n", Look::Text),
            (b"<!DOCTYPE html><p>Hello", Look::Document),
            (b"{\\rtf1 Hello}", Look::Document),
            (b"PK\x03\x04", Look::Document),
            (b"caf\xe9", Look::Document),
            (b"\x7fELF", Look::Document),
            (b"\0\0\0\x18ftypheic", Look::Refused(Refused::Heic)),
            (b"\0\0\0\x18ftypavif", Look::Refused(Refused::Avif)),
            (b"\0\0\0\x18ftypisom", Look::Refused(Refused::UnknownKind)),
            (b"RIFF\0\0\0\0WAVE", Look::Refused(Refused::Damaged)),
            (b"ID3 is what this is about", Look::Text),
        ];
        for (bytes, look) in table {
            assert_eq!(of(bytes), *look, "{bytes:?}");
        }
    }
}
