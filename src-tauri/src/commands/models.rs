//! What a person makes of models.

use std::sync::Arc;

use history::{Connection, OwnPrice};
use tauri::State;
use turn::Endpoint;

use super::spending::dollars;
use super::{Answer, capped};
use crate::fetching::Fetching;
use crate::ipc::{AppError, ErrorCode, JobKind, PriceView};
use crate::native::Question;
use crate::state::AppState;
use crate::store::blocking;

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
    Question {
        title: "Fetch this model?".to_owned(),
        facts: vec![("Fetched by the server at".to_owned(), connection.origin.clone())],
        claims: vec![
            ("Model".to_owned(), model.to_owned()),
            ("Called".to_owned(), connection.name.clone()),
        ],
        note: "Most models are several gigabytes. It can be stopped, and what came by then is kept for the next time."
            .to_owned(),
        warning: None,
        yes: "Fetch".to_owned(),
    }
}

fn pricing(connection: &Connection, model: &str, price: Option<OwnPrice>) -> Question {
    let say = |nano: fn(&OwnPrice) -> i64| {
        let published = || "as published, or unknown".to_owned();
        price.as_ref().map_or_else(published, |price| dollars(nano(price)))
    };
    Question {
        title: "Count with this price?".to_owned(),
        facts: vec![
            ("A million tokens read".to_owned(), say(|price| price.input_nano)),
            ("A million tokens written".to_owned(), say(|price| price.output_nano)),
            ("Sent only to".to_owned(), connection.origin.clone()),
        ],
        claims: vec![
            ("Called".to_owned(), connection.name.clone()),
            ("Model".to_owned(), model.to_owned()),
        ],
        note: "What this key may spend is checked against it.".to_owned(),
        warning: None,
        yes: "Count with it".to_owned(),
    }
}
