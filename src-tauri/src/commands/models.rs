//! What a person makes of models.

use tauri::State;

use super::{Answer, capped};
use crate::ipc::{AppError, ErrorCode, PriceView};
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

/// Keeps what a person says that a model costs, or forgets it.
#[tauri::command]
pub async fn set_price(
    state: State<'_, AppState>,
    connection_id: String,
    model: String,
    price: Option<PriceView>,
) -> Answer<()> {
    capped(&model, NAME_CAP)?;
    super::connection(&state, &connection_id).await?;
    let kept = match price {
        None => None,
        Some(price) => Some(price.to_kept().ok_or_else(|| AppError::of(ErrorCode::NotFound))?),
    };
    let history = state.store.history().await?;
    blocking(move || history.set_own_price(&connection_id, &model, kept)).await
}
