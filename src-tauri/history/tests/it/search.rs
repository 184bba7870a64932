//! Searching everything that was said, and keeping the index that it takes.

use std::path::Path;
use std::sync::Arc;

use history::{Error, History, Indexed, NewTurn, Order, Results, Search, Setting, Stop};

use crate::sample::{Dice, exchange, finished, open, turn};

pub(crate) fn index(history: &History) {
    while history.index_some().unwrap() == Indexed::Some {}
}

pub(crate) fn results(history: &History, typed: &str) -> Results {
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
pub(crate) fn shown(history: &History, typed: &str) -> Vec<String> {
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

pub(crate) fn raw(path: &Path) -> rusqlite::Connection {
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
