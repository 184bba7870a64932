//! Keys and connections. Nothing here returns a secret, takes a path, or changes where a key goes without a native yes.

use history::{Limits, Refused};
use tauri::State;
use turn::{Endpoint, find_local_servers as find, list_models as list};
use vault::{BaseUrl, KeyId, Patience};
use wire::{Parameter, Provider};

use super::{Answer, capped, connection};
use crate::handover;
use crate::ipc::{
    AppError, Check, ConnectionView, ErrorCode, HandOver, HandOverInput, KeepPlace,
    LocalServerView, ModelView,
};
use crate::native::Question;
use crate::state::AppState;
use crate::store::blocking;
use crate::words::{ending, keys, labels};

const NAME_CAP: usize = 200;
const ADDRESS_CAP: usize = 2_048;
const MODEL_CAP: usize = 1_000;

/// The model servers of this computer.
#[tauri::command]
pub async fn find_local_servers(state: State<'_, AppState>) -> Answer<Vec<LocalServerView>> {
    Ok(find(&state.vault).await.into_iter().map(LocalServerView::from).collect())
}

/// Connects to a model server of this computer, at its usual address.
#[tauri::command]
pub async fn connect_local(state: State<'_, AppState>, provider: Provider) -> Answer<HandOver> {
    let address = provider.address().filter(|_| provider.is_local());
    let address = address.ok_or_else(|| AppError::of(ErrorCode::BadAddress))?;
    handover::connect(&state, provider, BaseUrl::parse(address)?, None).await
}

/// Connects to another address without a key, after a native yes.
#[tauri::command]
pub async fn connect_address(state: State<'_, AppState>, address: String) -> Answer<HandOver> {
    capped(&address, ADDRESS_CAP)?;
    let (base, cut) = BaseUrl::parse_pasted(&address)?;
    handover::confirm_address(&state, &base, cut.as_deref()).await?;
    handover::connect(&state, Provider::other(), base, cut).await
}

/// Takes a key natively.
#[tauri::command]
pub async fn hand_over_key(state: State<'_, AppState>, input: HandOverInput) -> Answer<HandOver> {
    capped(input.address.as_deref().unwrap_or_default(), ADDRESS_CAP)?;
    handover::hand_over(&state, input).await
}

/// Keeps the key that the keychain did not take at once.
#[tauri::command]
pub async fn keep_pending(state: State<'_, AppState>, place: KeepPlace) -> Answer<HandOver> {
    handover::keep(&state, place).await
}

/// Forgets that key.
#[tauri::command]
pub async fn drop_pending(state: State<'_, AppState>) -> Answer<()> {
    state.hold(None);
    Ok(())
}

/// Tries a connection.
#[tauri::command]
pub async fn check_connection(state: State<'_, AppState>, id: String) -> Answer<Check> {
    let connection = reachable(&state, &id).await?;
    let history = state.store.history().await?;
    Ok(turn::check(&state.vault, &history, &connection).await?.into())
}

/// Every connection as it is now.
#[tauri::command]
pub async fn list_connections(state: State<'_, AppState>) -> Answer<Vec<ConnectionView>> {
    let history = state.store.history().await?;
    let known = blocking(move || history.connections()).await?;
    Ok(known.into_iter().map(ConnectionView::from).collect())
}

/// Gives a connection another name.
#[tauri::command]
pub async fn rename_connection(
    state: State<'_, AppState>,
    id: String,
    name: String,
) -> Answer<ConnectionView> {
    capped(&name, NAME_CAP)?;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(AppError::of(ErrorCode::Empty));
    }
    let history = state.store.history().await?;
    let renamed = id.clone();
    blocking(move || history.rename_connection(&renamed, &name)).await?;
    Ok(connection(&state, &id).await?.into())
}

/// Removes a connection and its key from this computer, after a native yes.
#[tauri::command]
pub async fn remove_connection(state: State<'_, AppState>, id: String) -> Answer<()> {
    let connection = connection(&state, &id).await?;
    let (history, of) = (state.store.history().await?, id.clone());
    let limits = blocking(move || history.limits(&of)).await?;
    state.desktop.confirm.ask(removal(&connection, limits != Limits::default())).await?;
    for key in connection.keys().filter_map(|key| KeyId::parse(&key.item)) {
        state.vault.remove(&key, Patience::Person).await?;
    }
    let history = state.store.history().await?;
    let lent = blocking(move || {
        let lent = history.end_applications_of(&id)?;
        history.remove_connection(&id)?;
        Ok(lent)
    })
    .await?;
    lent.into_iter().for_each(|application| state.lending.broker.end(application));
    Ok(())
}

/// The models a connection offers now.
#[tauri::command]
pub async fn list_models(
    state: State<'_, AppState>,
    connection_id: String,
) -> Answer<Vec<ModelView>> {
    let endpoint = Endpoint::of(&reachable(&state, &connection_id).await?)?;
    let models = list(&state.vault, &endpoint).await?;
    if let Ok(history) = state.store.history().await {
        turn::keep_listed(&history, &endpoint, &models).await;
    }
    let mut models: Vec<_> =
        models.into_iter().map(|model| ModelView::listed(&endpoint, model)).collect();
    // The catalogue holds chat models only; what it does not know may speak, draw or embed instead.
    models.sort_by_key(|model| model.input_price.is_none());
    Ok(models)
}

/// What is known of a model, without asking anybody.
#[tauri::command]
pub async fn describe_model(
    state: State<'_, AppState>,
    connection_id: String,
    model: String,
) -> Answer<ModelView> {
    capped(&model, MODEL_CAP)?;
    let endpoint = Endpoint::of(&connection(&state, &connection_id).await?)?;
    let history = state.store.history().await?;
    let named = model.clone();
    let refused = blocking(move || history.refused(&connection_id, &named)).await?;
    let refused = refused.iter().filter_map(|id| Parameter::from_id(id)).collect();
    Ok(ModelView::of(&endpoint, model).refusing(refused))
}

/// Lets a parameter be sent again that a model once refused.
#[tauri::command]
pub async fn send_parameter_again(
    state: State<'_, AppState>,
    connection_id: String,
    model: String,
    parameter: Parameter,
) -> Answer<()> {
    let history = state.store.history().await?;
    let parameter = parameter.id().to_owned();
    let refused = Refused { connection: connection_id, model, parameter };
    blocking(move || history.forget_refused(&refused)).await
}

/// A connection, and what it leads to running if that is ours to run.
async fn reachable(state: &AppState, id: &str) -> Answer<history::Connection> {
    let history = state.store.history().await?;
    state.practice.wake(&history, Some(id)).await?;
    connection(state, id).await
}

/// Starts the practice provider.
#[tauri::command]
pub async fn start_practice(state: State<'_, AppState>) -> Answer<ConnectionView> {
    let history = state.store.history().await?;
    let connection = state.practice.connect(history).await?;
    state.home.begin();
    Ok(connection.into())
}

fn removal(connection: &history::Connection, is_limited: bool) -> Question {
    let mut facts = vec![(labels::SENT_ONLY_TO, connection.origin.clone())];
    let asked = match &connection.key {
        Some(key) => {
            facts.push((labels::ENDS_IN, ending(&key.last_four)));
            keys::REMOVE
        }
        None => keys::REMOVE_CONNECTION,
    };
    Question::of(asked, facts, vec![(labels::CALLED, connection.name.clone())])
        .warning_of(is_limited.then_some(keys::CAPS_GO))
}
