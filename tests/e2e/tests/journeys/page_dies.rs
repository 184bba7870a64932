//! The page's process dies, or stands still: the window comes back with what was there.
//!
//! WebDriver loses its session with the page. From then on the window is used as a person uses it, and what came of it is seen
//! at the provider, and in the history after another start.

use e2e::journey::{Stage, play};
use e2e::page::Name;
use e2e::world::{Keyring, Member};
use e2e::{Result, Trouble, chat, holds, until, wizard};
use practice::Running;

/// What draws the page.
const PAGE_PROCESS: &str = "WebKitWebProcess";

const WISH: &str = "Write an endless answer";

#[test]
fn the_page_dies() -> Result<()> {
    play("the_page_dies", Keyring::Unlocked, async |stage| {
        let provider = answering(stage).await?;
        let died = page_process(stage)?;
        died.kill();
        another_page_than(stage, &died).await?;
        stop(stage, &provider).await?;
        say(stage, &provider, "Are you there").await?;
        stage.close().await?;

        stage.open().await?;
        let page = stage.page()?;
        page.click("link", Name::Starts(WISH)).await?;
        let is_there = |words: &'static str| move |shown: &chat::Shown| shown.text.contains(words);
        holds("what was said", async || {
            let messages = chat::messages(page).await?;
            Ok(messages.iter().any(is_there("Are you there"))
                && messages.iter().any(is_there("Stopped by you")))
        })
        .await
    })
}

#[test]
fn the_page_dies_again_and_again() -> Result<()> {
    play("the_page_dies_again_and_again", Keyring::Unlocked, async |stage| {
        let provider = answering(stage).await?;
        let failing = "The page fails again and again";
        for words in ["Once", "Twice"] {
            let died = page_process(stage)?;
            died.kill();
            another_page_than(stage, &died).await?;
            // A page that dies before it has begun takes the engine's own process with it.
            stop(stage, &provider).await?;
            say(stage, &provider, words).await?;
            assert!(!stage.desktop().shows(failing).await?);
        }
        page_process(stage)?.kill();
        stage.desktop().window(failing).await?;
        assert!(page_process(stage).is_err(), "it was loaded in a loop");
        // Escape ends nothing: the page is loaded again.
        stage.desktop().press(failing, "Escape").await?;
        until("another page", async || Ok(page_process(stage).ok())).await?;
        stage.close().await
    })
}

#[test]
fn the_page_hangs() -> Result<()> {
    play("the_page_hangs", Keyring::Unlocked, async |stage| {
        let provider = answering(stage).await?;
        let silent = "The page doesn’t answer";
        let page = page_process(stage)?;
        page.freeze();
        stage.desktop().window(silent).await?;
        page.thaw();
        // It answers now: there is nothing left to ask.
        stage.desktop().loses(silent).await?;
        page.freeze();
        stage.desktop().press(silent, "Tab Return").await?;
        another_page_than(stage, &page).await?;
        stop(stage, &provider).await?;
        say(stage, &provider, "Are you there").await?;
        stage.close().await
    })
}

/// A long answer is on its way.
async fn answering(stage: &Stage) -> Result<Running> {
    let page = stage.page()?;
    let provider = wizard::connect(page, stage.desktop(), "practice").await?;
    chat::send(page, WISH).await?;
    chat::answer_begins(page, 400).await?;
    Ok(provider)
}

/// The page that came back knows of the answer that went on, and stops it.
async fn stop(stage: &Stage, provider: &Running) -> Result<()> {
    holds("the answer's end", async || {
        stage.desktop().press("Latchkey", "Escape").await?;
        Ok(provider.log().hung_up() > 0)
    })
    .await
}

/// Says something in the page that came back, in the chat that it came back to.
async fn say(stage: &Stage, provider: &Running, words: &str) -> Result<()> {
    holds(format!("“{words}” at the provider"), async || {
        stage.desktop().type_text("Latchkey", words).await?;
        stage.desktop().press("Latchkey", "Return").await?;
        let seen = provider.log().seen();
        Ok(seen.iter().any(|seen| seen.body.contains(words) && seen.body.contains(WISH)))
    })
    .await
}

async fn another_page_than(stage: &Stage, died: &Member) -> Result<()> {
    holds("another page", async || Ok(page_process(stage).is_ok_and(|page| page.id != died.id)))
        .await
}

fn page_process(stage: &Stage) -> Result<Member> {
    let members = stage.world.members()?.into_iter();
    let mut pages = members.filter(|member| member.name() == PAGE_PROCESS);
    pages.next().ok_or_else(|| Trouble::new("no process draws the page"))
}
