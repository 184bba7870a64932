//! What the page of usage asks for, behind a ledger of many rows.

use std::time::Instant;

use history::{ConversationId, History, Request, Settled};

use crate::figures::{Row, median};

/// The first of May 2026.
const START_MS: i64 = 1_777_593_600_000;
const DAY_MS: i64 = 86_400_000;
/// Seven months, the last of which is looked at.
const DAYS: i64 = 214;
const MONTH: &str = "2026-11";

/// So many requests in seven months, over 40 connections, of 20 models, in 10,000 conversations.
pub fn measure(rounds: usize, requests: usize) -> Row {
    let history = History::in_memory().expect("a store");
    let count = i64::try_from(requests).expect("a number");
    let filling = Instant::now();
    (0..count).for_each(|number| ask(&history, number, count));
    let filled = filling.elapsed();
    let time = |what: &dyn Fn()| {
        let times = (0..rounds.max(5)).map(|_| {
            let start = Instant::now();
            what();
            start.elapsed().as_secs_f64() * 1e3
        });
        median(times.collect())
    };
    let page = time(&|| {
        let usage = history.usage(MONTH).expect("a month");
        assert!(usage.days.len() > 100 && !usage.conversations.is_empty(), "nothing was counted");
    });
    let now_ms = START_MS + (DAYS - 1) * DAY_MS;
    let key = time(&|| _ = history.key_uses("c7", "").expect("a key’s uses"));
    let spent = time(&|| _ = history.spent("c7", now_ms).expect("a sum"));
    Row {
        number: "usage",
        what: format!("the month that the page of usage asks for, behind {requests} requests"),
        target: "≤ 50 ms",
        figure: format!("{page:.1} ms"),
        detail: format!(
            "who used a key {key:.1} ms, what it has spent {spent:.2} ms; a request costs the ledger {:.0} µs, in memory",
            filled.as_secs_f64() * 1e6 / requests as f64
        ),
    }
}

fn ask(history: &History, number: i64, count: i64) {
    let connection = format!("c{}", number % 40);
    let model = format!("model-{}", number % 20);
    let request = Request {
        connection: &connection,
        model: &model,
        conversation: Some(ConversationId(1 + number % 10_000)),
        message: None,
        key: None,
        at_most_nano: Some(1_000_000),
        tokens_at_most: 1_000,
        now_ms: START_MS + DAYS * DAY_MS / count * number,
    };
    let entry = history.reserve(&request).expect("a ledger").expect("no limit");
    let settled = Settled {
        nano: Some(400_000 + number % 1_000),
        read_tokens: Some(700),
        written_tokens: Some(200),
        first_token_ms: Some(300 + number % 500),
        whole_ms: Some(4_000),
    };
    history.settle(entry, &settled).expect("a ledger");
}
