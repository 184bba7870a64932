//! A picture from elsewhere, decoded and written anew: what goes to the window is pixels of a known size, never the bytes
//! that a server sent.

use std::io::Cursor;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, ImageResult, Limits,
};

use crate::limits;

/// The longest side that is shown; a larger picture is made smaller.
const LONGEST: u32 = 2048;

/// The longest side that is decoded, and the memory that may take.
const LONGEST_DECODED: u32 = 16_384;
const MEMORY: u64 = 256 << 20;

/// Good enough that nobody sees a difference.
const JPEG_QUALITY: u8 = 88;

/// A still picture in a format that holds nothing but pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Still {
    /// `image/png` or `image/jpeg`.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl Still {
    /// `data:image/png;base64,…` or `data:image/jpeg;base64,…`.
    #[must_use]
    pub fn data_url(&self) -> String {
        format!("data:{};base64,{}", self.media_type, STANDARD.encode(&self.bytes))
    }
}

/// Why bytes are no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoStill {
    /// Not PNG, JPEG, GIF or WebP, or broken.
    NotAPicture,
    /// Too many pixels.
    TooLarge,
}

/// Decodes a PNG, JPEG, GIF or WebP file, of a moving one the first frame, and writes it anew: a photograph as JPEG,
/// anything else as PNG. Takes as long as its pixels do; not for a thread that must answer.
pub fn still(file: &[u8]) -> Result<Still, NoStill> {
    let format = image::guess_format(file).map_err(|_| NoStill::NotAPicture)?;
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    reader.limits(bounds());
    let mut picture = upright(reader).map_err(|error| match error {
        ImageError::Limits(_) => NoStill::TooLarge,
        _ => NoStill::NotAPicture,
    })?;
    if picture.width().max(picture.height()) > LONGEST {
        picture = picture.thumbnail(LONGEST, LONGEST);
    }
    let (media_type, bytes) = write(&picture, format).ok_or(NoStill::NotAPicture)?;
    Ok(Still { media_type, bytes, width: picture.width(), height: picture.height() })
}

/// Whether a PNG, JPEG, GIF or WebP file says of itself that it has few enough pixels for a page to decode as it is.
pub(crate) fn is_small(file: &[u8]) -> bool {
    let reader = ImageReader::new(Cursor::new(file)).with_guessed_format();
    let size = reader.ok().and_then(|reader| reader.into_dimensions().ok());
    size.is_some_and(|(width, height)| u64::from(width) * u64::from(height) <= limits::PIXELS)
}

/// Cameras store what they saw and say which side was up.
fn upright(reader: ImageReader<Cursor<&[u8]>>) -> ImageResult<DynamicImage> {
    let mut decoder = reader.into_decoder()?;
    bounds().reserve(decoder.total_bytes())?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn bounds() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(LONGEST_DECODED);
    limits.max_image_height = Some(LONGEST_DECODED);
    limits.max_alloc = Some(MEMORY);
    limits
}

fn write(picture: &DynamicImage, format: ImageFormat) -> Option<(&'static str, Vec<u8>)> {
    let mut bytes = Cursor::new(Vec::new());
    let media_type = match format {
        ImageFormat::Jpeg => {
            let encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
            picture.to_rgb8().write_with_encoder(encoder).ok()?;
            "image/jpeg"
        }
        _ => {
            picture.write_to(&mut bytes, ImageFormat::Png).ok()?;
            "image/png"
        }
    };
    Some((media_type, bytes.into_inner()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn pictures_are_written_anew() {
        for (format, media_type) in [
            (ImageFormat::Png, "image/png"),
            (ImageFormat::Jpeg, "image/jpeg"),
            (ImageFormat::Gif, "image/png"),
            (ImageFormat::WebP, "image/png"),
        ] {
            let still = still(&file(30, 20, format)).unwrap();
            assert_eq!((still.media_type, still.width, still.height), (media_type, 30, 20));
            assert_eq!(image::load_from_memory(&still.bytes).unwrap().width(), 30);
            let head = format!("data:{media_type};base64,");
            let letters = still.data_url().strip_prefix(&head).map(|data| STANDARD.decode(data));
            assert_eq!(letters, Some(Ok(still.bytes)));
        }
    }

    #[test]
    fn what_hides_behind_the_pixels_is_gone() {
        let mut polyglot = file(4, 4, ImageFormat::Png);
        polyglot.extend_from_slice(b"<script>alert(1)</script>");
        let still = still(&polyglot).unwrap();
        assert!(!still.bytes.windows(7).any(|part| part == b"<script"));
    }

    #[test]
    fn large_pictures_become_smaller() {
        let still = still(&file(5000, 100, ImageFormat::Png)).unwrap();
        assert_eq!((still.width, still.height), (2048, 41));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for bytes in [
            &b""[..],
            b"<svg onload=x>",
            b"\x89PNG\r\n\x1a\n",
            b"GIF89a",
            b"\xff\xd8\xff\xe0",
            b"BM\0\0",
        ] {
            assert_eq!(still(bytes), Err(NoStill::NotAPicture), "{bytes:?}");
        }
        assert_eq!(still(&file(8, 8, ImageFormat::Png)[..40]), Err(NoStill::NotAPicture));
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        // The head of a PNG of 100,000 by 100,000 pixels; nothing behind it is looked at.
        let mut bomb = file(1, 1, ImageFormat::Png);
        bomb[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
        let head = crc(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&head);
        assert_eq!(still(&bomb), Err(NoStill::TooLarge));
    }

    /// PNG's check of a chunk.
    fn crc(bytes: &[u8]) -> [u8; 4] {
        let mut crc = u32::MAX;
        for byte in bytes {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
            }
        }
        (!crc).to_be_bytes()
    }
}
