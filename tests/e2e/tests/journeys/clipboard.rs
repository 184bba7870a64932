//! A newcomer's first run with a key on the clipboard: refuse once, hand over, chat, stop, come back.

use std::time::{Duration, Instant};

use e2e::canary::Canary;
use e2e::journey::{play, provider};
use e2e::page::Name;
use e2e::world::Keyring;
use e2e::{Result, chat, holds, wizard};

use crate::scan::expect_no_leak;

/// Answers a wish for something long for half a minute.
const SLOW: &str = "practice-thinking";

/// Well within the second that the native window's yes sleeps. A slower machine cannot be hasty.
const HASTE: Duration = Duration::from_millis(600);

#[test]
fn first_run_by_clipboard() -> Result<()> {
    play("first_run_by_clipboard", Keyring::Unlocked, async |stage| {
        let key = Canary::project_key()?;
        let provider = provider(&key).await?;
        let (page, desktop) = (stage.page()?, stage.desktop());
        wizard::to_hand_over(page, &provider.base_url()).await?;
        desktop.copy(&key.text()).await?;
        expect_no_leak(stage, &key, "before the key is handed over")?;

        // Escape refuses.
        page.click("button", "Paste key from clipboard").await?;
        desktop.press(wizard::CONFIRM, "Escape").await?;
        desktop.loses(wizard::CONFIRM).await?;
        holds("word of the refusal", async || Ok(page.status().await?.contains("Cancelled")))
            .await?;
        // So does a hasty yes: its button sleeps, and Cancel keeps the keyboard.
        let asked = Instant::now();
        page.click("button", "Paste key from clipboard").await?;
        desktop.press(wizard::CONFIRM, "Tab").await?;
        let is_hasty = asked.elapsed() < HASTE;
        desktop.press(wizard::CONFIRM, if is_hasty { "Return" } else { "Escape" }).await?;
        desktop.loses(wizard::CONFIRM).await?;
        assert!(provider.log().seen().is_empty(), "the key was sent without a yes");
        assert_eq!(desktop.clipboard().await?, key.text(), "cleared without a yes");

        wizard::paste_key(page, desktop).await?;
        assert_eq!(desktop.clipboard().await?, "", "the clipboard still holds the key");
        wizard::start_chatting(page).await?;
        chat::choose_model(page, "practice").await?;
        chat::send(page, "Where does my key go?").await?;
        let answer = chat::answer_ends(page).await?;
        assert!(answer.text.contains("Where your key goes"), "{answer:?}");
        expect_no_leak(stage, &key, "after an answer")?;

        chat::choose_model(page, SLOW).await?;
        chat::send(page, "Something long").await?;
        chat::answer_begins(page, 200).await?;
        expect_no_leak(stage, &key, "while an answer streams")?;
        let hung_up = provider.log().hung_up();
        page.click("button", "Stop").await?;
        holds("the server to see the end", async || Ok(provider.log().hung_up() > hung_up)).await?;
        let stopped = chat::answer_ends(page).await?;
        assert!(stopped.text.contains("Part 1"), "the text so far is gone: {stopped:?}");
        assert!(stopped.text.contains("Stopped by you"), "{stopped:?}");

        stage.close().await?;
        stage.open().await?;
        let page = stage.page()?;
        page.click("link", Name::Starts("Where does my key go?")).await?;
        page.says("Where your key goes").await?;
        page.says("Part 1").await?;
        assert_eq!(chat::messages(page).await?.len(), 4);
        expect_no_leak(stage, &key, "after a restart")?;
        Ok(())
    })
}
