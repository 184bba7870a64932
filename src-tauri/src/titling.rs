//! Titles after a chat's first answer: asked for behind the page's back, and told to it when they have come.

use std::sync::Arc;

use history::{ConversationRow, History, MessageId};
use tauri::{AppHandle, Manager, Runtime};

use crate::ipc::News;
use crate::state::AppState;

/// Asks for the title of a chat that this answer may be the first of. What goes wrong is kept for the settings to show: nobody
/// waits for a title.
pub async fn after<R: Runtime>(app: AppHandle<R>, history: Arc<History>, answer: MessageId) {
    let state = app.state::<AppState>();
    if let Ok(Some(row)) = titled(&state, &history, answer).await {
        let ConversationRow { id, title, .. } = row;
        state.newsroom.tell(News::Titled { id, title });
    }
}

async fn titled(
    state: &AppState,
    history: &Arc<History>,
    answer: MessageId,
) -> Result<Option<ConversationRow>, crate::ipc::AppError> {
    let copy = Arc::clone(history);
    let titler = crate::store::blocking(move || turn::titler(&copy)).await?;
    if let Some(titler) = titler {
        state.practice.wake(history, Some(&titler.step.connection)).await?;
    }
    Ok(turn::ask_for_title(&state.vault, history, answer).await?)
}
