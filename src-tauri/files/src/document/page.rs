//! What a web page says.

use std::io::Write;

use html2text::config;

use super::Format;
use super::saying::{DAMAGED, Saying, Stop};

/// Letters a line: wide enough for a table, and no reason to break words.
const WIDTH: usize = 160;

/// Whether a file is a whole web page, and not only some of its marks.
pub(crate) fn looks_like_html(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let bytes = match bytes.starts_with(b"<?xml") {
        true => {
            let end = bytes.iter().position(|byte| *byte == b'>').map_or(0, |at| at + 1);
            bytes[end..].trim_ascii_start()
        }
        false => bytes,
    };
    let begins =
        |with: &[u8]| bytes.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
    begins(b"<!doctype html") || begins(b"<html")
}

pub(super) fn read<W: Write>(text: &str, saying: &mut Saying<W>) -> Result<(), Stop> {
    saying.is(Format::Html, 0)?;
    saying.words(&words(text)?)
}

/// What is read of it: its words with marks for headings, lists and tables, and no addresses.
pub(super) fn words(html: &str) -> Result<String, Stop> {
    config::plain()
        .link_footnotes(false)
        .no_table_borders()
        .string_from_read(html.as_bytes(), WIDTH)
        .map_err(|_| DAMAGED)
}
