//! Sending, and stopping.

use history::MessageId;
use tauri::State;
use tauri::ipc::Channel;
use turn::{Ask, By, Trouble};
use wire::Parameter;

use super::Answer;
use crate::ipc::{AppError, SendInput, StepView, TurnUpdate};
use crate::state::AppState;
use crate::store::blocking;
use crate::stream;

/// Sends a message. Returns when it is saved.
#[tauri::command]
pub async fn send_message(
    state: State<'_, AppState>,
    input: SendInput,
    updates: Channel<TurnUpdate>,
) -> Answer<()> {
    let ask = Ask::Message {
        conversation: input.conversation_id,
        connection: input.connection_id,
        model: input.model,
        system_prompt: input.system_prompt.unwrap_or_default(),
        parameters: input.parameters.map(|wished| wished.to_stored()).unwrap_or_default(),
        text: input.text,
        files: input.files,
        preset: input.preset,
        route: input.route,
        folder: input.folder,
    };
    begin(&state, ask, updates).await
}

/// Sends another version of a message.
#[tauri::command]
pub async fn edit_message(
    state: State<'_, AppState>,
    message_id: MessageId,
    text: String,
    updates: Channel<TurnUpdate>,
) -> Answer<()> {
    begin(&state, Ask::Edit { message: message_id, text }, updates).await
}

/// Asks for another version of an answer: whoever is chosen in its conversation, or the same model as before without a
/// parameter that it refused, or a model that is named.
#[tauri::command]
pub async fn try_again(
    state: State<'_, AppState>,
    message_id: MessageId,
    without: Option<Parameter>,
    over: Option<StepView>,
    updates: Channel<TurnUpdate>,
) -> Answer<()> {
    let by = match (without, over) {
        (Some(parameter), _) => By::Without(parameter),
        (None, Some(step)) => By::Model(step.into()),
        (None, None) => By::Chosen,
    };
    begin(&state, Ask::Again { answer: message_id, by }, updates).await
}

/// Lets a page that was loaded again follow an answer that is being written: it gets what is there, then what is new. False
/// if it is not.
#[tauri::command]
pub async fn watch_answer(
    state: State<'_, AppState>,
    message_id: MessageId,
    updates: Channel<TurnUpdate>,
) -> Answer<bool> {
    Ok(state.watchers.join(message_id, updates))
}

/// Stops an answer.
#[tauri::command]
pub async fn stop_turn(state: State<'_, AppState>, message_id: MessageId) -> Answer<()> {
    state.turns.stop(message_id);
    Ok(())
}

async fn begin(state: &AppState, ask: Ask, updates: Channel<TurnUpdate>) -> Answer<()> {
    let prepare = async |ask: Ask| {
        let history = state.store.history().await?;
        let asked = (history.clone(), ask.clone());
        let over = blocking(move || Ok(turn::connection_of(&asked.0, &asked.1))).await?;
        state.practice.wake(&history, over.as_deref()).await?;
        Ok::<_, AppError>(state.turns.prepare(state.vault.clone(), history, ask).await)
    };
    let prepared = match prepare(ask.clone()).await? {
        // The chats were unlocked at this very moment, and are elsewhere now.
        Err(failure) if failure.trouble == Trouble::HistoryMoved => prepare(ask).await?,
        prepared => prepared,
    };
    stream::begin(prepared?, updates, &state.watchers);
    Ok(())
}
