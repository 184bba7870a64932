//! Routes: lists of models as one choice.

use history::{ConversationId, Route, RouteId, Setting, Step};
use tauri::State;

use super::{Answer, capped};
use crate::ipc::{AppError, ErrorCode, RouteInput, RouteView};
use crate::state::AppState;
use crate::store::blocking;

const NAME_CAP: usize = 200;
const MODEL_CAP: usize = 1_000;

/// Nobody waits for more to fail.
const STEPS_CAP: usize = 20;

/// Every route, and how its models stand.
#[tauri::command]
pub async fn list_routes(state: State<'_, AppState>) -> Answer<Vec<RouteView>> {
    let history = state.store.history().await?;
    let turns = state.turns.clone();
    let routes = blocking(move || {
        let routes = history.routes()?;
        let with_line = |route: Route| {
            let line = turns.line(&history, &route);
            (route, line)
        };
        Ok(routes.into_iter().map(with_line).collect::<Vec<_>>())
    })
    .await?;
    routes.into_iter().map(|(route, line)| Ok(RouteView::of(route, line?))).collect()
}

/// Makes a route, or changes one. Its id.
#[tauri::command]
pub async fn save_route(state: State<'_, AppState>, input: RouteInput) -> Answer<RouteId> {
    let name = input.name.split_whitespace().collect::<Vec<_>>().join(" ");
    capped(&name, NAME_CAP)?;
    if name.is_empty() || input.steps.is_empty() {
        return Err(AppError::of(ErrorCode::Empty));
    }
    if input.steps.len() > STEPS_CAP {
        return Err(AppError::of(ErrorCode::TooLong));
    }
    for step in &input.steps {
        capped(&step.model, MODEL_CAP)?;
    }
    let steps: Vec<Step> = input.steps.into_iter().map(Into::into).collect();
    let history = state.store.history().await?;
    blocking(move || {
        let known = history.connections()?;
        let is_known = |step: &Step| known.iter().any(|one| one.id == step.connection);
        if !steps.iter().all(is_known) {
            return Err(history::Error::NotFound);
        }
        let id = input.id.unwrap_or_default();
        let route = Route { id, name, by_speed: input.by_speed, steps };
        match input.id {
            Some(_) => history.change_route(&route).map(|()| id),
            None => history.add_route(&route).map(|kept| kept.id),
        }
    })
    .await
}

/// Takes a route away. Chats that went by it go on with the model that came first in it.
#[tauri::command]
pub async fn remove_route(state: State<'_, AppState>, id: RouteId) -> Answer<()> {
    let history = state.store.history().await?;
    blocking(move || history.remove_route(id)).await
}

/// Chooses a route for a conversation's next answers, or for new chats.
#[tauri::command]
pub async fn choose_route(
    state: State<'_, AppState>,
    conversation_id: Option<ConversationId>,
    id: RouteId,
) -> Answer<()> {
    let history = state.store.history().await?;
    blocking(move || {
        let route = history.route(id)?;
        let first = route.steps.first().ok_or(history::Error::NotFound)?;
        match conversation_id {
            Some(conversation) => history.set_route(conversation, id, first),
            None => {
                history.set_setting(Setting::NewChatConnection, &first.connection)?;
                history.set_setting(Setting::NewChatModel, &first.model)?;
                history.set_setting(Setting::NewChatRoute, &id.0.to_string())
            }
        }
    })
    .await
}
