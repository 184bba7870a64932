//! Ways to ask that have a name.

use history::{ConversationId, PresetId, Setting};
use tauri::State;

use super::{Answer, capped};
use crate::guarding;
use crate::ipc::{AppError, ErrorCode, PresetInput, PresetView};
use crate::state::AppState;
use crate::store::blocking;

const NAME_CAP: usize = 200;

/// Keeps a preset: a new one, or changes to one that is there.
#[tauri::command]
pub async fn save_preset(state: State<'_, AppState>, preset: PresetInput) -> Answer<PresetView> {
    capped(&preset.name, NAME_CAP)?;
    capped(&preset.instructions, turn::MESSAGE_CAP)?;
    let mut preset = preset.into_preset();
    if preset.name.is_empty() {
        return Err(AppError::of(ErrorCode::Empty));
    }
    let history = state.store.history().await?;
    preset.instructions = guarding::without_keys(&state, &history, preset.instructions).await?;
    blocking(move || match preset.id {
        PresetId(0) => Ok(history.add_preset(&preset)?.into()),
        _ => history.change_preset(&preset).map(|()| preset.into()),
    })
    .await
}

/// Takes a preset away. Chats that go by it keep what it gave them.
#[tauri::command]
pub async fn delete_preset(state: State<'_, AppState>, id: PresetId) -> Answer<()> {
    let history = state.store.history().await?;
    blocking(move || {
        history.remove_preset(id)?;
        let default = history.setting(Setting::DefaultPreset)?;
        match default.is_some_and(|default| default == id.0.to_string()) {
            true => history.set_setting(Setting::DefaultPreset, ""),
            false => Ok(()),
        }
    })
    .await
}

/// The preset that new chats begin with, or none.
#[tauri::command]
pub async fn set_default_preset(state: State<'_, AppState>, id: Option<PresetId>) -> Answer<()> {
    let history = state.store.history().await?;
    blocking(move || history.set_setting(Setting::DefaultPreset, &word(id, ""))).await
}

/// The preset that a chat goes by, or none; without a chat, the new one.
#[tauri::command]
pub async fn choose_preset(
    state: State<'_, AppState>,
    conversation_id: Option<ConversationId>,
    id: Option<PresetId>,
) -> Answer<()> {
    let history = state.store.history().await?;
    blocking(move || match conversation_id {
        Some(conversation) => history.set_preset(conversation, id),
        None => history.set_setting(Setting::NewChatPreset, &word(id, "none")),
    })
    .await
}

fn word(id: Option<PresetId>, none: &str) -> String {
    id.map_or_else(|| none.to_owned(), |id| id.0.to_string())
}
