//! Searching everything that was said, and keeping the index that it takes.

use std::path::Path;
use std::sync::Arc;

use history::{
    Change, Connection, Error, File, Folder, History, Indexed, NewTurn, Order, Part, Results,
    Search, Setting, Stop,
};

use crate::sample::{Dice, exchange, finished, open, turn};

fn index(history: &History) {
    while history.index_some().unwrap() == Indexed::Some {}
}

fn results(history: &History, typed: &str) -> Results {
    index(history);
    look(history, typed, Order::Newest)
}

fn look(history: &History, typed: &str, order: Order) -> Results {
    let search = Search { typed, order, skip: 0, limit: 50, now_ms: now_ms() };
    history.search(&search, &Stop::default()).unwrap()
}

fn now_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

/// What was found, in brackets where it is marked.
fn shown(history: &History, typed: &str) -> Vec<String> {
    let found = results(history, typed).hits;
    let pieces = |hit: &history::Hit| {
        let pieces = if hit.message.is_some() { &hit.snippet } else { &hit.title };
        let piece = |piece: &history::Piece| match piece.is_marked {
            true => format!("[{}]", piece.text),
            false => piece.text.clone(),
        };
        pieces.iter().map(piece).collect()
    };
    found.iter().map(pieces).collect()
}

#[test]
fn words_beginnings_phrases_and_all_scripts_are_found() {
    let history = History::in_memory().unwrap();
    exchange(&history, None, "Explain full jitter", "Full **jitter** spreads the retries.");
    exchange(&history, None, "Wo ist das Café?", "In Łódź, an der Straße.");
    exchange(&history, None, "東京都のどこ?", "한국어 검색 and 重跑gen-itgc后");
    exchange(&history, None, "C++ or C#?", "👍 both");
    let cases: [(&str, &[&str]); 17] = [
        ("jitter", &["Full [jitter] spreads the retries.", "Explain full [jitter]"]),
        ("full jit", &["[Full] [jitter] spreads the retries.", "Explain [full] [jitter]"]),
        ("\"jitter spreads\"", &["Full [jitter spreads] the retries."]),
        ("\"spreads jitter\"", &[]),
        ("jit ", &[]),
        ("cafe", &["Wo ist das [Café]?"]),
        ("lodz strasse", &["In [Łódź], an der [Straße]."]),
        ("京都", &["東[京都]のどこ?"]),
        ("都", &["東京[都]のどこ?"]),
        ("국어", &["한[국어] 검색 and 重跑gen-itgc后"]),
        ("itgc", &["한국어 검색 and 重跑gen-[itgc]后"]),
        ("跑gen", &["한국어 검색 and 重[跑gen]-itgc后"]),
        ("后", &["한국어 검색 and 重跑gen-itgc[后]"]),
        ("c++", &["[C++] or C#?"]),
        ("C#", &["C++ or [C#]?"]),
        ("👍", &["[👍] both"]),
        ("nothing", &[]),
    ];
    for (typed, expected) in cases {
        assert_eq!(shown(&history, typed), expected, "{typed}");
    }
}

#[test]
fn nothing_that_can_be_typed_is_an_error() {
    let history = History::in_memory().unwrap();
    exchange(&history, None, "a word", "another");
    index(&history);
    let mut odd: Vec<String> = [
        "",
        " ",
        "\"",
        "\"\"",
        "*",
        "-",
        "-word",
        "NEAR(",
        "NEAR(a b, 5)",
        "C++",
        "AND",
        "OR x",
        "NOT",
        "said:x",
        "marks:role_user",
        "col : x",
        "{a b} : x",
        "^word",
        "a^2",
        "(",
        ")",
        "x)",
        "'",
        "';--",
        "38.101",
        "don't",
        "TODO: fix",
        "\u{0}",
        "\u{feff}",
        "%",
        "a*b",
        "* *",
        "+",
        "word +",
        "😀",
        "\u{202e}x",
        "role:",
        "role:x",
        "before:",
        "before:x",
        "has:",
        "model:\"",
        "provider:\"a b",
        "tag:x",
        "model:*",
    ]
    .map(str::to_owned)
    .to_vec();
    odd.extend(
        ["word ", "\"", "* ", "字", "a\"b ", "( ", "model:x "]
            .map(|part| part.repeat(1_000_000 / part.len())),
    );
    odd.push(format!("model:\"{}", "m1 ".repeat(1_000)));
    let mut dice = Dice(7);
    let letters: Vec<char> = "\"*-()^:{}+#'a字é \u{0}\u{301}👍".chars().collect();
    for _ in 0..2_000 {
        let length = dice.below(24);
        odd.push(
            (0..length)
                .map(|_| letters[usize::try_from(dice.below(letters.len() as u64)).unwrap()])
                .collect(),
        );
    }
    for typed in odd {
        for order in [Order::Fitting, Order::Newest, Order::Best] {
            look(&history, &typed, order);
        }
    }
    assert_eq!(look(&history, "-word", Order::Fitting).messages, 1);
    assert_eq!(look(&history, "role:nobody word", Order::Fitting).misread, ["role:nobody"]);
}

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
fn titles_are_found_under_the_name_they_have_now() {
    let history = History::in_memory().unwrap();
    let id = exchange(&history, None, "a", "b").conversation.id;
    history.rename(id, "Tenancy clause").unwrap();
    assert_eq!(shown(&history, "tenan"), ["[Tenancy] clause"]);
    history.rename(id, "House move").unwrap();
    assert!(shown(&history, "tenan").is_empty());
    assert_eq!(shown(&history, "house"), ["[House] move"]);
    history.delete(id).unwrap();
    assert!(shown(&history, "house").is_empty());
    assert!(shown(&history, "a").is_empty());
    history.restore(id).unwrap();
    assert_eq!(shown(&history, "house"), ["[House] move"]);
    history.delete(id).unwrap();
    history.purge_deleted(i64::MAX).unwrap();
    assert!(shown(&history, "house").is_empty());
    history.check().unwrap();
}

#[test]
fn a_growing_answer_is_found_when_it_has_ended_whatever_ended_it() {
    let history = History::in_memory().unwrap();
    let begun = history.begin_turn(&turn(None, "Ask")).unwrap();
    history.save_progress(begun.answer.id, "growing ivy", "").unwrap();
    assert!(shown(&history, "ivy").is_empty());
    history.interrupt_streaming().unwrap();
    assert_eq!(shown(&history, "ivy"), ["growing [ivy]"]);
    let begun = history.begin_turn(&turn(None, "Ask")).unwrap();
    history.finish_answer(begun.answer.id, &finished("grown ivy")).unwrap();
    assert_eq!(shown(&history, "ivy").len(), 2);
}

#[test]
fn a_session_that_moves_in_is_found_there() {
    let (disk, session) = (History::in_memory().unwrap(), History::in_memory().unwrap());
    exchange(&session, None, "needle", "b");
    index(&session);
    disk.absorb(&session).unwrap();
    assert_eq!(shown(&disk, "needle"), ["[needle]"]);
}

#[test]
fn several_words_bring_what_fits_best_first_and_pages_follow_each_other() {
    let history = History::in_memory().unwrap();
    exchange(&history, None, "full jitter, full jitter", "no");
    exchange(&history, None, &format!("full {} jitter", "of other words ".repeat(60)), "no");
    index(&history);
    let first = |order| {
        let found = look(&history, "full jitter", order);
        (found.hits[0].snippet.len() == 7, found.is_ranked)
    };
    assert_eq!(first(Order::Fitting), (true, true));
    assert_eq!(first(Order::Best), (true, true));
    assert_eq!(first(Order::Newest), (false, false));
    for _ in 0..700 {
        history.begin_turn(&turn(None, "often full")).unwrap();
    }
    index(&history);
    let found = look(&history, "often full", Order::Fitting);
    assert_eq!(
        (found.messages, found.are_more, found.is_ranked, found.chats),
        (500, true, false, 500)
    );
    let page = |skip| {
        let search = Search { typed: "often", order: Order::Newest, skip, limit: 100, now_ms: 0 };
        let found = history.search(&search, &Stop::default()).unwrap().hits;
        found.into_iter().filter_map(|hit| hit.message).collect::<Vec<_>>()
    };
    let mut all: Vec<_> = (0..8).flat_map(|at| page(at * 100)).collect();
    assert_eq!(all.len(), 700);
    all.dedup();
    assert!(all.is_sorted_by(|a, b| a > b) && all.len() == 700);
}

#[test]
fn whoever_does_not_wait_any_more_gets_nothing() {
    let history = History::in_memory().unwrap();
    exchange(&history, None, "a", "b");
    let stop = Stop::default();
    stop.stop();
    let search = Search { typed: "a", order: Order::Newest, skip: 0, limit: 5, now_ms: 0 };
    assert_eq!(history.search(&search, &stop), Err(Error::Stopped));
}

fn raw(path: &Path) -> rusqlite::Connection {
    let db = rusqlite::Connection::open(path).unwrap();
    db.pragma_update(None, "key", format!("x'{}'", "01".repeat(32))).unwrap();
    db
}

/// Every page as it looks decrypted.
fn holds(path: &Path, needle: &str) -> bool {
    raw(path)
        .serialize("main")
        .unwrap()
        .windows(needle.len())
        .any(|window| window == needle.as_bytes())
}

#[test]
fn the_terms_of_a_purged_message_are_in_no_page() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let history = open(&path);
    for n in 0..30 {
        exchange(&history, None, &format!("common words {n}"), "common answer");
    }
    let ask = NewTurn { title: "zugzwangtitle".into(), ..turn(None, "zugzwang common") };
    let begun = history.begin_turn(&ask).unwrap();
    history.finish_answer(begun.answer.id, &finished("zugzwanganswer 重跑")).unwrap();
    index(&history);
    for n in 0..30 {
        exchange(&history, None, &format!("later words {n}"), "common answer");
    }
    index(&history);
    drop(history);
    assert!(holds(&path, "zugzwang"), "the control: the term is there");
    let history = open(&path);
    history.delete(begun.conversation.id).unwrap();
    history.purge_deleted(i64::MAX).unwrap();
    history.check().unwrap();
    assert_eq!(results(&history, "common").messages, 90);
    drop(history);
    for needle in ["zugzwang", "ugzwangtitle", "zwanganswer", "重跑"] {
        assert!(!holds(&path, needle), "{needle}");
    }
    raw(&path)
        .execute(
            "INSERT INTO message_words (message_words, rank) VALUES ('integrity-check', 0)",
            [],
        )
        .unwrap();
}

#[test]
fn an_index_that_is_damaged_lags_or_follows_other_rules_is_made_anew() {
    let ruin = [
        "DELETE FROM message_words_data WHERE id > 10",
        "UPDATE message_words_data SET block = zeroblob(10) WHERE id = 10",
        "DELETE FROM message_words_idx; DELETE FROM message_words_data WHERE id > 1",
        "PRAGMA foreign_keys = OFF; DELETE FROM message WHERE id = 3",
        "UPDATE index_rules SET rules = 77",
    ];
    for sql in ruin {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        let history = open(&path);
        for n in 0..20 {
            exchange(&history, None, &format!("needle {n}"), "answer");
        }
        index(&history);
        drop(history);
        let db = raw(&path);
        db.execute_batch(sql).unwrap();
        let left: usize = db
            .query_row("SELECT count(*) FROM message WHERE role = 'user'", [], |row| row.get(0))
            .unwrap();
        drop(db);
        let history = Arc::new(open(&path));
        look(&history, "needle", Order::Newest);
        exchange(&history, None, "needle", "new");
        assert_eq!(results(&history, "needle").messages, left + 1, "{sql}");
    }
}

#[test]
fn what_comes_and_goes_in_any_order_leaves_a_whole_index() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let history = open(&path);
    let mut dice = Dice(11);
    let word = |n: u64| {
        format!(
            "word{} 字{}",
            n % 17,
            char::from_u32(0x4E00 + u32::try_from(n % 50).unwrap()).unwrap()
        )
    };
    let mut kept = Vec::new();
    for step in 0..400 {
        match dice.below(6) {
            0..=2 => kept.push(
                exchange(&history, None, &word(dice.roll()), &word(dice.roll())).conversation.id,
            ),
            3 => drop(history.index_some().unwrap()),
            4 if !kept.is_empty() => {
                let at = usize::try_from(dice.below(kept.len() as u64)).unwrap();
                history.delete(kept.swap_remove(at)).unwrap();
                if step % 3 == 0 {
                    history.purge_deleted(i64::MAX).unwrap();
                }
            }
            _ => history.set_setting(Setting::NewChatDraft, "x").unwrap(),
        }
    }
    history.purge_deleted(i64::MAX).unwrap();
    index(&history);
    assert_eq!(look(&history, "role:user", Order::Newest).messages, kept.len());
    history.check().unwrap();
    drop(history);
    let db = raw(&path);
    db.execute("INSERT INTO message_words (message_words, rank) VALUES ('integrity-check', 0)", [])
        .unwrap();
    let any = "\"0__role_user\" OR \"0__role_assistant\"";
    let sql = "SELECT count(*) FROM message_words WHERE message_words MATCH ?1";
    let rows: usize = db.query_row(sql, [any], |row| row.get(0)).unwrap();
    assert_eq!(rows, 2 * kept.len());
}

#[test]
fn a_message_is_shown_in_a_branch_that_it_stands_in() {
    let history = History::in_memory().unwrap();
    let first = exchange(&history, None, "one", "a");
    let next = exchange(&history, Some(first.conversation.id), "two", "b");
    let edited = history.begin_sibling_user(next.user.id, "two, edited", "c1", "m1").unwrap();
    history.finish_answer(edited.answer.id, &finished("c")).unwrap();
    let leaf = |message| history.show_message(message).unwrap().leaf.unwrap();
    assert_eq!(leaf(next.user.id), next.answer.id);
    assert_eq!(leaf(first.user.id), next.answer.id, "what is shown already stays");
    assert_eq!(leaf(edited.answer.id), edited.answer.id);
    let is_shown = |message| history.shown_with(message).unwrap().is_some();
    assert!(is_shown(edited.user.id) && is_shown(first.user.id) && !is_shown(next.user.id));
    history.delete(first.conversation.id).unwrap();
    assert_eq!(history.show_message(next.user.id), Err(Error::NotFound));
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
