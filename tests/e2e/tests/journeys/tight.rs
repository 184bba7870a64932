//! The least window with the largest text: everything is within reach, and nothing goes sideways.

use e2e::journey::{Stage, play};
use e2e::page::Page;
use e2e::world::Keyring;
use e2e::{Result, Trouble, chat, holds};
use serde_json::{Value, json};

use crate::fences::invoke;

/// What is wider than the window, and which buttons cannot be scrolled into view whole.
const OUT_OF_REACH: &str = "
    const out = [];
    if (document.documentElement.scrollWidth > innerWidth + 1) out.push('the page goes sideways');
    for (const box of document.querySelectorAll('.wizard, .wizard-body, .steps, .palette-list')) {
        if (box.scrollWidth > box.clientWidth + 1) out.push(`${box.className} goes sideways`);
    }
    for (const button of document.querySelectorAll('button, input, textarea, a[href]')) {
        if (button.getClientRects().length === 0) continue;
        button.scrollIntoView({ block: 'nearest' });
        const { left, right, top, bottom } = button.getBoundingClientRect();
        const name = button.getAttribute('aria-label') ?? button.textContent;
        if (left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1) out.push(`${name} is cut`);
    }
    return out;";

const COMPOSER_IS_SEEN: &str = "
    const { top, bottom } = document.querySelector('.composer').getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;";

#[test]
fn everything_is_within_reach_in_the_least_window_with_the_largest_text() -> Result<()> {
    play("everything_is_within_reach_in_the_least_window", Keyring::Unlocked, async |stage| {
        let page = stage.page()?;
        stage.desktop().resize("Latchkey", 420, 480).await?;
        for _ in 0..10 {
            within_reach(stage, "the first step").await?;
            invoke(page, "change_text_size", json!({"step": "larger"})).await?;
        }
        within_reach(stage, "the first step").await?;
        press(page, "Continue").await?;
        page.find("button", "I have the key").await?;
        within_reach(stage, "the second step").await?;
        press(page, "I have the key").await?;
        page.find("button", "Paste key from clipboard").await?;
        within_reach(stage, "the third step").await?;

        press(page, "Practise without a key").await?;
        page.find("textbox", "Message").await?;
        holds("a composer in view", async || page.ask(COMPOSER_IS_SEEN, vec![]).await).await?;
        page.ask::<Value>("document.querySelector('.empty').scrollTop = 1e6", vec![]).await?;
        holds("a composer that stays", async || page.ask(COMPOSER_IS_SEEN, vec![]).await).await?;
        stage.desktop().type_text("Latchkey", "Hello").await?;
        stage.desktop().press("Latchkey", "Return").await?;
        chat::answer_ends(page).await?;
        holds("a composer in view", async || page.ask(COMPOSER_IS_SEEN, vec![]).await).await
    })
}

/// Where the sidebar is beside the page and where it lies over it, the page has all that is left.
const FILLS_THE_WINDOW: &str = "
    const { left, right } = document.querySelector('.main').getBoundingClientRect();
    const beside = document.querySelector('.sidebar').getBoundingClientRect().right;
    return Math.abs(right - innerWidth) <= 1 && Math.abs(left - beside) <= 1;";

#[test]
fn the_page_fills_the_window_at_every_text_size() -> Result<()> {
    play("the_page_fills_the_window_at_every_text_size", Keyring::Unlocked, async |stage| {
        let page = stage.page()?;
        press(page, "Practise without a key").await?;
        page.find("textbox", "Message").await?;
        for _ in 0..10 {
            let filled = async || page.ask(FILLS_THE_WINDOW, vec![]).await;
            holds("a page that fills the window", filled).await?;
            invoke(page, "change_text_size", json!({"step": "larger"})).await?;
        }
        Ok(())
    })
}

/// The driver's own clicks miss where the page is drawn larger.
async fn press(page: &Page, name: &str) -> Result<()> {
    page.find("button", name).await?;
    let script = "[...document.querySelectorAll('button')]\
        .find((button) => button.textContent.trim() === arguments[0]).click()";
    page.ask::<Value>(script, vec![json!(name)]).await?;
    Ok(())
}

async fn within_reach(stage: &Stage, what: &str) -> Result<()> {
    let out: Vec<String> = stage.page()?.ask(OUT_OF_REACH, vec![]).await?;
    match out.is_empty() {
        true => Ok(()),
        false => Err(Trouble::new(format!("{what}: {out:?}"))),
    }
}
