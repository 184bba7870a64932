//! How far a check is, seen from other threads.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::git::Hit;
use crate::{Finding, Place, Whose};

/// So many places are enough to know that something is wrong; more would only fill memory.
const MOST_FINDINGS: usize = 10_000;

/// So many places more have room for keys of the person's own.
const MOST_OWN: usize = 1_000;

/// So many unreadable files are named; the others are counted.
const MOST_UNREADABLE: usize = 200;

/// How far a check is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// The folder that is looked at.
    pub at: String,
    /// Files looked at.
    pub files: u64,
    /// Files there are, as far as they were counted.
    pub all_files: u64,
    /// Objects of git looked at.
    pub objects: u64,
    /// Objects of git there are, as far as they were counted.
    pub all_objects: u64,
    /// Commits among them that were looked at.
    pub commits: u64,
    /// Bytes looked at.
    pub bytes: u64,
    /// Files and repositories that could not be read.
    pub unreadable: u64,
    /// Places found so far.
    pub places: usize,
    /// Further places, for which the list has no room.
    pub left_out: u64,
}

/// What the threads of a check share.
#[derive(Debug, Default)]
pub(crate) struct State {
    stopped: AtomicBool,
    pub(crate) files: AtomicU64,
    pub(crate) all_files: AtomicU64,
    pub(crate) objects: AtomicU64,
    pub(crate) all_objects: AtomicU64,
    pub(crate) commits: AtomicU64,
    pub(crate) bytes: AtomicU64,
    unreadable: AtomicU64,
    at: Mutex<String>,
    findings: Mutex<Vec<Finding>>,
    unreadable_names: Mutex<Vec<String>>,
    /// What was looked at already, so that a check that was stopped goes on where it was.
    done: Mutex<HashSet<u64>>,
    /// How many objects of a repository were looked at already.
    done_objects: Mutex<HashMap<PathBuf, (u64, u64)>>,
    /// The keys in a repository, as far as it was looked at.
    hits: Mutex<HashMap<PathBuf, HashMap<u64, Hit>>>,
    left_out: AtomicU64,
    /// Of this check alone: what it tells apart it does not give away.
    hasher: RandomState,
}

impl State {
    pub(crate) fn progress(&self) -> Progress {
        Progress {
            at: lock(&self.at).clone(),
            files: self.files.load(Relaxed),
            all_files: self.all_files.load(Relaxed).max(self.files.load(Relaxed)),
            objects: self.objects.load(Relaxed),
            all_objects: self.all_objects.load(Relaxed).max(self.objects.load(Relaxed)),
            commits: self.commits.load(Relaxed),
            bytes: self.bytes.load(Relaxed),
            unreadable: self.unreadable.load(Relaxed),
            places: lock(&self.findings).len(),
            left_out: self.left_out.load(Relaxed),
        }
    }

    pub(crate) fn findings(&self) -> Vec<Finding> {
        lock(&self.findings).clone()
    }

    pub(crate) fn unreadable_names(&self) -> Vec<String> {
        lock(&self.unreadable_names).clone()
    }

    pub(crate) fn stop(&self) {
        self.stopped.store(true, Relaxed);
    }

    pub(crate) fn go(&self) {
        self.stopped.store(false, Relaxed);
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Relaxed)
    }

    pub(crate) fn is_at(&self, at: &str) {
        at.clone_into(&mut lock(&self.at));
    }

    /// A key of the person's own is told also where there is no room for those of others.
    pub(crate) fn found(&self, mut finding: Finding) {
        let mut findings = lock(&self.findings);
        // A history that is gone on with tells its keys again, and knows more of where they are.
        let known = findings.iter_mut().find(|known| is_again(known, &finding));
        if let Some(known) = known {
            known.place = finding.place;
            return;
        }
        let is_own = matches!(finding.whose, Whose::Stored(_));
        if findings.len() < if is_own { MOST_FINDINGS + MOST_OWN } else { MOST_FINDINGS } {
            finding.number = u32::try_from(findings.len()).unwrap_or(u32::MAX);
            findings.push(finding);
        } else {
            self.left_out.fetch_add(1, Relaxed);
        }
    }

    /// Lets every finding be changed, once more is known of its place.
    pub(crate) fn settle(&self, change: impl FnMut(&mut Finding)) {
        lock(&self.findings).iter_mut().for_each(change);
    }

    pub(crate) fn unreadable(&self, shown: String) {
        self.unreadable.fetch_add(1, Relaxed);
        let mut names = lock(&self.unreadable_names);
        if names.len() < MOST_UNREADABLE {
            names.push(shown);
        }
    }

    /// The number of a key in this check.
    pub(crate) fn same(&self, key: &[u8]) -> u64 {
        self.hasher.hash_one(key)
    }

    /// Whether this was looked at before.
    pub(crate) fn is_done(&self, path: &Path) -> bool {
        lock(&self.done).contains(&self.hasher.hash_one(path))
    }

    pub(crate) fn done(&self, path: &Path) {
        lock(&self.done).insert(self.hasher.hash_one(path));
    }

    /// How many of `all` objects were looked at. Where there are more or fewer than there were, they stand elsewhere: then none.
    pub(crate) fn objects_done(&self, repository: &Path, all: u64) -> u64 {
        let done = lock(&self.done_objects).get(repository).copied();
        done.filter(|(_, of)| *of == all).map_or(0, |(count, _)| count)
    }

    pub(crate) fn note_objects(&self, repository: &Path, count: u64, all: u64) {
        lock(&self.done_objects).insert(repository.to_owned(), (count, all));
    }

    /// What was found in a history before it was gone on with.
    pub(crate) fn hits_in(&self, repository: &Path) -> HashMap<u64, Hit> {
        lock(&self.hits).remove(repository).unwrap_or_default()
    }

    pub(crate) fn keep_hits(&self, repository: &Path, hits: HashMap<u64, Hit>) {
        lock(&self.hits).insert(repository.to_owned(), hits);
    }
}

fn is_again(known: &Finding, finding: &Finding) -> bool {
    matches!((&known.place, &finding.place), (Place::GitHistory(_), Place::GitHistory(_)))
        && (&known.path, known.same) == (&finding.path, finding.same)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
