//! Conversations, connections and settings: the lists beside the tree.

use history::{Connection, ConversationId, Error, History, KeptIn, KeyFacts, NewTurn, Setting};

use crate::sample::{exchange, turn};

fn connection(id: &str, created_ms: i64) -> Connection {
    Connection {
        id: id.into(),
        provider: "openAi".into(),
        name: "Personal".into(),
        address: "https://api.openai.com/v1".into(),
        origin: "https://api.openai.com".into(),
        key: Some(KeyFacts {
            kind: "project".into(),
            last_four: "a1b2".into(),
            kept_in: KeptIn::Keychain,
            worked: false,
            restricted: false,
            item: id.into(),
            made_ms: 0,
            retired_ms: None,
            command: None,
            behind: None,
        }),
        created_ms,
        last_used_ms: None,
        refuses_stream_options: false,
        format: None,
        upkeep: history::Upkeep::default(),
    }
}

#[test]
fn conversations_come_latest_first() {
    let history = History::in_memory().unwrap();
    let first = exchange(&history, None, "a", "b").conversation.id;
    let second = exchange(&history, None, "a", "b").conversation.id;
    std::thread::sleep(std::time::Duration::from_millis(3));
    exchange(&history, Some(first), "a", "b");
    let ids: Vec<_> = history.conversations().unwrap().into_iter().map(|row| row.id).collect();
    assert_eq!(ids, [first, second]);
}

#[test]
fn conversations_come_a_page_at_a_time_each_once() {
    let history = History::in_memory().unwrap();
    // Many within the same millisecond: the number decides then.
    for turn in 0..25 {
        exchange(&history, None, &turn.to_string(), "b");
    }
    let all = history.conversations().unwrap();
    let (mut paged, mut after) = (Vec::new(), None);
    loop {
        let page = history.conversations_page(after, 7).unwrap();
        let Some(last) = page.last() else { break };
        after = Some((last.updated_ms, last.id));
        paged.extend(page);
    }
    assert_eq!(paged, all);
}

#[test]
fn conversation_keeps_what_is_set() {
    let history = History::in_memory().unwrap();
    let id = exchange(&history, None, "a", "b").conversation.id;
    let before = history.conversation(id).unwrap().updated_ms;
    history.rename(id, "Better").unwrap();
    history.set_system_prompt(id, "Be brief").unwrap();
    history.set_model(id, "c9", "m9").unwrap();
    history.set_draft(id, "half a thou").unwrap();
    let found = history.conversation(id).unwrap();
    assert_eq!((found.title.as_str(), found.system_prompt.as_str()), ("Better", "Be brief"));
    assert_eq!((found.connection.as_deref(), found.model.as_deref()), (Some("c9"), Some("m9")));
    assert_eq!(found.draft, "half a thou");
    assert_eq!(found.updated_ms, before, "only messages move a conversation up");
    assert_eq!(found.row().title, "Better");

    history.begin_turn(&turn(Some(id), "half a thought")).unwrap();
    assert_eq!(history.conversation(id).unwrap().draft, "", "sending clears the draft");
}

#[test]
fn unknown_conversations_are_not_found() {
    let history = History::in_memory().unwrap();
    let nobody = ConversationId(999);
    assert_eq!(history.conversation(nobody).unwrap_err(), Error::NotFound);
    assert_eq!(history.rename(nobody, "x").unwrap_err(), Error::NotFound);
    assert_eq!(history.set_draft(nobody, "x").unwrap_err(), Error::NotFound);
    assert_eq!(history.set_model(nobody, "c", "m").unwrap_err(), Error::NotFound);
    assert_eq!(history.delete(nobody).unwrap_err(), Error::NotFound);
    assert_eq!(history.restore(nobody).unwrap_err(), Error::NotFound);
    assert_eq!(history.page(nobody, 5).unwrap_err(), Error::NotFound);
    assert_eq!(history.branch(nobody).unwrap_err(), Error::NotFound);
    assert_eq!(history.begin_turn(&turn(Some(nobody), "x")).unwrap_err(), Error::NotFound);
}

#[test]
fn deleted_conversation_comes_back_until_it_is_purged() {
    let history = History::in_memory().unwrap();
    let kept = exchange(&history, None, "a", "b");
    let gone = exchange(&history, None, "c", "d");
    let id = gone.conversation.id;
    history.delete(id).unwrap();
    assert_eq!(history.conversation(id).unwrap_err(), Error::NotFound);
    assert_eq!(history.conversations().unwrap().len(), 1);
    assert_eq!(history.delete(id).unwrap_err(), Error::NotFound, "deleted already");

    history.restore(id).unwrap();
    assert_eq!(history.branch(id).unwrap().len(), 2);
    assert_eq!(history.purge_deleted(i64::MAX).unwrap(), 0);

    history.delete(id).unwrap();
    assert_eq!(history.purge_deleted(1).unwrap(), 0, "not deleted that long ago");
    assert_eq!(history.purge_deleted(i64::MAX).unwrap(), 1);
    assert_eq!(history.restore(id).unwrap_err(), Error::NotFound);
    assert_eq!(history.message(gone.user.id).unwrap_err(), Error::NotFound);
    assert_eq!(history.branch(kept.conversation.id).unwrap().len(), 2);
    let next = exchange(&history, None, "e", "f");
    assert!(next.conversation.id > id && next.user.id > gone.answer.id, "ids are not used twice");
}

#[test]
fn purging_goes_deeper_than_any_recursion_limit() {
    let history = History::in_memory().unwrap();
    let id = exchange(&history, None, "a", "b").conversation.id;
    for _ in 0..1500 {
        exchange(&history, Some(id), "a", "b");
    }
    history.delete(id).unwrap();
    assert_eq!(history.purge_deleted(i64::MAX).unwrap(), 1);
    history.check().unwrap();
}

#[test]
fn connections_are_kept() {
    let history = History::in_memory().unwrap();
    let mut local = Connection { key: None, ..connection("local", 20) };
    history.put_connection(&local).unwrap();
    history.put_connection(&connection("openai", 10)).unwrap();
    assert_eq!(history.connections().unwrap(), [connection("openai", 10), local.clone()]);

    history.rename_connection("local", "Here").unwrap();
    history.touch_connection("local", 77).unwrap();
    local.name = "Here".into();
    local.last_used_ms = Some(77);
    assert_eq!(history.connections().unwrap()[1], local);

    let kept_in = KeptIn::Session;
    let session = KeyFacts {
        kind: "user".into(),
        last_four: "zzzz".into(),
        kept_in,
        worked: false,
        restricted: false,
        item: "session".into(),
        made_ms: 0,
        retired_ms: None,
        command: None,
        behind: None,
    };
    local.key = Some(session);
    history.put_connection(&local).unwrap();
    assert_eq!(history.connections().unwrap()[1], local, "the same id is replaced");

    history.note_stream_options_refused("local").unwrap();
    history.note_key_worked("local").unwrap();
    local.refuses_stream_options = true;
    local.key.as_mut().unwrap().worked = true;
    assert_eq!(history.connections().unwrap()[1], local);

    let id = exchange(&history, None, "a", "b").conversation.id;
    history.set_model(id, "local", "m").unwrap();
    history.remove_connection("local").unwrap();
    assert_eq!(history.connections().unwrap().len(), 1);
    assert_eq!(history.conversation(id).unwrap().connection, None);
    assert_eq!(history.remove_connection("local").unwrap_err(), Error::NotFound);
    assert_eq!(history.rename_connection("local", "x").unwrap_err(), Error::NotFound);
    assert_eq!(history.touch_connection("local", 1).unwrap_err(), Error::NotFound);
}

#[test]
fn settings_are_kept() {
    let history = History::in_memory().unwrap();
    assert_eq!(history.setting(Setting::NewChatModel).unwrap(), None);
    history.set_setting(Setting::NewChatModel, "m1").unwrap();
    history.set_setting(Setting::NewChatModel, "m2").unwrap();
    history.set_setting(Setting::NewChatDraft, "half").unwrap();
    assert_eq!(history.setting(Setting::NewChatModel).unwrap().as_deref(), Some("m2"));
    assert_eq!(history.setting(Setting::NewChatConnection).unwrap(), None);
    // What was asked elsewhere is another message.
    let elsewhere = NewTurn { waiting: Some(Vec::new()), ..turn(None, "quick") };
    history.begin_turn(&elsewhere).unwrap();
    assert_eq!(history.setting(Setting::NewChatDraft).unwrap().as_deref(), Some("half"));
    history.begin_turn(&turn(None, "half a thought")).unwrap();
    assert_eq!(history.setting(Setting::NewChatDraft).unwrap().as_deref(), Some(""));
}

#[test]
fn others_read_and_write_while_a_conversation_is_read_aloud() {
    let history = History::in_memory().unwrap();
    let id = exchange(&history, None, "0", &"long ".repeat(100_000)).conversation.id;
    for turn in 1..100 {
        exchange(&history, Some(id), &turn.to_string(), "answer");
    }
    let mut heard = Vec::new();
    history
        .read_aloud(id, &history::Stop::default(), |words| {
            // Whoever holds the only reader here would wait for itself for ever.
            assert_eq!(history.conversations().unwrap().len(), 1);
            history.set_draft(id, "typing").unwrap();
            heard.push((words.id, words.text.len()));
        })
        .unwrap();
    assert_eq!(heard.len(), 200);
    assert_eq!(heard[1].1, 500_000);
    let lines: Vec<_> = history.outline(id).unwrap().into_iter().map(|line| line.id).collect();
    assert_eq!(heard.into_iter().map(|(id, _)| id).collect::<Vec<_>>(), lines);
}
