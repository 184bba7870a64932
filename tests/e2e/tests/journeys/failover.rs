//! A route whose first models cannot answer: the next one does, and the answer says who it was and why not the others.

use e2e::journey::play;
use e2e::page::Page;
use e2e::world::Keyring;
use e2e::{Result, chat, holds, wizard};
use serde_json::json;

/// Takes a model from the list that adds one to a route.
const ADD: &str = "
    const list = document.querySelector('select[aria-label=\"Add a model\"]');
    const option = [...(list?.options ?? [])].find((option) => option.text === arguments[0]);
    if (!option) return false;
    list.value = option.value;
    list.dispatchEvent(new Event('change', { bubbles: true }));
    return true;";

async fn add(page: &Page, model: &str) -> Result<()> {
    page.click("button", "Add a model").await?;
    holds(format!("“{model}” in the list"), async || page.ask(ADD, vec![json!(model)]).await)
        .await?;
    page.find("button", &*format!("Remove {model}")).await.map(drop)
}

#[test]
fn the_next_of_a_route_answers_and_says_why() -> Result<()> {
    play("the_next_of_a_route_answers_and_says_why", Keyring::Unlocked, async |stage| {
        let (page, desktop) = (stage.page()?, stage.desktop());
        let provider = wizard::connect(page, desktop, "fault-429").await?;
        let before = provider.log().seen().len();
        page.click("button", "Model: fault-429").await?;
        page.click("button", "New route").await?;
        page.type_into("textbox", "Name", "Everyday").await?;
        add(page, "fault-503").await?;
        add(page, "parrot").await?;
        page.click("button", "Save route").await?;
        page.says("First in line: fault-429").await?;

        chat::send(page, "Who answers?").await?;
        let told = async |answer: &chat::Shown| {
            let words = [
                "parrot answered in place of fault-429.",
                "asked for a pause",
                "429, ",
                "fault-503, ",
                "reported a fault",
                "503, ",
            ];
            words.iter().for_each(|words| assert!(answer.text.contains(words), "{answer:?}"));
            page.find("button", "Ask fault-429 now").await.map(drop)
        };
        let answer = chat::answer_ends(page).await?;
        assert!(answer.text.contains("Who answers?"), "it is a parrot: {answer:?}");
        told(&answer).await?;
        let models = |from: usize| {
            let seen = provider.log().seen().into_iter().skip(from);
            let asked = seen.filter(|seen| seen.method == "POST").map(|seen| {
                let body: serde_json::Value = serde_json::from_str(&seen.body).unwrap();
                body["model"].as_str().unwrap_or_default().to_owned()
            });
            asked.collect::<Vec<_>>()
        };
        assert_eq!(models(before), ["fault-429", "fault-503", "parrot"], "each once, in order");

        // It is still said after another start.
        stage.close().await?;
        stage.open().await?;
        let page = stage.page()?;
        page.find("textbox", "Message").await?;
        chat::open(page, "Who answers?").await?;
        page.says("parrot answered in place of fault-429.").await
    })
}
