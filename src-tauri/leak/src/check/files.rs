//! Files: one thread finds them, as many as there are processors look through them.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

use vault::{Finder, KeyId};
use zeroize::Zeroizing;

use super::{Check, is_planted, last_four, same, whose};
use crate::finding::{Finding, GitSays, Place};
use crate::reading::{Hit, Reading};
use crate::state::State;
use crate::walk::{Met, open, walk};
use crate::{git, shown};

/// So many files wait at most for somebody to look through them.
const WAITING: usize = 1_024;

/// More threads than this would wait for the disk.
const MOST_THREADS: usize = 8;

/// Something that holds files.
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) shown: String,
    /// What it is; none for a folder that was chosen.
    pub(super) place: Option<Place>,
}

struct Job {
    path: PathBuf,
    shown: String,
    place: Option<Place>,
}

/// Looks through all files, and returns the repositories that were met.
pub(super) fn look(check: &Check) -> Vec<(PathBuf, String)> {
    let sources = check.sources();
    count(&sources, check);
    let (give, take) = sync_channel(WAITING);
    let take = Mutex::new(take);
    let threads =
        std::thread::available_parallelism().map_or(2, |count| count.get().min(MOST_THREADS));
    let repositories = std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| work(check, &take));
        }
        find(&sources, check, give)
    });
    ask_git(&check.state);
    repositories
}

/// Whether a file holds this key.
pub(super) fn finds(finder: &Finder, path: &Path, planted: &KeyId) -> bool {
    let mut is_found = false;
    let tell = |hit: Hit<'_>| is_found |= is_planted(&hit.found.what, planted);
    let looked = open(path).and_then(|file| Reading::new().look(file, finder, || true, tell));
    looked.is_ok() && is_found
}

fn count(sources: &[Source], check: &Check) {
    // What cannot be read is counted when it is looked at.
    let apart = State::default();
    check.state.all_files.store(0, Relaxed);
    for source in sources {
        walk(&source.path, &apart, &mut |met| {
            if matches!(met, Met::File(_)) {
                check.state.all_files.fetch_add(1, Relaxed);
            }
            !check.state.is_stopped()
        });
    }
}

fn find(sources: &[Source], check: &Check, give: SyncSender<Job>) -> Vec<(PathBuf, String)> {
    let mut repositories = Vec::new();
    for source in sources {
        if check.state.is_stopped() {
            break;
        }
        check.state.is_at(&source.shown);
        walk(&source.path, &check.state, &mut |met| {
            let shown = |path: &Path| match (&source.place, &check.wish.home) {
                (Some(_), Some(home)) => shown::at_home(home, path),
                _ => shown::in_folder(&source.path, path),
            };
            match met {
                // What a program keeps may be a repository; its history is nobody's business here.
                Met::Repository(path) if source.place.is_none() => {
                    let shown = shown(&path);
                    repositories.push((path, shown));
                    true
                }
                Met::Repository(_) => true,
                Met::File(path) => {
                    let job = Job { shown: shown(&path), path, place: source.place.clone() };
                    give.send(job).is_ok() && !check.state.is_stopped()
                }
            }
        });
    }
    repositories
}

fn work(check: &Check, take: &Mutex<Receiver<Job>>) {
    let mut reading = Reading::new();
    loop {
        let job = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        if check.state.is_stopped() || check.state.is_done(&job.path) {
            continue;
        }
        look_at(check, &job, &mut reading);
    }
}

fn look_at(check: &Check, job: &Job, reading: &mut Reading) {
    let state = &check.state;
    let mut held = Vec::new();
    let tell = |hit: Hit<'_>| {
        let what = hit.found.what;
        if !is_planted(&what, &check.planted.id) {
            held.push(Finding {
                number: 0,
                same: same(state, &what, hit.key),
                last_four: last_four(&what, hit.key),
                whose: whose(what),
                path: job.path.clone(),
                shown: job.shown.clone(),
                line: Some(hit.line),
                place: job.place.clone().unwrap_or(Place::File(GitSays::NoRepository)),
            });
        }
    };
    let looked = open(&job.path)
        .and_then(|file| reading.look(file, &check.finder, || !state.is_stopped(), tell));
    if state.is_stopped() {
        // It is looked at again when the check goes on, from its beginning.
        return;
    }
    match looked {
        Ok(bytes) => {
            state.bytes.fetch_add(bytes, Relaxed);
            held.into_iter().for_each(|finding| state.found(finding));
        }
        Err(_) => state.unreadable(job.shown.clone()),
    }
    state.files.fetch_add(1, Relaxed);
    state.done(&job.path);
}

/// The same key in the same file.
pub(super) fn read_again(check: &Check, finding: &Finding) -> Option<Zeroizing<String>> {
    let mut text = None;
    let file = open(&finding.path).ok()?;
    let tell = |hit: Hit<'_>| {
        if text.is_none() && same(&check.state, &hit.found.what, hit.key) == finding.same {
            text = std::str::from_utf8(hit.key).ok().map(|key| Zeroizing::new(key.to_owned()));
        }
    };
    Reading::new().look(file, &check.finder, || true, tell).ok()?;
    text
}

/// Asks git about each file that holds a key; the others do not matter.
pub(super) fn ask_git(state: &State) {
    let mut known = std::collections::HashMap::new();
    for finding in state.findings() {
        if matches!(finding.place, Place::File(_)) && !known.contains_key(&finding.path) {
            let says = git::says(&finding.path);
            known.insert(finding.path, says);
        }
    }
    state.settle(|finding| {
        if let (Place::File(says), Some(known)) = (&mut finding.place, known.get(&finding.path)) {
            *says = *known;
        }
    });
}
