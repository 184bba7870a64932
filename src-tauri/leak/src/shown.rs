//! A path as a person calls it.

use std::path::Path;

/// `shop/.env` for what lies in a folder called shop that was chosen.
pub(crate) fn in_folder(folder: &Path, path: &Path) -> String {
    let above = folder.parent().unwrap_or(folder);
    clean(path.strip_prefix(above).unwrap_or(path))
}

/// `~/.zsh_history` for what lies at home.
pub(crate) fn at_home(home: &Path, path: &Path) -> String {
    match path.strip_prefix(home) {
        Ok(rest) => format!("~/{}", clean(rest)),
        Err(_) => clean(path),
    }
}

/// A name may hold anything; what would break a line or hide a part of it is shown as what it is not.
fn clean(path: &Path) -> String {
    let text = path.to_string_lossy();
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
