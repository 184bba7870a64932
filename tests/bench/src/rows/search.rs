//! Row 10: looking for what was said, as it is typed, beside an answer that is written; and what the index takes.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use history::{History, Indexed, NewTurn, Order, Search, Stop};
use rusqlite::Connection;
use zeroize::Zeroizing;

use crate::documents::Dice;
use crate::figures::Row;
use crate::languages::{IN_A_CHAT, Languages};

/// The first of January 2024, and minutes between messages: a million are nearly four years.
const START_MS: i64 = 1_704_067_200_000;
const APART_MS: i64 = 120_000;

/// Hits that are shown at a time.
const SHOWN: usize = 40;

/// What is typed, and how often out of a hundred.
const KINDS: [(&str, usize); 9] = [
    ("common words", 18),
    ("two letters", 15),
    ("Chinese, Japanese and Korean", 15),
    ("words", 14),
    ("words being typed", 12),
    ("two and three words", 12),
    ("phrases", 5),
    ("filters", 6),
    ("nothing", 3),
];

/// So many messages, in a file, and a thousand searches, or fewer.
pub fn measure(messages: usize, searches: usize) -> Vec<Row> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("history.db");
    let key = || Zeroizing::new([1; 32]);
    drop(History::open(&path, key()).expect("a store"));
    let languages = Languages::new();
    let bytes = fill(&path, &languages, messages);
    let history = History::open(&path, key()).expect("a store");
    let filled = index(&history);
    drop(history);
    let share = index_bytes(&path) as f64 / bytes as f64;
    let history = History::open(&path, key()).expect("a store");
    let times = search(&history, &languages, messages, searches);
    vec![search_row(times, messages), index_row(share, bytes, &filled, messages)]
}

/// How long the index took: the steps alone, and the longest.
struct Filled {
    steps: Vec<Duration>,
}

fn index(history: &History) -> Filled {
    let mut steps = Vec::new();
    loop {
        let start = Instant::now();
        let done = history.index_some().expect("an index");
        steps.push(start.elapsed());
        if done == Indexed::All {
            return Filled { steps };
        }
    }
}

fn index_row(share: f64, bytes: usize, filled: &Filled, messages: usize) -> Row {
    let whole: Duration = filled.steps.iter().sum();
    let mut steps = filled.steps.clone();
    steps.sort();
    let ms = |at: usize| steps[at.min(steps.len() - 1)].as_secs_f64() * 1e3;
    Row {
        number: "index",
        what: format!("the index of {messages} messages, and making it in the background"),
        target: "≤ 40 % of the text, ≤ 15 min",
        figure: format!("{:.1} %, {:.1} min", share * 100.0, whole.as_secs_f64() * 2.0 / 60.0),
        detail: format!(
            "{:.0} MB of text; {} steps, each with a pause as long as it took: {:.0} ms (median), {:.0} ms (99 of 100), {:.0} ms (longest)",
            bytes as f64 / 1e6,
            steps.len(),
            ms(steps.len() / 2),
            ms(steps.len() * 99 / 100),
            ms(steps.len()),
        ),
    }
}

fn search_row(mut times: Vec<(usize, f64)>, messages: usize) -> Row {
    let of_kind = |kind: usize| {
        let mut some: Vec<f64> =
            times.iter().filter(|(of, _)| *of == kind).map(|(_, ms)| *ms).collect();
        some.sort_by(f64::total_cmp);
        let (name, _) = KINDS[kind];
        match some.last() {
            Some(longest) => format!(
                "{name} {:.1}, {:.1}, {longest:.0} ms",
                some[some.len() / 2],
                some[some.len() * 95 / 100]
            ),
            None => format!("{name}: none"),
        }
    };
    let kinds: Vec<String> = (0..KINDS.len()).map(of_kind).collect();
    times.sort_by(|(_, one), (_, other)| one.total_cmp(other));
    let ms = |at: usize| times[at.min(times.len() - 1)].1;
    Row {
        number: "10",
        what: format!(
            "{} searches as typed in {messages} messages, beside a running answer",
            times.len()
        ),
        target: "p50 ≤ 10 ms, p95 ≤ 50 ms",
        figure: format!("{:.1} ms, {:.1} ms", ms(times.len() / 2), ms(times.len() * 95 / 100)),
        detail: format!("median, 95 of 100, longest: {}", kinds.join("; ")),
    }
}

/// Straight into the tables: turn by turn, with a sync for each, would take an hour. Returns the bytes of what is said.
fn fill(path: &Path, languages: &Languages, messages: usize) -> usize {
    let db = raw(path);
    db.execute_batch("PRAGMA synchronous = OFF; BEGIN;").expect("a transaction");
    let mut bytes = 0;
    let mut dice = Dice::new(5);
    for number in 0..messages {
        let chat = number / IN_A_CHAT;
        let at_ms = START_MS + number as i64 * APART_MS;
        if number % IN_A_CHAT == 0 {
            let language = languages.of_chat(chat);
            let title: Vec<_> = (0..4).map(|_| language.word(&mut dice)).collect();
            let title = title.join(" ");
            bytes += title.len();
            db.prepare_cached(
                "INSERT INTO conversation (id, title, system_prompt, leaf, created_ms, updated_ms) VALUES (?1, ?2, '', ?3, ?4, ?4)",
            )
            .and_then(|mut add| add.execute((chat + 1, title, number + IN_A_CHAT, at_ms)))
            .expect("a conversation");
        }
        let text = languages.message(number);
        bytes += text.len();
        let parent = (number % IN_A_CHAT != 0).then_some(number);
        let (role, model) =
            if number % 2 == 0 { ("user", None) } else { ("assistant", Some(MODELS[chat % 3])) };
        db.prepare_cached(
            "INSERT INTO message (id, conversation, parent, role, status, model, connection, created_ms, text, reasoning)
             VALUES (?1, ?2, ?3, ?4, 'complete', ?5, 'c1', ?6, ?7, '')",
        )
        .and_then(|mut add| add.execute((number + 1, chat + 1, parent, role, model, at_ms, text)))
        .expect("a message");
    }
    db.execute_batch("COMMIT").expect("a commit");
    bytes
}

const MODELS: [&str; 3] = ["gpt-5.1", "claude-sonnet-4.5", "qwen3-32b"];

fn raw(path: &Path) -> Connection {
    let db = Connection::open(path).expect("the file");
    db.pragma_update(None, "key", format!("x'{}'", "01".repeat(32))).expect("the key");
    db
}

/// What the pages of the index take up, that of the titles too.
fn index_bytes(path: &Path) -> i64 {
    let mut bytes = 0;
    for table in ["message_words", "title_words"] {
        for part in ["data", "idx", "content", "docsize", "config"] {
            bytes += raw(path)
                .query_row(
                    "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name = ?1 AND aggregate = TRUE",
                    [format!("{table}_{part}")],
                    |row| row.get::<_, i64>(0),
                )
                .expect("a size");
        }
    }
    bytes
}

fn search(
    history: &History,
    languages: &Languages,
    messages: usize,
    searches: usize,
) -> Vec<(usize, f64)> {
    let begun = history.begin_turn(&NewTurn::of("c1", "m", "Go on")).expect("a turn");
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut text = String::new();
            while !is_over.load(Ordering::Relaxed) {
                text.push_str(&"a few more words ".repeat(8));
                history.save_progress(begun.answer.id, &text, "").expect("to be saved");
                std::thread::sleep(Duration::from_millis(250));
            }
        });
        let mut dice = Dice::new(3);
        let times = (0..searches).map(|_| {
            let (kind, typed) = typed(&mut dice, languages, messages);
            let search = Search {
                typed: &typed,
                order: Order::Fitting,
                skip: 0,
                limit: SHOWN,
                now_ms: START_MS + messages as i64 * APART_MS,
            };
            let start = Instant::now();
            let found = history.search(&search, &Stop::default()).expect("an answer");
            let took = start.elapsed().as_secs_f64() * 1e3;
            assert!(found.percent.is_none(), "not all of it was looked through");
            if std::env::var_os("BENCH_SEARCHES").is_some() {
                eprintln!("{took:8.1} ms {:4} {typed:?}", found.messages);
            }
            (kind, took)
        });
        let times = times.collect();
        is_over.store(true, Ordering::Relaxed);
        times
    })
}

/// What somebody types who looks for what is there.
fn typed(dice: &mut Dice, languages: &Languages, messages: usize) -> (usize, String) {
    let mut left = dice.below(100);
    let mut kind = 0;
    while left >= KINDS[kind].1 {
        left -= KINDS[kind].1;
        kind += 1;
    }
    let text = loop {
        let text = languages.message(dice.below(messages));
        // Kana, Han and Hangul.
        let is_dense = text.chars().next().is_some_and(|letter| letter >= '\u{3040}');
        if is_dense == (kind == 2) {
            break text;
        }
    };
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).collect();
    let at = dice.below(words.len().max(4) - 3);
    let word = words.get(at).copied().unwrap_or("word");
    let next = words.get(at + 1).copied().unwrap_or("word");
    let language = languages.of_chat(dice.below(messages) / IN_A_CHAT);
    let common = language.common(dice);
    let begin = |word: &str, letters: usize| word.chars().take(letters).collect::<String>();
    let typed = match kind {
        0 => format!("{common}{}", dice.pick(&["", " "])),
        1 => begin(word, 2),
        2 => word.chars().skip(dice.below(4)).take(1 + dice.below(4)).collect(),
        3 => format!("{word} "),
        4 => begin(word, 3 + dice.below(3)),
        5 => {
            format!("{word} {} {}", words[dice.below(words.len())], begin(next, 2 + dice.below(3)))
        }
        6 => format!("\"{word} {next}\""),
        7 => format!(
            "{word} {}",
            dice.pick(&[
                "role:user",
                "role:assistant",
                "has:code",
                "model:gpt-5.1",
                "before:2025-03",
                "after:2025-06-10"
            ])
        ),
        _ => format!("{word}zyx"),
    };
    (kind, typed)
}
