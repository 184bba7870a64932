//! What git has to do with one file.

use std::path::{Path, PathBuf};

use super::{answer, git};
use crate::GitSays;

/// Whether git has a file, would take it, or leaves it alone.
pub fn says(file: &Path) -> GitSays {
    let (Some(folder), Some(name)) =
        (file.parent(), file.file_name().and_then(|name| name.to_str()))
    else {
        return GitSays::NoRepository;
    };
    if answer(folder, &["rev-parse", "--is-inside-work-tree"])
        .is_none_or(|said| said.trim() != "true")
    {
        return GitSays::NoRepository;
    }
    let is =
        |arguments: &[&str]| git(folder, arguments).status().is_ok_and(|status| status.success());
    if is(&["ls-files", "--error-unmatch", "--", name]) {
        GitSays::Tracked
    } else if is(&["check-ignore", "--quiet", "--", name]) {
        GitSays::Ignored
    } else {
        GitSays::WouldTake
    }
}

/// The file and the line with which git would leave this file alone: that of the repository's top, and the path from there.
pub fn ignore_line(file: &Path) -> Option<(PathBuf, String)> {
    let folder = file.parent()?;
    let top = answer(folder, &["rev-parse", "--show-toplevel"])?;
    let top = PathBuf::from(top.trim_end_matches('\n')).canonicalize().ok()?;
    let path = file.canonicalize().ok()?;
    let below = path.strip_prefix(&top).ok()?.to_str()?;
    // A line break or a sign of a pattern in a name would make it another rule.
    let is_plain = !below.contains(['\n', '\r', '*', '?', '[', '\\']) && !below.ends_with(' ');
    is_plain.then(|| (top.join(".gitignore"), format!("/{below}")))
}
