//! The process that reads one PDF from its standard input, and says what is in it.

use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document, PlainTextOutput, output_doc_page};

use super::Line;
use crate::FILE_CAP;

/// Pages whose words are read.
const MOST_PAGES: u32 = 2_000;

/// Memory that it may have, in bytes, and seconds of a processor.
#[cfg(unix)]
const MEMORY: u64 = 1 << 30;
#[cfg(unix)]
const SECONDS: u64 = 15;

/// Reads standard input and says on standard output what is in it. To be called first of all, by a process that does nothing
/// else.
pub fn read_standard_input() {
    bind();
    // What a parser says when it panics is for nobody.
    std::panic::set_hook(Box::new(|_| {}));
    let mut bytes = Vec::new();
    let cap = u64::try_from(FILE_CAP).unwrap_or(u64::MAX);
    if io::stdin().lock().take(cap).read_to_end(&mut bytes).is_ok() {
        // Whoever started it may have ended; then nobody hears.
        let _ = read(&bytes);
    }
}

fn read(bytes: &[u8]) -> io::Result<()> {
    let opened = catch_unwind(|| Document::load_mem(bytes));
    let mut document = match opened {
        Ok(Ok(document)) => document,
        // What is locked in a way that the library does not know ends in any of its errors.
        Ok(Err(_)) if is_locked(bytes) => return say(&Line::Locked),
        Ok(Err(_)) | Err(_) => return Ok(()),
    };
    // Many are locked with an empty password, which every program tries.
    if document.is_encrypted()
        && !matches!(catch_unwind(AssertUnwindSafe(|| document.decrypt(""))), Ok(Ok(())))
    {
        return say(&Line::Locked);
    }
    let pages = catch_unwind(AssertUnwindSafe(|| document.get_pages())).unwrap_or_default();
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    if count == 0 && is_locked(bytes) {
        return say(&Line::Locked);
    }
    say(&Line::Pages(count))?;
    for page in pages.keys().take(usize::try_from(MOST_PAGES).unwrap_or(usize::MAX)) {
        say(&Line::Words(words(&document, *page)))?;
    }
    if count <= MOST_PAGES { say(&Line::Done) } else { Ok(()) }
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

fn say(line: &Line) -> io::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, line)?;
    out.write_all(b"\n")?;
    out.flush()
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
}

#[cfg(not(unix))]
fn bind() {}
