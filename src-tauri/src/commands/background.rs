//! What Latchkey does while its window is not looked at.

use tauri::State;

use super::Answer;
use crate::background;
use crate::ipc::{AppError, BackgroundChange, BackgroundView, ErrorCode};
use crate::state::AppState;

/// How it stands.
#[tauri::command]
pub async fn get_background(state: State<'_, AppState>) -> Answer<BackgroundView> {
    Ok(state.background.view())
}

/// Does what is wished from now on.
#[tauri::command]
pub async fn change_background(
    state: State<'_, AppState>,
    change: BackgroundChange,
) -> Answer<BackgroundView> {
    let app = state.app.clone();
    let changed =
        tauri::async_runtime::spawn_blocking(move || background::change(&app, change)).await;
    changed.map_err(|_| AppError::of(ErrorCode::Internal))?
}
