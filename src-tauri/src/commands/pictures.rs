//! Pictures of answers, one at a time and after a native yes.

use history::MessageId;
use tauri::State;

use super::{Answer, capped};
use crate::ipc::LoadedPicture;
use crate::pictures;
use crate::state::AppState;
use crate::store::blocking;

/// Longer than any number of a picture.
const NUMBER_CAP: usize = 64;

/// Loads a picture that an answer names; the page says which, never where from.
#[tauri::command]
pub async fn load_picture(
    state: State<'_, AppState>,
    message_id: MessageId,
    picture: String,
) -> Answer<LoadedPicture> {
    capped(&picture, NUMBER_CAP)?;
    let history = state.store.history().await?;
    let message = blocking(move || history.message(message_id)).await?;
    let address = pictures::address(&message, &picture)?;
    state.desktop.confirm.ask(pictures::question(&address)).await?;
    pictures::load(&state.vault, &address).await
}
