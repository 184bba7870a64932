//! The pages of a PDF.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document, PlainTextOutput, output_doc_page};

use super::Format;
use super::saying::{DAMAGED, Saying, Stop};
use crate::Refused;
use crate::kind::holds_controls;

/// Pages whose words are read.
const MOST_PAGES: usize = 2_000;

/// A page with fewer is a picture, with its number perhaps.
const FEW_LETTERS: usize = 40;

/// A PDF may have some other bytes before its beginning.
const HEAD: usize = 1_024;

/// Whether a file is a PDF from its first letter on.
pub(crate) fn begins_as_pdf(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"%PDF-")
}

/// The same, or after something else; but a text that speaks of PDFs is a text.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let names_it = || head.windows(5).any(|window| window == b"%PDF-");
    begins_as_pdf(bytes) || (names_it() && holds_controls(bytes))
}

pub(super) fn read<W: Write>(bytes: &[u8], saying: &mut Saying<W>) -> Result<(), Stop> {
    let locked = || Err(Stop::Refused(Refused::Locked));
    let opened = catch_unwind(|| Document::load_mem(bytes));
    let mut document = match opened {
        Ok(Ok(document)) => document,
        // What is locked in a way that the library does not know ends in any of its errors.
        Ok(Err(_)) if is_locked(bytes) => return locked(),
        Ok(Err(_)) | Err(_) => return Err(DAMAGED),
    };
    // Many are locked with an empty password, which every program tries.
    if document.is_encrypted()
        && !matches!(catch_unwind(AssertUnwindSafe(|| document.decrypt(""))), Ok(Ok(())))
    {
        return locked();
    }
    let pages = catch_unwind(AssertUnwindSafe(|| document.get_pages())).unwrap_or_default();
    if pages.is_empty() {
        return if is_locked(bytes) { locked() } else { Err(DAMAGED) };
    }
    saying.is(Format::Pdf, pages.len())?;
    let mut wordless = 0;
    for page in pages.keys().take(MOST_PAGES) {
        let words = words(&document, *page);
        let letters = words.chars().filter(|letter| !letter.is_whitespace());
        wordless += usize::from(letters.take(FEW_LETTERS).count() < FEW_LETTERS);
        saying.words(&words)?;
        // The next page may be its last.
        saying.flush()?;
    }
    saying.wordless(wordless)?;
    if pages.len() <= MOST_PAGES { Ok(()) } else { Err(Stop::Full) }
}

fn is_locked(bytes: &[u8]) -> bool {
    const WORD: &[u8] = b"/Encrypt";
    bytes.windows(WORD.len()).any(|window| window == WORD)
}

/// A page that cannot be read has no words.
fn words(document: &Document, page: u32) -> String {
    let read = || {
        let mut text = String::new();
        let mut output = PlainTextOutput::new(&mut text);
        output_doc_page(document, &mut output, page).ok()?;
        Some(text)
    };
    catch_unwind(AssertUnwindSafe(read)).ok().flatten().unwrap_or_default()
}
