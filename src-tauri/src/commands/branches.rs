//! The branches of a conversation: all of them, new ones without a model, and those that go.

use history::{ConversationId, History, MessageId, Role};
use tauri::State;

use super::conversations::view_of;
use super::{Answer, capped};
use crate::guarding;
use crate::ipc::{AppError, ConversationRowView, ConversationView, ErrorCode, TreeNode};
use crate::native::Question;
use crate::state::AppState;
use crate::store::blocking;
use crate::words::{chats, labels};

/// How an answer ended that is in a person's words.
const EDITED: &str = "edited";

/// Every message of a conversation.
#[tauri::command]
pub async fn list_branches(
    state: State<'_, AppState>,
    conversation_id: ConversationId,
) -> Answer<Vec<TreeNode>> {
    let history = state.store.history().await?;
    let tree = blocking(move || history.tree(conversation_id)).await?;
    Ok(tree.into_iter().map(TreeNode::from).collect())
}

/// Removes a message and all that follows it, after a native yes.
#[tauri::command]
pub async fn remove_branch(
    state: State<'_, AppState>,
    message_id: MessageId,
) -> Answer<ConversationView> {
    let history = state.store.history().await?;
    let counted = history.clone();
    let removed = blocking(move || count_below(&counted, message_id)).await?;
    state.desktop.confirm.ask(removing(removed)).await?;
    blocking(move || {
        let conversation = history.remove_branch(message_id)?;
        view_of(&history, conversation)
    })
    .await
}

/// Begins a conversation that holds everything up to a message.
#[tauri::command]
pub async fn branch_conversation(
    state: State<'_, AppState>,
    message_id: MessageId,
    title: String,
) -> Answer<ConversationRowView> {
    let title = turn::title_of(&title);
    let history = state.store.history().await?;
    let begun = blocking(move || history.branch_off(message_id, &title)).await?;
    Ok(ConversationRowView::of(begun.row(), false))
}

/// An answer as its model wrote it, to be edited.
#[tauri::command]
pub async fn answer_text(state: State<'_, AppState>, message_id: MessageId) -> Answer<String> {
    let history = state.store.history().await?;
    let message = blocking(move || history.message(message_id)).await?;
    match message.role {
        Role::Assistant => Ok(message.text),
        Role::User => Err(AppError::of(ErrorCode::NotFound)),
    }
}

/// Shows another version of an answer, in the person's words. A key that is kept here is no part of it.
#[tauri::command]
pub async fn edit_answer(
    state: State<'_, AppState>,
    message_id: MessageId,
    text: String,
) -> Answer<ConversationView> {
    capped(&text, turn::MESSAGE_CAP)?;
    if text.trim().is_empty() {
        return Err(AppError::of(ErrorCode::Empty));
    }
    let history = state.store.history().await?;
    let text = guarding::without_keys(&state, &history, text).await?;
    blocking(move || {
        let conversation = history.edit_answer(message_id, &text, EDITED)?;
        view_of(&history, conversation)
    })
    .await
}

/// How many messages go with this one, it among them.
fn count_below(history: &History, top: MessageId) -> Result<usize, history::Error> {
    let tree = history.tree(history.message(top)?.conversation)?;
    let mut gone = std::collections::HashSet::from([top]);
    for node in &tree {
        if node.parent.is_some_and(|parent| gone.contains(&parent)) {
            gone.insert(node.id);
        }
    }
    Ok(gone.len())
}

fn removing(messages: usize) -> Question {
    let facts = vec![(labels::MESSAGES, messages.to_string())];
    Question::of(chats::DELETE_BRANCH, facts, Vec::new())
}
