//! A picture that goes with a message: picked in the desktop's own window, shown, sent without what nobody asked for, and kept by a
//! draft over a restart.

use std::time::Duration;

use e2e::desktop::Desktop;
use e2e::journey::play;
use e2e::page::{Name, Page};
use e2e::world::Keyring;
use e2e::{Result, chat, holds, wizard};

/// The native window's title.
pub(crate) const PICK: &str = "Attach files";

/// A photograph with a comment in it that says where it was taken.
pub(crate) const PHOTO: &[u8] = include_bytes!("../../../fixtures/attached.jpg");

/// Picks the file at this path: pasted, because the window completes what is typed.
pub(crate) async fn pick(page: &Page, desktop: Desktop<'_>, path: &str) -> Result<()> {
    page.click("button", "Attach files").await?;
    desktop.window(PICK).await?;
    desktop.copy(path).await?;
    desktop.press(PICK, "ctrl+l ctrl+a ctrl+v").await?;
    // It looks the path up before it takes it.
    tokio::time::sleep(Duration::from_secs(2)).await;
    desktop.press(PICK, "Return").await?;
    desktop.loses(PICK).await
}

/// Whether the small picture of it is there and could be drawn.
async fn seen(page: &Page) -> Result<bool> {
    let script = "const picture = document.querySelector('img[alt=\"Preview of at-home.jpg\"]');
        return picture?.src.startsWith('data:image/jpeg;') === true && picture.naturalWidth === 120;";
    page.ask(script, vec![]).await
}

#[test]
fn a_picture_goes_with_a_message_and_its_answer_can_be_stopped() -> Result<()> {
    let name = "a_picture_goes_with_a_message_and_its_answer_can_be_stopped";
    play(name, Keyring::Unlocked, async |stage| {
        let folder = tempfile::tempdir()?;
        let photo = folder.path().join("at-home.jpg");
        std::fs::write(&photo, PHOTO)?;
        let path = photo.display().to_string();
        let (page, desktop) = (stage.page()?, stage.desktop());
        let provider = wizard::connect(page, desktop, "practice-thinking").await?;

        page.click("button", "Attach files").await?;
        desktop.press(PICK, "Escape").await?;
        desktop.loses(PICK).await?;
        pick(page, desktop, &path).await?;
        page.find("button", "Remove at-home.jpg").await?;
        holds("its pixels", async || seen(page).await).await?;
        assert!(!page.source().await?.contains(&path), "the page has the path");

        chat::send(page, "What is this?").await?;
        page.find("button", Name::Starts("Reasoning")).await?;
        page.click("button", "Stop").await?;
        chat::answer_ends(page).await?;
        holds("its pixels", async || seen(page).await).await?;
        let seen = provider.log().seen();
        let body = &seen.iter().rfind(|seen| seen.method == "POST").expect("a question").body;
        assert!(body.contains("data:image/jpeg;base64,"), "{body}");
        assert!(!body.contains("at-home"), "its name was sent: {body}");

        pick(page, desktop, &path).await?;
        page.find("button", "Remove at-home.jpg").await?;
        stage.close().await?;
        stage.open().await?;
        let page = stage.page()?;
        chat::open(page, "What is this?").await?;
        page.click("button", "Remove at-home.jpg").await?;
        holds("the file gone", async || Ok(!page.has("button", "Remove at-home.jpg").await?))
            .await?;
        Ok(())
    })
}
