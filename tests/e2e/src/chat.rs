//! Chatting: choosing a model, sending, reading what comes back.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::page::{Name, Page};
use crate::{Result, Trouble, holds, until};

/// One message as the page shows it.
#[derive(Debug, Clone, Deserialize)]
pub struct Shown {
    /// `Your message` or `Assistant message`.
    pub name: String,
    /// Its text, with whatever stands around it.
    pub text: String,
    /// Whether it is still being written.
    pub busy: bool,
}

/// The name of an answer's article.
pub const ANSWER: &str = "Assistant message";

const MESSAGES: &str = "return [...document.querySelectorAll('article')].map((e) => ({\
    name: e.getAttribute('aria-label') ?? '', text: e.innerText, busy: e.ariaBusy === 'true' }))";

/// Says each of the texts and waits for each answer's end, in the page and without the time that typing takes.
const SAY: &str = "const done = arguments[1];
    const frame = () => new Promise((go) => setTimeout(go, 8));
    const answers = () => document.querySelectorAll('article[aria-label=\"Assistant message\"]');
    const say = async (text) => {
      const field = document.querySelector('textarea[aria-label=\"Message\"]');
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      while (document.querySelector('button[aria-label=\"Send\"]:not(:disabled)') === null) await frame();
      const shown = [...answers()].pop();
      document.querySelector('button[aria-label=\"Send\"]').click();
      let last;
      do { await frame(); last = [...answers()].pop(); } while (!last || last === shown || last.ariaBusy === 'true');
    };
    (async () => { for (const text of arguments[0]) await say(text); })().then(() => done(true), (error) => done(String(error)));";

/// The messages that are shown.
pub async fn messages(page: &Page) -> Result<Vec<Shown>> {
    page.ask(MESSAGES, vec![]).await
}

/// Takes a model from the list.
pub async fn choose_model(page: &Page, model: &str) -> Result<()> {
    if !page.has("dialog", "Choose a model").await? {
        let button = match page.has("button", Name::Starts("Model: ")).await? {
            true => Name::Starts("Model: "),
            false => Name::Starts("Choose a model"),
        };
        page.click("button", button).await?;
    }
    page.find("dialog", "Choose a model").await?;
    page.type_into("combobox", "Filter models", model).await?;
    page.click("option", model).await?;
    page.find("button", Name::Is(&format!("Model: {model}"))).await?;
    Ok(())
}

/// Sends a message and waits until it is shown.
pub async fn send(page: &Page, text: &str) -> Result<()> {
    page.type_into("textbox", "Message", text).await?;
    let before = messages(page).await?.len();
    page.click("button", "Send").await?;
    holds("the sent message", async || Ok(messages(page).await?.len() > before)).await
}

/// Says all of these, one after the other; the whole of each answer is there at the end.
pub async fn say(page: &Page, texts: &[String]) -> Result<()> {
    let said: Value = page.ask_later(SAY, vec![json!(texts)]).await?;
    if said == json!(true) {
        Ok(())
    } else {
        Err(Trouble::new(format!("it could not be said: {said}")))
    }
}

/// Opens a conversation by its title and waits until it is shown. By script: the list may be longer than the window.
pub async fn open(page: &Page, title: &str) -> Result<()> {
    let click = "const link = [...document.querySelectorAll('nav a')].find((a) => a.innerText.trim() === arguments[0]);
        link?.click();
        return link !== undefined;";
    holds(format!("the link “{title}”"), async || page.ask(click, vec![json!(title)]).await)
        .await?;
    let shown = "return [...document.querySelectorAll('h1')].some((h1) => h1.innerText.trim() === arguments[0]);";
    holds(format!("the chat “{title}”"), async || page.ask(shown, vec![json!(title)]).await).await
}

/// Waits until the last message is an answer with at least `letters` letters of text, still being written or not.
pub async fn answer_begins(page: &Page, letters: usize) -> Result<Shown> {
    until("an answer to begin", async || {
        Ok(last_answer(page).await?.filter(|answer| answer.text.len() >= letters))
    })
    .await
}

/// Waits until the last message is an answer that is written to its end.
pub async fn answer_ends(page: &Page) -> Result<Shown> {
    until("an answer to end", async || Ok(last_answer(page).await?.filter(|answer| !answer.busy)))
        .await
}

async fn last_answer(page: &Page) -> Result<Option<Shown>> {
    Ok(messages(page).await?.pop().filter(|message| message.name == ANSWER))
}
