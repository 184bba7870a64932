//! The leak check as the page sees it: places and ends of keys, never a key, and folders by their names.

use leak::{GitSays, Place};
use serde::{Deserialize, Serialize};
use vault::KeyKind;

/// What is to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LeakCheckInput {
    /// The histories of git in the chosen folders.
    pub git: bool,
    /// The histories of shells.
    pub shells: bool,
    /// Where other programs keep keys.
    pub programs: bool,
    /// Go on with the check that was stopped.
    pub go_on: bool,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "LeakCheck"))]
#[serde(rename_all = "camelCase")]
pub struct LeakCheckView {
    /// The names of the chosen folders.
    pub folders: Vec<String>,
    /// How many of them are repositories of git.
    pub repositories: usize,
    /// How many histories of shells there are.
    pub shells: usize,
    /// How many places of other programs are known.
    pub programs: usize,
    /// In how many forms a stored key is looked for.
    pub forms: usize,
    /// The check that runs or was the last.
    pub run: Option<LeakRunView>,
    /// The keys that were found, the worst first.
    pub keys: Vec<LeakedKeyView>,
    /// How many places more are there that a person lets be.
    pub ignored: usize,
}

/// How a check went so far.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "LeakRun"))]
#[serde(rename_all = "camelCase")]
pub struct LeakRunView {
    /// It goes on.
    pub is_running: bool,
    /// Nothing is left to look at.
    pub is_whole: bool,
    /// The planted key was found; otherwise nothing is proved.
    pub is_proof: bool,
    /// There is no git to read histories with.
    pub lacks_git: bool,
    /// The folder that is looked at.
    pub at: String,
    /// Folders that were chosen.
    pub folders: usize,
    /// Stored keys that were looked for.
    pub stored: usize,
    /// Stored keys that the keychain did not give.
    pub unknown: usize,
    /// Files looked at.
    #[cfg_attr(test, ts(type = "number"))]
    pub files: u64,
    /// Files there are.
    #[cfg_attr(test, ts(type = "number"))]
    pub all_files: u64,
    /// Objects of git looked at.
    #[cfg_attr(test, ts(type = "number"))]
    pub objects: u64,
    /// Objects of git there are.
    #[cfg_attr(test, ts(type = "number"))]
    pub all_objects: u64,
    /// Commits among them.
    #[cfg_attr(test, ts(type = "number"))]
    pub commits: u64,
    /// Bytes looked at.
    #[cfg_attr(test, ts(type = "number"))]
    pub bytes: u64,
    /// What could not be read,
    #[cfg_attr(test, ts(type = "number"))]
    pub unreadable: u64,
    /// the first of it by name.
    pub unreadable_names: Vec<String>,
    /// Places that were found and are not listed: there is no room for more.
    #[cfg_attr(test, ts(type = "number"))]
    pub left_out: u64,
    /// How long it took.
    #[cfg_attr(test, ts(type = "number"))]
    pub took_ms: u64,
    /// When it ended.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub ended_ms: Option<i64>,
}

/// A key that lies about.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "LeakedKey"))]
#[serde(rename_all = "camelCase")]
pub struct LeakedKeyView {
    /// What the person calls it, if it is kept here.
    pub name: Option<String>,
    /// The connection whose key it is.
    #[cfg_attr(test, ts(type = "ConnectionId | null"))]
    pub connection_id: Option<String>,
    /// Who made it, by name, as far as that can be seen.
    pub maker: Option<String>,
    /// The same in the page's vocabulary, where Latchkey offers that provider.
    #[cfg_attr(test, ts(type = "ProviderId | null"))]
    pub provider: Option<String>,
    /// What kind it seems to be.
    #[cfg_attr(test, ts(type = "KeyKind | null"))]
    pub kind: Option<KeyKind>,
    /// Its end, where it is long enough for that.
    pub last_four: Option<String>,
    /// Whether it can be moved into the keychain from one of its places: the number of that place.
    pub movable: Option<u32>,
    /// Where it lies.
    pub places: Vec<LeakPlaceView>,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "LeakPlace"))]
#[serde(rename_all = "camelCase")]
pub struct LeakPlaceView {
    /// Its number in this check.
    pub number: u32,
    /// What it is called.
    pub shown: String,
    /// The line in it.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub line: Option<u64>,
    /// What kind of place it is.
    pub kind: LeakPlaceKind,
    /// The program whose place it is.
    pub program: Option<&'static str>,
    /// The commit that brought it.
    pub commit: Option<String>,
    /// Its date: `2026-05-14`.
    pub date: Option<String>,
    /// The file in the history.
    pub file: Option<String>,
    /// A branch that has it.
    pub branch: Option<String>,
    /// How many others have it.
    pub more_branches: usize,
}

/// What kind of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum LeakPlaceKind {
    /// A file of no repository.
    File,
    /// A file that git leaves alone.
    IgnoredFile,
    /// A file that git would take.
    LooseFile,
    /// A file that git has.
    TrackedFile,
    /// A history of git.
    GitHistory,
    /// The history of a shell.
    ShellHistory,
    /// Where a program keeps its keys.
    Program,
}

impl LeakPlaceView {
    /// A place as the page sees it.
    pub fn of(finding: &leak::Finding) -> Self {
        let (program, history) = match &finding.place {
            Place::Program(name) => (Some(*name), None),
            Place::GitHistory(history) => (None, Some(history.clone())),
            Place::File(_) | Place::ShellHistory => (None, None),
        };
        let history = history.as_ref();
        Self {
            number: finding.number,
            shown: finding.shown.clone(),
            line: finding.line,
            kind: kind_of(&finding.place),
            program,
            commit: history.and_then(|history| history.commit.clone()),
            date: history.and_then(|history| history.date.clone()),
            file: history.and_then(|history| history.file.clone()),
            branch: history.and_then(|history| history.branch.clone()),
            more_branches: history.map_or(0, |history| history.more_branches),
        }
    }
}

fn kind_of(place: &Place) -> LeakPlaceKind {
    match place {
        Place::File(GitSays::NoRepository) => LeakPlaceKind::File,
        Place::File(GitSays::Ignored) => LeakPlaceKind::IgnoredFile,
        Place::File(GitSays::WouldTake) => LeakPlaceKind::LooseFile,
        Place::File(GitSays::Tracked) => LeakPlaceKind::TrackedFile,
        Place::GitHistory(_) => LeakPlaceKind::GitHistory,
        Place::ShellHistory => LeakPlaceKind::ShellHistory,
        Place::Program(_) => LeakPlaceKind::Program,
    }
}
