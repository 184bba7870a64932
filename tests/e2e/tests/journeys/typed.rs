//! A newcomer's first run with a key typed into the native window.

use e2e::canary::Canary;
use e2e::journey::{play, provider};
use e2e::scan::{Class, Place};
use e2e::world::Keyring;
use e2e::{Result, chat, wizard};

use crate::scan::expect_no_leak;

#[test]
fn first_run_by_native_window() -> Result<()> {
    play("first_run_by_native_window", Keyring::Unlocked, async |stage| {
        let key = Canary::project_key()?;
        let provider = provider(&key).await?;
        let (page, desktop) = (stage.page()?, stage.desktop());
        wizard::to_hand_over(page, &provider.base_url()).await?;
        page.click("button", "Type key in a native window").await?;
        desktop.type_text(wizard::PASSWORD, &key.text()).await?;
        let held = expect_no_leak(stage, &key, "while the native window holds the key")?;
        assert!(held.hits(Place::Memory(Class::Native)) > 0, "not typed, or not searched:\n{held}");

        desktop.press(wizard::PASSWORD, "Return").await?;
        wizard::confirm(desktop).await?;
        page.find("heading", "The key works").await?;
        expect_no_leak(stage, &key, "after the key is stored")?;
        wizard::start_chatting(page).await?;
        chat::choose_model(page, "practice").await?;
        chat::send(page, "Hello").await?;
        let answer = chat::answer_ends(page).await?;
        assert!(answer.text.contains("No model wrote this"), "{answer:?}");
        expect_no_leak(stage, &key, "after an answer")?;
        Ok(())
    })
}
