//! The guard over what is about to be sent: through whole turns, and over two corpora that are made from seeds.

mod corpus;

use history::{Connection, File, Finished, KeyFacts, Part, Route, Step};
use turn::{Ask, By, Guard, Secret, SecretKind, Secrets, Trouble, find_secrets};

use crate::stage::{KEY, Stage};
use corpus::{Chance, ordinary_message, secrets};

/// A message with this answer to secrets.
fn asking(stage: &Stage, text: &str, wish: Secrets) -> Ask {
    let mut ask = stage.message(None, "speed-0-20", text);
    if let Ask::Message { secrets, .. } = &mut ask {
        *secrets = wish;
    }
    ask
}

async fn found(stage: &Stage, text: &str) -> Vec<Secret> {
    find_secrets(&stage.vault, &stage.history, None, text.to_owned(), Vec::new()).await.unwrap()
}

/// Whatever was sent to the server so far.
fn sent(stage: &Stage) -> String {
    stage.server.log().seen().into_iter().map(|seen| seen.body).collect()
}

/// All that the store holds of messages and drafts.
fn kept(stage: &Stage) -> String {
    let mut all = String::new();
    for row in stage.history.conversations().unwrap() {
        all.push_str(&row.title);
        for said in stage.history.branch(row.id).unwrap() {
            all.push_str(&format!("{said:?}"));
            for part in &said.parts {
                if let Part::File(file) = part {
                    all.push_str(&String::from_utf8_lossy(&file.bytes));
                }
            }
        }
    }
    all
}

#[tokio::test]
async fn a_stored_key_in_any_form_stops_a_message_before_it_is_saved_or_sent() {
    let stage = Stage::new().await;
    let each = |write: &dyn Fn(u8) -> String| KEY.bytes().map(write).collect::<String>();
    let forms = [
        KEY.to_owned(),
        each(&|b| format!("{b:02x}")),
        each(&|b| format!("{b:02X}")),
        each(&|b| format!("%{b:02x}")),
        each(&|b| format!("\\u{b:04x}")),
        // Some of it escaped, or broken by a width, or by what nobody sees.
        KEY.replace('-', "%2D"),
        KEY.replace('-', "\\u002d"),
        KEY.replace('-', "\\-"),
        format!("{}\n{}", &KEY[..20], &KEY[20..]),
        format!("{}\u{200b}{}", &KEY[..9], &KEY[9..]),
        corpus::base64(format!("Authorization: Bearer {KEY}").as_bytes()),
        corpus::base64(format!(" {KEY} and more").as_bytes()),
        corpus::base64(KEY.as_bytes()),
    ];
    for form in forms {
        for text in [form.clone(), format!("Why does »{form}« not work?"), format!("x={form}\n")]
        {
            let failure = stage.prepare(asking(&stage, &text, Secrets::Ask)).await.unwrap_err();
            assert_eq!(failure.trouble, Trouble::SecretsFound, "{text}");
            let secrets = found(&stage, &text).await;
            let stored = |secret: &Secret| secret.kind == SecretKind::Stored("Test".to_owned());
            assert!(secrets.iter().any(stored), "{text}: {secrets:?}");
            assert!(!format!("{secrets:?}").contains(&KEY[..16]));
        }
        // Redacted, none of it is left.
        let (_, answer) = stage.run(asking(&stage, &format!("Why {form}?"), Secrets::Redact)).await;
        let question = stage.history.message(answer.parent.unwrap()).unwrap().text;
        let middle: String = form.chars().skip(form.chars().count() / 2 - 6).take(12).collect();
        assert!(question.contains("⟪test-key⟫") && !question.contains(&middle), "{question}");
    }
    assert!(!kept(&stage).contains(KEY) && !sent(&stage).contains(KEY));
}

#[tokio::test]
async fn redacted_the_value_stays_here_and_the_placeholder_is_sent() {
    let stage = Stage::new().await;
    let text = format!("I start it with {KEY} and\npostgres://app:p4ss-demo@db/app, p4ss-demo");
    let secrets = found(&stage, &text).await;
    let told: Vec<_> = secrets.iter().map(|secret| (&secret.kind, secret.line)).collect();
    assert_eq!(told, [(&SecretKind::Stored("Test".to_owned()), 1), (&SecretKind::Password, 2)]);
    let (_, answer) = stage.run(asking(&stage, &text, Secrets::Redact)).await;
    let wire = sent(&stage);
    assert!(wire.contains("⟪test-key⟫") && wire.contains("app:⟪password-1⟫@db"), "{wire}");
    assert!(!wire.contains(KEY));
    let values = stage.history.redactions_up_to(answer.id).unwrap();
    let values: Vec<_> =
        values.iter().map(|one| (one.name.as_str(), one.value.as_deref())).collect();
    assert_eq!(values, [("password-1", Some("p4ss-demo")), ("test-key", None)]);
    // The same password has the same name in the next message, another has another.
    let next = "Now postgres://app:p4ss-demo@db/app and https://me:0ther-one@host/";
    let mut ask = stage.message(Some(answer.conversation), "speed-0-20", next);
    if let Ask::Message { secrets, .. } = &mut ask {
        *secrets = Secrets::Redact;
    }
    let (_, answer) = stage.run(ask).await;
    let question = stage.history.message(answer.parent.unwrap()).unwrap().text;
    assert_eq!(
        question,
        "Now postgres://app:⟪password-1⟫@db/app and https://me:⟪password-2⟫@host/"
    );
    // And so it goes when the message is edited.
    let text = format!("{question} and ftp://a:th1rd@b");
    let edit =
        Ask::Edit { message: answer.parent.unwrap(), text, secrets: Secrets::Redact, over: None };
    let (_, answer) = stage.run(edit).await;
    let names: Vec<String> = stage
        .history
        .redactions_up_to(answer.id)
        .unwrap()
        .into_iter()
        .map(|one| one.name)
        .collect();
    assert!(names.contains(&"password-3".to_owned()), "{names:?}");
}

#[tokio::test]
async fn as_it_is_it_goes_as_it_is() {
    let stage = Stage::new().await;
    let text = "postgres://app:p4ss-demo@db/app";
    let refused = stage.prepare(asking(&stage, text, Secrets::Ask)).await.unwrap_err();
    assert_eq!(refused.trouble, Trouble::SecretsFound);
    assert!(stage.history.conversations().unwrap().is_empty(), "nothing was saved");
    stage.run(asking(&stage, text, Secrets::Keep)).await;
    assert!(sent(&stage).contains("p4ss-demo"));
}

/// The yes is for one provider.
#[tokio::test]
async fn a_key_that_a_person_let_through_goes_to_nobody_else() {
    let stage = Stage::new().await;
    let text = format!("Why does {KEY} not work?");
    let (_, answer) = stage.run(asking(&stage, &text, Secrets::Keep)).await;
    let again = || Ask::Again { answer: answer.id, by: By::Chosen };
    stage.run(again()).await;
    assert_eq!(sent(&stage).matches(KEY).count(), 2, "who was meant has it");
    // The same server by another name is another's, as far as anybody here can know.
    let first = stage.history.connections().unwrap().remove(0);
    let other = Connection { id: "other".into(), name: "Other".into(), ..first };
    stage.history.put_connection(&other).unwrap();
    let step = Step { connection: other.id.clone(), model: "speed-0-20".into() };
    let (_, elsewhere) =
        stage.run(Ask::Again { answer: answer.id, by: By::Model(step.clone()) }).await;
    assert_eq!(elsewhere.connection, Some(other.id));
    assert_eq!(sent(&stage).matches(KEY).count(), 2, "another provider");
    assert!(sent(&stage).contains("Why does ⟪test-key⟫ not work?"));
    // Nor when the other is asked once more, or for what follows its answer.
    stage.run(Ask::Again { answer: elsewhere.id, by: By::Model(step.clone()) }).await;
    let mut next = stage.message(Some(answer.conversation), "speed-0-20", "And now?");
    if let Ask::Message { connection, .. } = &mut next {
        *connection = step.connection;
    }
    stage.history.choose_version(elsewhere.id).unwrap();
    stage.run(next).await;
    assert_eq!(sent(&stage).matches(KEY).count(), 2);
    assert_eq!(stage.history.message(answer.parent.unwrap()).unwrap().text, text, "it is kept");
}

/// Its own provider may repeat it, and the answer is kept.
#[tokio::test]
async fn a_key_in_an_answer_goes_to_nobody() {
    let stage = Stage::new().await;
    let (_, answer) = stage.run(asking(&stage, "Which one?", Secrets::Ask)).await;
    let repeating = Finished::of(format!("You said {KEY}."));
    stage.history.finish_answer(answer.id, &repeating).unwrap();
    stage.run(stage.message(Some(answer.conversation), "speed-0-20", "And now?")).await;
    assert!(!sent(&stage).contains(KEY), "{}", sent(&stage));
    assert!(sent(&stage).contains("You said ⟪test-key⟫."));
}

/// It was for who is named in the question, whoever else the page has chosen meanwhile.
#[tokio::test]
async fn a_yes_to_an_edit_is_for_the_one_that_was_named() {
    let stage = Stage::new().await;
    let (_, answer) = stage.run(asking(&stage, "Why?", Secrets::Ask)).await;
    let edit = |over: Option<&str>| Ask::Edit {
        message: answer.parent.unwrap(),
        text: format!("Why does {KEY} not work?"),
        secrets: Secrets::Keep,
        over: over.map(str::to_owned),
    };
    let refused = stage.prepare(edit(Some("other"))).await.unwrap_err();
    assert_eq!(refused.trouble, Trouble::SecretsFound);
    stage.run(edit(None)).await;
    assert!(!sent(&stage).contains(KEY), "nobody was asked");
    stage.run(edit(Some(&stage.connection))).await;
    assert_eq!(sent(&stage).matches(KEY).count(), 1);
}

/// Along a route another may answer than the one that was named.
#[tokio::test]
async fn a_yes_ends_with_the_message_where_it_went_along_a_route() {
    let stage = Stage::new().await;
    let step = Step { connection: stage.connection.clone(), model: "speed-0-20".into() };
    let made = Route { name: "Everyday".into(), steps: vec![step], ..Route::default() };
    let along = stage.history.add_route(&made).unwrap();
    let mut ask = asking(&stage, &format!("Why does {KEY} not work?"), Secrets::Keep);
    if let Ask::Message { route, .. } = &mut ask {
        *route = Some(along.id);
    }
    let (_, answer) = stage.run(ask).await;
    stage.run(Ask::Again { answer: answer.id, by: By::Chosen }).await;
    assert_eq!(sent(&stage).matches(KEY).count(), 1, "who was asked first may have been another");
}

/// A keychain that stays locked, or a secret manager that was not asked: nobody knows which words are that key.
#[tokio::test]
async fn where_a_key_is_not_known_nothing_that_looks_like_one_leaves() {
    let stage = Stage::new().await;
    let known = Guard::asking(&stage.vault, &stage.history).await.unwrap();
    assert!(known.knows_all());
    const OTHER: &str = "sk-proj-Zq3vB7nM1xK9pL2wR8tY4uA6sD0fG5hJ";
    let text = format!("One is {OTHER}.");
    assert_eq!(known.leaving(&text), text, "nobody’s here");
    let first = stage.history.connections().unwrap().remove(0);
    let item = vault::KeyId::random().unwrap();
    let key = first.key.clone().map(|key| KeyFacts { item: item.as_str().into(), ..key });
    let other = Connection { id: "other".into(), name: "Other".into(), key, ..first };
    stage.history.put_connection(&other).unwrap();
    let unsure = Guard::asking(&stage.vault, &stage.history).await.unwrap();
    assert!(!unsure.knows_all());
    assert!(!unsure.leaving(&text).contains(&OTHER[..12]), "{}", unsure.leaving(&text));
    let file = File::of("notes.txt", "text/plain", text.as_bytes());
    let left = String::from_utf8(unsure.file_leaving(file).bytes.to_vec()).unwrap();
    assert!(!left.contains(&OTHER[..12]), "{left}");
}

#[tokio::test]
async fn a_file_is_looked_at_and_its_secrets_become_placeholders() {
    let stage = Stage::new().await;
    let words = "services:\n  worker:\n    DATABASE_URL: postgres://app:p4ss-demo@db/app\n";
    let file = |words: &str| File::of("compose.yml", "text/plain", words.as_bytes());
    let attached = stage.history.attach(None, &Part::File(file(words))).unwrap();
    let with_file = |wish| {
        let mut ask = asking(&stage, "It is attached.", wish);
        if let Ask::Message { files, .. } = &mut ask {
            files.push(attached.place);
        }
        ask
    };
    let refused = stage.prepare(with_file(Secrets::Ask)).await.unwrap_err();
    assert_eq!(refused.trouble, Trouble::SecretsFound);
    let numbers = vec![attached.place];
    let secrets = find_secrets(&stage.vault, &stage.history, None, String::new(), numbers).await;
    let [secret] = &secrets.unwrap()[..] else { panic!("one secret") };
    assert_eq!((secret.file.as_deref(), secret.line), (Some("compose.yml"), 3));
    stage.run(with_file(Secrets::Redact)).await;
    let wire = sent(&stage);
    assert!(wire.contains("⟪password-1⟫") && !wire.contains("p4ss-demo"), "{wire}");
    assert!(!kept(&stage).contains("p4ss-demo"));
}

#[tokio::test]
async fn a_stored_key_is_not_kept_even_in_a_draft() {
    let stage = Stage::new().await;
    let guard = Guard::of(&stage.vault, &stage.history).await.unwrap();
    let draft = guard.without_keys("My password is p4ss, postgres://a:p4ss-demo@b, and my key ");
    assert!(draft.contains("p4ss-demo"), "a draft is encrypted and may hold a password");
    let text = format!("a {KEY} b");
    assert_eq!(guard.without_keys(&text), "a ⟪test-key⟫ b");
    let plain = File::of("n", "text/plain", text.as_bytes());
    let letter =
        File { words: Some(text.clone()), ..File::of("n", "application/pdf", &b"%PDF"[..]) };
    for file in [plain, letter] {
        let file = guard.file_without_keys(file);
        assert_eq!(
            (file.media_type.as_str(), &*file.bytes),
            ("text/plain", "a ⟪test-key⟫ b".as_bytes())
        );
    }
    // What a model is told first is kept and sent as well.
    let mut ask = asking(&stage, "Hello", Secrets::Ask);
    if let Ask::Message { system_prompt, .. } = &mut ask {
        *system_prompt = text;
    }
    stage.run(ask).await;
    assert!(!sent(&stage).contains(KEY));
}

#[tokio::test]
async fn a_key_in_older_instructions_and_files_is_not_sent() {
    let stage = Stage::new().await;
    let first = stage.answer("practice").await;
    // As they were written before the key was kept here.
    let chat = first.conversation;
    stage.history.set_system_prompt(chat, &format!("Use {KEY}")).unwrap();
    let notes = File::of("notes.txt", "text/plain", format!("It is {KEY}").as_bytes());
    let attached = stage.history.attach(Some(chat), &Part::File(notes)).unwrap();
    let mut ask = stage.message(Some(chat), "practice", "Hello");
    if let Ask::Message { files, secrets, .. } = &mut ask {
        (*files, *secrets) = (vec![attached.place], Secrets::Keep);
    }
    stage.run(ask).await;
    let wire = sent(&stage);
    assert!(wire.contains("Use ⟪test-key⟫") && wire.contains("It is ⟪test-key⟫"), "{wire}");
    assert!(!wire.contains(KEY), "{wire}");
}

/// Every kind of secret a thousand times, each in surroundings of its own.
#[tokio::test]
async fn of_generated_secrets_at_least_99_in_100_are_found_whole() {
    let stage = Stage::new().await;
    let guard = Guard::of(&stage.vault, &stage.history).await.unwrap();
    let mut chance = Chance::new(7);
    for (kind, make) in secrets() {
        let (mut caught, mut missed) = (0, Vec::new());
        for _ in 0..1_000 {
            let secret = make(&mut chance);
            let text = chance.surround(&secret);
            match guard.redacted(&text).contains(&secret[secret.len() - 8..]) {
                false => caught += 1,
                true => missed.push(text),
            }
        }
        assert!(
            caught >= 990,
            "{kind}: {caught} of 1,000, not {:?}",
            &missed[..missed.len().min(3)]
        );
    }
}

/// Messages of words, code, logs, numbers, hashes and addresses, none of which is a secret.
#[tokio::test]
async fn of_ten_thousand_ordinary_messages_at_most_one_is_stopped() {
    let stage = Stage::new().await;
    let guard = Guard::of(&stage.vault, &stage.history).await.unwrap();
    let mut chance = Chance::new(11);
    let mut alarms = Vec::new();
    for _ in 0..10_000 {
        let text = ordinary_message(&mut chance);
        if guard.redacted(&text) != text {
            alarms.push(text);
        }
    }
    assert!(alarms.len() <= 1, "{}: {:?}", alarms.len(), &alarms[..alarms.len().min(3)]);
}

#[tokio::test]
async fn who_wishes_to_be_asked_about_stored_keys_only_still_is() {
    let stage = Stage::new().await;
    let token = "ghp_Ab3dEf6hIj9lMn2pQr5tUv8xYz1Bc4De7FgH";
    assert_eq!(found(&stage, token).await.len(), 1);
    stage.history.set_setting(history::Setting::Guard, turn::ONLY_STORED_KEYS).unwrap();
    assert!(found(&stage, token).await.is_empty());
    stage.run(asking(&stage, token, Secrets::Ask)).await;
    assert!(sent(&stage).contains(token));
    let refused = stage.prepare(asking(&stage, KEY, Secrets::Ask)).await.unwrap_err();
    assert_eq!(refused.trouble, Trouble::SecretsFound);
    let Secret { kind, .. } = found(&stage, &format!("{token} {KEY}")).await.remove(0);
    assert_eq!(kind, SecretKind::Stored("Test".to_owned()));
}
