//! Who names chats.

use history::{History, Setting, Step};
use tauri::State;
use turn::{most_for_title, titler};

use super::{Answer, capped};
use crate::ipc::{AppError, StepView, TitlesView};
use crate::state::AppState;
use crate::store::blocking;

const NAME_CAP: usize = 1_000;

/// Who is asked for titles, what one costs at most, and why the last one did not come.
#[tauri::command]
pub async fn get_titles(state: State<'_, AppState>) -> Answer<TitlesView> {
    let history = state.store.history().await?;
    view(history).await
}

/// Chooses who is asked for titles; nobody takes it back.
#[tauri::command]
pub async fn choose_titler(
    state: State<'_, AppState>,
    step: Option<StepView>,
) -> Answer<TitlesView> {
    let step = match step {
        Some(step) => {
            capped(&step.model, NAME_CAP)?;
            super::connection(&state, &step.connection_id).await?;
            Step::from(step)
        }
        None => Step { connection: String::new(), model: String::new() },
    };
    let history = state.store.history().await?;
    let kept = history.clone();
    blocking(move || {
        kept.set_setting(Setting::TitleConnection, &step.connection)?;
        kept.set_setting(Setting::TitleFailure, "")?;
        kept.set_setting(Setting::TitleModel, &step.model)
    })
    .await?;
    view(history).await
}

async fn view(history: std::sync::Arc<History>) -> Answer<TitlesView> {
    blocking(move || {
        let Some(titler) = titler(&history)? else { return Ok(TitlesView::default()) };
        let most = most_for_title(&history, &titler.step);
        // Who is not there any more is said as what is in the way of the next title.
        let failure = titler.failure.or_else(|| most.as_ref().err().cloned());
        Ok(TitlesView {
            step: Some(titler.step.into()),
            at_most_nano: most.ok().flatten(),
            failure: failure.map(AppError::from),
        })
    })
    .await
}
