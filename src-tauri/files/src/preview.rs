//! A small picture of a picture, and how pixels get to the page: in the address itself, so that nothing is loaded.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::DynamicImage;

use crate::picture::{jpeg, png};

/// Pixels of the longer side: what the page shows, drawn four times as large.
const LONGEST: u32 = 128;

pub(crate) fn of(picture: &DynamicImage) -> Option<Vec<u8>> {
    let small = match picture.width().max(picture.height()) > LONGEST {
        true => picture.thumbnail(LONGEST, LONGEST),
        false => picture.clone(),
    };
    match small.color().has_alpha() {
        true => png(&small),
        false => jpeg(&small, 80),
    }
}

/// A picture that was written here as an address that holds all of it; `None` if it was not.
pub fn data_url(picture: &[u8]) -> Option<String> {
    let media_type = match picture {
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        _ => return None,
    };
    Some(format!("data:{media_type};base64,{}", STANDARD.encode(picture)))
}
