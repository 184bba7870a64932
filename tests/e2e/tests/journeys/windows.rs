//! Native windows whose words the page chose: short, in quotes, and their buttons in reach.

use e2e::journey::{Stage, play};
use e2e::world::Keyring;
use e2e::{Result, Trouble, chat};
use serde_json::json;

use crate::fences::begin;

const OPEN: &str = "Open this address?";
const REMOVE: &str = "Remove this connection?";

#[test]
fn long_and_hidden_words_leave_the_buttons_in_reach() -> Result<()> {
    play("long_and_hidden_words_leave_the_buttons_in_reach", Keyring::Unlocked, async |stage| {
        let (page, desktop) = (stage.page()?, stage.desktop());
        page.click("button", "Practise without a key").await?;
        page.find("textbox", "Message").await?;
        let link = format!("https://example.com/{}", "a".repeat(2_000));
        begin(page, "open_link", json!({"url": link})).await?;
        fits(stage, OPEN).await?;
        desktop.press(OPEN, "Escape").await?;
        desktop.loses(OPEN).await?;

        let id = crate::fences::connections(page).await?[0]["id"].clone();
        let name = format!("\u{202e}{}", "OpenAI, safe ".repeat(15));
        let named =
            crate::fences::invoke(page, "rename_connection", json!({"id": id, "name": name}));
        assert!(named.await?.get("no").is_none());
        begin(page, "remove_connection", json!({"id": id})).await?;
        fits(stage, REMOVE).await?;
        desktop.press(REMOVE, "Escape").await?;
        desktop.loses(REMOVE).await?;
        chat::send(page, "Still here").await?;
        chat::answer_ends(page).await?;
        Ok(())
    })
}

/// Whether the window of this title ends above the screen's lower edge.
async fn fits(stage: &Stage, title: &str) -> Result<()> {
    let desktop = stage.desktop();
    let window = desktop.window(title).await?;
    let (window, screen) = desktop.heights(&window).await?;
    match window <= screen * 4 / 5 {
        true => Ok(()),
        false => Err(Trouble::new(format!("“{title}” is {window} high on a screen of {screen}"))),
    }
}
