//! One check, from the planted key to the last place.

mod files;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use vault::{Finder, KeyId, Watch, What};

use zeroize::Zeroizing;

use crate::finding::{Finding, Place, Whose};
use crate::planted::Planted;
use crate::state::{Progress, State};
use crate::{git, known, shown};
use files::Source;

/// Keys shorter than this have no last four that could be shown: they would be too much of it.
const SHORT: usize = 16;

/// What is to be looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// Folders, or single files.
    pub folders: Vec<PathBuf>,
    /// The histories of the repositories in them.
    pub git: bool,
    /// The histories of shells in this home.
    pub shells: bool,
    /// Where other programs keep keys in this home.
    pub programs: bool,
    /// The home.
    pub home: Option<PathBuf>,
}

/// How a check went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Nothing is left to look at.
    pub is_whole: bool,
    /// The planted key was found wherever it lay. Otherwise finding nothing proves nothing.
    pub is_proof: bool,
    /// The histories of git were to be looked at, and there is no git.
    pub lacks_git: bool,
    /// What could not be read; the first of it by name.
    pub unreadable: Vec<String>,
    /// How long it took, over all runs.
    pub took: Duration,
}

/// A check that can be run, stopped, and run on.
#[derive(Debug)]
pub struct Check {
    wish: Wish,
    finder: Arc<Finder>,
    planted: Planted,
    unknown: usize,
    state: State,
    took: Mutex<Duration>,
    began: Mutex<Option<Instant>>,
}

impl Check {
    /// A check that has not begun.
    pub fn new(wish: Wish, (planted, watch): (Planted, Watch)) -> Check {
        let unknown = watch.unknown.iter().filter(|id| **id != planted.id).count();
        let Watch { finder, .. } = watch;
        Check {
            wish,
            finder,
            planted,
            unknown,
            state: State::default(),
            took: Mutex::default(),
            began: Mutex::default(),
        }
    }

    /// How many stored keys could not be fetched and are found by their shape at most.
    pub fn unknown(&self) -> usize {
        self.unknown
    }

    /// What it looks at.
    pub fn wish(&self) -> &Wish {
        &self.wish
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        self.state.progress()
    }

    /// What was found so far.
    pub fn findings(&self) -> Vec<Finding> {
        self.state.findings()
    }

    /// How long it took so far, over all runs.
    pub fn took(&self) -> Duration {
        let began = *lock(&self.began);
        *lock(&self.took) + began.map(|began| began.elapsed()).unwrap_or_default()
    }

    /// Asks git once more what it does with each file that holds a key.
    pub fn ask_git_again(&self) {
        files::ask_git(&self.state);
    }

    /// The key at a place that was found, read there once more: to move it to where keys belong, and for nothing else. None
    /// where it is no longer, and for what stands in a history.
    pub fn read_again(&self, finding: &Finding) -> Option<Zeroizing<String>> {
        files::read_again(self, finding)
    }

    /// Ends it soon. What was found stays, and it can be run on.
    pub fn stop(&self) {
        self.state.stop();
    }

    /// Looks at everything that was not looked at yet. Blocks until it is done or stopped.
    pub fn run(&self) -> Outcome {
        *lock(&self.began) = Some(Instant::now());
        self.state.go();
        let is_proof = self.finds_planted();
        let lacks_git = self.wish.git && self.planted.repository.is_none();
        let repositories = files::look(self);
        if self.wish.git && !lacks_git {
            self.look_at_histories(repositories);
        }
        let took = self.took();
        (*lock(&self.took), *lock(&self.began)) = (took, None);
        Outcome {
            is_whole: !self.state.is_stopped(),
            is_proof,
            lacks_git,
            unreadable: self.state.unreadable_names(),
            took,
        }
    }

    /// Whether the made-up key is found in the way in which everything else is looked for.
    fn finds_planted(&self) -> bool {
        let apart = State::default();
        let in_file = files::finds(&self.finder, &self.planted.file, &self.planted.id);
        let in_history = self.planted.repository.as_ref().is_none_or(|repository| {
            git::look(repository, "", &self.finder, &self.planted.id, &apart).unwrap_or(false)
        });
        in_file && in_history
    }

    fn look_at_histories(&self, repositories: Vec<(PathBuf, String)>) {
        let mut seen = HashSet::new();
        let repositories: Vec<_> = repositories
            .into_iter()
            .filter_map(|(folder, shown)| match git::objects_of(&folder) {
                Some(objects) => seen.insert(objects).then_some((folder, shown)),
                None => {
                    self.state.unreadable(format!("{shown}, its git history"));
                    None
                }
            })
            .collect();
        let all: u64 = repositories.iter().map(|(folder, _)| git::count_objects(folder)).sum();
        self.state.all_objects.store(all, Relaxed);
        for (folder, shown) in repositories {
            if self.state.is_stopped() {
                return;
            }
            if self.state.is_done(&folder.join(".git history")) {
                continue;
            }
            self.state.is_at(&shown);
            match git::look(&folder, &shown, &self.finder, &self.planted.id, &self.state) {
                Ok(_) if self.state.is_stopped() => {}
                Ok(_) => self.state.done(&folder.join(".git history")),
                Err(_) => self.state.unreadable(format!("{shown}, its git history")),
            }
        }
    }

    /// Everything that holds files, each once: a file in a chosen folder that is a program's, too, is the program's.
    fn sources(&self) -> Vec<Source> {
        let mut sources = Vec::new();
        if let Some(home) = &self.wish.home {
            let at_home = |path: &Path| shown::at_home(home, path);
            if self.wish.shells {
                sources.extend(known::shells(home).map(|path| Source {
                    shown: at_home(&path),
                    path,
                    place: Some(Place::ShellHistory),
                }));
            }
            if self.wish.programs {
                sources.extend(known::programs(home).map(|(name, path)| Source {
                    shown: at_home(&path),
                    path,
                    place: Some(Place::Program(name)),
                }));
            }
        }
        sources.extend(self.wish.folders.iter().map(|folder| Source {
            shown: shown::in_folder(folder, folder),
            path: folder.clone(),
            place: None,
        }));
        sources
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The end of a key that may be shown.
pub(crate) fn last_four(what: &What, bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let is_plain = !matches!(what, What::Stored(_)) && text.len() >= SHORT && text.is_ascii();
    is_plain.then(|| text[text.len() - 4..].to_owned())
}

pub(crate) fn whose(what: What) -> Whose {
    match what {
        What::Stored(id) => Whose::Stored(id),
        What::Shaped(shape) => Whose::Shaped(shape),
        What::Token(service) => Whose::Token(service),
        What::Named => Whose::Named,
    }
}

/// The number by which a key is known in this check: stored ones have one in all their forms.
pub(crate) fn same(state: &State, what: &What, bytes: &[u8]) -> u64 {
    match what {
        What::Stored(id) => state.same(id.as_str().as_bytes()),
        What::Shaped(_) | What::Token(_) | What::Named => state.same(bytes),
    }
}

/// Whether this is the planted key of this check, or of another that runs beside it.
pub(crate) fn is_planted(what: &What, planted: &KeyId) -> bool {
    *what == What::Stored(planted.clone())
}
