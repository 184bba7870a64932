//! Beginning with the session: a file that the desktop reads, written when a person wants that and removed when they do not.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use crate::start::HIDDEN;

/// The file for this session, if there is a place for it.
pub fn place() -> Option<PathBuf> {
    let said = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
    let folder = said.filter(|path| path.is_absolute());
    let folder = folder.or_else(|| std::env::home_dir().map(|home| home.join(".config")))?;
    Some(folder.join("autostart/latchkey.desktop"))
}

/// The program that is to begin: an image that was unpacked for this run is known by itself, not by where it is now.
pub fn program() -> io::Result<PathBuf> {
    let image = std::env::var_os("APPIMAGE").map(PathBuf::from);
    match image.filter(|path| path.is_absolute() && path.exists()) {
        Some(image) => Ok(image),
        None => std::env::current_exe(),
    }
}

/// Whether the session begins it.
pub fn is_on(file: &Path) -> bool {
    file.is_file()
}

/// From the next session on it begins so.
pub fn write(file: &Path, program: &Path, is_hidden: bool) -> io::Result<()> {
    let program = program.to_owned().into_os_string();
    let command = command_line(program).ok_or(io::ErrorKind::InvalidFilename)?;
    let hidden = if is_hidden { format!(" {HIDDEN}") } else { String::new() };
    let text = format!(
        "[Desktop Entry]\nType=Application\nName=Latchkey\nExec={command}{hidden}\nIcon=latchkey\n\
         Terminal=false\nX-GNOME-Autostart-enabled=true\n"
    );
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    // A file that is half written would begin something else.
    let new = file.with_extension("desktop.new");
    std::fs::write(&new, text)?;
    std::fs::rename(&new, file)
}

/// From the next session on it does not.
pub fn remove(file: &Path) -> io::Result<()> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// As such files quote a program: for the line of a command, and then once more for the file. None where no quoting helps.
fn command_line(program: OsString) -> Option<String> {
    let program = program.into_string().ok()?;
    if program.chars().any(char::is_control) {
        return None;
    }
    let mut quoted = String::from("\"");
    for letter in program.chars() {
        match letter {
            // A backslash is one for the file, and another for the command.
            '"' | '`' | '$' => quoted.extend(["\\\\", &letter.to_string()]),
            '\\' => quoted.push_str("\\\\\\\\"),
            '%' => quoted.push_str("%%"),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    Some(quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_written_replaced_and_removed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("autostart/latchkey.desktop");
        assert!(!is_on(&file));
        remove(&file).unwrap();
        write(&file, Path::new("/usr/bin/latchkey"), false).unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains("\nExec=\"/usr/bin/latchkey\"\n"), "{text}");
        write(&file, Path::new("/usr/bin/latchkey"), true).unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains("\nExec=\"/usr/bin/latchkey\" --hidden\n"), "{text}");
        assert_eq!(std::fs::read_dir(folder.path().join("autostart")).unwrap().count(), 1);
        remove(&file).unwrap();
        assert!(!is_on(&file));
    }

    #[test]
    fn no_path_begins_anything_else() {
        let line = |path: &str| command_line(path.into());
        assert_eq!(line("/home/a b/Latch Key").unwrap(), "\"/home/a b/Latch Key\"");
        assert_eq!(line("/a$(b)`c`\"d").unwrap(), r#""/a\\$(b)\\`c\\`\\"d""#);
        assert_eq!(line(r"/a\b").unwrap(), r#""/a\\\\b""#);
        assert_eq!(line("/100%u").unwrap(), "\"/100%%u\"");
        assert_eq!(line("/a\nExec=b"), None);
    }
}
