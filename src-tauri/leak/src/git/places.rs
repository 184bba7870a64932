//! Which commit brought an object into a history.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::{Duration, Instant};

use super::{Killed, answer, git};
use crate::finding::InHistory;
use crate::state::State;

/// How long a person who has stopped waits for the places of what was found.
const A_LITTLE: Duration = Duration::from_secs(3);

/// Where an object came in.
pub(super) struct Where {
    commit: String,
    date: String,
    /// Its place in the history, newest first.
    pub(super) order: usize,
    file: Option<String>,
}

/// Goes through the history once, whatever number of objects is asked for.
pub(super) fn of<'a>(
    folder: &Path,
    objects: impl Iterator<Item = &'a String>,
    state: &State,
) -> HashMap<String, Where> {
    let wanted: HashSet<&str> = objects.map(String::as_str).collect();
    let mut found = HashMap::new();
    if wanted.is_empty() {
        return found;
    }
    let arguments = [
        "log",
        "--all",
        "--date-order",
        "--root",
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "--no-ext-diff",
        "-r",
        "--diff-merges=first-parent",
        "--format=commit %H %cs",
    ];
    let Ok(child) = git(folder, &arguments).spawn() else { return found };
    let mut child = Killed(child);
    let Some(out) = child.0.stdout.take() else { return found };
    let (mut at, mut order) = (None, 0);
    let begun = Instant::now();
    for line in BufReader::new(out).split(b'\n').map_while(Result::ok) {
        // Who stops sees what was found until then, and waits only a little for where.
        if state.is_stopped() && begun.elapsed() > A_LITTLE {
            break;
        }
        let line = String::from_utf8_lossy(&line);
        if let Some(head) = line.strip_prefix("commit ") {
            at = head.split_once(' ').map(|(commit, date)| (commit.to_owned(), date.to_owned()));
            order += 1;
            if let Some((commit, date)) = at.as_ref().filter(|at| wanted.contains(&at.0[..])) {
                note(&mut found, commit, (commit, order, date), None);
            }
        } else if let (Some((commit, date)), Some((object, file))) = (&at, change(&line))
            && wanted.contains(object)
        {
            note(&mut found, object, (commit, order, date), Some(file));
        }
    }
    found
}

/// The history comes newest first: what is noted last is what was first.
fn note(
    found: &mut HashMap<String, Where>,
    object: &str,
    (commit, order, date): (&str, usize, &str),
    file: Option<&str>,
) {
    let (commit, date, file) = (commit.to_owned(), date.to_owned(), file.map(str::to_owned));
    found.insert(object.to_owned(), Where { commit, date, order, file });
}

/// The new object and the file of a line such as `:100644 100644 <old> <new> M<tab>file`.
fn change(line: &str) -> Option<(&str, &str)> {
    let (facts, file) = line.strip_prefix(':')?.split_once('\t')?;
    Some((facts.split(' ').nth(3)?, file))
}

pub(super) fn describe(folder: &Path, place: &Where) -> InHistory {
    let refs = ["refs/heads", "refs/remotes", "refs/tags", "refs/stash"];
    let contains = ["for-each-ref", "--format=%(refname:short)", "--contains", &place.commit];
    let said = answer(folder, &[&contains[..], &refs[..]].concat()).unwrap_or_default();
    let mut names: Vec<&str> = said.lines().collect();
    // What people know a history by comes first.
    names.sort_by_key(|name| !matches!(*name, "main" | "master"));
    InHistory {
        commit: Some(place.commit.chars().take(7).collect()),
        date: Some(place.date.clone()),
        file: place.file.clone(),
        branch: names.first().map(|name| (*name).to_owned()),
        more_branches: names.len().saturating_sub(1),
    }
}
