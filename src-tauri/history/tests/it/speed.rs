//! How long things take when there is a lot. The counts can fail; the times are printed by
//! `cargo test --release -p history -- --ignored --nocapture`.

use std::time::Instant;

use history::{ConversationId, History};

use crate::sample::{exchange, finished, open, turn};

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let value = work();
    println!("{what}: {:.2} ms", start.elapsed().as_secs_f64() * 1000.0);
    value
}

#[test]
fn growing_answer_is_written_about_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let history = open(&path);
    let begun = history.begin_turn(&turn(None, "Ask")).unwrap();
    let whole = "word ".repeat(40_000);
    for end in (2000..=whole.len()).step_by(2000) {
        history.save_progress(begun.answer.id, &whole[..end], "").unwrap();
    }
    // Every write passes through the log, which grows until it is moved into the file and then begins anew.
    let log = std::fs::metadata(folder.path().join("history.db-wal")).unwrap().len();
    let file = std::fs::metadata(&path).unwrap().len();
    let written = usize::try_from(log + file).unwrap();
    assert!(written < 12 * whole.len(), "{written} bytes for {}", whole.len());
}

/// A file of a million messages in conversations of a thousand, and one of ten thousand.
#[test]
#[ignore = "takes minutes; prints times"]
fn a_million_messages() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    drop(open(&path));
    timed("fill", || fill(&path));
    let history = timed("open", || open(&path));
    timed("interrupt_streaming", || history.interrupt_streaming().unwrap());
    let rows = timed("conversations", || history.conversations().unwrap());
    println!("{} conversations, {} bytes", rows.len(), std::fs::metadata(&path).unwrap().len());
    let long = ConversationId(991);
    let page = timed("page of 50 of 10,000", || history.page(long, 50).unwrap());
    assert_eq!(page.messages.len(), 50);
    let outline = timed("outline of 10,000", || history.outline(long).unwrap());
    let ids: Vec<_> = outline[5_000..5_010].iter().map(|line| line.id).collect();
    timed("ten in the middle", || history.messages(long, &ids).unwrap());
    timed("words of 10,000", || {
        history.read_aloud(long, &history::Stop::default(), |_| ()).unwrap()
    });
    let branch = timed("branch of 10,000", || history.branch(long).unwrap());
    assert_eq!(branch.len(), 10_000);
    timed("choose_version of 10,000", || {
        let mut top = page.messages[0].clone();
        while let Some(parent) = top.parent {
            top = history.message(parent).unwrap();
        }
        history.choose_version(top.id).unwrap()
    });
    let begun = timed("begin_turn", || history.begin_turn(&turn(Some(long), "x")).unwrap());
    timed("save_progress", || history.save_progress(begun.answer.id, "x", "").unwrap());
    timed("finish_answer", || history.finish_answer(begun.answer.id, &finished("x")).unwrap());
    timed("100 turns", || (0..100).for_each(|_| drop(exchange(&history, Some(long), "a", "b"))));
    timed("delete", || history.delete(long).unwrap());
    timed("purge 10,000", || history.purge_deleted(i64::MAX).unwrap());
    timed("check", || history.check().unwrap());
    drop(history);
    timed("wrong key", || History::open(&path, crate::sample::key(9)).unwrap_err());
}

/// Straight into the tables: turn by turn, with a sync for each, would take an hour.
fn fill(path: &std::path::Path) {
    let db = rusqlite::Connection::open(path).unwrap();
    db.pragma_update(None, "key", format!("x'{}'", "01".repeat(32))).unwrap();
    db.execute_batch(
        "PRAGMA synchronous = OFF;
         BEGIN;
         WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 991)
         INSERT INTO conversation (id, title, system_prompt, created_ms, updated_ms)
             SELECT i, 'Conversation ' || i, '', i, i FROM n;
         WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 999999)
         INSERT INTO message (id, conversation, parent, role, status, created_ms, text, reasoning)
             SELECT i + 1, min(i / 1000 + 1, 991),
                    CASE WHEN i % 1000 = 0 AND i <= 990000 THEN NULL ELSE i END,
                    iif(i % 2, 'assistant', 'user'), 'complete', i,
                    'message ' || i || substr(hex(randomblob(400)), 1, 20 + i % 700), '' FROM n;
         UPDATE conversation SET leaf = (SELECT max(id) FROM message WHERE conversation = conversation.id);
         COMMIT;",
    )
    .unwrap();
}

/// What a search takes among a hundred thousand messages of several languages, and what its index takes.
#[test]
#[ignore = "takes minutes; prints times"]
fn a_hundred_thousand_messages_are_searched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    drop(open(&path));
    let bytes = timed("fill", || say_much(&path, 100_000));
    let before = std::fs::metadata(&path).unwrap().len();
    let history = open(&path);
    timed("index", || while history.index_some().unwrap() == history::Indexed::Some {});
    drop(history);
    let after = std::fs::metadata(&path).unwrap().len();
    println!("{} MB of text, index {} %", bytes / 1_000_000, (after - before) * 100 / bytes);
    let history = open(&path);
    let typed = [
        "the",
        "th",
        "w1",
        "word7",
        "word77 word3",
        "\"word5 word6\"",
        "東京",
        "字",
        "한국",
        "role:user",
        "word9 role:user",
        "x",
        "nothing",
        "word1 has:code",
        "before:2026",
        "cafe",
    ];
    let mut times = Vec::new();
    for round in 0..60 {
        let text =
            format!("{}{}", typed[round % typed.len()], if round % 3 == 0 { " " } else { "" });
        let search = history::Search {
            typed: &text,
            order: history::Order::Fitting,
            skip: 0,
            limit: 40,
            now_ms: 0,
        };
        let start = Instant::now();
        let found = history.search(&search, &history::Stop::default()).unwrap();
        let took = start.elapsed().as_secs_f64() * 1000.0;
        if round < typed.len() {
            println!("{text:20} {took:7.1} ms, {} messages", found.messages);
        }
        times.push(took);
    }
    times.sort_by(f64::total_cmp);
    println!("p50 {:.1} ms, p95 {:.1} ms", times[30], times[57]);
}

/// Messages of words as common as words are, and of scripts without spaces. Returns their bytes.
fn say_much(path: &std::path::Path, count: i64) -> u64 {
    let db = rusqlite::Connection::open(path).unwrap();
    db.pragma_update(None, "key", format!("x'{}'", "01".repeat(32))).unwrap();
    db.execute_batch("PRAGMA synchronous = OFF; BEGIN;").unwrap();
    let mut dice = crate::sample::Dice(5);
    let mut bytes = 0;
    for id in 1..=count {
        if id % 10 == 1 {
            db.execute("INSERT INTO conversation (id, title, system_prompt, created_ms, updated_ms) VALUES (?1, 'Chat ' || ?1, '', ?1, ?1)", [id / 10 + 1]).unwrap();
        }
        let mut text = String::new();
        for _ in 0..20 + dice.below(160) {
            // The lower a number the commoner the word, as in any language.
            let spread = 1 + dice.below(20_000);
            let nth = dice.below(spread);
            match dice.below(40) {
                0 => text.push_str("東京の天気"),
                1 => text.push_str("한국어 "),
                2 => text.push_str("Café "),
                3..=6 => text.push_str("the "),
                _ => text.push_str(&format!("word{nth} ")),
            }
        }
        bytes += text.len() as u64;
        let role = if id % 2 == 0 { "assistant" } else { "user" };
        db.prepare_cached("INSERT INTO message (id, conversation, role, status, created_ms, text, reasoning) VALUES (?1, ?2, ?3, 'complete', ?4, ?5, '')")
            .unwrap()
            .execute((id, (id - 1) / 10 + 1, role, 1_700_000_000_000 + id * 600_000, text))
            .unwrap();
    }
    db.execute_batch("COMMIT").unwrap();
    bytes
}
