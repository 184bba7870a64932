//! Dictation and reading aloud. The page hears how loud it is and gets words; it never sees a microphone or a sound.

use history::{Connection, ConversationId, MessageId, Setting};
use tauri::{Runtime, State, WebviewWindow};
use turn::Endpoint;
use wire::{Provider, Voices};

use super::{Answer, connection};
use crate::aloud::{Room, Speaker};
use crate::ipc::{
    AppError, Dictated, ErrorCode, ListenerOffer, News, SpeakerChoice, SpeakerOffer, TakeView,
    VoiceChoice, VoiceView,
};
use crate::native::Question;
use crate::state::AppState;
use crate::store::blocking;
use crate::words::{labels, quoted, voice as words, windows};

/// Who can hear and speak, and who does.
#[tauri::command]
pub async fn get_voice(state: State<'_, AppState>) -> Answer<VoiceView> {
    let choice = chosen(&state).await?;
    let history = state.store.history().await?;
    let connections = blocking(move || history.connections()).await?;
    Ok(VoiceView {
        choice,
        listeners: connections.iter().flat_map(listeners).collect(),
        speakers: connections.iter().flat_map(speakers).collect(),
        has_system_voice: state.sound.has_voice(),
        longest_seconds: voice::LONGEST,
    })
}

/// Chooses who hears and speaks. Another listener needs a native yes: from then on a page may begin to hear.
#[tauri::command]
pub async fn choose_voice(state: State<'_, AppState>, choice: VoiceChoice) -> Answer<()> {
    let before = chosen(&state).await?;
    if let Some(listener) = choice.listener.as_ref().filter(|_| choice.listener != before.listener)
    {
        let over = connection(&state, &listener.connection_id).await?;
        listener_of(&over, &listener.model)?;
        state.desktop.confirm.ask(hearing(&over, &listener.model)).await?;
    }
    if let Some(SpeakerChoice::Model { connection_id, model, .. }) = &choice.speaker {
        let over = connection(&state, connection_id).await?;
        let known = voices_of(&over).and_then(|voices| voices.speaker(model));
        known.ok_or_else(|| AppError::of(ErrorCode::NotFound))?;
    }
    if choice.listener.is_none() {
        state.dictation.cancel();
    }
    let history = state.store.history().await?;
    let stored = choice.to_stored();
    super::capped(&stored, 4_096)?;
    blocking(move || history.set_setting(Setting::Voice, &stored)).await
}

/// Begins a take.
#[tauri::command]
pub async fn begin_dictation<R: Runtime>(
    window: WebviewWindow<R>,
    state: State<'_, AppState>,
) -> Answer<()> {
    let listener = chosen(&state).await?.listener;
    let listener = listener.ok_or_else(|| AppError::of(ErrorCode::NotFound))?;
    // Nobody speaks for minutes to a connection that is gone.
    connection(&state, &listener.connection_id).await?;
    // What is read aloud would be heard.
    state.aloud.stop(&state.newsroom);
    let (dictation, sound, newsroom) =
        (state.dictation.clone(), state.sound.clone(), state.newsroom.clone());
    // A window whose name cannot be changed says it on its page.
    let _ = window.set_title(words::RECORDING);
    let titled = window.clone();
    let tell = move |take: TakeView| {
        // Nobody listens any more, and the window does not say so.
        if take.ended.is_some() {
            let _ = titled.set_title(windows::LATCHKEY);
        }
        newsroom.tell(News::Take { take });
    };
    let begun = apart(move || dictation.begin(&*sound, tell)).await;
    if begun.is_err() {
        let _ = window.set_title(windows::LATCHKEY);
    }
    begun
}

/// Leaves out what is said from now on, or goes on.
#[tauri::command]
pub async fn pause_dictation(state: State<'_, AppState>, paused: bool) -> Answer<()> {
    state.dictation.pause(paused);
    Ok(())
}

/// Throws the take away.
#[tauri::command]
pub async fn cancel_dictation<R: Runtime>(
    window: WebviewWindow<R>,
    state: State<'_, AppState>,
) -> Answer<()> {
    let _ = window.set_title(windows::LATCHKEY);
    let dictation = state.dictation.clone();
    apart(move || {
        dictation.cancel();
        Ok(())
    })
    .await
}

/// Ends the take and has it written down. If that fails, the take is kept, and this may be asked again.
#[tauri::command]
pub async fn finish_dictation<R: Runtime>(
    window: WebviewWindow<R>,
    state: State<'_, AppState>,
    conversation_id: Option<ConversationId>,
) -> Answer<Dictated> {
    let _ = window.set_title(windows::LATCHKEY);
    let dictation = state.dictation.clone();
    let take = apart(move || dictation.take()).await?;
    let listener = chosen(&state).await?.listener;
    let listener = listener.ok_or_else(|| AppError::of(ErrorCode::NotFound))?;
    let endpoint = awake(&state, &listener.connection_id).await?;
    let history = state.store.history().await?;
    let heard = turn::transcribe(
        &state.vault,
        &history,
        &endpoint,
        &listener.model,
        conversation_id,
        take.samples(),
    );
    let heard = heard.await?;
    state.dictation.cancel();
    Ok(Dictated { text: heard.text, nano: heard.nano })
}

/// Reads a message aloud, also while it is still written.
#[tauri::command]
pub async fn read_aloud(state: State<'_, AppState>, message_id: MessageId) -> Answer<()> {
    let choice = chosen(&state).await?;
    let pace = choice.pace();
    let speaker = match choice.speaker {
        None => return Err(AppError::of(ErrorCode::NotFound)),
        Some(SpeakerChoice::System) => Speaker::System,
        Some(SpeakerChoice::Model { connection_id, model, voice }) => Speaker::Model {
            endpoint: Box::new(awake(&state, &connection_id).await?),
            model,
            voice,
        },
    };
    let history = state.store.history().await?;
    let looked = history.clone();
    // What is not there is said at once.
    blocking(move || looked.message(message_id)).await?;
    let (vault, device, newsroom) =
        (state.vault.clone(), state.sound.clone(), state.newsroom.clone());
    state.aloud.begin(Room { vault, history, device, newsroom, speaker, pace }, message_id);
    Ok(())
}

/// Ends reading.
#[tauri::command]
pub async fn stop_reading(state: State<'_, AppState>) -> Answer<()> {
    state.aloud.stop(&state.newsroom);
    Ok(())
}

pub(super) async fn chosen(state: &AppState) -> Answer<VoiceChoice> {
    let history = state.store.history().await?;
    let stored = blocking(move || history.setting(Setting::Voice)).await?;
    Ok(VoiceChoice::of_stored(stored.as_deref()))
}

/// The endpoint of a connection; the practice provider runs for whoever asks it.
pub(super) async fn awake(state: &AppState, id: &str) -> Answer<Endpoint> {
    let history = state.store.history().await?;
    state.practice.wake(&history, Some(id)).await?;
    Ok(Endpoint::of(&connection(state, id).await?)?)
}

/// Ending a child takes a moment, and beginning one some.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    let done = tauri::async_runtime::spawn_blocking(work).await;
    done.map_err(|_| AppError::of(ErrorCode::Internal))?
}

fn voices_of(connection: &Connection) -> Option<Voices> {
    Voices::of(Provider::stored(&connection.provider))
}

fn listener_of(connection: &Connection, model: &str) -> Answer<()> {
    let known = voices_of(connection).and_then(|voices| voices.listener(model));
    known.map(|_| ()).ok_or_else(|| AppError::of(ErrorCode::NotFound))
}

fn listeners(connection: &Connection) -> Vec<ListenerOffer> {
    let Some(voices) = voices_of(connection) else { return Vec::new() };
    let named = voices.listeners().iter().map(Some);
    named
        .chain(voices.takes_any_model().then_some(None))
        .map(|listener| ListenerOffer::of(connection, listener))
        .collect()
}

fn speakers(connection: &Connection) -> Vec<SpeakerOffer> {
    let Some(voices) = voices_of(connection) else { return Vec::new() };
    let named = voices.speakers().iter().map(Some);
    named
        .chain(voices.takes_any_model().then_some(None))
        .map(|speaker| SpeakerOffer::of(connection, speaker))
        .collect()
}

fn hearing(over: &Connection, model: &str) -> Question {
    let facts = vec![
        (words::DICTATED_GOES_TO, over.origin.clone()),
        (labels::OVER_THE_CONNECTION, quoted(&over.name)),
    ];
    Question::of(words::USE_MICROPHONE, facts, vec![(labels::MODEL, model.to_owned())])
}
