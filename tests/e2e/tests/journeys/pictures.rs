//! A picture in an answer: named, loaded after a native yes and no sooner; and the answer copied with its form.

use e2e::journey::play;
use e2e::page::Page;
use e2e::world::Keyring;
use e2e::{Result, chat, holds, wizard};

use crate::listener::Listener;

/// A GIF of one pixel.
const DOT: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

const ASK: &str = "Load this picture?";

#[test]
fn a_picture_is_loaded_after_a_yes() -> Result<()> {
    play("a_picture_is_loaded_after_a_yes", Keyring::Unlocked, async |stage| {
        let server = Listener::serving(DOT)?;
        let (page, desktop) = (stage.page()?, stage.desktop());
        let _provider = wizard::connect(page, desktop, "parrot").await?;
        chat::send(page, &format!("**See** ![a plot]({}/plot.gif)", server.origin())).await?;
        let answer = chat::answer_ends(page).await?;
        assert!(answer.text.contains("Picture from 127.0.0.1 not loaded: a plot"), "{answer:?}");

        page.click("button", "Load picture").await?;
        desktop.press(ASK, "Escape").await?;
        desktop.loses(ASK).await?;
        assert!(server.heard().is_empty(), "loaded without a yes: {:?}", server.heard());

        page.click("button", "Load picture").await?;
        desktop.window(ASK).await?;
        // Its yes sleeps for a second.
        tokio::time::sleep(std::time::Duration::from_millis(1_300)).await;
        desktop.press(ASK, "Tab Return").await?;
        holds("the picture", async || Ok(shown(page).await? == ["a plot", "1", "data:image/png"]))
            .await?;
        assert!(server.heard().contains("/plot.gif"), "{:?}", server.heard());

        page.click("button", "More actions").await?;
        page.click("menuitem", "Copy as rich text").await?;
        holds("the words on the clipboard", async || {
            Ok(desktop.clipboard_as("text/html").await?.contains("<strong>See</strong> <a href="))
        })
        .await?;
        assert!(desktop.clipboard().await?.starts_with("**See**"));
        Ok(())
    })
}

/// The alternative text, the width and the kind of the picture that is shown.
async fn shown(page: &Page) -> Result<Vec<String>> {
    let script = "const picture = document.querySelector('article .prose img');
        return picture?.complete && picture.naturalWidth > 0
          ? [picture.alt, String(picture.naturalWidth), picture.src.split(';')[0]] : [];";
    page.ask(script, vec![]).await
}
