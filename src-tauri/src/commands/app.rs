//! The beginning, and the way back to kept chats.

use history::Setting;
use tauri::State;
use wire::{Provider, REMOTE};

use super::Answer;
use crate::ipc::{
    AppError, Boot, ConversationRowView, ErrorCode, HistoryState, NewChat, ProviderInfo,
};
use crate::state::AppState;
use crate::store::blocking;

/// Everything the page needs to begin.
#[tauri::command]
pub async fn boot(state: State<'_, AppState>) -> Answer<Boot> {
    let history = state.store.history().await?;
    state.practice.resume(history.clone()).await?;
    let (connections, conversations, new_chat) = blocking(move || {
        let new_chat = NewChat {
            connection_id: history.setting(Setting::NewChatConnection)?,
            model: history.setting(Setting::NewChatModel)?,
            draft: history.setting(Setting::NewChatDraft)?.unwrap_or_default(),
        };
        Ok((history.connections()?, history.conversations()?, new_chat))
    })
    .await?;
    let row = |row: history::ConversationRow| {
        let answering = state.turns.is_answering(row.id);
        ConversationRowView::of(row, answering)
    };
    Ok(Boot {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        keychain_name: state.vault.name().await,
        native_windows: state.desktop.has_windows,
        history: state.store.state().await?,
        providers: providers(&state),
        connections: connections.into_iter().map(Into::into).collect(),
        conversations: conversations.into_iter().map(row).collect(),
        new_chat,
    })
}

/// Asks the keychain for the key of the chats again, with patience for a password.
#[tauri::command]
pub async fn unlock_history(state: State<'_, AppState>) -> Answer<HistoryState> {
    let in_memory = matches!(state.store.state().await?, HistoryState::SessionOnly { .. });
    // What is still growing in memory cannot be moved.
    if in_memory && state.turns.are_answering() {
        return Err(AppError::of(ErrorCode::AlreadyAnswering));
    }
    state.store.unlock(&state.vault).await
}

fn providers(state: &AppState) -> Vec<ProviderInfo> {
    let offered = REMOTE.into_iter().chain([Provider::Other]);
    offered
        .map(|provider| {
            let held = provider.env_var().is_some_and(|name| state.has_environment_key(name));
            ProviderInfo::of(provider, held)
        })
        .collect()
}
