//! Files, whatever their names.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use super::needle::Needle;
use super::report::{Place, Report};
use crate::Result;

/// No file of a fresh home is larger.
const CAP: u64 = 256 * 1024 * 1024;

/// Searches every file below `folder`, and the names of files too.
pub(super) fn search(folder: &Path, needle: &Needle, report: &mut Report) -> Result<()> {
    for entry in fs::read_dir(folder)?.flatten() {
        let path = entry.path();
        report.add(Place::Disk, 0, needle.count(path.as_os_str().as_encoded_bytes()));
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            search(&path, needle, report)?;
        } else if kind.is_file() {
            // A file that goes away meanwhile is no longer on the disk.
            let Ok(file) = File::open(&path) else { continue };
            let mut bytes = Vec::new();
            file.take(CAP).read_to_end(&mut bytes)?;
            report.add(Place::Disk, bytes.len() as u64, needle.count(&bytes));
        }
    }
    Ok(())
}
