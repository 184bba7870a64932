//! Who lives in a world: every process that carries its mark in the environment, whoever started it.

use std::fs;
use std::path::{Path, PathBuf};

use rustix::process::Signal;

use super::MARK;
use crate::{Result, process};

/// A process of the world.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its number.
    pub id: u32,
    /// What it runs.
    pub program: PathBuf,
}

impl Member {
    /// The program's name without its folder.
    pub fn name(&self) -> String {
        self.program.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Ends it, with no signal that it could act on.
    pub fn kill(&self) {
        process::send(self.id, Signal::KILL);
    }

    /// Makes it stand still.
    pub fn freeze(&self) {
        process::send(self.id, Signal::STOP);
    }

    /// Lets it go on.
    pub fn thaw(&self) {
        process::send(self.id, Signal::CONT);
    }

    /// One of its files under `/proc`.
    pub fn proc_file(&self, name: &str) -> PathBuf {
        Path::new("/proc").join(self.id.to_string()).join(name)
    }
}

/// The processes of the world in `folder`. A process that ends meanwhile is left out.
pub fn members(folder: &Path) -> Result<Vec<Member>> {
    let mark = format!("{MARK}={}", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc")?.flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        let environment = fs::read(entry.path().join("environ")).unwrap_or_default();
        if !environment.split(|byte| *byte == 0).any(|variable| variable == mark.as_bytes()) {
            continue;
        }
        if let Ok(program) = fs::read_link(entry.path().join("exe")) {
            found.push(Member { id, program });
        }
    }
    Ok(found)
}
