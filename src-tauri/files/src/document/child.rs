//! The process that reads one document from its standard input, and says what is in it.

use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::package::Package;
use super::saying::{Saying, Stop};
use super::{DRAW, Format, package};
use super::{book, drawing, encoding, looks_like_rich_text, page, pdf, prose, sheets, slides};
use crate::{FILE_CAP, Refused};

/// Memory that it may have, in bytes, and seconds of a processor.
#[cfg(unix)]
const MEMORY: u64 = 1 << 30;
#[cfg(unix)]
const SECONDS: u64 = 15;

/// Reads standard input and says on standard output what is in it, or draws it. To be called first of all, by a process that does nothing
/// else.
pub fn read_standard_input() {
    bind();
    // What a parser says when it panics is for nobody.
    std::panic::set_hook(Box::new(|_| {}));
    let mut bytes = Vec::new();
    let cap = u64::try_from(FILE_CAP).unwrap_or(u64::MAX);
    let draws = std::env::args().next_back().as_deref() == Some(DRAW);
    if io::stdin().lock().take(cap).read_to_end(&mut bytes).is_ok() {
        let mut saying = Saying::to(io::stdout().lock());
        let work = |saying: &mut Saying<_>| match draws {
            true => drawing::draw(&bytes, saying),
            false => read(&bytes, saying),
        };
        let done = catch_unwind(AssertUnwindSafe(|| work(&mut saying)));
        saying.end(done.unwrap_or(Err(Stop::Refused(Refused::Damaged))));
    }
}

/// What it is is said by its bytes.
fn read<W: Write>(bytes: &[u8], saying: &mut Saying<W>) -> Result<(), Stop> {
    if pdf::is_pdf(bytes) {
        return pdf::read(bytes, saying);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return read_package(bytes, saying);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return match package::old_office(bytes) {
            Ok(()) => sheets::read(bytes, Format::Xls, saying),
            Err(refused) => Err(Stop::Refused(refused)),
        };
    }
    if looks_like_rich_text(bytes) {
        return Err(Stop::Refused(Refused::RichText));
    }
    let text = encoding::decode(bytes).ok_or(Stop::Refused(Refused::UnknownKind))?;
    match page::looks_like_html(text.as_bytes()) {
        true => page::read(&text, saying),
        false if text.len() > crate::TEXT_CAP => Err(Stop::Refused(Refused::TooLong)),
        false => {
            saying.is(Format::Text, 0)?;
            saying.words(&text)
        }
    }
}

fn read_package<W: Write>(bytes: &[u8], saying: &mut Saying<W>) -> Result<(), Stop> {
    let mut package = Package::open(bytes)?;
    match package.format()? {
        Format::Docx => prose::read_docx(&mut package, saying),
        Format::Odt => prose::read_odt(&mut package, saying),
        Format::Pptx => slides::read_pptx(&mut package, saying),
        Format::Odp => slides::read_odp(&mut package, saying),
        Format::Epub => book::read(&mut package, saying),
        sheets => {
            // Their library unpacks by itself, and without a bound.
            package.measure()?;
            sheets::read(bytes, sheets, saying)
        }
    }
}

/// Before anything is read, so that nothing read can do harm.
#[cfg(unix)]
fn bind() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limits = [
        (Resource::As, MEMORY),
        (Resource::Cpu, SECONDS),
        (Resource::Core, 0),
        (Resource::Fsize, 0),
    ];
    for (resource, most) in limits {
        let limit = Rlimit { current: Some(most), maximum: Some(most) };
        // Where a system has no such limit, time is the bound that is left.
        let _ = setrlimit(resource, limit);
    }
    #[cfg(target_os = "linux")]
    super::shut::doors();
}

#[cfg(not(unix))]
fn bind() {}
