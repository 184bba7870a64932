//! A key out of a `.env` file that the person picks, and what git would do with that file.

use std::io::Read;
use std::path::Path;

use leak::GitSays;
use vault::{HandedOver, find_in_dotenv};
use zeroize::Zeroizing;

use super::Target;
use crate::ipc::{AppError, ErrorCode};
use crate::state::AppState;
use crate::words::keys;

/// Longest file that is read.
const FILE_CAP: u64 = 256 * 1024;

/// The file, as a person is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvFile {
    /// Its folder and its name.
    pub shown: String,
    /// The key's line.
    pub line: usize,
    /// How many lines set its name.
    pub times: usize,
    /// What is to be said of git, if anything.
    pub warning: Option<String>,
}

/// Lets the person pick a file, and takes the key out of it.
pub(super) async fn take(
    state: &AppState,
    target: &Target,
) -> Result<(HandedOver, EnvFile), AppError> {
    let variables: Vec<&str> = target.provider.variables().iter().map(String::as_str).collect();
    let variables = if variables.is_empty() { vec!["OPENAI_API_KEY"] } else { variables };
    let variable = variables[0];
    let path = state.desktop.files.pick(keys::choose_file(variable)).await?;
    let looked = tokio::task::spawn_blocking(move || {
        let text = read_small(&path, FILE_CAP)?;
        Ok((text, shown(&path), warning(&path)))
    });
    let (text, shown, warning) = looked
        .await
        .map_err(|_| AppError::of(ErrorCode::Internal))?
        .map_err(|kind: std::io::ErrorKind| {
            AppError::with_detail(ErrorCode::FileUnreadable, kind.to_string())
        })?;
    let got = find_in_dotenv(&text, &variables, &target.base)?;
    Ok((got.found, EnvFile { shown, line: got.line, times: got.times, warning }))
}

/// Reads a whole small file; not a pipe, a device or a gigabyte.
pub fn read_small(path: &Path, cap: u64) -> Result<Zeroizing<Vec<u8>>, std::io::ErrorKind> {
    let facts = path.metadata().map_err(|error| error.kind())?;
    if !facts.is_file() {
        return Err(std::io::ErrorKind::InvalidInput);
    }
    if facts.len() > cap {
        return Err(std::io::ErrorKind::FileTooLarge);
    }
    let file = std::fs::File::open(path).map_err(|error| error.kind())?;
    // It does not grow while it is read: what it leaves behind would not be wiped.
    let mut bytes = Zeroizing::new(Vec::with_capacity(cap as usize + 64));
    file.take(cap + 1).read_to_end(&mut bytes).map_err(|error| error.kind())?;
    match bytes.len() as u64 > cap {
        true => Err(std::io::ErrorKind::FileTooLarge),
        false => Ok(bytes),
    }
}

fn shown(path: &Path) -> String {
    let names = path.components().rev().take(2).map(|part| part.as_os_str().to_string_lossy());
    let names: Vec<_> = names.filter(|name| name != "/").collect();
    names.into_iter().rev().collect::<Vec<_>>().join("/")
}

/// What is to be said where git has the file or would take it. A link is what it leads to as well.
fn warning(path: &Path) -> Option<String> {
    let leads_to = path.canonicalize().ok().filter(|real| real != path);
    [Some(path.to_owned()), leads_to].into_iter().flatten().find_map(|path| {
        let says = match leak::git_says(&path) {
            GitSays::NoRepository | GitSays::Ignored => return None,
            GitSays::WouldTake => keys::GIT_WOULD_TAKE,
            GitSays::Tracked => keys::GIT_HAS,
        };
        Some(keys::with_remedy(says, &remedy(&path)))
    })
}

/// The line for `.gitignore`, to be copied letter by letter.
fn remedy(path: &Path) -> String {
    let line = leak::ignore_line(path)
        .filter(|(file, line)| [&shown(file), line].iter().all(|text| is_plain(text)));
    match line {
        Some((file, line)) => keys::to_be_ignored(&shown(&file), &line),
        None => keys::NOT_TO_BE_IGNORED.to_owned(),
    }
}

/// What hides or turns other letters round would not be the line that a person reads.
fn is_plain(text: &str) -> bool {
    render::spelled_out(text).is_none() && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn git(folder: &Path, arguments: &[&str]) {
        let mut git = std::process::Command::new("git");
        git.arg("-C").arg(folder).args(arguments).env_remove("GIT_DIR");
        assert!(git.status().unwrap().success(), "{arguments:?}");
    }

    #[test]
    fn files() {
        let folder = tempfile::tempdir().unwrap();
        let small = folder.path().join(".env");
        std::fs::write(&small, "OPENAI_API_KEY=x").unwrap();
        assert_eq!(read_small(&small, FILE_CAP).unwrap().as_slice(), b"OPENAI_API_KEY=x");
        let large = folder.path().join("large");
        std::fs::write(&large, vec![b'x'; 300 * 1024]).unwrap();
        assert_eq!(read_small(&large, FILE_CAP).unwrap_err(), std::io::ErrorKind::FileTooLarge);
        assert_eq!(
            read_small(folder.path(), FILE_CAP).unwrap_err(),
            std::io::ErrorKind::InvalidInput
        );
        assert_eq!(
            read_small(Path::new("/dev/zero"), FILE_CAP).unwrap_err(),
            std::io::ErrorKind::InvalidInput
        );
        assert_eq!(
            read_small(&folder.path().join("none"), FILE_CAP).unwrap_err(),
            std::io::ErrorKind::NotFound
        );
        let circle = folder.path().join("circle");
        std::os::unix::fs::symlink(&circle, &circle).unwrap();
        assert!(read_small(&circle, FILE_CAP).is_err(), "a link that leads to itself ends");
    }

    #[test]
    fn git_is_warned_of_until_it_leaves_the_file_alone() {
        let folder = tempfile::tempdir().unwrap();
        let shop = folder.path().join("shop");
        let file = shop.join("api").join(".env");
        std::fs::create_dir_all(shop.join("api")).unwrap();
        std::fs::write(&file, "OPENAI_API_KEY=x").unwrap();
        assert_eq!(warning(&file), None, "in no repository");
        git(&shop, &["init", "--quiet"]);
        let would_take = warning(&file).unwrap();
        assert!(would_take.starts_with("Git would take this file"), "{would_take}");
        assert!(
            would_take.ends_with("Add this line to shop/.gitignore: /api/.env"),
            "{would_take}"
        );
        git(&shop, &["add", "api/.env"]);
        let tracked = warning(&file).unwrap();
        assert!(tracked.starts_with("Git has this file"), "{tracked}");
        assert!(tracked.ends_with("Add this line to shop/.gitignore: /api/.env"), "{tracked}");
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert_eq!(warning(&link), Some(tracked), "a link leads to it");
        git(&shop, &["rm", "--quiet", "--cached", "api/.env"]);
        std::fs::write(shop.join(".gitignore"), "/api/.env\n").unwrap();
        assert_eq!(warning(&file), None);
        let odd = shop.join("api").join("\u{202e}vne.");
        std::fs::write(&odd, "OPENAI_API_KEY=x").unwrap();
        assert!(warning(&odd).unwrap().contains("of another name"), "{:?}", warning(&odd));
    }
}
