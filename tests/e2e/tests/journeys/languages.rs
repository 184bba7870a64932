//! A model that is asked in one of its provider's languages only, which is not the usual one there: it is asked in that one, and what it
//! says is read.

use std::collections::BTreeMap;

use e2e::canary::Canary;
use e2e::far_away::FarAway;
use e2e::journey::play;
use e2e::page::Name;
use e2e::world::Keyring;
use e2e::{Result, Trouble, chat, wizard};
use practice::{Account, Options};

/// A provider, a model of it with its own language and one with the usual one, and where each is asked.
struct Case {
    name: &'static str,
    provider: &'static str,
    host: &'static str,
    own: (&'static str, &'static str),
    usual: (&'static str, &'static str),
}

#[test]
fn a_model_of_openai_is_asked_in_chat_completions() -> Result<()> {
    asked_in_its_own(
        Canary::project_key()?,
        &Case {
            name: "a_model_of_openai_is_asked_in_chat_completions",
            provider: "OpenAI",
            host: "api.openai.com",
            own: ("gpt-audio-1.5", "/v1/chat/completions"),
            usual: ("gpt-5.1", "/v1/responses"),
        },
    )
}

#[test]
fn a_model_of_xai_is_asked_in_responses() -> Result<()> {
    asked_in_its_own(
        Canary::xai_key()?,
        &Case {
            name: "a_model_of_xai_is_asked_in_responses",
            provider: "xAI",
            host: "api.x.ai",
            own: ("grok-4.20-multi-agent-0309", "/v1/responses"),
            usual: ("grok-4.3", "/v1/chat/completions"),
        },
    )
}

fn asked_in_its_own(key: Canary, case: &Case) -> Result<()> {
    let Case { name, provider, host, own, usual } = *case;
    play(name, Keyring::Unlocked, async |stage| {
        let called = |model: &str| (model.to_owned(), "practice-everything".to_owned());
        let server = practice::start(Options {
            accounts: vec![Account::good(key.text())],
            called: BTreeMap::from([called(own.0), called(usual.0)]),
            ..Options::default()
        });
        let server = server.await?;
        stage.close().await?;
        let _far_away = FarAway::put(&mut stage.world, host, &server.base_url()).await?;
        stage.open().await?;
        let (page, desktop) = (stage.page()?, stage.desktop());
        page.find("button", "Continue").await?;
        if !page.has("radio", provider).await? {
            page.type_into("searchbox", "Find a provider", provider).await?;
        }
        page.click("radio", provider).await?;
        page.click("button", "Continue").await?;
        page.click("button", "I have the key").await?;
        page.find("heading", "Hand over the key").await?;
        desktop.copy(&key.text()).await?;
        wizard::paste_key(page, desktop).await?;
        wizard::start_chatting(page).await?;
        for (model, path) in [usual, own] {
            chat::choose_model(page, model).await?;
            chat::send(page, "Which language do you speak?").await?;
            let answer = chat::answer_ends(page).await?;
            assert!(answer.text.contains("Everything there is."), "{model}: {answer:?}");
            page.find("button", Name::Starts("Reasoning")).await?;
            let seen = server.log().seen();
            let asked = seen.iter().rfind(|seen| seen.method == "POST");
            let asked = asked.ok_or_else(|| Trouble::new("nothing was asked"))?;
            assert_eq!(asked.path, path, "{model}");
            assert!(asked.body.contains(model), "{}", asked.body);
        }
        Ok(())
    })
}
