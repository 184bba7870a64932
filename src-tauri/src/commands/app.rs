//! The beginning, and the way back to kept chats.

use history::{History, PresetId, Setting, Shelf};
use tauri::ipc::Channel;
use tauri::{Runtime, State, WebviewWindow};
use wire::Provider;

use super::Answer;
use super::conversations::LISTED;
use crate::ipc::{
    AppError, Boot, ConversationRowView, ErrorCode, HistoryState, JobKind, NewChat, News,
    Organised, Preferences, ProviderInfo,
};
use crate::native::Question;
use crate::state::AppState;
use crate::store::{InTheWay, blocking};
use crate::window::TextStep;
use crate::words::chats;

/// A page, a chat, a message, and how wide the sidebar is.
const WHEREABOUTS_CAP: usize = 500;

/// All keys changed, and much more.
const PREFERENCES_CAP: usize = 64 * 1024;

/// Lets the page hear what it did not ask for, from now on.
#[tauri::command]
pub async fn watch_news(state: State<'_, AppState>, news: Channel<News>) -> Answer<()> {
    state.jobs.listen(news);
    // The page that began them is gone, and nobody could end them.
    state.aloud.stop(&state.newsroom);
    let dictation = state.dictation.clone();
    tauri::async_runtime::spawn_blocking(move || dictation.cancel());
    Ok(())
}

/// Stops long work.
#[tauri::command]
pub async fn stop_job(state: State<'_, AppState>, kind: JobKind) -> Answer<()> {
    state.jobs.stop(kind);
    Ok(())
}

/// Everything the page needs to begin; of the conversations, the latest.
#[tauri::command]
pub async fn boot<R: Runtime>(
    window: WebviewWindow<R>,
    state: State<'_, AppState>,
) -> Answer<Boot> {
    let history = state.store.history().await?;
    let settings = history.clone();
    let text_size = blocking(move || settings.setting(Setting::TextSize)).await?;
    state.text_size.restore(text_size.as_deref());
    state.text_size.apply(&window)?;
    let kept = blocking(move || Kept::load(&history)).await?;
    let standing = state.store.state().await?;
    // What is locked away may hold chats and keys: whoever has a file is no stranger.
    let within_reach = standing == HistoryState::Kept || !state.home.history().exists();
    let used =
        state.home.is_begun() || !kept.connections.is_empty() || !kept.conversations.is_empty();
    let row = |row: history::ConversationRow| {
        let answering = state.turns.is_answering(row.id);
        ConversationRowView::of(row, answering)
    };
    Ok(Boot {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        keychain_name: state.vault.name().await,
        native_windows: state.desktop.has_windows,
        history: standing,
        fresh: within_reach && !used,
        providers: providers(&state),
        connections: kept.connections.into_iter().map(Into::into).collect(),
        conversations: kept.conversations.into_iter().map(row).collect(),
        preferences: kept.preferences,
        text_size: state.text_size.percent(),
        pinned: kept.pinned.into_iter().map(row).collect(),
        organised: kept.organised,
        marks: kept.marks.into_iter().map(Into::into).collect(),
        presets: kept.presets.into_iter().map(Into::into).collect(),
        default_preset: kept.default_preset,
        new_chat: kept.new_chat,
        whereabouts: kept.whereabouts,
        came_back: state.take_death(),
        unfinished: state.unfinished(),
    })
}

/// What the history tells at the beginning.
struct Kept {
    connections: Vec<history::Connection>,
    conversations: Vec<history::ConversationRow>,
    pinned: Vec<history::ConversationRow>,
    preferences: Preferences,
    organised: Organised,
    new_chat: NewChat,
    marks: Vec<history::Marks>,
    presets: Vec<history::Preset>,
    default_preset: Option<PresetId>,
    whereabouts: String,
}

impl Kept {
    fn load(history: &History) -> Result<Self, history::Error> {
        let presets = history.presets()?;
        let default = history.setting(Setting::DefaultPreset)?.unwrap_or_default();
        let default = presets.iter().map(|preset| preset.id).find(|id| id.0.to_string() == default);
        Ok(Self {
            whereabouts: history.setting(Setting::Whereabouts)?.unwrap_or_default(),
            connections: history.connections()?,
            conversations: history.conversations_page(None, LISTED)?,
            preferences: Preferences::of_stored(history.setting(Setting::Preferences)?.as_deref()),
            pinned: history.shelf(Shelf::Pinned, None, LISTED)?,
            organised: super::organise::load(history)?,
            new_chat: NewChat::load(history, &presets)?,
            marks: history.marks()?,
            presets,
            default_preset: default,
        })
    }
}

/// What the page may keep of what was begun: more than anybody types, less than what could fill the memory.
const UNFINISHED_BYTES: usize = 4_000_000;

/// Keeps what was begun on the page and not ended, for the page that may have to take its place.
#[tauri::command]
pub async fn keep_unfinished(state: State<'_, AppState>, unfinished: String) -> Answer<()> {
    if unfinished.len() > UNFINISHED_BYTES {
        return Err(AppError::of(ErrorCode::TooLong));
    }
    state.keep_unfinished(unfinished);
    Ok(())
}

/// Draws the page larger or smaller. The size it has then, in percent.
#[tauri::command]
pub async fn change_text_size<R: Runtime>(
    window: WebviewWindow<R>,
    state: State<'_, AppState>,
    step: TextStep,
) -> Answer<u16> {
    let size = state.text_size.step(step);
    state.text_size.apply(&window)?;
    let history = state.store.history().await?;
    blocking(move || history.set_setting(Setting::TextSize, &size.to_string())).await?;
    Ok(size)
}

/// Keeps how the page looks and behaves.
#[tauri::command]
pub async fn save_preferences(state: State<'_, AppState>, preferences: Preferences) -> Answer<()> {
    let history = state.store.history().await?;
    let stored = preferences.to_stored();
    super::capped(&stored, PREFERENCES_CAP)?;
    blocking(move || history.set_setting(Setting::Preferences, &stored)).await
}

/// Where the person is in the page, for the next start.
#[tauri::command]
pub async fn keep_whereabouts(state: State<'_, AppState>, whereabouts: String) -> Answer<()> {
    super::capped(&whereabouts, WHEREABOUTS_CAP)?;
    let history = state.store.history().await?;
    blocking(move || history.set_setting(Setting::Whereabouts, &whereabouts)).await
}

/// Asks the keychain for the key of the chats again, with patience for a password.
#[tauri::command]
pub async fn unlock_history(state: State<'_, AppState>) -> Answer<HistoryState> {
    // A history that could not be opened is tried again as well.
    let in_memory = matches!(state.store.state().await, Ok(HistoryState::SessionOnly { .. }));
    // What is still growing in memory cannot be moved.
    if in_memory && state.turns.are_answering() {
        return Err(AppError::of(ErrorCode::AlreadyAnswering));
    }
    state.store.unlock(&state.vault).await
}

/// Sets a history that cannot be opened aside and begins a new one, after a native yes.
#[tauri::command]
pub async fn begin_anew(state: State<'_, AppState>) -> Answer<()> {
    let in_the_way = state.store.in_the_way().await?;
    state.desktop.confirm.ask(new_beginning(&in_the_way)).await?;
    state.store.begin_anew(&state.vault).await
}

fn new_beginning(in_the_way: &InTheWay) -> Question {
    let file = in_the_way.kept_at.as_ref().map(|at| (chats::STAY_IN, at.display().to_string()));
    let entry = || (chats::KEYCHAIN_ENTRY, chats::ENTRY_KEPT.to_owned());
    let entry = in_the_way.is_key_damaged.then(entry);
    Question::of(chats::BEGIN_ANEW, file.into_iter().chain(entry).collect(), Vec::new())
}

fn providers(state: &AppState) -> Vec<ProviderInfo> {
    let offered = Provider::hosted().chain([Provider::other()]);
    offered.map(|provider| ProviderInfo::of(provider, state.variable_of(provider))).collect()
}
