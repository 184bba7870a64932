//! Chatting: choosing a model, sending, reading what comes back.

use serde::Deserialize;

use crate::page::{Name, Page};
use crate::{Result, holds, until};

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
