//! The folder where Latchkey keeps its things, and whether anybody has begun to use it.

use std::path::{Path, PathBuf};

/// A folder of Latchkey's own.
#[derive(Debug, Clone)]
pub struct Home(PathBuf);

impl Home {
    /// The home in this folder.
    pub fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// The history's file.
    pub fn history(&self) -> PathBuf {
        self.0.join("history.db")
    }

    /// Where the window was.
    pub fn window(&self) -> PathBuf {
        self.0.join("window.json")
    }

    /// What is wished while no window is looked at.
    pub fn background(&self) -> PathBuf {
        self.0.join("background.json")
    }

    /// The door for a terminal.
    pub fn door(&self) -> PathBuf {
        self.0.join("door")
    }

    /// Whether somebody has made a connection here, or has a history from before that was noted. Asked without the
    /// history itself, which may be out of reach.
    pub fn is_begun(&self) -> bool {
        self.mark().exists()
    }

    /// Notes that somebody has. The mark is an empty file, because without a keychain nothing may be written in plain text
    /// and nobody who has used Latchkey shall be greeted as a stranger.
    pub fn begin(&self) {
        // Without it the next start may greet once more, which is no reason to fail now.
        let _ = std::fs::File::create(self.mark());
    }

    fn mark(&self) -> PathBuf {
        self.0.join("begun")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_remembers_that_it_was_begun() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!Home::new(folder.path()).is_begun());
        Home::new(folder.path()).begin();
        assert!(Home::new(folder.path()).is_begun());
        assert!(!Home::new(folder.path()).history().exists(), "nothing else was made");
    }
}
