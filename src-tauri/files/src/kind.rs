//! What a file is, by its first bytes and by whether it can be read as words.

use image::ImageFormat;

use crate::Kind;

/// A PDF may have some other bytes before its beginning.
const HEAD: usize = 1_024;

/// What these bytes are; `None` if it is nothing that is sent.
pub(crate) fn of(bytes: &[u8]) -> Option<Kind> {
    let is_picture = matches!(
        image::guess_format(bytes),
        Ok(ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::Gif | ImageFormat::WebP)
    );
    if is_picture {
        return Some(Kind::Picture);
    }
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Some(Kind::Document);
    }
    is_text(bytes).then_some(Kind::Text)
}

/// Words in UTF-8. A file with control characters in it is for programs.
fn is_text(bytes: &[u8]) -> bool {
    let is_control = |byte: &u8| *byte < 0x20 && !b"\t\n\r\x0c\x1b".contains(byte);
    !bytes.iter().any(|byte| is_control(byte) || *byte == 0x7f)
        && std::str::from_utf8(bytes).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_say_what_a_file_is() {
        let table: &[(&[u8], Option<Kind>)] = &[
            (b"\x89PNG\r\n\x1a\nrest", Some(Kind::Picture)),
            (b"\xff\xd8\xff\xe0", Some(Kind::Picture)),
            (b"GIF89a", Some(Kind::Picture)),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some(Kind::Picture)),
            (b"%PDF-1.7\n", Some(Kind::Document)),
            (b"\xef\xbb\xbf\n%PDF-1.4", Some(Kind::Document)),
            ("Grüße\n".as_bytes(), Some(Kind::Text)),
            (b"<svg xmlns=\"x\"/>", Some(Kind::Text)),
            (b"BM\x36\0\0\0", None),
            (b"PK\x03\x04", None),
            (b"\0\0\0\x18ftypheic", None),
            (b"\x7fELF", None),
            (b"caf\xe9", None),
        ];
        for (bytes, kind) in table {
            assert_eq!(of(bytes), *kind, "{bytes:?}");
        }
    }
}
