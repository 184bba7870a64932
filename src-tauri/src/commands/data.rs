//! A person's data as a whole: how much there is and where, taking it out, and erasing it.

use std::sync::Arc;

use history::{ChatForm, Clean, ConversationId, File, NotWritten, Setting, Stop};
use tauri::State;
use turn::Guard;
use url::Url;
use wire::Day;

use super::Answer;
use crate::ipc::{AppError, ChatFormInput, DataView, ErrorCode, HistoryState, Organised};
use crate::native::{NativeError, Question};
use crate::now_ms;
use crate::saving::{not_written, save};
use crate::state::AppState;
use crate::store::blocking;
use crate::words::{chats, guard, labels};

/// Chats that are written at once, where they are named one by one.
const AT_ONCE: usize = 10_000;

/// How much there is, and what of it is checked before it is sent.
#[tauri::command]
pub async fn get_data(state: State<'_, AppState>) -> Answer<DataView> {
    view(&state).await
}

/// Shows the folder that the data lies in, in the desktop's own window: the page learns no path.
#[tauri::command]
pub async fn show_data_folder(state: State<'_, AppState>) -> Answer<()> {
    let folder = state.home.history().parent().map(Url::from_directory_path);
    let folder = folder.and_then(Result::ok).ok_or(NativeError::Unavailable)?;
    Ok(state.desktop.opener.open(folder).await?)
}

/// Writes these chats, or all that are not in the trash, where the person says natively. Returns how many.
#[tauri::command]
pub async fn export_chats(
    state: State<'_, AppState>,
    ids: Option<Vec<ConversationId>>,
    form: ChatFormInput,
) -> Answer<usize> {
    if ids.as_ref().is_some_and(|ids| ids.len() > AT_ONCE) {
        return Err(AppError::of(ErrorCode::TooLong));
    }
    let form = ChatForm::from(form);
    let history = state.store.history().await?;
    let guard = Arc::new(Guard::asking(&state.vault, &history).await?);
    let (named, which, naming) = (history.clone(), ids.clone(), Arc::clone(&guard));
    let name = blocking(move || {
        let title = match which.as_deref() {
            Some([one]) => Some(named.conversation(*one)?.title),
            Some(_) | None => None,
        };
        Ok(file_name(&naming, title.as_deref(), form, &Day::of_ms(now_ms())))
    })
    .await?;
    save(&state, chats::EXPORT, name, move |out| {
        let text = |text: &str| guard.leaving(text).into_owned();
        let file = |file: File| guard.file_leaving(file);
        let clean = Clean { text: &text, file: &file };
        let written = history.write_chats(ids.as_deref(), form, clean, out, &Stop::default());
        written.map_err(|why| match why {
            NotWritten::History(error) => error.into(),
            NotWritten::File(error) => not_written(error),
        })
    })
    .await
}

/// Erases every chat, also those in the trash, after two native questions. Keys, prompts and settings stay.
#[tauri::command]
pub async fn delete_all_chats(state: State<'_, AppState>) -> Answer<Organised> {
    let history = state.store.history().await?;
    let counted = history.clone();
    let chats = blocking(move || counted.count_chats()).await?;
    state.desktop.confirm.ask(erasing(chats)).await?;
    state.desktop.confirm.ask(really(chats)).await?;
    state.turns.answers().into_iter().for_each(|answer| state.turns.stop(answer));
    blocking(move || {
        history.erase_chats()?;
        super::organise::load(&history)
    })
    .await
}

/// Whether secrets other than stored keys stop a message. Less is checked only after a native yes; stored keys always are.
#[tauri::command]
pub async fn set_guard(state: State<'_, AppState>, on: bool) -> Answer<DataView> {
    if !on {
        state.desktop.confirm.ask(unguarded()).await?;
    }
    let history = state.store.history().await?;
    let word = if on { "" } else { turn::ONLY_STORED_KEYS };
    blocking(move || history.set_setting(Setting::Guard, word)).await?;
    view(&state).await
}

async fn view(state: &AppState) -> Answer<DataView> {
    let history = state.store.history().await?;
    let is_kept = state.store.state().await? == HistoryState::Kept;
    let file = state.home.history();
    blocking(move || {
        let size = |path: &std::path::Path| path.metadata().map_or(0, |facts| facts.len());
        let log = file.with_extension("db-wal");
        Ok(DataView {
            chats: history.count_chats()?,
            bytes: is_kept.then(|| size(&file) + size(&log)),
            stops_secrets: turn::stops_secrets(&history)?,
        })
    })
    .await
}

/// `The lease.md`, `latchkey-chats-2026-11-30.json`; without keys, as what is in it.
fn file_name(guard: &Guard, title: Option<&str>, form: ChatForm, day: &Day) -> String {
    let end = match form {
        ChatForm::Markdown => "md",
        ChatForm::Json => "json",
    };
    let title = title.map(|title| guard.leaving(title));
    let name = title.map(|title| title.chars().take(80).collect::<String>());
    // A slash in a title divides words, and a dot before it would hide the file.
    let name = name.map(|name| files::plain_name(&name.replace(['/', '\\'], "-")));
    let name = name.map(|name| name.trim_start_matches(['.', '-', ' ']).to_owned());
    let name = name.filter(|name| !name.is_empty());
    name.map_or_else(
        || format!("latchkey-chats-{}.{end}", day.as_str()),
        |name| format!("{name}.{end}"),
    )
}

fn erasing(count: i64) -> Question {
    Question::of(chats::DELETE_ALL, vec![(labels::CHATS, count.to_string())], Vec::new())
}

fn really(count: i64) -> Question {
    let facts = vec![(chats::OVERWRITTEN, count.to_string())];
    Question::of(chats::REALLY_DELETE_ALL, facts, Vec::new()).warning_of(Some(chats::LAST_QUESTION))
}

fn unguarded() -> Question {
    let facts = vec![(guard::STILL_STOPPED, guard::STORED_KEYS.to_owned())];
    Question::of(guard::STOP_CHECKING, facts, Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_is_called_like_its_chat_or_by_its_day() {
        let guard = crate::guarding::tests::guard().await;
        let day = Day::parse("2026-11-30").unwrap();
        let name = |title, form| file_name(&guard, title, form, &day);
        assert_eq!(name(Some("The lease"), ChatForm::Markdown), "The lease.md");
        assert_eq!(name(None, ChatForm::Json), "latchkey-chats-2026-11-30.json");
        let odd = name(Some("./etc/passwd\u{202e}"), ChatForm::Json);
        assert_eq!(odd, "etc-passwd.json");
        let with_key = format!("Is {} mine?", crate::guarding::tests::KEY);
        let name = name(Some(&with_key), ChatForm::Markdown);
        assert!(name.starts_with("Is ⟪") && name.ends_with("mine?.md"), "{name}");
    }
}
