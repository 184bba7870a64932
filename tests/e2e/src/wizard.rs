//! Through the wizard, as far as all journeys go the same way.

use practice::Running;

use crate::canary::Canary;
use crate::desktop::Desktop;
use crate::journey::provider;
use crate::page::Page;
use crate::{Result, chat};

/// The title of the native window that asks whether a key may be used begins like this.
pub const CONFIRM: &str = "Use this key with";

/// The title of the native window to type a key into begins like this.
pub const PASSWORD: &str = "Key for";

/// From the first page to the one where the key is handed over, for a server at `address`.
pub async fn to_hand_over(page: &Page, address: &str) -> Result<()> {
    page.click("radio", "Other address").await?;
    page.type_into("textbox", "Address", address).await?;
    page.click("button", "Continue").await?;
    page.click("button", "I have the key").await?;
    page.find("heading", "Hand over the key").await?;
    Ok(())
}

/// Says yes to the use of a key.
pub async fn confirm(desktop: Desktop<'_>) -> Result<()> {
    say_yes(desktop, CONFIRM).await
}

/// Says yes in the native window whose title begins like this. Its button sleeps for a second after the window opens.
pub async fn say_yes(desktop: Desktop<'_>, title: &str) -> Result<()> {
    desktop.window(title).await?;
    tokio::time::sleep(std::time::Duration::from_millis(1_300)).await;
    // Cancel has the focus; yes is the next.
    desktop.press(title, "Tab Return").await?;
    desktop.loses(title).await
}

/// Hands over what is on the clipboard, says yes, and waits for the receipt.
pub async fn paste_key(page: &Page, desktop: Desktop<'_>) -> Result<()> {
    page.click("button", "Paste key from clipboard").await?;
    confirm(desktop).await?;
    page.find("heading", "The key works").await?;
    Ok(())
}

/// All the way, with a new key for a provider on loopback, to an empty chat with this model of its.
pub async fn connect(page: &Page, desktop: Desktop<'_>, model: &str) -> Result<Running> {
    let key = Canary::project_key()?;
    let provider = provider(&key).await?;
    to_hand_over(page, &provider.base_url()).await?;
    desktop.copy(&key.text()).await?;
    paste_key(page, desktop).await?;
    start_chatting(page).await?;
    chat::choose_model(page, model).await?;
    Ok(provider)
}

/// Leaves the receipt for an empty chat.
pub async fn start_chatting(page: &Page) -> Result<()> {
    page.click("button", "Start chatting").await?;
    page.find("textbox", "Message").await?;
    Ok(())
}
