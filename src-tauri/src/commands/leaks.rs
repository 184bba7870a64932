//! The leak check. The page is told names of places and ends of keys; it names a place by its number, never by a path.

use std::io::Write;
use std::path::{Path, PathBuf};

use tauri::State;

use super::Answer;
use crate::handover;
use crate::ipc::{AppError, ErrorCode, HandOver, LeakCheckInput, LeakCheckView};
use crate::leaks;
use crate::native::Question;
use crate::saving::{not_written, save};
use crate::state::AppState;
use crate::words::{labels, leaks as words};

/// What is chosen, what runs, and what was found.
#[tauri::command]
pub async fn get_leak_check(state: State<'_, AppState>) -> Answer<LeakCheckView> {
    leaks::view(&state).await
}

/// Adds folders that the person picks natively.
#[tauri::command]
pub async fn choose_leak_folders(state: State<'_, AppState>) -> Answer<LeakCheckView> {
    let picked = state.desktop.files.pick_folders(words::CHOOSE_FOLDERS.to_owned()).await?;
    // What is picked by a link is where the link leads.
    let folders = picked.into_iter().map(|folder| folder.canonicalize().unwrap_or(folder));
    state.leaks.choose(folders.collect());
    leaks::view(&state).await
}

/// Takes a chosen folder away.
#[tauri::command]
pub async fn drop_leak_folder(state: State<'_, AppState>, place: usize) -> Answer<LeakCheckView> {
    state.leaks.drop_folder(place);
    leaks::view(&state).await
}

/// Begins a check, or goes on with the one that was stopped.
#[tauri::command]
pub async fn begin_leak_check(
    state: State<'_, AppState>,
    input: LeakCheckInput,
) -> Answer<LeakCheckView> {
    leaks::begin(&state, input).await?;
    leaks::view(&state).await
}

/// Lets a place be.
#[tauri::command]
pub async fn ignore_leak(state: State<'_, AppState>, number: u32) -> Answer<LeakCheckView> {
    leaks::ignore(&state, number).await?;
    leaks::view(&state).await
}

/// Shows again every place that was let be.
#[tauri::command]
pub async fn show_ignored_leaks(state: State<'_, AppState>) -> Answer<LeakCheckView> {
    leaks::show_ignored(&state).await?;
    leaks::view(&state).await
}

/// Has git leave a file alone, after a native yes to the line.
#[tauri::command]
pub async fn ignore_leak_in_git(state: State<'_, AppState>, number: u32) -> Answer<LeakCheckView> {
    let (run, finding) = state.leaks.finding(number)?;
    let path = finding.path.clone();
    let line = tokio::task::spawn_blocking(move || leak::ignore_line(&path)).await;
    let line = line.ok().flatten().ok_or_else(|| AppError::of(ErrorCode::NotFound))?;
    let (file, line) = line;
    state.desktop.confirm.ask(ignoring(&file, &line)).await?;
    let written = tokio::task::spawn_blocking(move || append(&file, &line)).await;
    match written {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            return Err(AppError::with_detail(ErrorCode::FileUnreadable, error.kind().to_string()));
        }
        Err(_) => return Err(AppError::of(ErrorCode::Internal)),
    }
    let asked = tokio::task::spawn_blocking(move || run.check.ask_git_again()).await;
    asked.map_err(|_| AppError::of(ErrorCode::Internal))?;
    leaks::view(&state).await
}

/// Moves a key into the keychain from where it lies, after a native yes. The file stays as it is.
#[tauri::command]
pub async fn keep_leaked_key(state: State<'_, AppState>, number: u32) -> Answer<HandOver> {
    let (run, finding) = state.leaks.finding(number)?;
    handover::keep_found(&state, run, finding).await
}

/// Writes what was found into a file that the person names natively.
#[tauri::command]
pub async fn save_leak_report(state: State<'_, AppState>) -> Answer<()> {
    let run = state.leaks.run().ok_or_else(|| AppError::of(ErrorCode::NotFound))?;
    let ignored = leaks::ignored(&state).await?;
    save(&state, words::SAVE_REPORT, "latchkey-leak-check.txt".to_owned(), move |out| {
        out.write_all(leaks::report(&run, &ignored).as_bytes()).map_err(not_written)
    })
    .await
}

fn ignoring(file: &Path, line: &str) -> Question {
    let shown: PathBuf =
        file.components().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
    let claims = vec![(labels::FILE, shown.display().to_string()), (labels::LINE, line.to_owned())];
    Question::of(words::IGNORE_IN_GIT, vec![], claims)
}

/// Adds a line at the end. A link in the place of the file would lead elsewhere.
fn append(file: &Path, line: &str) -> std::io::Result<()> {
    if file.symlink_metadata().is_ok_and(|facts| !facts.is_file()) {
        return Err(std::io::ErrorKind::InvalidInput.into());
    }
    let before = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    let gap = if before.is_empty() || before.ends_with(b"\n") { "" } else { "\n" };
    let mut out = std::fs::OpenOptions::new().append(true).create(true).open(file)?;
    writeln!(out, "{gap}{line}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_added_at_the_end_and_nothing_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(".gitignore");
        append(&file, "/.env").unwrap();
        std::fs::write(&file, "target").unwrap();
        append(&file, "/.env").unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "target\n/.env\n");
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert!(append(&link, "/x").is_err());
    }
}
