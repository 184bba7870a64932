//! A question in the small window: by keys from everywhere, by a command, and on in the large one. No key gets into its page.

use std::process::Command;

use e2e::canary::Canary;
use e2e::journey::{Stage, play, provider};
use e2e::world::Keyring;
use e2e::{Result, Trouble, chat, holds, wizard};

use crate::scan::expect_no_leak;

const QUICK: &str = "Quick ask";
const QUESTION: &str = "Where does my key go?";

#[test]
fn a_quick_question() -> Result<()> {
    play("a_quick_question", Keyring::Unlocked, async |stage| {
        let key = Canary::project_key()?;
        let provider = provider(&key).await?;
        let (page, desktop) = (stage.page()?, stage.desktop());
        wizard::to_hand_over(page, &provider.base_url()).await?;
        desktop.copy(&key.text()).await?;
        wizard::paste_key(page, desktop).await?;
        wizard::start_chatting(page).await?;
        chat::choose_model(page, "practice").await?;
        page.type_into("textbox", "Message", "Half typed").await?;

        page.click("link", "Settings").await?;
        page.click("link", "Background").await?;
        page.click("switch", "Quick ask from everywhere").await?;
        page.says("They work everywhere.").await?;
        desktop.press_anywhere("ctrl+shift+space").await?;
        desktop.window(QUICK).await?;
        page.turn_to(QUICK).await?;
        page.find("button", "Take the selection").await?;

        // A key that was copied for somebody else stays where it is.
        desktop.copy(&key.text()).await?;
        desktop.press(QUICK, "alt+v").await?;
        holds("word of the refusal", async || Ok(page.status().await?.contains("wasn’t taken")))
            .await?;
        desktop.copy("Some text").await?;
        desktop.press(QUICK, "alt+v").await?;
        holds("the text", async || Ok(page.ask::<String>(TYPED, vec![]).await? == "Some text"))
            .await?;
        desktop.press(QUICK, "ctrl+a").await?;
        desktop.type_text(QUICK, QUESTION).await?;
        desktop.press(QUICK, "Return").await?;
        let answer = chat::answer_ends(page).await?;
        assert!(answer.text.contains("Where your key goes"), "{answer:?}");
        expect_no_leak(stage, &key, "after a quick question")?;

        desktop.press(QUICK, "Escape").await?;
        desktop.loses(QUICK).await?;
        ask_by_command(stage)?;
        desktop.window(QUICK).await?;
        page.find("button", "Copy answer").await?;
        desktop.press(QUICK, "ctrl+Return").await?;
        desktop.loses(QUICK).await?;

        page.turn_to("Latchkey").await?;
        page.says("Where your key goes").await?;
        assert_eq!(chat::messages(page).await?.len(), 2);
        page.click("button", "New chat").await?;
        holds("the draft", async || Ok(page.ask::<String>(TYPED, vec![]).await? == "Half typed"))
            .await?;
        Ok(())
    })
}

const TYPED: &str = "return document.querySelector('textarea[aria-label=\"Message\"]').value";

/// What a desktop's own shortcut runs.
fn ask_by_command(stage: &Stage) -> Result<()> {
    let mut command: Command = stage.world.command(stage.program());
    match command.arg("ask").status()?.success() {
        true => Ok(()),
        false => Err(Trouble::new("the command could not open it")),
    }
}
