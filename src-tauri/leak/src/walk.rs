//! The files below a folder: real files of the same file system, and no links.

use std::fs::{File, Metadata, OpenOptions};
use std::path::{Path, PathBuf};

use crate::state::State;

/// What is met on the way.
pub(crate) enum Met {
    /// A file.
    File(PathBuf),
    /// A folder that is a git repository.
    Repository(PathBuf),
}

/// Goes through everything below `folder` (or to it, if it is a file), until `meet` says false.
pub(crate) fn walk(folder: &Path, state: &State, meet: &mut dyn FnMut(Met) -> bool) {
    let Ok(top) = folder.symlink_metadata() else {
        state.unreadable(folder.display().to_string());
        return;
    };
    if top.is_file() {
        meet(Met::File(folder.to_owned()));
        return;
    }
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            state.unreadable(folder.display().to_string());
            continue;
        };
        if is_repository(&folder) && !meet(Met::Repository(folder.clone())) {
            return;
        }
        for entry in entries.flatten() {
            let Ok(kind) = entry.file_type() else { continue };
            let path = entry.path();
            if kind.is_dir() {
                if holds_objects(&path) {
                    continue;
                }
                match is_same_disk(&entry.metadata().ok(), &top) {
                    true => open.push(path),
                    // Said, so that nobody takes it for looked at.
                    false => state.unreadable(format!("{} (another disk)", path.display())),
                }
            } else if kind.is_file() && !meet(Met::File(path)) {
                return;
            }
        }
        if state.is_stopped() {
            return;
        }
    }
}

/// Opens a file that is one still: what was put in its place meanwhile is not followed, and does not block.
pub(crate) fn open(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_CLOEXEC,
    );
    let file = options.open(path)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(std::io::ErrorKind::InvalidInput.into()),
    }
}

/// With its folder `.git`, or bare.
fn is_repository(folder: &Path) -> bool {
    let is_bare = || {
        folder.join("HEAD").is_file()
            && folder.join("objects").is_dir()
            && folder.join("refs").is_dir()
    };
    folder.join(".git").exists()
        || (folder.file_name().is_none_or(|name| name != ".git") && is_bare())
}

/// Compressed: git reads them.
fn holds_objects(folder: &Path) -> bool {
    folder.ends_with(".git/objects")
        || folder.ends_with("objects")
            && folder
                .parent()
                .is_some_and(|above| above.join("HEAD").is_file() && above.join("refs").is_dir())
}

#[cfg(unix)]
fn is_same_disk(one: &Option<Metadata>, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    one.as_ref().is_some_and(|one| one.dev() == other.dev())
}

#[cfg(not(unix))]
fn is_same_disk(_: &Option<Metadata>, _: &Metadata) -> bool {
    true
}
