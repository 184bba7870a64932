//! What the small window may do: ask one question, see, stop and copy its answer, and hand on to the large one.

use std::time::Duration;

use history::History;
use tauri::ipc::Channel;
use tauri::{Runtime, State, WebviewWindow};
use turn::{Ask, Guard, Secrets};

use super::turns::{prepare, send};
use super::{Answer, capped};
use crate::guarding;
use crate::ipc::{
    AppError, ErrorCode, HistoryState, NewChat, Preferences, QuickStanding, QuickView, TextSource,
    TurnUpdate, Wanted,
};
use crate::native::Question;
use crate::quick::Asked;
use crate::state::AppState;
use crate::store::blocking;
use crate::window;
use crate::words::numbers::letters;
use crate::words::{labels, prompts};

/// A longer text is no quick question: its field would be slow, and the large window takes it as a file.
const TAKEN_CAP: usize = 200_000;

/// How long a person waits at most before a window that is being opened shows something.
const PATIENCE: Duration = Duration::from_secs(10);

/// What there is to know, each time the window is shown.
#[tauri::command]
pub async fn begin_quick<R: Runtime>(
    window: WebviewWindow<R>,
    state: State<'_, AppState>,
) -> Answer<QuickView> {
    let opening = tokio::time::timeout(PATIENCE, state.store.history()).await;
    let history = opening.map_err(|_| AppError::of(ErrorCode::KeychainSilent))??;
    let is_locked = matches!(state.store.state().await?, HistoryState::SessionOnly { .. })
        && state.home.history().exists();
    let load = move || {
        let preferences = history.setting(history::Setting::Preferences)?;
        Ok((asked_now(&history)?, Preferences::of_stored(preferences.as_deref())))
    };
    let (chosen, preferences) = blocking(load).await?;
    let standing = match chosen {
        Some(chosen) => QuickStanding::Ready { model: chosen.model },
        None if is_locked => QuickStanding::Locked,
        None => QuickStanding::NoKey,
    };
    state.text_size.apply(&window)?;
    Ok(QuickView { standing, preferences, keychain_name: state.vault.name().await })
}

/// Asks, in a new chat. Returns when it is saved.
#[tauri::command]
pub async fn ask_quick<R: Runtime>(
    window: WebviewWindow<R>,
    state: State<'_, AppState>,
    text: String,
    updates: Channel<TurnUpdate>,
) -> Answer<()> {
    if state.quick.asked().is_some_and(|asked| state.turns.is_running(asked.answer)) {
        return Err(AppError::of(ErrorCode::AlreadyAnswering));
    }
    let history = state.store.history().await?;
    let chosen = blocking(move || asked_now(&history)).await?;
    let chosen = chosen.ok_or_else(|| AppError::of(ErrorCode::KeyMissing))?;
    let new_chat = chosen.new_chat;
    let ask = Ask::Message {
        conversation: None,
        connection: chosen.connection,
        model: chosen.model,
        system_prompt: new_chat.system_prompt,
        parameters: new_chat.parameters.to_stored(),
        text,
        files: Vec::new(),
        preset: new_chat.preset,
        route: new_chat.route,
        folder: None,
        // What is being typed for the next chat of the large window is another message.
        waiting: Some(Vec::new()),
        secrets: Secrets::Ask,
    };
    let prepared = prepare(&state, ask).await?;
    let begun = &prepared.begun;
    state.quick.note(Asked { conversation: begun.conversation.id, answer: begun.answer.id });
    send(&window, &state, prepared, updates).await
}

/// Stops the answer.
#[tauri::command]
pub async fn stop_quick(state: State<'_, AppState>) -> Answer<()> {
    if let Some(asked) = state.quick.asked() {
        state.turns.stop(asked.answer);
    }
    Ok(())
}

/// Copies the answer, as the large window does.
#[tauri::command]
pub async fn copy_quick(state: State<'_, AppState>) -> Answer<usize> {
    let asked = state.quick.asked().ok_or_else(|| AppError::of(ErrorCode::NotFound))?;
    super::links::copy(&state, asked.answer).await
}

/// A text of other programs for the question, when the person asks for it: by a press that the window itself has seen, or else
/// by a native yes. What is shaped like a key, or is one that is kept here, never gets to the page.
#[tauri::command]
pub async fn take_text(state: State<'_, AppState>, source: TextSource) -> Answer<String> {
    let text = match source {
        TextSource::Selection => state.desktop.clipboard.selection().await?,
        TextSource::Clipboard => state.desktop.clipboard.read().await?,
    };
    let text = text.filter(|text| !text.trim().is_empty());
    let text = text.ok_or_else(|| AppError::of(ErrorCode::ClipboardEmpty))?;
    capped(&text, TAKEN_CAP)?;
    let history = state.store.history().await?;
    if guarding::holds_secret(&state.vault, &history, text.to_string()).await? {
        return Err(AppError::of(ErrorCode::SecretsFound));
    }
    // What may be a key of a kind that nobody knows is asked for whatever was pressed.
    if !state.quick.pressed.take() || Guard::may_be_key(&text) {
        state.desktop.confirm.ask(question(source, &text)).await?;
    }
    Ok(text.to_string())
}

/// Hides the window. Its answer goes on.
#[tauri::command]
pub async fn hide_quick<R: Runtime>(window: WebviewWindow<R>) -> Answer<()> {
    window.hide().map_err(|_| AppError::of(ErrorCode::Internal))
}

/// Goes on in the large window: in the chat that was asked, or in a new one with what is typed here; or there with what is in
/// the way of asking.
#[tauri::command]
pub async fn leave_quick(state: State<'_, AppState>, typed: Option<String>) -> Answer<()> {
    let wanted = match (typed, state.quick.asked()) {
        (None, Some(asked)) => Wanted::Chat { id: asked.conversation },
        (None, None) => Wanted::NewChat { text: String::new() },
        (Some(text), _) => {
            capped(&text, turn::MESSAGE_CAP)?;
            let history = state.store.history().await?;
            Wanted::NewChat { text: guarding::without_keys(&state, &history, text).await? }
        }
    };
    window::go_on(&state.app, wanted);
    Ok(())
}

/// To what is in the way of asking, in the large window.
#[tauri::command]
pub async fn settle_quick(state: State<'_, AppState>) -> Answer<()> {
    let history = state.store.history().await;
    let has_key = match history {
        Ok(history) => blocking(move || Ok(!history.connections()?.is_empty())).await?,
        Err(_) => false,
    };
    let is_open = matches!(state.store.state().await, Ok(HistoryState::Kept));
    let wanted = if is_open && !has_key { Wanted::AddKey } else { Wanted::Unlock };
    window::go_on(&state.app, wanted);
    Ok(())
}

/// Who would be asked now.
struct Chosen {
    connection: String,
    model: String,
    new_chat: NewChat,
}

fn asked_now(history: &History) -> Result<Option<Chosen>, history::Error> {
    let new_chat = NewChat::afresh(history, &history.presets()?)?;
    let named = new_chat.connection_id.clone().zip(new_chat.model.clone());
    let known = history.connections()?;
    let named = named.filter(|(id, _)| known.iter().any(|connection| connection.id == *id));
    Ok(named.map(|(connection, model)| Chosen { connection, model, new_chat }))
}

fn question(source: TextSource, text: &str) -> Question {
    let asked = match source {
        TextSource::Selection => prompts::ASK_WITH_SELECTION,
        TextSource::Clipboard => prompts::ASK_WITH_CLIPBOARD,
    };
    let (beginning, warning) = guarding::beginning(text);
    let facts = vec![(labels::LENGTH, letters(text))];
    Question::of(asked, facts, vec![(labels::BEGINS_WITH, beginning)]).warning_of(warning)
}

#[cfg(test)]
mod tests {
    use history::{Connection, Setting};

    use super::*;

    fn connection() -> Connection {
        Connection {
            id: "c".into(),
            provider: "openai".into(),
            name: "Personal".into(),
            address: "https://api.openai.com/v1".into(),
            origin: "https://api.openai.com".into(),
            key: None,
            refuses_stream_options: false,
            format: None,
            created_ms: 0,
            last_used_ms: None,
            upkeep: history::Upkeep::default(),
        }
    }

    #[test]
    fn nobody_is_asked_over_a_connection_that_is_gone() {
        let history = History::in_memory().unwrap();
        history.set_setting(Setting::NewChatConnection, "c").unwrap();
        history.set_setting(Setting::NewChatModel, "m").unwrap();
        assert!(asked_now(&history).unwrap().is_none());
        history.put_connection(&connection()).unwrap();
        let chosen = asked_now(&history).unwrap().unwrap();
        assert_eq!((chosen.connection.as_str(), chosen.model.as_str()), ("c", "m"));
    }
}
