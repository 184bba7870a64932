//! A copy of the file before its format changes, encrypted as it is.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::open::{beside, sync_folder};
use crate::{Error, schema};

/// For so long the way back to an older version stays open: a copy holds what was deleted since.
const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Removes copies that nobody will go back to.
pub(crate) fn remove_old(path: &Path) -> Result<(), Error> {
    remove(path, |age| age > KEPT)
}

/// Removes every copy: what is deleted for good must not come back from one.
pub(crate) fn remove_all(path: &Path) -> Result<(), Error> {
    remove(path, |_| true)
}

fn remove(path: &Path, is_due: impl Fn(Duration) -> bool) -> Result<(), Error> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Ok(()) };
    let mut copies = name.to_owned();
    copies.push(".before-v");
    let mut removed = false;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let is_copy = entry.file_name().as_encoded_bytes().starts_with(copies.as_encoded_bytes());
        if !is_copy || !entry.file_type()?.is_file() {
            continue;
        }
        // A time that is still to come says nothing; it is looked at again at the next start.
        let age = SystemTime::now().duration_since(entry.metadata()?.modified()?);
        if is_due(age.unwrap_or_default()) {
            fs::remove_file(entry.path())?;
            removed = true;
        }
    }
    if removed { sync_folder(path) } else { Ok(()) }
}

/// Copies the file to `<name>.before-v<newest format>`. The caller has emptied the log, so the file is whole.
///
/// The copy gets its name last: a copy with that name is never a part of one. One left by an earlier try is replaced,
/// since that try changed nothing.
pub(crate) fn take(path: &Path) -> Result<(), Error> {
    let copy = beside(path, &format!(".before-v{}", schema::LATEST));
    let part = beside(&copy, ".part");
    let copied = fs::copy(path, &part)
        .and_then(|_| File::options().write(true).open(&part)?.sync_all())
        .and_then(|()| fs::rename(&part, &copy));
    if copied.is_err() {
        // Most likely the disk is full; a part of a copy would make that worse.
        drop(fs::remove_file(&part));
    }
    copied?;
    sync_folder(path)
}
