//! Searching with filters: what each lets through, a day as it is here, folders and tags by their names.

use history::{Change, Connection, File, Folder, History, NewTurn, Order, Part, Search, Stop};

use crate::sample::{exchange, finished, open, turn};
use crate::search::{index, raw, results, shown};

fn connection(id: &str, provider: &str, name: &str) -> Connection {
    Connection {
        id: id.into(),
        provider: provider.into(),
        name: name.into(),
        address: format!("https://api.{provider}.example/v1"),
        origin: format!("https://api.{provider}.example"),
        key: None,
        created_ms: 0,
        last_used_ms: None,
        refuses_stream_options: false,
        format: None,
        upkeep: history::Upkeep::default(),
    }
}

#[test]
fn filters_narrow_what_is_found() {
    let history = History::in_memory().unwrap();
    for (id, provider, name) in [("c1", "openAi", "Personal"), ("c-2", "anthropic", "Work")] {
        history.put_connection(&connection(id, provider, name)).unwrap();
    }
    let picture = Part::Image(File::of("floor-plan.png", "image/png", *b"x"));
    let first =
        NewTurn { parts: vec![picture], ..NewTurn::of("c1", "gpt-5.1", "jitter, a question") };
    let begun = history.begin_turn(&first).unwrap();
    history.finish_answer(begun.answer.id, &finished("jitter\n```\ncode\n```")).unwrap();
    let begun = history
        .begin_turn(&NewTurn::of("c-2", "claude-sonnet-4.5", "jitter https://x.org"))
        .unwrap();
    history.finish_answer(begun.answer.id, &finished("jitter ![a](b.png)")).unwrap();
    let talk = Part::File(File::of("talk.m4a", "audio/mp4", *b"y"));
    let third = NewTurn { parts: vec![talk], ..NewTurn::of("c1", "o3", "what is said") };
    let begun = history.begin_turn(&third).unwrap();
    history.finish_answer(begun.answer.id, &finished("nothing")).unwrap();
    let count = |typed: &str| results(&history, typed).messages;
    let cases = [
        ("jitter", 4),
        ("jitter role:user", 2),
        ("jitter role:assistant", 2),
        ("role:assistant", 3),
        ("jitter model:gpt", 1),
        ("jitter model:gpt-5.1", 1),
        ("model:sonnet-4", 1),
        ("model:claude model:gpt", 0),
        ("jitter provider:openai", 1),
        ("jitter provider:Work", 1),
        ("provider:nobody jitter", 0),
        ("jitter has:code", 1),
        ("has:link jitter", 1),
        ("jitter has:image", 2),
        ("jitter has:file", 1),
        ("has:audio", 1),
        ("talk.m4a has:audio has:file", 1),
        ("jitter has:audio", 0),
        ("floor-plan", 1),
        ("floor-plan.png jitter", 1),
        ("jitter before:2026-01-01", 0),
        ("jitter after:2020", 4),
        ("jitter after:today", 4),
        ("jitter before:today", 0),
        ("jitter after:2020 before:2021", 0),
    ];
    for (typed, expected) in cases {
        assert_eq!(count(typed), expected, "{typed}");
    }
    assert_eq!(shown(&history, "floor-plan"), ["[floor-plan].png"]);
}

#[test]
fn filters_let_a_title_through_for_what_its_chat_is() {
    let history = History::in_memory().unwrap();
    let name = |model: &str, title: &str| {
        let begun = history.begin_turn(&NewTurn::of("c1", model, "a")).unwrap();
        history.finish_answer(begun.answer.id, &finished("b")).unwrap();
        history.rename(begun.conversation.id, title).unwrap();
        begun.conversation.id
    };
    let (one, other) = (name("gpt-5.1", "Tenancy clause"), name("o3", "Tenancy law"));
    let work = history.add_folder(&Folder { name: "Work".into(), ..Folder::default() }).unwrap();
    history.organise(&[one], &Change::Move(Some(work))).unwrap();
    history.organise(&[other], &Change::Tag("read".into())).unwrap();
    let both: &[&str] = &["[Tenancy] law", "[Tenancy] clause"];
    let cases: [(&str, &[&str]); 12] = [
        ("tenancy", both),
        ("tenancy folder:work", &both[1..]),
        ("tenancy tag:read", &both[..1]),
        ("tenancy folder:work tag:read", &[]),
        ("tenancy model:gpt", &both[1..]),
        ("tenancy model:claude", &[]),
        ("tenancy after:today", both),
        ("tenancy before:today", &[]),
        ("tenancy after:2020 model:o3", &both[..1]),
        ("tenancy provider:nobody", &[]),
        // Nothing but a message can have these.
        ("tenancy role:user", &[]),
        ("tenancy has:code", &[]),
    ];
    for (typed, expected) in cases {
        assert_eq!(shown(&history, typed), expected, "{typed}");
    }
    history.put_connection(&connection("c1", "openAi", "Personal")).unwrap();
    assert_eq!(shown(&history, "tenancy provider:openai"), both);
    history.put_connection(&connection("c2", "mistral", "Other")).unwrap();
    assert!(shown(&history, "tenancy provider:mistral").is_empty());
}

#[test]
fn a_day_is_that_of_the_clock_here() {
    // The rest runs in a process of a place whose day began at another moment than that of UTC.
    const PLACE: &str = "HISTORY_SEARCH_PLACE";
    if std::env::var_os(PLACE).is_none() {
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "search::a_day_is_that_of_the_clock_here"])
            .envs([(PLACE, "yes"), ("TZ", "America/New_York")])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let history = open(&path);
    // One second before midnight and midnight, in summer and in winter; the days of UTC began four and five hours before.
    let moments = [1_784_087_999_000_i64, 1_784_088_000_000, 1_768_453_199_000, 1_768_453_200_000];
    let said = ["summer eve", "summer day", "winter eve", "winter day"];
    let ids = said.map(|text| history.begin_turn(&turn(None, text)).unwrap().user.id);
    drop(history);
    let db = raw(&path);
    for (id, ms) in ids.iter().zip(moments) {
        db.execute("UPDATE message SET created_ms = ?2 WHERE id = ?1", (id.0, ms)).unwrap();
    }
    drop(db);
    let history = open(&path);
    let at = |typed: &str, now_ms| {
        index(&history);
        let search = Search { typed, order: Order::Newest, skip: 0, limit: 9, now_ms };
        let hits = history.search(&search, &Stop::default()).unwrap().hits;
        hits.iter().map(|hit| hit.at_ms).collect::<Vec<_>>()
    };
    let noon = moments[1] + 43_200_000;
    assert_eq!(at("summer after:2026-07-15", noon), [moments[1]]);
    assert_eq!(at("summer before:2026-07-15", noon), [moments[0]]);
    assert_eq!(at("winter after:2026-01-15", noon), [moments[3]]);
    assert_eq!(at("winter before:2026-01-15", noon), [moments[2]]);
    assert_eq!(at("summer after:today", noon), [moments[1]]);
    // Late in the evening it is the next day in UTC.
    assert_eq!(at("summer after:today", moments[1] + 82_800_000), [moments[1]]);
    assert_eq!(at("summer after:yesterday before:today", noon), [moments[0]]);
    assert_eq!(at("after:2026-01-15 before:2026-07-15 role:user", noon), [moments[3], moments[0]]);
}

#[test]
fn folders_with_what_is_in_them_and_tags_narrow_a_search() {
    let history = History::in_memory().unwrap();
    let folder = |name: &str, parent| {
        history.add_folder(&Folder { name: name.into(), parent, ..Folder::default() }).unwrap()
    };
    let outer = folder("House move", None);
    let inner = folder("Insurance", Some(outer));
    let ids: Vec<_> =
        (0..3).map(|_| exchange(&history, None, "needle", "b").conversation.id).collect();
    history.organise(&ids[..1], &Change::Move(Some(outer))).unwrap();
    history.organise(&ids[1..2], &Change::Move(Some(inner))).unwrap();
    history.organise(&ids[1..], &Change::Tag("To read".into())).unwrap();
    let count = |typed: &str| results(&history, typed).messages;
    let named =
        [("House", None), ("Move", None), ("Résumé", Some(outer)), ("Insurance claims", None)];
    let [house, _, inside, _] = named.map(|(name, parent)| folder(name, parent));
    let also = folder("Move", Some(house));
    let more: Vec<_> =
        (0..2).map(|_| exchange(&history, None, "thimble", "b").conversation.id).collect();
    history.organise(&more[..1], &Change::Move(Some(inside))).unwrap();
    history.organise(&more[1..], &Change::Move(Some(also))).unwrap();
    history.organise(&more[..1], &Change::Tag("To".into())).unwrap();
    assert_eq!(count("thimble"), 2);
    // The folder that is called so, and not the one whose name begins so; a path, from its root; nested ones with what is in them.
    assert_eq!(count("thimble folder:house"), 1);
    assert_eq!(count("thimble folder:\"HOUSE/move\""), 1);
    assert_eq!(count("thimble folder:\"house move\""), 1);
    assert_eq!(count("thimble folder:\"House move/resume\""), 1);
    assert_eq!(count("thimble folder:\"House move/res\""), 1);
    assert_eq!(count("thimble folder:\"move/resume\""), 0);
    assert_eq!(count("thimble folder:resume"), 1);
    assert_eq!(count("thimble folder:?"), 0);
    assert_eq!(count("thimble tag:to"), 1);
    assert_eq!(count("needle tag:to"), 0);
    assert_eq!(count("needle tag:\"to r\""), 2);
    assert_eq!(count("needle folder:\"house move\""), 2);
    assert_eq!(count("needle folder:insurance"), 1);
    assert_eq!(count("needle tag:\"to read\""), 2);
    assert_eq!(count("needle tag:\"to r\" folder:\"house m\""), 1);
    assert_eq!(count("folder:insurance"), 2);
    assert_eq!(count("needle tag:none"), 0);
    // Of many conversations it is not the index that narrows.
    for _ in 0..450 {
        let id = history.begin_turn(&turn(None, "hay")).unwrap().conversation.id;
        history.organise(&[id], &Change::Move(Some(outer))).unwrap();
    }
    assert_eq!(count("needle folder:\"house m\""), 2);
    assert_eq!(count("folder:\"house m\" role:user"), 453);
}
