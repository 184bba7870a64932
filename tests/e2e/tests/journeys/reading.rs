//! Reading: finding words, going from message to message, the tools of a code block; and where a long chat opens.

use e2e::journey::play;
use e2e::page::{Name, Page};
use e2e::world::Keyring;
use e2e::{Result, chat, holds, wizard};
use serde_json::Value;

/// What is marked as found, and the match that is the current one.
const MARKED: &str = "return [CSS.highlights.get('find')?.size ?? 0, \
    [...(CSS.highlights.get('find-current') ?? [])].map((r) => r.startContainer.data.slice(r.startOffset, r.endOffset))]";

/// The diagram below has such a button, too.
const COPY: &str =
    "document.querySelector('figure[aria-label=\"Python code\"] [data-act=\"copy-code\"]').click()";

const FOCUSED: &str = "return document.activeElement?.getAttribute('aria-label') ?? ''";

#[test]
fn words_messages_and_code() -> Result<()> {
    play("words_messages_and_code", Keyring::Unlocked, async |stage| {
        let (page, desktop) = (stage.page()?, stage.desktop());
        page.click("button", "Practise without a key").await?;
        chat::send(page, "Show me a table and some code").await?;
        chat::answer_ends(page).await?;

        page.click("button", "Find in chat").await?;
        page.type_into("searchbox", "Find in chat", "NUMBERS").await?;
        says(page, "1 of 7").await?;
        marks(page, "numbers").await?;
        desktop.press("Latchkey", "Return F3").await?;
        says(page, "3 of 7").await?;
        desktop.press("Latchkey", "shift+F3").await?;
        says(page, "2 of 7").await?;
        page.click("button", "Close find").await?;
        holds("the end of the marks", async || Ok(marked(page).await?.0 == 0)).await?;

        desktop.press("Latchkey", "alt+Next").await?;
        focused(page, "Assistant message").await?;
        desktop.press("Latchkey", "k").await?;
        focused(page, "Your message").await?;

        page.find("figure", "Python code").await?;
        let _: Value = page.ask(COPY, vec![]).await?;
        let code = "def fibonacci(n: int) -> list[int]:\n    \"\"\"The first n numbers.\"\"\"\n";
        holds("the code on the clipboard", async || {
            Ok(desktop.clipboard().await?.starts_with(code))
        })
        .await?;
        page.click("button", "Wrap lines").await?;
        page.find("figure", "Mermaid diagram").await?;
        page.click("button", "Zoom").await?;
        page.find("dialog", Name::Starts("Diagram")).await?;
        desktop.press("Latchkey", "Escape").await?;
        page.click("button", Name::Is("More actions")).await?;
        page.find("menuitem", "Copy as markdown").await?;
        Ok(())
    })
}

/// How far from the end the page is, once what comes before the newest messages has had time to come.
const FROM_THE_END: &str = "const done = arguments[0];
    const scroller = document.querySelector('[data-region=conversation]');
    setTimeout(() => done(scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop), 1200);";

#[test]
fn a_long_chat_opens_at_its_end() -> Result<()> {
    play("a_long_chat_opens_at_its_end", Keyring::Unlocked, async |stage| {
        let _provider = wizard::connect(stage.page()?, stage.desktop(), "parrot").await?;
        let texts: Vec<String> = (0..35).map(|number| format!("Message {number}")).collect();
        chat::say(stage.page()?, &texts).await?;
        stage.close().await?;
        stage.open().await?;
        let page = stage.page()?;
        page.find("textbox", "Message").await?;
        chat::open(page, "Message 0").await?;
        let distance: f64 = page.ask_later(FROM_THE_END, vec![]).await?;
        assert!(distance <= 1.0, "{distance} pixels from the end");
        Ok(())
    })
}

async fn says(page: &Page, words: &str) -> Result<()> {
    // The same words twice differ by a space at their end.
    holds(format!("Status to say “{words}”"), async || {
        Ok(page.status().await?.trim_end() == words)
    })
    .await
}

async fn marks(page: &Page, word: &str) -> Result<()> {
    holds(format!("a mark on “{word}”"), async || {
        let (all, current) = marked(page).await?;
        Ok(all == 7 && current == [word])
    })
    .await
}

async fn marked(page: &Page) -> Result<(usize, Vec<String>)> {
    page.ask(MARKED, vec![]).await
}

async fn focused(page: &Page, name: &str) -> Result<()> {
    holds(format!("the focus on “{name}”"), async || {
        Ok(page.ask::<String>(FOCUSED, vec![]).await? == name)
    })
    .await
}
