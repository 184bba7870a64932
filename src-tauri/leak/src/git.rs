//! Git's histories, read by git itself: every object of a repository once, reachable or not.
//!
//! A repository is a stranger's: its settings may name programs to run. What git does here runs none of them, fetches
//! nothing, and writes nothing.

mod places;
mod status;

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::Ordering::Relaxed;

use vault::{Finder, KeyId, What};

use crate::finding::{Finding, InHistory, Place};
use crate::reading::Reading;
use crate::state::State;

pub use status::{ignore_line, says};

/// So many different objects with keys are told for one repository: one key in a thousand versions of a file is one.
const MOST_OBJECTS: usize = 20_000;

/// What a repository's own settings could have it run, and what we would not want of a person's.
const TAME: [&str; 6] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "log.showSignature=false",
    "protocol.allow=never",
    "core.quotePath=false",
];

/// A key in a history, before it is known which commit brought it.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    what: What,
    last_four: Option<String>,
    /// The objects it is in.
    objects: Vec<String>,
}

/// Git in this folder.
fn git(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).arg("--no-pager").arg("--no-optional-locks");
    for setting in TAME {
        command.args(["-c", setting]);
    }
    command.args(arguments);
    for name in
        ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_EXTERNAL_DIFF"]
    {
        command.env_remove(name);
    }
    command
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// What git answers, if it answers well.
fn answer(folder: &Path, arguments: &[&str]) -> Option<String> {
    let output = git(folder, arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The one folder in which a repository and its work trees keep their objects.
pub(crate) fn objects_of(folder: &Path) -> Option<PathBuf> {
    let said = answer(folder, &["rev-parse", "--git-common-dir"])?;
    folder.join(said.trim_end_matches('\n')).canonicalize().ok()
}

/// How many objects there are: loose and packed.
pub(crate) fn count_objects(folder: &Path) -> u64 {
    let said = answer(folder, &["count-objects", "-v"]).unwrap_or_default();
    let of = |line: &str| match line.split_once(": ") {
        Some(("count" | "in-pack", count)) => count.parse().unwrap_or(0),
        _ => 0,
    };
    said.lines().map(of).sum()
}

/// Looks through every object of a repository. An error is one of reading it, not of what is in it.
pub(crate) fn look(
    folder: &Path,
    shown: &str,
    finder: &Finder,
    planted: &KeyId,
    state: &State,
) -> std::io::Result<bool> {
    let arguments = ["cat-file", "--batch-all-objects", "--batch", "--buffer", "--unordered"];
    let mut child = Killed(git(folder, &arguments).spawn()?);
    let Some(out) = child.0.stdout.take() else {
        return Err(std::io::ErrorKind::BrokenPipe.into());
    };
    // Where a check goes on, so does what it has found.
    let mut hits = state.hits_in(folder);
    let all = count_objects(folder);
    let before = state.objects_done(folder, all);
    let mut count = 0;
    let mut found_planted = false;
    let mut reading = Reading::new();
    let looked =
        each_object(BufReader::with_capacity(1 << 16, out), |object, kind, mut content| {
            count += 1;
            if state.is_stopped() {
                return Ok(false);
            }
            if count <= before {
                return Ok(true);
            }
            // Names of files hold no keys, and are most of what there is.
            if kind != "tree" {
                let bytes = reading.look(
                    &mut content,
                    finder,
                    || !state.is_stopped(),
                    |hit| {
                        if crate::check::is_planted(&hit.found.what, planted) {
                            found_planted = true;
                            return;
                        }
                        let hit_of = || Hit {
                            what: hit.found.what.clone(),
                            last_four: crate::check::last_four(&hit.found.what, hit.key),
                            objects: Vec::new(),
                        };
                        let same = crate::check::same(state, &hit.found.what, hit.key);
                        let known = hits.entry(same).or_insert_with(hit_of);
                        if known.objects.len() < MOST_OBJECTS {
                            known.objects.push(object.to_owned());
                        }
                    },
                )?;
                state.bytes.fetch_add(bytes, Relaxed);
                // Of what was looked at in part, the rest may hold one too.
                if state.is_stopped() {
                    return Ok(false);
                }
            }
            if kind == "commit" {
                state.commits.fetch_add(1, Relaxed);
            }
            state.objects.fetch_add(1, Relaxed);
            state.note_objects(folder, count, all);
            Ok(true)
        });
    // Also of a history that cannot be read to its end: the next run goes on behind what was looked at.
    tell(folder, shown, &hits, state);
    state.keep_hits(folder, hits);
    looked?;
    if !state.is_stopped() && !child.0.wait()?.success() {
        return Err(std::io::ErrorKind::InvalidData.into());
    }
    Ok(found_planted)
}

/// Tells one finding for each key: the commit that brought it first, and the branches that have it.
fn tell(folder: &Path, shown: &str, hits: &HashMap<u64, Hit>, state: &State) {
    let places = places::of(folder, hits.values().flat_map(|hit| &hit.objects), state);
    for (&same, hit) in hits {
        let of = |object: &String| places.get(object.as_str());
        let first = hit.objects.iter().filter_map(of).max_by_key(|place| place.order);
        let history =
            first.map_or_else(InHistory::nowhere, |place| places::describe(folder, place));
        state.found(Finding {
            number: 0,
            whose: crate::check::whose(hit.what.clone()),
            same,
            last_four: hit.last_four.clone(),
            path: folder.to_owned(),
            shown: shown.to_owned(),
            line: None,
            place: Place::GitHistory(history),
        });
    }
}

/// Tells each object: its name, its kind, and its content, of which as much may be read as is wanted.
fn each_object(
    mut out: impl BufRead,
    mut tell: impl FnMut(&str, &str, &mut dyn Read) -> std::io::Result<bool>,
) -> std::io::Result<()> {
    let mut head = String::new();
    loop {
        head.clear();
        if out.read_line(&mut head)? == 0 {
            return Ok(());
        }
        let mut words = head.split_whitespace();
        let (Some(object), Some(kind), Some(size)) = (words.next(), words.next(), words.next())
        else {
            return Err(std::io::ErrorKind::InvalidData.into());
        };
        let size: u64 = size.parse().map_err(|_| std::io::ErrorKind::InvalidData)?;
        let mut content = (&mut out).take(size);
        if !tell(object, kind, &mut content)? {
            return Ok(());
        }
        std::io::copy(&mut content, &mut std::io::sink())?;
        out.read_exact(&mut [0])?;
    }
}

/// A bare repository with one object that holds this text and that no branch leads to.
pub(crate) fn plant(folder: &Path, text: &str) -> Option<PathBuf> {
    let repository = folder.join("planted.git");
    std::fs::create_dir(&repository).ok()?;
    answer(&repository, &["init", "--quiet", "--bare", "--template="])?;
    let mut child = Killed(
        git(&repository, &["hash-object", "-w", "--stdin"]).stdin(Stdio::piped()).spawn().ok()?,
    );
    child.0.stdin.take()?.write_all(text.as_bytes()).ok()?;
    child.0.wait().ok()?.success().then_some(repository)
}

/// A process that does not outlive whoever waits for it.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl InHistory {
    /// In an object that no branch, tag or stash leads to.
    fn nowhere() -> InHistory {
        InHistory { commit: None, date: None, file: None, branch: None, more_branches: 0 }
    }
}
