//! A server that repeats the key, in every way it might: the page never holds it, nor a part of it.

use e2e::canary::Canary;
use e2e::journey::{play, provider};
use e2e::page::Name;
use e2e::world::Keyring;
use e2e::{Result, chat, wizard};
use practice::{WAYS, Way};

use crate::scan::expect_no_leak;

#[test]
fn a_key_that_is_repeated_stays_outside() -> Result<()> {
    play("a_key_that_is_repeated_stays_outside", Keyring::Unlocked, async |stage| {
        let key = Canary::project_key()?;
        let provider = provider(&key).await?;
        let (page, desktop) = (stage.page()?, stage.desktop());
        wizard::to_hand_over(page, &provider.base_url()).await?;
        desktop.copy(&key.text()).await?;
        wizard::paste_key(page, desktop).await?;
        wizard::start_chatting(page).await?;
        for (model, way) in WAYS {
            page.click("button", "New chat").await?;
            chat::choose_model(page, model).await?;
            chat::send(page, "Which key do I have?").await?;
            let answer = chat::answer_ends(page).await?;
            match way {
                // These say it in a banner.
                Way::Error | Way::Refusal | Way::Redirect => page.says("•••").await?,
                Way::Reasoning => {
                    page.click("button", Name::Starts("Reasoning")).await?;
                    page.says("•••").await?;
                }
                _ => assert!(answer.text.contains("•••"), "{model}: {answer:?}"),
            }
        }
        // The search finds parts of sixteen letters, too.
        let lower = Canary::known("", &key.random().to_lowercase());
        for form in [key, lower] {
            expect_no_leak(stage, &form, "after every way to repeat a key")?;
        }
        Ok(())
    })
}
