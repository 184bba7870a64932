//! What a person wishes of Latchkey while its window is not looked at: a file of its own, because it is needed before the chats
//! are open. It holds nothing of theirs.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::native::Chord;

/// The wishes. Whatever is missing or not understood is not wished.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Wishes {
    /// Keys for the small window.
    pub hotkey: bool,
    /// Which, where they are not those it was made with.
    pub keys: Option<String>,
    /// An icon among the desktop's.
    pub tray: bool,
    /// No window at the start of a session.
    pub starts_hidden: bool,
    /// It was said that closing the window hides it.
    pub told_of_hiding: bool,
}

impl Wishes {
    /// As the file says.
    pub fn load(file: &Path) -> Self {
        let text = fs::read_to_string(file).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Keeps them.
    pub fn save(&self, file: &Path) -> io::Result<()> {
        let new = file.with_extension("json.new");
        fs::write(&new, serde_json::to_string(self)?)?;
        fs::rename(&new, file)
    }

    /// The keys.
    pub fn chord(&self) -> Chord {
        self.keys.as_deref().and_then(|keys| keys.parse().ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_read_as_they_were_kept_and_anything_else_wishes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("background.json");
        assert_eq!(Wishes::load(&file), Wishes::default());
        let kept = Wishes { tray: true, keys: Some("Alt+Space".into()), ..Wishes::default() };
        kept.save(&file).unwrap();
        assert_eq!(Wishes::load(&file), kept);
        assert_eq!(kept.chord().to_string(), "Alt+Space");
        for odd in ["", "[]", "{\"tray\":\"yes\"}"] {
            fs::write(&file, odd).unwrap();
            assert_eq!(Wishes::load(&file), Wishes::default(), "{odd}");
        }
        let odd = Wishes { keys: Some("KeyA".into()), ..Wishes::default() };
        assert_eq!(odd.chord(), Chord::default(), "no key that types");
    }
}
