//! Searching all conversations.

use std::sync::Arc;
use std::time::Instant;

use history::{MessageId, Search};
use tauri::State;

use super::Answer;
use super::conversations::view_of;
use crate::ipc::{AppError, ConversationView, ErrorCode, SearchOrder, SearchResults};
use crate::state::AppState;
use crate::store::blocking;

/// Hits that are shown at a time.
const SHOWN: usize = 40;

/// Looks for what was typed, however odd. A new question ends the one before.
#[tauri::command]
pub async fn search_messages(
    state: State<'_, AppState>,
    text: String,
    order: SearchOrder,
    skip: usize,
) -> Answer<SearchResults> {
    let history = state.store.history().await?;
    let stop = state.searching.begin();
    let begun = Instant::now();
    let results = blocking(move || {
        let now_ms = crate::now_ms();
        let search = Search { typed: &text, order: order.into(), skip, limit: SHOWN, now_ms };
        history.search(&search, &stop)
    })
    .await?;
    Ok(SearchResults::of(results, begun.elapsed()))
}

/// Shows the branch in which a message stands.
#[tauri::command]
pub async fn open_at_message(
    state: State<'_, AppState>,
    message_id: MessageId,
) -> Answer<ConversationView> {
    let history = state.store.history().await?;
    let (of, asked) = (Arc::clone(&history), message_id);
    let (chat, is_shown) =
        blocking(move || Ok((of.message(asked)?.conversation, of.shown_with(asked)?.is_some())))
            .await?;
    // An answer on its way keeps its branch: what is sent after it would go on in another.
    if !is_shown && state.turns.is_answering(chat) {
        return Err(AppError::of(ErrorCode::AlreadyAnswering));
    }
    blocking(move || {
        let conversation = history.show_message(message_id)?;
        view_of(&history, conversation)
    })
    .await
}
