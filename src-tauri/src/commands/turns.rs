//! Sending, and stopping.

use history::{ConversationId, MessageId};
use tauri::ipc::Channel;
use tauri::{Manager, Runtime, State, WebviewWindow};
use turn::{Ask, By, Prepared, Trouble};
use wire::Parameter;

use super::{Answer, capped};
use crate::guarding;
use crate::ipc::{
    AppError, PutBackView, SecretView, SecretsChoice, SendInput, StepView, TurnUpdate,
};
use crate::state::AppState;
use crate::store::blocking;
use crate::watchers::Listener;
use crate::{noticing, stream, titling};

/// Sends a message. Returns when it is saved.
#[tauri::command]
pub async fn send_message<R: Runtime>(
    window: WebviewWindow<R>,
    state: State<'_, AppState>,
    input: SendInput,
    updates: Channel<TurnUpdate>,
) -> Answer<()> {
    let secrets = input.secrets;
    if secrets == SecretsChoice::Keep {
        let (text, files) = (input.text.clone(), input.files.clone());
        guarding::confirm(&state, input.conversation_id, &input.connection_id, text, files).await?;
    }
    let waiting = match input.waiting {
        Some(rest) => Some(super::queue::without_keys(&state, rest).await?),
        None => None,
    };
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
        waiting,
        secrets: secrets.into(),
    };
    begin(&window, &state, ask, updates).await
}

/// Sends another version of a message.
#[tauri::command]
pub async fn edit_message<R: Runtime>(
    window: WebviewWindow<R>,
    state: State<'_, AppState>,
    message_id: MessageId,
    text: String,
    secrets: SecretsChoice,
    updates: Channel<TurnUpdate>,
) -> Answer<()> {
    let edit =
        |over| Ask::Edit { message: message_id, text: text.clone(), secrets: secrets.into(), over };
    let mut ask = edit(None);
    if secrets == SecretsChoice::Keep {
        let history = state.store.history().await?;
        let over = blocking(move || Ok(turn::connection_of(&history, &ask))).await?;
        let over = over.unwrap_or_default();
        guarding::confirm(&state, None, &over, text.clone(), Vec::new()).await?;
        ask = edit(Some(over));
    }
    begin(&window, &state, ask, updates).await
}

/// The secrets of what would be sent, without themselves.
#[tauri::command]
pub async fn find_secrets(
    state: State<'_, AppState>,
    conversation_id: Option<ConversationId>,
    text: String,
    files: Vec<i64>,
) -> Answer<Vec<SecretView>> {
    capped(&text, turn::MESSAGE_CAP)?;
    let history = state.store.history().await?;
    let found = turn::find_secrets(&state.vault, &history, conversation_id, text, files).await?;
    Ok(found.into_iter().map(SecretView::from).collect())
}

/// What the placeholders of a message stand for, for this view of it alone. A stored key has no value here.
#[tauri::command]
pub async fn put_back(
    state: State<'_, AppState>,
    message_id: MessageId,
) -> Answer<Vec<PutBackView>> {
    let history = state.store.history().await?;
    let redactions = blocking(move || history.redactions_up_to(message_id)).await?;
    Ok(redactions.into_iter().map(PutBackView::from).collect())
}

/// Asks for another version of an answer: whoever is chosen in its conversation, or the same model as before without a
/// parameter that it refused, or a model that is named.
#[tauri::command]
pub async fn try_again<R: Runtime>(
    window: WebviewWindow<R>,
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
    begin(&window, &state, Ask::Again { answer: message_id, by }, updates).await
}

/// Lets a page that was loaded again follow an answer that is being written: it gets what is there, then what is new. False
/// if it is not.
#[tauri::command]
pub async fn watch_answer<R: Runtime>(
    window: WebviewWindow<R>,
    state: State<'_, AppState>,
    message_id: MessageId,
    updates: Channel<TurnUpdate>,
) -> Answer<bool> {
    Ok(state.watchers.join(message_id, heard_in(&window, updates)))
}

/// Stops an answer.
#[tauri::command]
pub async fn stop_turn(state: State<'_, AppState>, message_id: MessageId) -> Answer<()> {
    state.turns.stop(message_id);
    Ok(())
}

/// The page of this window, as one that is told of an answer.
fn heard_in<R: Runtime>(window: &WebviewWindow<R>, updates: Channel<TurnUpdate>) -> Listener {
    Listener { window: window.label().to_owned(), updates }
}

async fn begin<R: Runtime>(
    window: &WebviewWindow<R>,
    state: &AppState,
    ask: Ask,
    updates: Channel<TurnUpdate>,
) -> Answer<()> {
    let prepared = prepare(state, ask).await?;
    send(window, state, prepared, updates).await
}

/// Sends what is saved, and tells this window's page.
pub(super) async fn send<R: Runtime>(
    window: &WebviewWindow<R>,
    state: &AppState,
    prepared: Prepared,
    updates: Channel<TurnUpdate>,
) -> Answer<()> {
    let (app, history) = (window.app_handle().clone(), state.store.history().await?);
    let answer = prepared.begun.answer.id;
    let then = async move {
        noticing::after(&app, &history, answer).await;
        titling::after(app, history, answer).await;
    };
    let listener = heard_in(window, updates);
    stream::begin(prepared, listener, &state.watchers, &state.newsroom, then);
    Ok(())
}

/// Saves what is asked, so that it can be sent.
pub(super) async fn prepare(state: &AppState, ask: Ask) -> Answer<Prepared> {
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
    Ok(prepared?)
}
