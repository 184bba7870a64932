//! A team's file: read from where the person says natively, and taken only with their native yes to what is in it.

use tauri::State;
use turn::{TEAM_FILE_CAP, TeamFile};

use super::Answer;
use crate::handover::read_small;
use crate::ipc::{AppError, ConnectionView, ErrorCode, TeamView};
use crate::native::Question;
use crate::state::AppState;
use crate::store::blocking;
use crate::team_questions::{changing, joining, leaving, setting_up};
use crate::words::team::CHOOSE_FILE;

/// The team whose file was accepted.
#[tauri::command]
pub async fn get_team(state: State<'_, AppState>) -> Answer<Option<TeamView>> {
    view(&state).await
}

/// Lets the person pick a file, shows natively what is in it or what it changes, and takes it after a yes.
#[tauri::command]
pub async fn choose_team_file(state: State<'_, AppState>) -> Answer<Option<TeamView>> {
    let path = state.desktop.files.pick(CHOOSE_FILE.to_owned()).await?;
    let read = tokio::task::spawn_blocking(move || read_small(&path, TEAM_FILE_CAP as u64)).await;
    let bytes = read.map_err(|_| AppError::of(ErrorCode::Internal))?;
    let bytes =
        bytes.map_err(|kind| AppError::with_detail(ErrorCode::FileUnreadable, kind.to_string()))?;
    let file = TeamFile::read(&bytes)?;
    let history = state.store.history().await?;
    let asked = file.clone();
    let (follows, before) =
        blocking(move || Ok((asked.follows(&history)?, turn::team(&history)?))).await?;
    if !follows? {
        return view(&state).await;
    }
    let question: Question = match before {
        Some(before) if before.file.team == file.team => changing(&before.file, &file),
        before => joining(&file, before.map(|before| before.file.team)),
    };
    state.desktop.confirm.ask(question).await?;
    let history = state.store.history().await?;
    blocking(move || turn::accept_team(&history, &file)).await??;
    view(&state).await
}

/// Makes a connection of the team's, after a native yes to the program that prints its key.
#[tauri::command]
pub async fn set_up_team_connection(
    state: State<'_, AppState>,
    name: String,
) -> Answer<ConnectionView> {
    let history = state.store.history().await?;
    let team = blocking({
        let history = std::sync::Arc::clone(&history);
        move || turn::team(&history)
    })
    .await?;
    let wanted =
        team.and_then(|team| team.file.connections.into_iter().find(|one| one.name == name));
    let wanted = wanted.ok_or_else(|| AppError::of(ErrorCode::NotFound))?;
    let command = wanted.command()?;
    state.desktop.confirm.ask(setting_up(&wanted, &command)).await?;
    let made = turn::set_up_team_connection(&state.vault, &history, &name, command).await?;
    state.home.begin();
    Ok(made.into())
}

/// Lets the team go, after a native yes: nothing but the person holds its connections then.
#[tauri::command]
pub async fn leave_team(state: State<'_, AppState>) -> Answer<Option<TeamView>> {
    let history = state.store.history().await?;
    let asked = std::sync::Arc::clone(&history);
    let Some(team) = blocking(move || turn::team(&asked)).await? else { return Ok(None) };
    state.desktop.confirm.ask(leaving(&team.file)).await?;
    blocking(move || turn::leave_team(&history)).await?;
    view(&state).await
}

async fn view(state: &AppState) -> Answer<Option<TeamView>> {
    let history = state.store.history().await?;
    let found = blocking(move || Ok((turn::team(&history)?, history.connections()?))).await?;
    let (team, known) = found;
    Ok(team.map(|team| TeamView::of(team, |id| known.iter().any(|one| one.id == id))))
}
