//! Anthropic, chosen by its name and spoken to in its own language, at its own address as far as the program can tell: a picture
//! goes along, thoughts are seen, and stopping closes the connection.

use e2e::canary::Canary;
use e2e::far_away::FarAway;
use e2e::journey::{play, provider};
use e2e::page::Name;
use e2e::world::Keyring;
use e2e::{Result, chat, holds, wizard};

use crate::attached::{PHOTO, pick};
use crate::scan::expect_no_leak;

#[test]
fn anthropic_sees_a_picture_thinks_aloud_and_is_stopped() -> Result<()> {
    let name = "anthropic_sees_a_picture_thinks_aloud_and_is_stopped";
    play(name, Keyring::Unlocked, async |stage| {
        let key = Canary::anthropic_key()?;
        let provider = provider(&key).await?;
        stage.close().await?;
        let host = "api.anthropic.com";
        let _far_away = FarAway::put(&mut stage.world, host, &provider.base_url()).await?;
        stage.open().await?;
        let folder = tempfile::tempdir()?;
        let photo = folder.path().join("at-home.jpg");
        std::fs::write(&photo, PHOTO)?;
        let (page, desktop) = (stage.page()?, stage.desktop());
        page.click("radio", "Anthropic").await?;
        page.click("button", "Continue").await?;
        page.click("button", "I have the key").await?;
        page.find("heading", "Hand over the key").await?;
        desktop.copy(&key.text()).await?;
        wizard::paste_key(page, desktop).await?;
        wizard::start_chatting(page).await?;
        page.says(host).await?;
        chat::choose_model(page, "practice-thinking").await?;

        pick(page, desktop, &photo.display().to_string()).await?;
        page.find("button", "Remove at-home.jpg").await?;
        chat::send(page, "What is this?").await?;
        page.click("button", Name::Starts("Reasoning")).await?;
        page.says("There is no model here").await?;
        page.click("button", "Stop").await?;
        let answer = chat::answer_ends(page).await?;
        assert!(answer.text.contains("Stopped by you"), "{answer:?}");
        assert!(answer.text.contains("Anthropic was told at once"), "{answer:?}");
        holds("a closed connection", async || Ok(provider.log().hung_up() == 1)).await?;

        let seen = provider.log().seen();
        let asked = seen.iter().rfind(|seen| seen.method == "POST").expect("a question");
        let header = |name: &str| asked.headers.iter().find(|(known, _)| known == name);
        assert_eq!(asked.path, "/v1/messages");
        assert_eq!(header("x-api-key").map(|(_, value)| value.clone()), Some(key.text()));
        assert!(header("anthropic-version").is_some() && header("authorization").is_none());
        assert!(asked.body.contains(r#""media_type":"image/jpeg""#), "{}", asked.body);
        expect_no_leak(stage, &key, "after an answer of Anthropic's")?;
        Ok(())
    })
}
