//! The conversations.

use history::{Attachment, Conversation, ConversationId, FolderId, History, MessageId, Setting};
use render::Query;
use tauri::State;
use turn::{Ahead, Endpoint, Estimate, check_files, estimate, takes, weigh, weight};

use super::{Answer, capped, connection};
use crate::guarding;
use crate::ipc::{
    AppError, ConversationRowView, ConversationView, ErrorCode, EstimateView, FileTokens, Found,
    MessageView, OutlineLine, ParametersView, StepView,
};
use crate::state::AppState;
use crate::store::blocking;
use crate::words::blocks::WORDS;

/// Conversations that are listed at a time: more than a screen shows, and few enough that a start never feels them.
pub(super) const LISTED: u32 = 200;

/// Messages in one page: enough for a tall window and some scrolling.
const PAGE: u32 = 40;

const TITLE_CAP: usize = 4_000;
const TEXT_CAP: usize = turn::MESSAGE_CAP;

/// The newest page of a conversation.
#[tauri::command]
pub async fn open_conversation(
    state: State<'_, AppState>,
    id: ConversationId,
) -> Answer<ConversationView> {
    let history = state.store.history().await?;
    blocking(move || {
        let conversation = history.conversation(id)?;
        view_of(&history, conversation)
    })
    .await
}

/// A conversation with its newest page.
pub(super) fn view_of(
    history: &History,
    conversation: Conversation,
) -> Result<ConversationView, history::Error> {
    let page = history.page(conversation.id, PAGE)?;
    let attached = history.draft_files(Some(conversation.id))?;
    let queue = history.queue(conversation.id)?;
    Ok(ConversationView::of(conversation, page, attached, queue))
}

/// Which messages the whole conversation has.
#[tauri::command]
pub async fn outline_conversation(
    state: State<'_, AppState>,
    id: ConversationId,
) -> Answer<Vec<OutlineLine>> {
    let history = state.store.history().await?;
    blocking(move || Ok(history.outline(id)?.into_iter().map(OutlineLine::from).collect())).await
}

/// Some of its messages.
#[tauri::command]
pub async fn load_messages(
    state: State<'_, AppState>,
    conversation_id: ConversationId,
    ids: Vec<MessageId>,
) -> Answer<Vec<MessageView>> {
    if ids.len() > PAGE as usize {
        return Err(AppError::of(ErrorCode::TooLong));
    }
    let history = state.store.history().await?;
    let load = move || history.messages(conversation_id, &ids);
    blocking(move || Ok(load()?.into_iter().map(MessageView::from).collect())).await
}

/// The conversations that come after this one in the list, some at a time.
#[tauri::command]
pub async fn list_conversations(
    state: State<'_, AppState>,
    updated_ms: i64,
    id: ConversationId,
) -> Answer<Vec<ConversationRowView>> {
    let history = state.store.history().await?;
    let rows = blocking(move || history.conversations_page(Some((updated_ms, id)), LISTED)).await?;
    let view = |row: history::ConversationRow| {
        let answering = state.turns.is_answering(row.id);
        ConversationRowView::of(row, answering)
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Where a text occurs in what the conversation shows.
#[tauri::command]
pub async fn find_in_conversation(
    state: State<'_, AppState>,
    id: ConversationId,
    text: String,
) -> Answer<Vec<Found>> {
    capped(&text, TITLE_CAP)?;
    let Some(query) = Query::new(&text) else { return Ok(Vec::new()) };
    let history = state.store.history().await?;
    let stop = state.finding.begin();
    blocking(move || {
        let mut found = Vec::new();
        history.read_aloud(id, &stop, |words| found.extend(Found::of(&query, words)))?;
        Ok(found)
    })
    .await
}

/// Gives a conversation another title.
#[tauri::command]
pub async fn rename_conversation(
    state: State<'_, AppState>,
    id: ConversationId,
    title: String,
) -> Answer<ConversationRowView> {
    capped(&title, TITLE_CAP)?;
    let title = turn::title_of(&title);
    if title.is_empty() {
        return Err(AppError::of(ErrorCode::Empty));
    }
    let history = state.store.history().await?;
    let title = guarding::without_keys(&state, &history, title).await?;
    let row = blocking(move || {
        history.rename(id, &title)?;
        Ok(history.conversation(id)?.row())
    })
    .await?;
    Ok(ConversationRowView::of(row, state.turns.is_answering(id)))
}

/// What the model is told first in this conversation; without one, in the new chat.
#[tauri::command]
pub async fn set_system_prompt(
    state: State<'_, AppState>,
    conversation_id: Option<ConversationId>,
    text: String,
) -> Answer<()> {
    capped(&text, TEXT_CAP)?;
    let history = state.store.history().await?;
    let text = guarding::without_keys(&state, &history, text).await?;
    blocking(move || match conversation_id {
        Some(id) => history.set_system_prompt(id, &text),
        None => history.set_setting(Setting::NewChatInstructions, &text),
    })
    .await
}

/// How the answers of a conversation are asked for from now on; without one, those of the new chat.
#[tauri::command]
pub async fn set_parameters(
    state: State<'_, AppState>,
    conversation_id: Option<ConversationId>,
    parameters: ParametersView,
) -> Answer<()> {
    let history = state.store.history().await?;
    let parameters = parameters.to_stored();
    blocking(move || match conversation_id {
        Some(id) => history.set_parameters(id, &parameters),
        None => history.set_setting(Setting::NewChatParameters, &parameters),
    })
    .await
}

/// About how much is read if so many bytes are sent with what is attached, and the most that the answer may cost.
#[tauri::command]
pub async fn estimate_answer(
    state: State<'_, AppState>,
    conversation_id: Option<ConversationId>,
    folder: Option<FolderId>,
    step: StepView,
    bytes: u64,
    max_tokens: Option<u32>,
    search: bool,
) -> Answer<EstimateView> {
    let StepView { connection_id, model } = step;
    let endpoint = Endpoint::of(&connection(&state, &connection_id).await?)?.asking(&model);
    let history = state.store.history().await?;
    let asked = model.clone();
    let (said, told) = blocking(move || {
        let told = history.told(&connection_id, &asked)?;
        Ok((Said::load(&history, conversation_id, folder)?, told))
    })
    .await?;
    let takes = takes(&endpoint, &model);
    let in_the_way = check_files(&endpoint, &model, &said.before, &said.new).err();
    let of = |file: &Attachment| FileTokens { id: file.place, tokens: weight(&takes, file).about };
    let each = said.new.iter().map(of).collect();
    let files = weigh(&takes, &said.before).and(weigh(&takes, &said.new));
    let bytes = bytes.saturating_add(said.bytes);
    let ahead = Ahead { bytes, messages: said.messages + 1, max_tokens, files, told, search };
    let Estimate { tokens, at_most_nano } = estimate(endpoint.provider, &model, ahead);
    let in_the_way = in_the_way.map(AppError::from);
    Ok(EstimateView { tokens, at_most_nano, files: each, in_the_way })
}

/// What goes along with the next message.
struct Said {
    bytes: u64,
    messages: u64,
    /// The files of the folder and of every message before.
    before: Vec<Attachment>,
    /// Those of the draft.
    new: Vec<Attachment>,
}

impl Said {
    /// `folder` is that of a new chat.
    fn load(
        history: &History,
        id: Option<ConversationId>,
        folder: Option<FolderId>,
    ) -> Result<Self, history::Error> {
        let new = history.draft_files(id)?;
        let Some(id) = id else {
            let before = folder.map(|folder| history.folder_files(folder)).transpose()?;
            return Ok(Self { bytes: 0, messages: 0, before: before.unwrap_or_default(), new });
        };
        let mut before = history.files_around(id)?;
        let conversation = history.conversation(id)?;
        if let Some(leaf) = conversation.leaf {
            before.extend(history.files_up_to(leaf)?);
        }
        let lines = history.outline(id)?;
        let said: i64 = lines.iter().map(|line| line.bytes).sum();
        let system = u64::try_from(conversation.system_prompt.len()).unwrap_or_default();
        let bytes = u64::try_from(said).unwrap_or_default().saturating_add(system);
        let messages = u64::try_from(lines.len()).unwrap_or_default();
        Ok(Self { bytes, messages, before, new })
    }
}

/// What was typed and not sent; without a conversation, that of a new chat.
#[tauri::command]
pub async fn save_draft(
    state: State<'_, AppState>,
    conversation_id: Option<ConversationId>,
    text: String,
) -> Answer<()> {
    capped(&text, TEXT_CAP)?;
    let history = state.store.history().await?;
    let text = guarding::without_keys(&state, &history, text).await?;
    blocking(move || match conversation_id {
        Some(id) => history.set_draft(id, &text),
        None => history.set_setting(Setting::NewChatDraft, &text),
    })
    .await
}

/// All of an answer formatted, also what is plain text otherwise because it costs the page too much.
#[tauri::command]
pub async fn show_formatted(
    state: State<'_, AppState>,
    message_id: MessageId,
) -> Answer<Vec<String>> {
    let history = state.store.history().await?;
    let message = blocking(move || history.message(message_id)).await?;
    blocking(move || Ok(render::render_all(&message.text, &WORDS))).await
}

/// What answers from now on; without a conversation, what new chats begin with.
#[tauri::command]
pub async fn choose_model(
    state: State<'_, AppState>,
    conversation_id: Option<ConversationId>,
    connection_id: String,
    model: String,
) -> Answer<()> {
    capped(&model, TITLE_CAP)?;
    super::connection(&state, &connection_id).await?;
    let history = state.store.history().await?;
    blocking(move || match conversation_id {
        Some(id) => history.set_model(id, &connection_id, &model),
        None => {
            history.set_setting(Setting::NewChatConnection, &connection_id)?;
            history.set_setting(Setting::NewChatRoute, "")?;
            history.set_setting(Setting::NewChatModel, &model)
        }
    })
    .await
}

/// Shows another version of a message, and what follows it.
#[tauri::command]
pub async fn choose_version(
    state: State<'_, AppState>,
    message_id: MessageId,
) -> Answer<ConversationView> {
    let history = state.store.history().await?;
    blocking(move || {
        let conversation = history.choose_version(message_id)?;
        view_of(&history, conversation)
    })
    .await
}
