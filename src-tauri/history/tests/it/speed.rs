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
