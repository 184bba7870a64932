//! A desktop without a keychain, and one whose keychain stays locked.

use e2e::canary::Canary;
use e2e::journey::{Stage, play, provider};
use e2e::page::Name;
use e2e::world::Keyring;
use e2e::{Result, chat, holds, wizard};

use crate::scan::expect_no_leak;

#[test]
fn no_keychain() -> Result<()> {
    play("no_keychain", Keyring::Absent, async |stage| {
        let key = Canary::project_key()?;
        let provider = provider(&key).await?;
        let (page, desktop) = (stage.page()?, stage.desktop());
        wizard::to_hand_over(page, &provider.base_url()).await?;
        desktop.copy(&key.text()).await?;
        page.click("button", "Paste key from clipboard").await?;
        wizard::confirm(desktop).await?;
        page.says("No keychain on this desktop").await?;
        assert_eq!(desktop.clipboard().await?, key.text(), "cleared though nothing was kept");
        page.click("button", "This session only").await?;
        page.find("heading", "The key works").await?;
        assert_eq!(desktop.clipboard().await?, key.text(), "memory is not safe");
        wizard::start_chatting(page).await?;
        page.says("Chats of this session aren’t kept").await?;
        chat::choose_model(page, "practice").await?;
        chat::send(page, "Hello").await?;
        chat::answer_ends(page).await?;
        expect_no_leak(stage, &key, "without a keychain")?;
        assert!(!has_history(stage)?, "chats were written without a keychain");

        stage.close().await?;
        stage.open().await?;
        let page = stage.page()?;
        page.says("There is no keychain on this desktop").await?;
        assert!(!page.has("button", Name::Is("Practise without a key")).await?);
        Ok(())
    })
}

#[test]
fn a_locked_keychain_loses_nothing() -> Result<()> {
    play("a_locked_keychain_loses_nothing", Keyring::Unlocked, async |stage| {
        let page = stage.page()?;
        page.click("button", "Practise without a key").await?;
        chat::send(page, "Keep this").await?;
        chat::answer_ends(page).await?;
        stage.close().await?;

        stage.world.put_keyring(Keyring::Locked).await?;
        stage.open().await?;
        let page = stage.page()?;
        page.says("The keychain is locked").await?;
        page.says("Your chats and keys are safe").await?;
        page.find("button", "Unlock the keychain").await?;
        page.click("button", "Add key for this session").await?;
        page.click("button", "Practise without a key").await?;
        page.says("Chats of this session aren’t kept").await?;
        assert!(!page.has("link", Name::Starts("Keep this")).await?);
        stage.close().await?;

        stage.world.put_keyring(Keyring::Unlocked).await?;
        stage.open().await?;
        let page = stage.page()?;
        page.click("link", Name::Starts("Keep this")).await?;
        holds("both messages", async || Ok(chat::messages(page).await?.len() == 2)).await
    })
}

#[test]
fn chats_whose_key_is_gone() -> Result<()> {
    play("chats_whose_key_is_gone", Keyring::Unlocked, async |stage| {
        let page = stage.page()?;
        page.click("button", "Practise without a key").await?;
        chat::send(page, "Keep this").await?;
        chat::answer_ends(page).await?;
        stage.close().await?;
        let key = stage.world.take_entry("history").await?;

        stage.open().await?;
        let page = stage.page()?;
        page.says("Latchkey can’t open your chats").await?;
        page.click("button", "Try again").await?;
        page.says("That changed nothing yet").await?;
        stage.world.put_entry("history", &key).await?;
        page.click("button", "Try again").await?;
        page.find("link", Name::Starts("Keep this")).await?;
        stage.close().await?;

        stage.world.take_entry("history").await?;
        stage.open().await?;
        let page = stage.page()?;
        page.click("button", "Set aside and begin anew").await?;
        wizard::say_yes(stage.desktop(), "Set the old chats aside?").await?;
        page.find("heading", "Ready when you have a key").await?;
        let aside = home(stage).join("history.db.aside-1");
        assert!(aside.exists(), "the old file is kept");
        stage.close().await?;

        stage.world.take_entry("history").await?;
        stage.world.put_entry("history", "not a key").await?;
        stage.open().await?;
        let page = stage.page()?;
        page.says("isn’t a key that Latchkey wrote").await?;
        page.click("button", "Set aside and begin anew").await?;
        wizard::say_yes(stage.desktop(), "Set the old chats aside?").await?;
        page.find("heading", "Ready when you have a key").await?;
        assert_eq!(stage.world.take_entry("history.aside-1").await?, "not a key");
        assert!(home(stage).join("history.db.aside-2").exists(), "the old file is kept");
        Ok(())
    })
}

fn has_history(stage: &Stage) -> Result<bool> {
    let mut entries = std::fs::read_dir(home(stage))?.flatten();
    // The lock that keeps a second process away is there, and empty.
    Ok(entries.any(|entry| {
        let is_history = entry.file_name().to_string_lossy().starts_with("history");
        is_history && entry.metadata().is_ok_and(|file| file.len() > 0)
    }))
}

fn home(stage: &Stage) -> std::path::PathBuf {
    stage.world.folder().join("home/.local/share/app.latchkey.desktop")
}
