//! A copy of the file before its format changes, encrypted as it is.

use std::fs::{self, File};
use std::path::Path;

use crate::open::{beside, sync_folder};
use crate::{Error, schema};

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
