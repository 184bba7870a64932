//! Model lists as real servers have them, and what they prove: the cases of `tests/fixtures/cases/model_lists.jsonl`.

use history::Connection;
use serde_json::Value;
use turn::{Admitted, Aim, Ask, Candidate, Endpoint, Place, Trouble, check};
use vault::{ApiKey, BaseUrl};
use wire::{Format, Provider};
use zeroize::Zeroizing;

use crate::scripted::{Answer, Asked, Scripted};
use crate::stage::{KEY, Stage};

fn key() -> ApiKey {
    ApiKey::parse(Zeroizing::new(KEY.to_owned())).unwrap()
}

fn candidate(address: &str) -> Candidate {
    Candidate::new(key(), Provider::other(), BaseUrl::parse(address).unwrap(), Aim::Own)
}

/// The server of a case: its list, the pages after it, and its chat.
async fn server(case: Value) -> Scripted {
    Scripted::answering(move |asked: &Asked| {
        if asked.line.starts_with("POST") {
            return Answer::of_case(&case["chat"]);
        }
        let pages = case["then"].as_array().into_iter().flatten();
        let page = pages
            .into_iter()
            .find(|page| asked.line.contains(page["when_query_has"].as_str().unwrap()));
        Answer::of_case(page.unwrap_or(&case))
    })
    .await
}

#[tokio::test]
async fn every_list_comes_to_its_right_value() {
    let cases = include_str!("../../../../tests/fixtures/cases/model_lists.jsonl");
    assert_eq!(cases.lines().count(), 12);
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let (name, expected) = (&case["name"], &case["expected"]);
        let server = server(case.clone()).await;
        let stage = Stage::at(&server.address).await;
        let (admitted, checked) =
            candidate(&server.address).admit(&stage.vault, &stage.history).await;
        let asked = server.asked().iter().filter(|asked| asked.key).count();
        assert_eq!(
            expected["models"],
            serde_json::to_value(checked.models.as_ref().ok()).unwrap(),
            "{name}: {checked:?}"
        );
        if let Some(requests) = expected["requests"].as_u64() {
            assert_eq!(asked as u64, requests, "{name}");
        }
        assert!(asked <= 60, "{name}: {asked} requests");
        if let Some(words) = expected["message_contains"].as_str() {
            let failure = checked.models.as_ref().unwrap_err();
            assert!(failure.said.contains(words), "{name}: {failure:?}");
        }
        if let Some(works) = expected["key_said_to_work"].as_bool() {
            assert_eq!(checked.proven, works, "{name}");
            let message = stage.answer("oak-7b").await;
            assert_eq!(crate::stage::failure(&message).trouble, Trouble::KeyRejected, "{name}");
        }
        if expected["can_be_added"] == true {
            let Admitted::Unlisted(waiting) = admitted else { panic!("{name}: {admitted:?}") };
            let kept = waiting.keep(&stage.vault, &stage.history, Place::Keychain).await;
            assert!(matches!(kept, Admitted::Kept(_)), "{name}: {kept:?}");
            assert_eq!(stage.answer("house-model").await.text, "The kettle is warm.", "{name}");
        }
    }
}

#[tokio::test]
async fn a_server_without_a_list_and_without_a_key_can_be_used() {
    let case = serde_json::json!({"status": 404, "body": "{}"});
    let server = server(case).await;
    let stage = Stage::at(&server.address).await;
    let base = BaseUrl::parse(&server.address).unwrap();
    let candidate = Candidate::without_key(Provider::other(), base);
    let (admitted, _) = candidate.admit(&stage.vault, &stage.history).await;
    let Admitted::Unlisted(waiting) = admitted else { panic!("{admitted:?}") };
    assert_eq!(stage.history.connections().unwrap().len(), 1, "not before the person wants it");
    let kept = waiting.keep(&stage.vault, &stage.history, Place::Keychain).await;
    let Admitted::Kept(connection) = kept else { panic!("{kept:?}") };
    assert_eq!(connection.key, None);
}

#[tokio::test]
async fn a_list_that_needs_the_key_proves_it() {
    let list = r#"{"data":["oak-7b"]}"#;
    let server = Scripted::answering(move |asked| match asked.key {
        true => Answer::of(200, "application/json", list),
        false => Answer::of(401, "application/json", "{}"),
    })
    .await;
    let stage = Stage::at(&server.address).await;
    let (admitted, checked) = candidate(&server.address).admit(&stage.vault, &stage.history).await;
    assert!(checked.proven);
    let Admitted::Kept(connection) = admitted else { panic!("{admitted:?}") };
    assert!(connection.key.as_ref().unwrap().worked, "a refusal later means that it was revoked");
    // A check later proves it as well.
    let old = stage.history.connections().unwrap().remove(0);
    assert!(!old.key.as_ref().unwrap().worked);
    assert!(check(&stage.vault, &stage.history, &old).await.unwrap().proven);
    assert!(stage.history.connections().unwrap()[0].key.as_ref().unwrap().worked);
}

#[tokio::test]
async fn where_the_list_is_public_something_else_is_asked() {
    let server = Scripted::answering(|asked| match asked.line.contains("/key ") {
        true => {
            Answer::of(401, "application/json", r#"{"error":{"message":"No cookies, no key"}}"#)
        }
        false => Answer::of(200, "application/json", r#"{"data":["oak-7b"]}"#),
    })
    .await;
    let stage = Stage::at(&server.address).await;
    let base = BaseUrl::parse(&server.address).unwrap();
    let candidate = Candidate::new(key(), Provider::stored("openRouter"), base, Aim::Own);
    let (admitted, checked) = candidate.admit(&stage.vault, &stage.history).await;
    assert!(matches!(admitted, Admitted::Refused), "{admitted:?}");
    let failure = checked.models.unwrap_err();
    assert_eq!(
        (failure.trouble, failure.said.as_str()),
        (Trouble::KeyRejected, "No cookies, no key")
    );
}

#[tokio::test]
async fn where_only_the_chat_needs_the_key_the_chat_proves_it() {
    for (with, without, proven) in [
        (400, 401, true),
        (422, 403, true),
        (401, 401, false),
        (400, 400, false),
        (500, 401, false),
    ] {
        let server = Scripted::answering(move |asked| match asked.line.starts_with("POST") {
            true => Answer::of(if asked.key { with } else { without }, "application/json", "{}"),
            false => Answer::of(200, "application/json", r#"{"data":["oak-7b"]}"#),
        })
        .await;
        let stage = Stage::at(&server.address).await;
        let (_, checked) = candidate(&server.address).admit(&stage.vault, &stage.history).await;
        assert_eq!(checked.proven, proven, "{with} with the key, {without} without");
        assert!(checked.models.is_ok());
    }
}

#[tokio::test]
async fn where_there_is_no_list_the_catalogue_has_one_and_the_chat_proves_the_key() {
    for (with, proven) in [(400, true), (401, false)] {
        let server = Scripted::answering(move |asked| {
            assert!(asked.line.starts_with("POST /v1/chat/completions"), "{}", asked.line);
            Answer::of(if asked.key { with } else { 401 }, "application/json", "{}")
        })
        .await;
        let stage = Stage::at(&server.address).await;
        let base = BaseUrl::parse(&server.address).unwrap();
        let candidate = Candidate::new(key(), Provider::stored("perplexity"), base, Aim::Own);
        let (_, checked) = candidate.admit(&stage.vault, &stage.history).await;
        assert_eq!(checked.proven, proven);
        let models = checked.models.unwrap();
        assert!(models.iter().any(|name| name.starts_with("sonar")), "{models:?}");
    }
}

#[tokio::test]
async fn a_refused_budget_keeps_the_key() {
    let body = r#"{"error":{"message":"Budget has been exceeded! Current cost: 1.2, Max budget: 1.0","type":"budget_exceeded","code":"400"}}"#;
    let server = Scripted::start(vec![Answer::of(400, "application/json", body)]).await;
    let stage = Stage::at(&server.address).await;
    let (admitted, checked) = candidate(&server.address).admit(&stage.vault, &stage.history).await;
    assert!(matches!(admitted, Admitted::Kept(_)), "{admitted:?}");
    assert_eq!(checked.models.unwrap_err().trouble, Trouble::NoCredit);
}

#[tokio::test]
async fn fifty_thousand_models_are_listed() {
    let entries: Vec<String> =
        (0..50_000).map(|n| format!(r#"{{"id":"maker/model-number-{n}"}}"#)).collect();
    let body = format!(r#"{{"data":[{}]}}"#, entries.join(","));
    let server = Scripted::start(vec![Answer::of(200, "application/json", &body)]).await;
    let stage = Stage::at(&server.address).await;
    let (_, checked) = candidate(&server.address).admit(&stage.vault, &stage.history).await;
    assert_eq!(checked.models.unwrap().len(), 50_000);
}

#[tokio::test]
async fn what_a_list_says_of_prices_counts_where_its_provider_is_trusted_with_that() {
    let list = r#"{"data":[{"id":"m","pricing":{"prompt":"0.000001","completion":"0.000002"}},{"id":"n"}]}"#;
    for (provider, expected) in
        [("openRouter", Some((1_000_000_000, 2_000_000_000))), ("other", None)]
    {
        let server = Scripted::start(vec![Answer::of(200, "application/json", list)]).await;
        let stage = Stage::at(&server.address).await;
        let connection = stage.history.connections().unwrap().remove(0);
        let mut endpoint = turn::Endpoint::of(&connection).unwrap();
        endpoint.provider = wire::Provider::stored(provider);
        let models = turn::list_models(&stage.vault, &endpoint).await.unwrap();
        turn::keep_listed(&stage.history, &endpoint, &models).await;
        let price = stage.history.own_price(&stage.connection, "m").unwrap();
        assert_eq!(
            price.map(|price| (price.input_nano, price.output_nano)),
            expected,
            "{provider}"
        );
        assert_eq!(stage.history.own_price(&stage.connection, "n"), Ok(None));
    }
}

#[tokio::test]
async fn no_more_is_asked_of_a_model_than_its_list_says_that_it_writes() {
    let list = r#"{"data":[{"id":"m","max_completion_tokens":700},{"id":"n"}]}"#;
    for (format, wished, model, sent) in [
        (Format::ChatCompletions, r#"{"maxTokens":5000}"#, "m", Some(700)),
        (Format::ChatCompletions, r#"{"maxTokens":50}"#, "m", Some(50)),
        (Format::ChatCompletions, r#"{"maxTokens":5000}"#, "n", Some(5_000)),
        (Format::ChatCompletions, "", "m", None),
        // This one wants a bound, and gets no larger one than the model has.
        (Format::Messages, "", "m", Some(700)),
        (Format::Messages, "", "n", Some(32_000)),
    ] {
        let server =
            Scripted::answering(move |asked: &Asked| match asked.line.starts_with("GET") {
                true => Answer::of(200, "application/json", list),
                false => Answer::of(503, "application/json", "{}"),
            });
        let server = server.await;
        let stage = Stage::at(&server.address).await;
        let mut connection = stage.history.connections().unwrap().remove(0);
        connection.format = Some(format.id().to_owned());
        stage.history.put_connection(&connection).unwrap();
        let endpoint = turn::Endpoint::of(&connection).unwrap();
        let models = turn::list_models(&stage.vault, &endpoint).await.unwrap();
        turn::keep_listed(&stage.history, &endpoint, &models).await;
        let mut ask = stage.message(None, model, "Hello");
        if let Ask::Message { parameters, .. } = &mut ask {
            wished.clone_into(parameters);
        }
        let prepared = stage.prepare(ask).await.unwrap();
        let (turns, answer) = (stage.turns.clone(), prepared.begun.answer.id);
        // Once is enough.
        prepared.run(move |_| turns.stop(answer)).await;
        let asked = server.asked();
        let body = &asked.last().unwrap().body;
        assert_eq!(
            body.get("max_tokens").and_then(Value::as_u64),
            sent,
            "{format:?} {model}: {body}"
        );
    }
}

/// A list of Ollama's, with what is said of each model, and how often that was asked for.
async fn shown(
    show: impl Fn(&str) -> Answer + Send + Sync + 'static,
) -> (Stage, Endpoint, Scripted) {
    let list = r#"{"models":[{"name":"sees"},{"name":"away"},{"name":"odd"}]}"#;
    let server = Scripted::answering(move |asked: &Asked| match asked.line.contains("/api/show") {
        true => show(asked.body["model"].as_str().unwrap()),
        false => Answer::of(200, "application/json", list),
    });
    let server = server.await;
    let stage = Stage::at(&server.address).await;
    let address = server.address.trim_end_matches("/v1").to_owned();
    let connection = Connection {
        provider: "ollama".to_owned(),
        format: Some("ollama".to_owned()),
        key: None,
        address,
        ..stage.history.connections().unwrap().remove(0)
    };
    stage.history.put_connection(&connection).unwrap();
    (stage, Endpoint::of(&connection).unwrap(), server)
}

fn times(server: &Scripted) -> usize {
    server.asked().iter().filter(|asked| asked.line.contains("/api/show")).count()
}

#[tokio::test]
async fn each_model_of_a_server_that_tells_of_it_is_asked_for_once() {
    let (stage, endpoint, server) = shown(|model| {
        let body = match model {
            "sees" => r#"{"capabilities":["vision","thinking"],"model_info":{"general.architecture":"a","a.context_length":4096}}"#,
            "away" => r#"{"remote_model":"gpt-oss","remote_host":"https://ollama.com","capabilities":[]}"#,
            _ => "<html>",
        };
        Answer::of(200, "application/json", body)
    })
    .await;
    for _ in 0..2 {
        let models = turn::list_models(&stage.vault, &endpoint).await.unwrap();
        let [sees, away, odd] = models.as_slice() else { panic!("{models:?}") };
        assert_eq!((sees.facts.context_tokens, sees.facts.sees_images), (Some(4_096), Some(true)));
        assert_eq!((sees.facts.reasons, sees.facts.efforts.clone()), (Some(true), None));
        assert_eq!(away.passed_to.as_deref(), Some("ollama.com"));
        assert_eq!(away.facts.efforts, Some(Vec::new()), "it cannot be told to think");
        assert_eq!(odd.facts, wire::ListedFacts::default());
        assert_eq!(times(&server), 3);
        turn::keep_listed(&stage.history, &endpoint, &models).await;
    }
    // What leaves this computer under a plain name is not free here either.
    let passed_on = |model| stage.history.told(&stage.connection, model).unwrap().listed.passed_on;
    assert!(passed_on("away") && !passed_on("sees"));
}

#[tokio::test]
async fn a_server_that_tells_nothing_of_a_model_is_asked_no_further() {
    let (stage, endpoint, server) =
        shown(|_| Answer::of(404, "text/plain", "404 page not found")).await;
    let models = turn::list_models(&stage.vault, &endpoint).await.unwrap();
    assert_eq!((models.len(), times(&server)), (3, 1));
    assert!(models.iter().all(|model| model.facts == wire::ListedFacts::default()));
}
