//! What a person writes while an answer comes, and what is sent after it.

use history::{ConversationId, Queued};
use tauri::State;
use turn::Guard;

use super::Answer;
use crate::ipc::{AppError, ErrorCode, QueuedView};
use crate::state::AppState;
use crate::store::blocking;

/// More than anybody types while an answer comes.
const MOST: usize = 50;

/// Keeps what waits in a conversation.
#[tauri::command]
pub async fn save_queue(
    state: State<'_, AppState>,
    conversation_id: ConversationId,
    queue: Vec<QueuedView>,
) -> Answer<()> {
    let history = state.store.history().await?;
    let queue = without_keys(&state, queue).await?;
    blocking(move || history.set_queue(conversation_id, &queue)).await
}

/// It is kept as a draft is: without the keys that are kept here.
pub async fn without_keys(state: &AppState, queue: Vec<QueuedView>) -> Answer<Vec<Queued>> {
    let length = queue.iter().map(|queued| queued.text.len()).fold(0, usize::saturating_add);
    if queue.len() > MOST || length > turn::MESSAGE_CAP {
        return Err(AppError::of(ErrorCode::TooLong));
    }
    if queue.is_empty() {
        return Ok(Vec::new());
    }
    let history = state.store.history().await?;
    let guard = Guard::of(&state.vault, &history).await?;
    let clean = move |queued: QueuedView| {
        let text = guard.without_keys(&queued.text).into_owned();
        Queued { text, ..queued.into() }
    };
    blocking(move || Ok(queue.into_iter().map(clean).collect())).await
}
