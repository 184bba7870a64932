//! Texts that a person uses again.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;

use history::{History, LIBRARY_CAP, NotALibrary, Prompt, PromptId, read_library, write_library};
use tauri::State;
use turn::Guard;

use super::{Answer, capped};
use crate::guarding;
use crate::ipc::{AppError, ErrorCode, PromptInput, PromptView};
use crate::native::Question;
use crate::state::AppState;
use crate::store::blocking;
use crate::words::numbers::letters;
use crate::words::{labels, prompts};

const NAME_CAP: usize = 200;

/// Every prompt.
#[tauri::command]
pub async fn list_prompts(state: State<'_, AppState>) -> Answer<Vec<PromptView>> {
    let history = state.store.history().await?;
    blocking(move || Ok(history.prompts()?.into_iter().map(Into::into).collect())).await
}

/// Keeps a prompt: a new one, or changes to one that is there.
#[tauri::command]
pub async fn save_prompt(state: State<'_, AppState>, prompt: PromptInput) -> Answer<PromptView> {
    for name in [&prompt.name, &prompt.slash, &prompt.folder] {
        capped(name, NAME_CAP)?;
    }
    capped(&prompt.text, turn::MESSAGE_CAP)?;
    let prompt = prompt.into_prompt();
    if prompt.name.is_empty() {
        return Err(AppError::of(ErrorCode::Empty));
    }
    let history = state.store.history().await?;
    let guard = Guard::of(&state.vault, &history).await?;
    blocking(move || {
        let prompt = without_keys(&guard, prompt);
        match prompt.id {
            PromptId(0) => Ok(history.add_prompts(&[prompt])?.remove(0).into()),
            _ => Ok(history.change_prompt(&prompt)?.into()),
        }
    })
    .await
}

/// Takes a prompt away.
#[tauri::command]
pub async fn delete_prompt(state: State<'_, AppState>, id: PromptId) -> Answer<()> {
    let history = state.store.history().await?;
    blocking(move || history.remove_prompt(id)).await
}

/// Adds the prompts of a file that the person picks; those that are here already, word for word, are not added once more.
/// Says which came.
#[tauri::command]
pub async fn import_prompts(state: State<'_, AppState>) -> Answer<Vec<PromptView>> {
    let history = state.store.history().await?;
    let guard = Guard::of(&state.vault, &history).await?;
    let path = state.desktop.files.pick(prompts::IMPORT.to_owned()).await?;
    let work = move || import(&history, &guard, &path);
    tokio::task::spawn_blocking(work).await.map_err(|_| AppError::of(ErrorCode::Internal))?
}

/// Writes every prompt into a file where the person says. Says how many.
#[tauri::command]
pub async fn export_prompts(state: State<'_, AppState>) -> Answer<usize> {
    let history = state.store.history().await?;
    let (title, name) = (prompts::EXPORT.to_owned(), "latchkey-prompts.json".to_owned());
    let path = state.desktop.files.pick_new(title, name).await?;
    let work = move || export(&history, &path);
    tokio::task::spawn_blocking(work).await.map_err(|_| AppError::of(ErrorCode::Internal))?
}

/// The clipboard’s text for a blank, after a native yes: a page that could read it unasked could read what is no chat’s. A
/// placeholder stands for every secret in it, also for one that is not kept here: it may be on its way to the vault.
#[tauri::command]
pub async fn take_clipboard(state: State<'_, AppState>) -> Answer<String> {
    let text = state.desktop.clipboard.read().await?;
    let text = text.filter(|text| !text.trim().is_empty());
    let text = text.ok_or_else(|| AppError::of(ErrorCode::ClipboardEmpty))?;
    capped(&text, turn::MESSAGE_CAP)?;
    let history = state.store.history().await?;
    let guard = Guard::of(&state.vault, &history).await?;
    let text = blocking(move || Ok(guard.redacted(&text))).await?;
    state.desktop.confirm.ask(question(&text)).await?;
    Ok(text)
}

fn question(text: &str) -> Question {
    let (beginning, warning) = guarding::beginning(text);
    let facts = vec![(labels::LENGTH, letters(text))];
    let claims = vec![(labels::BEGINS_WITH, beginning)];
    Question::of(prompts::FILL_FROM_CLIPBOARD, facts, claims).warning_of(warning)
}

/// It is kept as a draft is: without the keys that are kept here.
fn without_keys(guard: &Guard, prompt: Prompt) -> Prompt {
    let clean = |text: &str| guard.without_keys(text).into_owned();
    Prompt { text: clean(&prompt.text), name: clean(&prompt.name), ..prompt }
}

fn import(history: &Arc<History>, guard: &Guard, path: &Path) -> Answer<Vec<PromptView>> {
    let found = read_library(&read(path)?).map_err(refusal)?;
    let here = history.prompts()?;
    let known = |new: &Prompt| here.iter().any(|old| old.name == new.name && old.text == new.text);
    let fresh = found.into_iter().map(|prompt| without_keys(guard, prompt));
    let fresh: Vec<Prompt> = fresh.filter(|prompt| !known(prompt)).collect();
    Ok(history.add_prompts(&fresh)?.into_iter().map(Into::into).collect())
}

fn refusal(reason: NotALibrary) -> AppError {
    AppError::of(match reason {
        NotALibrary::Foreign => ErrorCode::NotALibrary,
        NotALibrary::Newer => ErrorCode::LibraryNewer,
        NotALibrary::TooLarge => ErrorCode::TooLong,
    })
}

/// Reads a file, if it is one: a pipe or a device would never end.
fn read(path: &Path) -> Answer<String> {
    let unreadable = |_| AppError::of(ErrorCode::FileUnreadable);
    let facts = std::fs::metadata(path).map_err(unreadable)?;
    if !facts.is_file() {
        return Err(AppError::of(ErrorCode::FileUnreadable));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(LIBRARY_CAP + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LIBRARY_CAP {
        return Err(AppError::of(ErrorCode::TooLong));
    }
    String::from_utf8(bytes).map_err(|_| AppError::of(ErrorCode::NotALibrary))
}

/// A whole library, or none: what was there before stays until all of it is written.
fn export(history: &Arc<History>, path: &Path) -> Answer<usize> {
    let prompts = history.prompts()?;
    let failed = |_| AppError::of(ErrorCode::FileNotWritten);
    let folder = path.parent().ok_or_else(|| AppError::of(ErrorCode::FileNotWritten))?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(write_library(&prompts).as_bytes()).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(prompts.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain() -> Prompt {
        Prompt { name: "Plain".into(), slash: "plain".into(), ..Prompt::default() }
    }

    #[tokio::test]
    async fn a_library_goes_out_and_comes_in_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("prompts.json");
        let (from, to) =
            (Arc::new(History::in_memory().unwrap()), Arc::new(History::in_memory().unwrap()));
        from.add_prompts(&[plain(), Prompt { text: "Other".into(), ..plain() }]).unwrap();
        assert_eq!(export(&from, &path).unwrap(), 2);
        let guard = Guard::of(&Arc::new(vault::Vault::in_memory()), &to).await.unwrap();
        assert_eq!(import(&to, &guard, &path).unwrap().len(), 2);
        assert_eq!(import(&to, &guard, &path).unwrap(), [], "they are here already");
        assert_eq!(to.prompts().unwrap(), from.prompts().unwrap());
        let nowhere = folder.path().join("none").join("prompts.json");
        assert_eq!(export(&from, &nowhere).unwrap_err().code, ErrorCode::FileNotWritten);
    }

    #[test]
    fn a_word_that_may_be_a_key_is_not_shown_in_the_question() {
        let told = |text: &str| {
            let question = question(text);
            (question.claims[0].1.clone(), question.warning.is_some())
        };
        let unknown = "b7Qx20LmZ94kTt81WcVy55Rd";
        assert_eq!(told(unknown), ("Not shown".to_owned(), true));
        assert_eq!(told(&format!(" {unknown}\n")), ("Not shown".to_owned(), true));
        for plain in [
            "Two words, and 20 letters",
            "https://example.org/2026/11/30/a1b2c3",
            "incomprehensibilities",
        ] {
            assert_eq!(told(plain), (plain.to_owned(), false));
        }
    }

    #[tokio::test]
    async fn a_file_that_is_no_library_adds_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let history = Arc::new(History::in_memory().unwrap());
        let guard = Guard::of(&Arc::new(vault::Vault::in_memory()), &history).await.unwrap();
        let code = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            import(&history, &guard, &path).unwrap_err().code
        };
        assert_eq!(code("foreign", b"[1]"), ErrorCode::NotALibrary);
        assert_eq!(code("binary", &[0xff, 0xfe, 0]), ErrorCode::NotALibrary);
        assert_eq!(
            code("huge", &vec![b' '; usize::try_from(LIBRARY_CAP).unwrap() + 1]),
            ErrorCode::TooLong
        );
        let gone = import(&history, &guard, &folder.path().join("gone")).unwrap_err();
        assert_eq!(gone.code, ErrorCode::FileUnreadable);
        let is_folder = import(&history, &guard, folder.path()).unwrap_err();
        assert_eq!(is_folder.code, ErrorCode::FileUnreadable);
        assert_eq!(history.prompts().unwrap(), []);
    }
}
