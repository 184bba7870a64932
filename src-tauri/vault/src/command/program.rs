//! Which file is run, and whether it is still the one that was allowed.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::CommandError;

/// Tells one program from another in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    bytes: u64,
    changed_ns: i128,
}

/// The file that a name means: looked for where programs are, never in the folder one happens to be in.
pub(super) fn find(name: &str) -> Result<PathBuf, CommandError> {
    let given = Path::new(name);
    let found = match given.is_absolute() {
        true => Some(given.to_owned()),
        false if name.is_empty() || name.contains(['/', '\\']) => None,
        false => std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
            .filter(|folder| folder.is_absolute())
            .map(|folder| folder.join(name))
            .find(|path| is_program(path)),
    };
    let found = found.ok_or(CommandError::NoProgram)?;
    found.canonicalize().map_err(|_| CommandError::NoProgram)
}

/// What it is like now, if nobody else could have put it there.
#[cfg(unix)]
pub(super) fn mark(path: &Path) -> Result<Mark, CommandError> {
    use std::os::unix::fs::MetadataExt;

    let facts = path.metadata().map_err(|_| CommandError::NoProgram)?;
    if !is_program(path) {
        return Err(CommandError::NoProgram);
    }
    // The file and every folder above it: whoever may write to one may put another in its place.
    let me = rustix::process::getuid().as_raw();
    let is_safe = |path: &Path| {
        path.metadata().is_ok_and(|facts| {
            let is_ours = facts.uid() == 0 || facts.uid() == me;
            let is_open = facts.mode() & 0o022 != 0;
            // In a folder like /tmp only owners may put away what is theirs.
            let is_sticky = facts.is_dir() && facts.mode() & 0o1000 != 0;
            is_ours && (!is_open || is_sticky)
        })
    };
    match path.ancestors().all(is_safe) {
        true => Ok(Mark {
            bytes: facts.len(),
            changed_ns: i128::from(facts.mtime()) * 1_000_000_000 + i128::from(facts.mtime_nsec()),
        }),
        false => Err(CommandError::Unsafe),
    }
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|facts| facts.is_file() && facts.permissions().mode() & 0o111 != 0)
}

/// Who may write to a program cannot be told here yet, so none is run.
#[cfg(not(unix))]
pub(super) fn mark(_: &Path) -> Result<Mark, CommandError> {
    Err(CommandError::Unsafe)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}
