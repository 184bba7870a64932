//! What a person makes of models.

use std::sync::Arc;

use history::{Connection, OwnPrice};
use tauri::State;
use turn::Endpoint;

use super::{Answer, capped};
use crate::fetching::Fetching;
use crate::ipc::{AppError, ErrorCode, JobKind, PriceView};
use crate::native::Question;
use crate::state::AppState;
use crate::store::blocking;
use crate::words::{dollars, labels, models};

const NAME_CAP: usize = 1_000;

/// Makes a model a favourite, or none.
#[tauri::command]
pub async fn star_model(
    state: State<'_, AppState>,
    connection_id: String,
    model: String,
    starred: bool,
) -> Answer<()> {
    capped(&model, NAME_CAP)?;
    super::connection(&state, &connection_id).await?;
    let history = state.store.history().await?;
    blocking(move || history.star(&connection_id, &model, starred)).await
}

/// Keeps what a person says that a model costs, or forgets it, after a native yes where a key is paid for: a page that could say that
/// a model costs nothing would be past every cap, also of an application, also of one that is set later.
#[tauri::command]
pub async fn set_price(
    state: State<'_, AppState>,
    connection_id: String,
    model: String,
    price: Option<PriceView>,
) -> Answer<()> {
    capped(&model, NAME_CAP)?;
    let connection = super::connection(&state, &connection_id).await?;
    let kept = match price {
        None => None,
        Some(price) => Some(price.to_kept().ok_or_else(|| AppError::of(ErrorCode::NotFound))?),
    };
    let history = state.store.history().await?;
    let id = connection_id.clone();
    let of = model.clone();
    let before = blocking(move || history.own_price(&id, &of)).await?;
    if connection.key.is_some() && kept != before {
        state.desktop.confirm.ask(pricing(&connection, &model, kept)).await?;
    }
    let history = state.store.history().await?;
    blocking(move || history.set_own_price(&connection_id, &model, kept)).await
}

/// Has the server of a connection fetch a model after a native yes, since it fills the disk, and comes back when it is there. Stopping it is [`super::app::stop_job`]'s.
#[tauri::command]
pub async fn pull_model(
    state: State<'_, AppState>,
    connection_id: String,
    model: String,
) -> Answer<()> {
    capped(&model, NAME_CAP)?;
    let connection = super::connection(&state, &connection_id).await?;
    let endpoint = Endpoint::of(&connection)?;
    state.desktop.confirm.ask(fetching(&connection, &model)).await?;
    let (work, ended) = Fetching::of(Arc::clone(&state.vault), endpoint, model);
    if !state.jobs.begin(JobKind::ModelPull, work) {
        return Err(AppError::of(ErrorCode::AlreadyRunning));
    }
    ended.await.unwrap_or_else(|_| Err(AppError::of(ErrorCode::Internal)))
}

fn fetching(connection: &Connection, model: &str) -> Question {
    let facts = vec![(models::FETCHED_BY, connection.origin.clone())];
    let claims = vec![(labels::MODEL, model.to_owned()), (labels::CALLED, connection.name.clone())];
    Question::of(models::FETCH, facts, claims)
}

fn pricing(connection: &Connection, model: &str, price: Option<OwnPrice>) -> Question {
    let say = |nano: fn(&OwnPrice) -> i64| {
        let published = || models::AS_PUBLISHED.to_owned();
        price.as_ref().map_or_else(published, |price| dollars(nano(price)))
    };
    let facts = vec![
        (models::A_MILLION_READ, say(|price| price.input_nano)),
        (models::A_MILLION_WRITTEN, say(|price| price.output_nano)),
        (labels::SENT_ONLY_TO, connection.origin.clone()),
    ];
    let claims = vec![(labels::CALLED, connection.name.clone()), (labels::MODEL, model.to_owned())];
    Question::of(models::COUNT_WITH_PRICE, facts, claims)
}
