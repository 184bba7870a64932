//! Keys that are not kept: none, an administrator's, a wrong one.

use e2e::canary::Canary;
use e2e::journey::{play, provider};
use e2e::page::Page;
use e2e::world::Keyring;
use e2e::{Result, wizard};
use serde_json::Value;

use crate::scan::expect_no_leak;

#[test]
fn keys_that_are_not_kept() -> Result<()> {
    play("keys_that_are_not_kept", Keyring::Unlocked, async |stage| {
        let (right, wrong, admin) =
            (Canary::project_key()?, Canary::project_key()?, Canary::admin_key()?);
        let provider = provider(&right).await?;
        let (page, desktop) = (stage.page()?, stage.desktop());
        wizard::to_hand_over(page, &provider.base_url()).await?;

        page.click("button", "Paste key from clipboard").await?;
        page.says("No key on the clipboard").await?;

        desktop.copy(&admin.text()).await?;
        page.click("button", "Paste key from clipboard").await?;
        page.says("That’s an admin key, so it wasn’t kept").await?;
        assert!(!desktop.shows(wizard::CONFIRM).await?, "asked whether to use an admin key");
        assert!(provider.log().seen().is_empty(), "an admin key was sent");

        desktop.copy(&wrong.text()).await?;
        // The reason stands at the ways that can be tried again.
        page.click("button", "Paste key from clipboard").await?;
        wizard::confirm(desktop).await?;
        page.says("doesn’t accept this key").await?;
        assert_eq!(provider.log().seen().len(), 1);
        assert_eq!(connections(page).await?, Value::Array(vec![]));
        for key in [&wrong, &admin] {
            expect_no_leak(stage, key, "after a refusal")?;
        }
        Ok(())
    })
}

async fn connections(page: &Page) -> Result<Value> {
    let ask = "const done = arguments[arguments.length - 1];\
        window.__TAURI_INTERNALS__.invoke('boot').then((boot) => done(boot.connections), done);";
    page.ask_later(ask, vec![]).await
}
