use crate::application::tests::aider;
use crate::{
    Cost, CostFrom, Error, Finished, History, Limits, ListedFacts, NewTurn, OwnPrice, Part, Preset,
    PresetId, Refused, Request, Route, Setting, Settled, Step,
};

#[test]
fn a_session_moves_in_with_every_version() {
    let disk = History::in_memory().unwrap();
    let turn = |text: &str| NewTurn {
        title: text.to_owned(),
        system_prompt: "Be brief.".to_owned(),
        parameters: "{}".to_owned(),
        ..NewTurn::of("c", "m", text)
    };
    disk.begin_turn(&turn("already there")).unwrap();

    let session = History::in_memory().unwrap();
    session.set_setting(Setting::NewChatModel, "m").unwrap();
    let careful = Preset { id: PresetId(0), name: "Careful".into(), ..Preset::default() };
    let careful = session.add_preset(&careful).unwrap().id;
    session.set_setting(Setting::DefaultPreset, &careful.0.to_string()).unwrap();
    disk.add_preset(&Preset { name: "Quick".into(), ..Preset::default() }).unwrap();
    let first = NewTurn { preset: Some(careful), ..turn("from the session") };
    let begun = session.begin_turn(&first).unwrap();
    let cost = Cost { nano: Some(7), from: Some(CostFrom::Prices), ..Cost::default() };
    let finished = |text: &str| Finished {
        cost: cost.clone(),
        parts: vec![Part::Thought("sealed".to_owned())],
        ..Finished::of(text)
    };
    session.finish_answer(begun.answer.id, &finished("first")).unwrap();
    let again = session.begin_answer(begun.user.id, "c", "m").unwrap();
    session.finish_answer(again.answer.id, &finished("second")).unwrap();

    disk.absorb(&session).unwrap();

    let rows = disk.conversations().unwrap();
    let row = rows.iter().find(|row| row.title == "from the session").unwrap();
    assert_eq!(rows.len(), 2);
    let moved = disk.conversation(row.id).unwrap();
    assert_eq!((moved.system_prompt.as_str(), moved.parameters.as_str()), ("Be brief.", "{}"));
    let said = disk.branch(row.id).unwrap();
    assert_eq!(said[1].parts, [Part::Thought("sealed".to_owned())]);
    let page = disk.page(row.id, 10).unwrap();
    let texts: Vec<_> = page.messages.iter().map(|message| message.text.as_str()).collect();
    assert_eq!(texts, ["from the session", "second"]);
    assert_eq!(page.messages[1].cost, cost);
    let previous = page.messages[1].version.previous.unwrap();
    assert_eq!(disk.message(previous).unwrap().text, "first");
    let careful = disk.presets().unwrap().remove(1);
    assert_eq!((careful.name.as_str(), moved.preset), ("Careful", Some(careful.id)));
    let by_default = disk.setting(Setting::DefaultPreset).unwrap();
    assert_eq!(by_default, Some(careful.id.0.to_string()));
    assert!(disk.marks().unwrap()[0].used_ms.is_some());
    assert_eq!(disk.setting(Setting::NewChatModel).unwrap().as_deref(), Some("m"));
    assert_eq!(session.begin_turn(&turn("late")).unwrap_err(), Error::Closed);
    assert_eq!(session.conversations().unwrap_err(), Error::Closed);
}

#[test]
fn what_a_session_spent_counts_on_the_disk() {
    let (disk, session) = (History::in_memory().unwrap(), History::in_memory().unwrap());
    let limits = Limits { month_nano: Some(10), ..Limits::default() };
    session.set_limits("c", &limits).unwrap();
    let begun = session.begin_turn(&NewTurn::of("c", "m", "Hello")).unwrap();
    session.finish_answer(begun.answer.id, &Finished::of("Hi")).unwrap();
    let request = Request {
        connection: "c",
        model: "m",
        conversation: Some(begun.conversation.id),
        message: Some(begun.answer.id),
        key: Some("item"),
        at_most_nano: Some(8),
        tokens_at_most: 1,
        now_ms: 1_796_083_199_000,
    };
    let entry = session.reserve(&request).unwrap().unwrap();
    session.settle(entry, &Settled { nano: Some(6), ..Settled::default() }).unwrap();
    let lent = session.add_application(&aider(), Some(&[5; 32])).unwrap().id;
    let cheap = Request { at_most_nano: Some(2), ..request };
    let entry = session.reserve_for(lent, &cheap).unwrap().unwrap();
    session.settle(entry, &Settled { nano: Some(2), ..Settled::default() }).unwrap();
    let free = Request { at_most_nano: Some(0), ..request };
    session.release(session.reserve_for(lent, &free).unwrap().unwrap()).unwrap();
    session.end_application(lent, request.now_ms).unwrap();
    let kept = session.add_application(&aider(), Some(&[5; 32])).unwrap().id;
    let entry = session.reserve_for(kept, &free).unwrap().unwrap();
    session.settle(entry, &Settled::default()).unwrap();
    let logged = session.audit(1, 9).unwrap();
    disk.add_application(&aider(), None).unwrap();
    disk.absorb(&session).unwrap();
    assert_eq!(disk.limits("c"), Ok(limits));
    assert_eq!(disk.spent("c", request.now_ms).unwrap().month_nano, 8);
    assert!(disk.reserve(&request).unwrap().is_err());
    let (moved, token) = disk.application_tokens().unwrap().remove(1);
    assert_eq!(token, Some([5; 32]));
    assert_eq!(disk.spent_by(moved.id, request.now_ms).unwrap().1, 1);
    // Every line says what it said, also of who was ended and of what was refused.
    assert_eq!(disk.audit(1, 9).unwrap(), logged);
    assert_eq!((logged.len(), logged[1].application.as_str()), (4, "Aider"));
    assert_eq!(disk.verify_audit().unwrap().broken_at, None);
}

#[test]
fn listed_prices_move_in_beside_those_of_other_connections() {
    let (disk, session) = (History::in_memory().unwrap(), History::in_memory().unwrap());
    let price = |nano| OwnPrice { input_nano: nano, output_nano: nano };
    let list = |history: &History, connection: &str, model: &str, nano| {
        history.set_listed_prices(connection, [(model.to_owned(), price(nano))]).unwrap();
    };
    list(&disk, "both", "old", 1);
    list(&disk, "disk", "m", 2);
    list(&session, "both", "new", 3);
    list(&session, "session", "m", 4);
    disk.absorb(&session).unwrap();
    let of = |connection, model| disk.own_price(connection, model).unwrap();
    assert_eq!(of("disk", "m"), Some(price(2)));
    assert_eq!((of("both", "old"), of("both", "new")), (None, Some(price(3))));
    assert_eq!(of("session", "m"), Some(price(4)));
}

#[test]
fn listed_facts_move_in_as_listed_prices_do() {
    let (disk, session) = (History::in_memory().unwrap(), History::in_memory().unwrap());
    let facts = |longest| ListedFacts { longest: Some(longest), passed_on: false };
    disk.set_listed_facts("disk", [("m".to_owned(), facts(1))]).unwrap();
    session.set_listed_facts("session", [("m".to_owned(), facts(2))]).unwrap();
    disk.absorb(&session).unwrap();
    let of = |connection| disk.told(connection, "m").unwrap().listed;
    assert_eq!((of("disk"), of("session")), (facts(1), facts(2)));
}

#[test]
fn routes_and_what_is_refused_move_in_too() {
    let (disk, session) = (History::in_memory().unwrap(), History::in_memory().unwrap());
    let step = |model: &str| Step { connection: "c".into(), model: model.into() };
    let route = |name: &str| Route {
        name: name.into(),
        steps: vec![step("m"), step("n")],
        ..Route::default()
    };
    disk.add_route(&route("There already")).unwrap();
    let everyday = session.add_route(&route("Everyday")).unwrap();
    session.set_setting(Setting::NewChatRoute, &everyday.id.0.to_string()).unwrap();
    let refused = Refused { connection: "c".into(), model: "m".into(), parameter: "p".into() };
    session.note_refused(&refused).unwrap();
    let turn = NewTurn { route: Some(everyday.id), ..NewTurn::of("c", "m", "Hello") };
    let begun = session.begin_turn(&turn).unwrap();
    let finished = Finished {
        answered_by: Some(step("n")),
        route: Some("why".into()),
        first_token_ms: Some(70),
        ..Finished::of("Hi")
    };
    session.finish_answer(begun.answer.id, &finished).unwrap();
    assert_eq!(session.paces("c", "n").unwrap(), [70]);

    disk.absorb(&session).unwrap();

    let moved = disk.routes().unwrap().remove(1);
    assert_eq!((moved.name.as_str(), &moved.steps), ("Everyday", &everyday.steps));
    let row = disk.conversations().unwrap().remove(0);
    assert_eq!(disk.conversation(row.id).unwrap().route, Some(moved.id));
    let answer = disk.page(row.id, 9).unwrap().messages.remove(1);
    assert_eq!((answer.model.as_deref(), answer.route.as_deref()), (Some("n"), Some("why")));
    let new_chat = disk.setting(Setting::NewChatRoute).unwrap();
    assert_eq!(new_chat, Some(moved.id.0.to_string()));
    assert_eq!(disk.refused("c", "m").unwrap(), ["p"]);
    disk.put_connection(&crate::Connection {
        id: "c".into(),
        provider: "p".into(),
        name: "n".into(),
        address: "a".into(),
        origin: "o".into(),
        key: None,
        refuses_stream_options: false,
        format: None,
        upkeep: crate::Upkeep::default(),
        created_ms: 0,
        last_used_ms: None,
    })
    .unwrap();
    disk.remove_connection("c").unwrap();
    assert!(disk.routes().unwrap()[1].steps.is_empty(), "nobody is left to ask");
    assert!(disk.refused("c", "m").unwrap().is_empty());
}

#[test]
fn a_growing_answer_stays_where_it_grows() {
    let (disk, session) = (History::in_memory().unwrap(), History::in_memory().unwrap());
    let begun = session.begin_turn(&NewTurn::of("c", "m", "Hello")).unwrap();
    assert_eq!(disk.absorb(&session).unwrap_err(), Error::Growing);
    assert!(disk.conversations().unwrap().is_empty());
    session.save_progress(begun.answer.id, "still here", "").unwrap();
}
