//! PDFs. What is in them is read by a process of its own, which may loop, crash or eat memory without harm: it has no key, no
//! network of ours and no files, only the bytes on its standard input, and it is ended when its time is over.

mod child;

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{Attached, Facts, Kind, Refused};

pub use child::read_standard_input;

/// The argument that makes the program such a process.
pub const ARGUMENT: &str = "--read-pdf";

/// Nobody waits longer for a file.
const PATIENCE: Duration = Duration::from_secs(20);

/// Bytes of words that are taken over; a book of a thousand pages has three million.
const WORDS_CAP: usize = 4 << 20;

/// Starts the process that reads PDFs.
#[derive(Debug, Clone)]
pub struct Reader {
    program: PathBuf,
    arguments: Vec<String>,
    patience: Duration,
}

/// What the process says, a line each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Line {
    /// How many pages there are: said first.
    Pages(u32),
    /// The words of the next page.
    Words(String),
    /// It is locked with a password.
    Locked,
    /// All was read.
    Done,
}

impl Reader {
    /// This very program, started once more with [`ARGUMENT`].
    pub fn this_program() -> std::io::Result<Self> {
        Ok(Self::new(std::env::current_exe()?, vec![ARGUMENT.to_owned()]))
    }

    /// Another program.
    pub fn new(program: PathBuf, arguments: Vec<String>) -> Self {
        Self { program, arguments, patience: PATIENCE }
    }

    /// With more or less patience.
    #[must_use]
    pub fn patient(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Reads a PDF: how many pages it has, and what they say. What a process has said before it was ended counts.
    fn read(&self, bytes: Vec<u8>) -> Result<(u32, String, bool), Refused> {
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
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
            let mut bounded = stdout.take(u64::try_from(2 * WORDS_CAP).unwrap_or(u64::MAX));
            let mut piece = [0; 64 * 1024];
            while let Ok(count @ 1..) = bounded.read(&mut piece) {
                text.extend_from_slice(&piece[..count]);
            }
            drop(said);
            text
        });
        // It ends by its own end, or by the time's.
        let _ = heard.recv_timeout(self.patience) as Result<(), _>;
        let _ = child.kill();
        let _ = child.wait();
        let _ = writing.join();
        let text = listening.join().map_err(|_| Refused::Damaged)?;
        understand(&text)
    }
}

/// A last line that was cut off, and one that is none of ours, say nothing.
fn understand(text: &[u8]) -> Result<(u32, String, bool), Refused> {
    let (mut pages, mut words, mut is_whole) = (None, String::new(), false);
    for line in text.split(|byte| *byte == b'\n') {
        match serde_json::from_slice(line) {
            Ok(Line::Pages(count)) => pages = Some(count),
            Ok(Line::Words(page)) if words.len() + page.len() <= WORDS_CAP => {
                words.push_str(&page);
            }
            Ok(Line::Words(_)) => break,
            Ok(Line::Locked) => return Err(Refused::Locked),
            Ok(Line::Done) => is_whole = true,
            Err(_) => {}
        }
    }
    let pages = pages.filter(|pages| *pages > 0).ok_or(Refused::Damaged)?;
    Ok((pages, words, is_whole))
}

pub(crate) fn attached(name: String, bytes: Vec<u8>, reader: &Reader) -> Result<Attached, Refused> {
    let (pages, words, is_whole) = reader.read(bytes.clone())?;
    let words = Some(words.trim().to_owned()).filter(|words| !words.is_empty());
    let facts = Facts { pages: Some(pages), cut: !is_whole, ..Facts::default() };
    let (kind, media_type) = (Kind::Document, "application/pdf");
    Ok(Attached { name, kind, media_type, bytes, words, facts, preview: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_before_the_end_counts() {
        let whole = b"{\"pages\":2}\n{\"words\":\"One\\n\"}\n{\"words\":\"Two\"}\n\"done\"\n";
        assert_eq!(understand(whole), Ok((2, "One\nTwo".to_owned(), true)));
        assert_eq!(understand(&whole[..32]), Ok((2, "One\n".to_owned(), false)));
        assert_eq!(understand(b"{\"pages\":2}\n\"locked\"\n"), Err(Refused::Locked));
        for nothing in [&b""[..], b"{\"pages\":0}\n\"done\"\n", b"nonsense\n", b"{\"words\":\"x\"}"]
        {
            assert_eq!(understand(nothing), Err(Refused::Damaged));
        }
    }
}
