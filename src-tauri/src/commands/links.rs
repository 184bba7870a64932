//! What leaves the window: addresses to the browser, text to the clipboard.

use std::time::Instant;

use history::{Message, MessageId, Role};
use tauri::State;
use url::Url;
use wire::{Page, Provider};

use super::{Answer, capped};
use crate::ipc::{AppError, ErrorCode, ProviderPage};
use crate::links::Link;
use crate::state::AppState;
use crate::store::blocking;

/// Opens a link of an answer, after a native yes.
#[tauri::command]
pub async fn open_link(state: State<'_, AppState>, url: String) -> Answer<()> {
    let link = Link::parse(&url)?;
    state.desktop.confirm.ask(link.question()).await?;
    Ok(state.desktop.opener.open(link.into_url()).await?)
}

/// Opens one of a provider's own pages; the page chooses which, not where.
#[tauri::command]
pub async fn open_provider_page(
    state: State<'_, AppState>,
    provider: Provider,
    page: ProviderPage,
) -> Answer<()> {
    let url = provider.page(page.page()).and_then(|address| Url::parse(address).ok());
    let url = url.ok_or_else(|| AppError::of(ErrorCode::NotFound))?;
    // Nobody is asked here, so a page could fill a browser with it.
    if !state.pages.allows(Instant::now()) {
        return Err(AppError::of(ErrorCode::TooOften));
    }
    Ok(state.desktop.opener.open(url).await?)
}

/// Copies the address of a provider's key page.
#[tauri::command]
pub async fn copy_key_page(state: State<'_, AppState>, provider: Provider) -> Answer<()> {
    let address = provider.page(Page::Keys).ok_or_else(|| AppError::of(ErrorCode::NotFound))?;
    Ok(state.desktop.clipboard.write(address.to_owned()).await?)
}

/// Copies a message as it was written. Says how many citation marks that nobody can read were left out of an answer.
#[tauri::command]
pub async fn copy_message(state: State<'_, AppState>, message_id: MessageId) -> Answer<usize> {
    copy(&state, message_id).await
}

/// Copies it, whoever asks.
pub(super) async fn copy(state: &AppState, message_id: MessageId) -> Answer<usize> {
    let history = state.store.history().await?;
    let message = blocking(move || history.message(message_id)).await?;
    let (text, left_out) = readable(message);
    state.desktop.clipboard.write(text).await?;
    Ok(left_out)
}

/// Copies an answer so that other programs keep its form. Says what the other way does.
#[tauri::command]
pub async fn copy_rich_text(state: State<'_, AppState>, message_id: MessageId) -> Answer<usize> {
    let history = state.store.history().await?;
    let message = blocking(move || history.message(message_id)).await?;
    let (text, left_out) = readable(message);
    let html = render::rich_text(&text);
    state.desktop.clipboard.write_rich(text, html).await?;
    Ok(left_out)
}

/// What a message says. The person's own words are left as they are.
fn readable(message: Message) -> (String, usize) {
    let (text, left_out) = match message.role {
        Role::Assistant => render::without_citations(&message.text),
        Role::User => (message.text, 0),
    };
    (printable(&text), left_out)
}

/// Copies text of the page, such as a code block.
#[tauri::command]
pub async fn copy_text(state: State<'_, AppState>, text: String) -> Answer<()> {
    capped(&text, turn::MESSAGE_CAP)?;
    Ok(state.desktop.clipboard.write(printable(&text)).await?)
}

/// Without control characters: pasted into a terminal, they would be keys pressed.
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_not_copied() {
        assert_eq!(printable("a\tb\nc\r\u{1b}[31md\u{9b}\0"), "a\tb\nc[31md");
    }
}
