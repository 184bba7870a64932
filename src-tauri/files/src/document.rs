//! Documents. What is in them is read by a process of its own, which may loop, crash or eat memory without harm: it has no key,
//! it can open no file and no connection, only the bytes on its standard input, and it is ended when its time is over.

mod book;
mod child;
mod drawing;
mod drawn;
mod encoding;
mod format;
mod package;
mod page;
mod pdf;
mod prose;
mod saying;
mod sheets;
#[cfg(target_os = "linux")]
mod shut;
mod slides;
mod xml;

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::picture::{self, MOST_BYTES};
use crate::{Attached, Facts, Kind, Refused};
use drawn::Drawn;
use saying::{Line, WORDS_CAP};

pub use child::read_standard_input;
pub use drawn::Pages;
pub use format::Format;
pub(crate) use page::looks_like_html;
pub(crate) use pdf::begins_as_pdf;

/// The argument that makes the program such a process.
pub const ARGUMENT: &str = "--read-document";

/// Nobody waits longer for a file.
const PATIENCE: Duration = Duration::from_secs(20);

/// Behind it, the argument that has it draw pages instead.
const DRAW: &str = "draw";

/// Bytes that a process says at most: words, or pictures as letters.
const SAID_CAP: usize = 2 * WORDS_CAP;
const DRAWN_CAP: usize = drawing::MOST_DRAWN * (MOST_BYTES / 3 * 4 + 64);

/// Starts the process that reads documents.
#[derive(Debug, Clone)]
pub struct Reader {
    program: PathBuf,
    arguments: Vec<String>,
    patience: Duration,
    drawn: Drawn,
}

/// What a process has said of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    format: Format,
    parts: u32,
    words: String,
    /// Pages that say hardly anything.
    wordless: u32,
    is_whole: bool,
}

/// How a process came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// By itself.
    Own,
    /// Its time or its memory was over.
    Ended,
}

impl Reader {
    /// This very program, started once more with [`ARGUMENT`].
    pub fn this_program() -> std::io::Result<Self> {
        Ok(Self::new(std::env::current_exe()?, vec![ARGUMENT.to_owned()]))
    }

    /// Another program.
    pub fn new(program: PathBuf, arguments: Vec<String>) -> Self {
        Self { program, arguments, patience: PATIENCE, drawn: Drawn::default() }
    }

    /// With more or less patience.
    #[must_use]
    pub fn patient(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The first pages of a PDF as pictures; none where nothing of it can be drawn. What was drawn last is remembered: it goes
    /// along with every message of its chat.
    pub fn pages(&self, pdf: &[u8]) -> Pages {
        self.drawn.of(pdf, || {
            let said = self.run(&[DRAW], pdf.to_vec(), DRAWN_CAP);
            said.map(|(said, _)| pictures(&said)).unwrap_or_default()
        })
    }

    /// Reads a document: what it is, and what it says. What a process has said before it was ended counts.
    fn read(&self, bytes: Vec<u8>) -> Result<Said, Refused> {
        let (said, end) = self.run(&[], bytes, SAID_CAP)?;
        understand(&said, end)
    }

    /// Gives these bytes to a process, and waits for what it says of them.
    fn run(&self, more: &[&str], bytes: Vec<u8>, cap: usize) -> Result<(Vec<u8>, End), Refused> {
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .args(more)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|_| Refused::Damaged)?;
        let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Refused::Damaged);
        };
        // Who has gone does not listen; then there is nothing more to say.
        let writing = thread::spawn(move || drop(stdin.write_all(&bytes)));
        let (said, heard) = mpsc::channel();
        let listening = thread::spawn(move || {
            let mut text = Vec::new();
            let mut bounded = stdout.take(u64::try_from(cap).unwrap_or(u64::MAX));
            let mut piece = [0; 64 * 1024];
            while let Ok(count @ 1..) = bounded.read(&mut piece) {
                text.extend_from_slice(&piece[..count]);
            }
            drop(said);
            text
        });
        // It ends by its own end, or by the time's.
        let is_late = heard.recv_timeout(self.patience) as Result<(), _>
            == Err(mpsc::RecvTimeoutError::Timeout);
        let end = if is_late { End::Ended } else { own_end(&mut child) };
        let _ = child.kill();
        let _ = child.wait();
        let _ = writing.join();
        let text = listening.join().map_err(|_| Refused::Damaged)?;
        Ok((text, end))
    }
}

/// How a process ends that has said all. Who says nothing more and stays is ended.
fn own_end(child: &mut Child) -> End {
    const TRIES: u32 = 100;
    for _ in 0..TRIES {
        match child.try_wait() {
            Ok(Some(status)) if status.code().is_some() => return End::Own,
            Ok(None) => thread::sleep(Duration::from_millis(10)),
            Ok(Some(_)) | Err(_) => return End::Ended,
        }
    }
    End::Ended
}

/// A last line that was cut off, and one that is none of ours, say nothing.
fn understand(text: &[u8], end: End) -> Result<Said, Refused> {
    let (mut is, mut words, mut wordless, mut is_whole) = (None, String::new(), 0, false);
    for line in text.split(|byte| *byte == b'\n') {
        match serde_json::from_slice(line) {
            Ok(Line::Is(format, parts)) => is = Some((format, parts)),
            Ok(Line::Words(some)) if words.len() + some.len() <= WORDS_CAP => {
                words.push_str(&some);
            }
            Ok(Line::Words(_)) => break,
            Ok(Line::Wordless(pages)) => wordless = pages,
            // What was read before it fell apart counts.
            Ok(Line::Refused(Refused::Damaged)) if !words.trim().is_empty() => break,
            Ok(Line::Refused(refused)) => return Err(refused),
            Ok(Line::Done) => is_whole = true,
            Ok(Line::Page(_)) | Err(_) => {}
        }
    }
    match (is, end) {
        (Some((format, parts)), _) => Ok(Said { format, parts, words, wordless, is_whole }),
        (None, End::Own) => Err(Refused::Damaged),
        (None, End::Ended) => Err(Refused::TooMuchInside),
    }
}

/// The pictures that a process has drawn. What is none that it could have made is left out: it may have been taken over by what it
/// drew.
fn pictures(said: &[u8]) -> Vec<Arc<[u8]>> {
    let drawn = said.split(|byte| *byte == b'\n').filter_map(|line| {
        let Ok(Line::Page(picture)) = serde_json::from_slice(line) else { return None };
        STANDARD.decode(picture).ok().filter(|picture| picture::is_page(picture)).map(Arc::from)
    });
    drawn.take(drawing::MOST_DRAWN).collect()
}

/// Whether most of its pages are pictures of text.
fn is_scan(said: &Said) -> bool {
    let has_words = !said.words.trim().is_empty();
    said.format == Format::Pdf && (!has_words || said.wordless.saturating_mul(2) > said.parts)
}

pub(crate) fn attached(name: String, bytes: Vec<u8>, reader: &Reader) -> Result<Attached, Refused> {
    let said = reader.read(bytes.clone())?;
    let pages = if is_scan(&said) { reader.pages(&bytes) } else { Pages::default() };
    let Said { format, parts, words, is_whole, .. } = said;
    if format == Format::Text {
        return Ok(Attached::text(name, words.into_bytes()));
    }
    let words = Some(words.trim().to_owned()).filter(|words| !words.is_empty());
    match (format, &words, is_whole) {
        // Its pages may be pictures, which some models look at.
        (Format::Pdf, _, _) | (_, Some(_), _) => {}
        (_, None, true) => return Err(Refused::NoWords),
        (_, None, false) => return Err(Refused::TooMuchInside),
    }
    let parts = Some(parts).filter(|parts| *parts > 0);
    if format == Format::Pdf && parts.is_none() {
        return Err(Refused::Damaged);
    }
    let drawn_bytes = pages.iter().map(|page| page.len()).sum::<usize>();
    let facts = Facts {
        pages: parts,
        cut: !is_whole,
        drawn: u32::try_from(pages.len()).ok().filter(|drawn| *drawn > 0),
        drawn_bytes: u64::try_from(drawn_bytes).ok().filter(|bytes| *bytes > 0),
        ..Facts::default()
    };
    let preview = pages.first().and_then(|first| picture::preview_of_page(first));
    let (kind, media_type) = (Kind::Document, format.media_type());
    Ok(Attached { name, kind, media_type, bytes, words, facts, preview })
}

/// Whether a file is rich text, which only looks like words.
pub(crate) fn looks_like_rich_text(bytes: &[u8]) -> bool {
    bytes.starts_with(b"{\\rtf")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_before_the_end_counts() {
        let said = |words: &str, is_whole| {
            let words = words.to_owned();
            Ok(Said { format: Format::Pdf, parts: 2, words, wordless: 0, is_whole })
        };
        let whole =
            b"{\"is\":[\"pdf\",2]}\n{\"words\":\"One\\n\"}\n{\"words\":\"Two\"}\n\"done\"\n";
        assert_eq!(understand(whole, End::Own), said("One\nTwo", true));
        assert_eq!(understand(&whole[..40], End::Ended), said("One\n", false));
        let locked = b"{\"is\":[\"pdf\",2]}\n{\"refused\":\"locked\"}\n";
        assert_eq!(understand(locked, End::Own), Err(Refused::Locked));
        let half = b"{\"is\":[\"pdf\",2]}\n{\"words\":\"One\"}\n{\"refused\":\"damaged\"}\n";
        assert_eq!(understand(half, End::Own), said("One", false));
        for nothing in [&b""[..], b"nonsense\n", b"{\"words\":\"x\"}"] {
            assert_eq!(understand(nothing, End::Own), Err(Refused::Damaged));
            assert_eq!(understand(nothing, End::Ended), Err(Refused::TooMuchInside));
        }
    }
}
