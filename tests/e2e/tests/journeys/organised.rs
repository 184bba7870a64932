//! Finding what was said, putting chats away, and the page as it was wished for, also after the window was closed.

use e2e::journey::play;
use e2e::page::Name;
use e2e::world::Keyring;
use e2e::{Result, chat, holds};

#[test]
fn what_was_said_is_found_put_away_and_wished_for() -> Result<()> {
    play("what_was_said_is_found_put_away_and_wished_for", Keyring::Unlocked, async |stage| {
        let page = stage.page()?;
        page.click("button", "Practise without a key").await?;
        page.find("textbox", "Message").await?;
        chat::send(page, "Show me a table and some code").await?;
        let answer = chat::answer_ends(page).await?;
        assert!(answer.text.contains("def fibonacci"), "{answer:?}");
        page.click("button", "New chat").await?;

        // A word of the answer, as it is typed; what was said just now is in the index soon.
        holds("the word to be found", async || {
            page.type_into("searchbox", "Search", "fibonac").await?;
            if page.has("button", "Open at this message").await? {
                return Ok(true);
            }
            if page.has("button", "Clear search").await? {
                page.click("button", "Clear search").await?;
            }
            Ok(false)
        })
        .await?;
        page.click("button", "Open at this message").await?;
        page.find("article", "Assistant message").await?;

        page.click("button", "New folder").await?;
        page.type_into("textbox", "Name", "Tables").await?;
        page.click("button", "Save folder").await?;
        page.find("button", "Tables").await?;
        page.click("link", "Settings").await?;
        page.click("radio", "Ink").await?;
        let dark = "return document.documentElement.dataset.theme === 'dark'";
        holds("the page to be dark", async || page.ask(dark, vec![]).await).await?;

        stage.close().await?;
        stage.open().await?;
        let page = stage.page()?;
        page.find("button", "Tables").await?;
        holds("the page to be dark again", async || page.ask(dark, vec![]).await).await?;
        page.find("link", Name::Starts("Show me a table")).await?;
        page.type_into("searchbox", "Search", "fibonacci role:assistant").await?;
        page.find("button", "Open at this message").await?;
        Ok(())
    })
}
