//! A key from a secret manager, changed for another, which leaks.

use std::os::unix::fs::PermissionsExt;

use e2e::canary::Canary;
use e2e::journey::play;
use e2e::page::Name;
use e2e::scan::{Class, Place};
use e2e::world::Keyring;
use e2e::{Result, chat, wizard};
use practice::{Account, Options};

use crate::scan::expect_no_leak;

const COMMAND: &str = "Key from a secret manager";

#[test]
fn a_key_is_changed_and_the_next_one_leaks() -> Result<()> {
    play("a_key_is_changed_and_the_next_one_leaks", Keyring::Unlocked, async |stage| {
        let (first, second) = (Canary::project_key()?, Canary::project_key()?);
        let accounts = [&first, &second].map(|key| Account::good(key.text())).to_vec();
        let provider = practice::start(Options { accounts, ..Options::default() }).await?;
        let folder = tempfile::tempdir()?;
        let program = folder.path().join("secrets");
        std::fs::write(&program, format!("#!/bin/sh\nprintf %s {}\n", first.text()))?;
        std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755))?;
        let (page, desktop) = (stage.page()?, stage.desktop());

        wizard::to_hand_over(page, &provider.base_url()).await?;
        page.click("button", "Ask a secret manager").await?;
        desktop.window(COMMAND).await?;
        desktop.press(COMMAND, "shift+Tab End Tab").await?;
        desktop.type_text(COMMAND, &program.display().to_string()).await?;
        desktop.press(COMMAND, "Return").await?;
        wizard::confirm(desktop).await?;
        page.find("heading", "The key works").await?;
        page.says("Its program is asked after each start").await?;
        wizard::start_chatting(page).await?;
        chat::choose_model(page, "practice").await?;
        chat::send(page, "Hello").await?;
        chat::answer_ends(page).await?;

        page.click("link", Name::Starts("Keys & providers")).await?;
        page.click("button", Name::Starts("Rotate key")).await?;
        page.click("button", "I have the new key").await?;
        desktop.copy(&second.text()).await?;
        page.click("button", "Paste key from clipboard").await?;
        wizard::say_yes(desktop, "Keep this as the next key").await?;
        page.click("button", "Switch to the new key").await?;
        // The server still takes it: it is not let go as if it did not.
        page.click("button", "I’ve revoked it").await?;
        page.says("The old key still works").await?;
        expect_no_leak(stage, &first, "after the key was changed")?;

        page.click("button", "This key leaked").await?;
        wizard::say_yes(desktop, "Did this key leak").await?;
        page.says("is out of use").await?;
        page.says("Gone from the keychain and from memory").await?;
        let held = expect_no_leak(stage, &second, "after it leaked")?;
        assert_eq!(
            held.hits(Place::Memory(Class::Native)),
            0,
            "still in the native process:\n{held}"
        );
        Ok(())
    })
}
