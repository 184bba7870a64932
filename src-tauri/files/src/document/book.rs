//! The chapters of a book, in the order in which they are read.

use std::collections::HashMap;
use std::io::Write;

use super::Format;
use super::package::{Package, join};
use super::saying::{DAMAGED, Saying, Stop};
use super::xml::{Mark, attribute, walk};
use super::{encoding, page};
use crate::Refused;

pub(super) fn read<W: Write>(
    package: &mut Package<'_>,
    saying: &mut Saying<W>,
) -> Result<(), Stop> {
    if is_locked(package)? {
        return Err(Stop::Refused(Refused::Locked));
    }
    let chapters = chapters(package)?;
    saying.is(Format::Epub, chapters.len())?;
    for chapter in chapters {
        let Some(bytes) = package.part(&chapter)? else { continue };
        let text = encoding::decode(&bytes).ok_or(DAMAGED)?;
        saying.words(&page::words(&text)?)?;
        saying.words("\n\n")?;
    }
    Ok(())
}

/// The book's list of files, and which of them are read after which.
fn chapters(package: &mut Package<'_>) -> Result<Vec<String>, Stop> {
    let container = package.part("META-INF/container.xml")?.ok_or(DAMAGED)?;
    let mut list = None;
    walk(&container, |mark| {
        if let Mark::Open("rootfile", start) = mark {
            list = list.take().or_else(|| attribute(start, "full-path"));
        }
        Ok(())
    })?;
    let list = list.ok_or(DAMAGED)?;
    let folder = list.rsplit_once('/').map(|(folder, _)| folder).unwrap_or_default();
    let bytes = package.part(&list)?.ok_or(DAMAGED)?;
    let (mut files, mut order) = (HashMap::new(), Vec::new());
    walk(&bytes, |mark| {
        match mark {
            Mark::Open("item", start) => {
                let of = |name| attribute(start, name).unwrap_or_default();
                files.insert(of("id"), join(folder, &unescaped(&of("href"))));
            }
            Mark::Open("itemref", start) => order.extend(attribute(start, "idref")),
            _ => {}
        }
        Ok(())
    })?;
    Ok(order.iter().filter_map(|id| files.get(id).cloned()).collect())
}

/// Shops lock the chapters; that fonts are scrambled is common, and nothing.
fn is_locked(package: &mut Package<'_>) -> Result<bool, Stop> {
    let Some(bytes) = package.part("META-INF/encryption.xml")? else { return Ok(false) };
    let mut locks_words = false;
    walk(&bytes, |mark| {
        if let Mark::Open("CipherReference", start) = mark {
            let path = attribute(start, "URI").unwrap_or_default();
            locks_words |= path.ends_with("html") || path.ends_with("htm");
        }
        Ok(())
    })?;
    Ok(locks_words)
}

/// An address inside a book writes some letters as `%20`.
fn unescaped(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address;
    while let Some(at) = rest.find('%') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        match rest.get(at + 1..at + 3).map(|digits| u8::from_str_radix(digits, 16)) {
            Some(Ok(byte)) => {
                bytes.push(byte);
                rest = &rest[at + 3..];
            }
            _ => {
                bytes.push(b'%');
                rest = &rest[at + 1..];
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}
