//! Practising without a key, with several answers at once.

use e2e::journey::play;
use e2e::page::Name;
use e2e::world::Keyring;
use e2e::{Result, chat, holds};

#[test]
fn several_answers_at_once() -> Result<()> {
    play("several_answers_at_once", Keyring::Unlocked, async |stage| {
        let page = stage.page()?;
        page.click("button", "Practise without a key").await?;
        page.find("textbox", "Message").await?;
        page.says("You’re practising").await?;
        chat::send(page, "Show me a table and some code").await?;
        let answer = chat::answer_ends(page).await?;
        assert!(answer.text.contains("sk-svcacct-"), "{answer:?}");
        assert!(answer.text.contains("def fibonacci"), "{answer:?}");

        page.click("button", "New chat").await?;
        chat::send(page, "Write an endless answer").await?;
        let first = chat::answer_begins(page, 200).await?;
        page.click("button", "New chat").await?;
        chat::send(page, "Another endless one").await?;
        chat::answer_begins(page, 200).await?;
        // Leaving a chat does not stop it: the first has grown while it was out of sight, and goes on.
        page.click("link", Name::Starts("Write an endless answer")).await?;
        let later = chat::answer_begins(page, first.text.len() + 1).await?;
        assert!(later.busy, "it ended when it was left");
        chat::answer_begins(page, later.text.len() + 1).await?;
        page.click("button", "Stop").await?;
        let stopped = chat::answer_ends(page).await?;
        assert!(stopped.text.contains("Stopped by you"), "{stopped:?}");
        page.click("link", Name::Starts("Another endless one")).await?;
        holds("the other answer to go on", async || {
            Ok(chat::messages(page).await?.last().is_some_and(|answer| answer.busy))
        })
        .await?;
        page.click("button", "Stop").await?;
        chat::answer_ends(page).await?;
        Ok(())
    })
}
