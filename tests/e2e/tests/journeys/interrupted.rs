//! The program is killed in the middle of an answer.

use e2e::journey::play;
use e2e::page::Name;
use e2e::world::Keyring;
use e2e::{Result, chat, holds};

const WISH: &str = "Write an endless answer";

#[test]
fn killed_while_answering() -> Result<()> {
    play("killed_while_answering", Keyring::Unlocked, async |stage| {
        let page = stage.page()?;
        page.click("button", "Practise without a key").await?;
        chat::send(page, WISH).await?;
        let before = chat::answer_begins(page, 400).await?;
        assert!(before.busy, "it had ended already");
        // What arrived a moment ago may not be saved yet; this much is older.
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        stage.kill().await?;

        stage.open().await?;
        let page = stage.page()?;
        page.click("link", Name::Starts(WISH)).await?;
        holds("both messages", async || Ok(chat::messages(page).await?.len() == 2)).await?;
        let messages = chat::messages(page).await?;
        let (own, answer) = (&messages[0], &messages[1]);
        assert!(own.text.contains(WISH), "{own:?}");
        let so_far: String = before.text.chars().take(300).collect();
        assert!(answer.text.starts_with(&so_far), "lost: {so_far}\nleft: {}", answer.text);
        assert!(!answer.busy);
        assert!(
            answer.text.contains("Latchkey was closed while this was being written"),
            "{answer:?}"
        );
        Ok(())
    })
}
