//! Setting a file that cannot be opened aside: whole, beside the new one, under a name that nothing has yet.

use std::fs;
use std::path::{Path, PathBuf};

use crate::open::{beside, sync_folder};
use crate::{Error, History};

/// The log first: left without its file it belongs to nobody, but a new file must never find it.
const PARTS: [&str; 3] = ["-wal", "-shm", ""];

impl History {
    /// Where [`History::set_aside`] would move the file at `path` now.
    pub fn place_aside(path: &Path) -> Result<PathBuf, Error> {
        for number in 1_u32.. {
            let aside = beside(path, &format!(".aside-{number}"));
            let taken = PARTS.iter().map(|suffix| beside(&aside, suffix).try_exists());
            if !taken.collect::<Result<Vec<_>, _>>()?.contains(&true) {
                return Ok(aside);
            }
        }
        Err(Error::Io(std::io::ErrorKind::AlreadyExists))
    }

    /// Moves the file at `path` and what belongs to it to a name of its own, byte for byte, and says which. The file must
    /// not be open.
    pub fn set_aside(path: &Path) -> Result<PathBuf, Error> {
        let aside = Self::place_aside(path)?;
        for suffix in PARTS {
            match fs::rename(beside(path, suffix), beside(&aside, suffix)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(error.into());
                }
                Ok(()) | Err(_) => {}
            }
        }
        sync_folder(path)?;
        Ok(aside)
    }
}
