//! The pages of a PDF as pictures, for models that see, where its text is a scan.

use std::cmp::Ordering;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::RgbImage;

use super::saying::{DAMAGED, Saying, Stop};
use crate::picture;

/// Pages that are drawn at most: more is more than a question needs, and costs like it.
pub(crate) const MOST_DRAWN: usize = 20;

/// Pixels of the longer side. A letter of a book is twelve of them high, and no model looks at more.
const LONGEST: f32 = 1_568.0;

/// A stamp is not blown up further.
const LARGEST_SCALE: f32 = 4.0;

/// Fewer pixels of a side are a line, and no page.
const NARROWEST: f32 = 16.0;

pub(super) fn draw<W: Write>(bytes: &[u8], saying: &mut Saying<W>) -> Result<(), Stop> {
    let Ok(Ok(pdf)) = catch_unwind(|| Pdf::new(bytes.to_vec())) else { return Err(DAMAGED) };
    for page in pdf.pages().iter().take(MOST_DRAWN) {
        // A page that cannot be drawn is none; the next may be its last.
        let drawn = catch_unwind(AssertUnwindSafe(|| picture_of(page)));
        if let Ok(Some(picture)) = drawn {
            saying.page(&picture)?;
        }
    }
    Ok(())
}

fn picture_of(page: &Page<'_>) -> Option<Vec<u8>> {
    let (width, height) = page.render_dimensions();
    let scale = (LONGEST / width.max(height)).min(LARGEST_SCALE);
    // What is no number, and what is without end, is none either.
    if (width.min(height) * scale).partial_cmp(&NARROWEST).is_none_or(Ordering::is_lt) {
        return None;
    }
    let pixels = render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE },
    );
    let (width, height) = (u32::from(pixels.width()), u32::from(pixels.height()));
    let colours = pixels.data().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
    picture::page(RgbImage::from_raw(width, height, colours)?)
}
