//! A picture, written anew: upright, no larger than models look at, and with nothing in it but what is seen.

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPDecoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{
    AnimationDecoder, DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader,
    ImageResult, Limits,
};

use crate::{Attached, Facts, Kind, Refused, preview};

/// Pixels of the longer side. More is scaled down by every provider, and refused by one where there are many pictures.
const LONGEST: u32 = 2_000;

/// Bytes of the file. Written as letters, as it is sent, it is the most that the strictest provider takes.
pub(crate) const MOST_BYTES: usize = 3_000_000;

/// Pixels of a side that is unpacked at all.
const LONGEST_DECODED: u32 = 30_000;

/// Memory for unpacking: a photograph of 130 megapixels.
const MEMORY: u64 = 512 << 20;

/// How well a photograph is written: the better ones first, until it is small enough.
const QUALITIES: [u8; 3] = [90, 80, 65];

pub(crate) fn clean(name: String, file: &[u8]) -> Result<Attached, Refused> {
    let format = image::guess_format(file).map_err(|_| Refused::UnknownKind)?;
    let mut picture = upright(file, format).map_err(|error| match error {
        ImageError::Limits(_) => Refused::TooManyPixels,
        _ => Refused::Damaged,
    })?;
    if picture.width().max(picture.height()) > LONGEST {
        picture = picture.resize(LONGEST, LONGEST, FilterType::Triangle);
    }
    let preview = preview::of(&picture);
    let (picture, media_type, bytes) = small_enough(picture, format).ok_or(Refused::Damaged)?;
    let facts = Facts {
        width: Some(picture.width()),
        height: Some(picture.height()),
        moved: moves(file, format),
        ..Facts::default()
    };
    Ok(Attached { name, kind: Kind::Picture, media_type, bytes, words: None, facts, preview })
}

/// Cameras store what they saw and say which side was up.
fn upright(file: &[u8], format: ImageFormat) -> ImageResult<DynamicImage> {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(LONGEST_DECODED);
    limits.max_image_height = Some(LONGEST_DECODED);
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder()?;
    limits.reserve(decoder.total_bytes())?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// Without loss where it came so and is small enough; else as a photograph, and smaller until it fits.
fn small_enough(
    mut picture: DynamicImage,
    format: ImageFormat,
) -> Option<(DynamicImage, &'static str, Vec<u8>)> {
    if format != ImageFormat::Jpeg {
        let bytes = png(&picture)?;
        if bytes.len() <= MOST_BYTES {
            return Some((picture, "image/png", bytes));
        }
    }
    loop {
        for quality in QUALITIES {
            let bytes = jpeg(&picture, quality)?;
            if bytes.len() <= MOST_BYTES {
                return Some((picture, "image/jpeg", bytes));
            }
        }
        let half = (picture.width() / 2).max(1).max(picture.height() / 2);
        picture = picture.resize(half, half, FilterType::Triangle);
    }
}

pub(crate) fn png(picture: &DynamicImage) -> Option<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    // Sixteen bits a colour are nothing that a model sees.
    let eight_bits = match picture.color().has_alpha() {
        true => DynamicImage::from(picture.to_rgba8()),
        false => DynamicImage::from(picture.to_rgb8()),
    };
    eight_bits.write_to(&mut bytes, ImageFormat::Png).ok()?;
    Some(bytes.into_inner())
}

pub(crate) fn jpeg(picture: &DynamicImage, quality: u8) -> Option<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    on_white(picture).write_with_encoder(encoder).ok()?;
    Some(bytes.into_inner())
}

/// A page that was drawn here: as a photograph, and without colours where it has none.
pub(crate) fn page(drawn: image::RgbImage) -> Option<Vec<u8>> {
    let is_grey = drawn.pixels().all(|pixel| pixel.0[0] == pixel.0[1] && pixel.0[1] == pixel.0[2]);
    let drawn = DynamicImage::from(drawn);
    let drawn = if is_grey { DynamicImage::from(drawn.to_luma8()) } else { drawn };
    QUALITIES.into_iter().skip(1).find_map(|quality| {
        let mut bytes = Cursor::new(Vec::new());
        drawn.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality)).ok()?;
        Some(bytes.into_inner()).filter(|bytes| bytes.len() <= MOST_BYTES)
    })
}

/// Whether these bytes are a picture that [`page`] could have made.
pub(crate) fn is_page(bytes: &[u8]) -> bool {
    let size = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Jpeg).into_dimensions();
    bytes.len() <= MOST_BYTES
        && size.is_ok_and(|(width, height)| (1..=LONGEST).contains(&width.max(height)))
}

/// A small picture of a page.
pub(crate) fn preview_of_page(bytes: &[u8]) -> Option<Vec<u8>> {
    preview::of(&upright(bytes, ImageFormat::Jpeg).ok()?)
}

/// What is seen through a picture is paper.
fn on_white(picture: &DynamicImage) -> image::RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let rgba = picture.to_rgba8();
    image::RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [red, green, blue, alpha] = rgba.get_pixel(x, y).0;
        let alpha = u32::from(alpha);
        let over = |colour: u8| {
            u8::try_from((u32::from(colour) * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255)
        };
        image::Rgb([over(red), over(green), over(blue)])
    })
}

/// Whether there is a second picture in it.
fn moves(file: &[u8], format: ImageFormat) -> bool {
    match format {
        ImageFormat::Gif => GifDecoder::new(Cursor::new(file))
            .is_ok_and(|decoder| decoder.into_frames().take(2).filter(Result::is_ok).count() == 2),
        ImageFormat::WebP => {
            WebPDecoder::new(Cursor::new(file)).is_ok_and(|decoder| decoder.has_animation())
        }
        _ => false,
    }
}
