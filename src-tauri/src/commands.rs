//! What the page may call: thin doors, each checked here and worked out elsewhere.

pub mod app;
pub mod applications;
pub mod attachments;
pub mod background;
pub mod branches;
pub mod conversations;
pub mod data;
pub mod keys;
pub mod leaks;
pub mod links;
pub mod models;
pub mod organise;
pub mod pictures;
pub mod presets;
pub mod prompts;
pub mod queue;
pub mod quick;
pub mod rotation;
pub mod routes;
pub mod search;
pub mod spending;
pub mod team;
pub mod titles;
pub mod turns;
pub mod usage;
pub mod voice;
pub mod writing_down;

use history::Connection;

use crate::ipc::{AppError, ErrorCode};
use crate::state::AppState;
use crate::store::blocking;

/// What every command answers with.
pub type Answer<T> = Result<T, AppError>;

/// The stored connection of this id.
pub async fn connection(state: &AppState, id: &str) -> Answer<Connection> {
    let history = state.store.history().await?;
    let connections = blocking(move || history.connections()).await?;
    let known = connections.into_iter().find(|connection| connection.id == id);
    known.ok_or_else(|| AppError::of(ErrorCode::NotFound))
}

/// Refuses text over `cap` bytes.
fn capped(text: &str, cap: usize) -> Answer<()> {
    match text.len() > cap {
        true => Err(AppError::of(ErrorCode::TooLong)),
        false => Ok(()),
    }
}
