//! A kill at any moment loses nothing that was acknowledged.
//!
//! The test runs itself as a child that writes and reports what was saved, and kills it at seeded moments. (A kill
//! shows that no change is half made. It cannot show that the disk has it: the kernel keeps the pages.)

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use history::{ConversationId, History, MessageId, Status};

use crate::sample::{Dice, finished, open, turn};

const FOLDER: &str = "HISTORY_CRASH_FOLDER";

/// What the child was told is saved, and the length of its text.
type Acknowledged = (MessageId, usize);

/// The text that a message must begin with, so that the parent can check it without being told.
fn text_of(length: usize) -> String {
    "0123456789".chars().cycle().take(length).collect()
}

#[test]
fn child() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let history = open(&Path::new(&folder).join("history.db"));
    let mut at = history.conversations().unwrap().first().map(|row| row.id);
    for round in 0.. {
        at = Some(write_one(&history, at, round));
        if round % 50 == 49 {
            at = None;
        }
    }
}

/// One turn, each step reported once it is saved.
fn write_one(history: &History, at: Option<ConversationId>, round: usize) -> ConversationId {
    let ask = text_of(1 + round % 3000);
    let begun = history.begin_turn(&turn(at, &ask)).unwrap();
    report(begun.user.id, ask.len());
    for step in 1..6 {
        history.save_progress(begun.answer.id, &text_of(step * 700), "").unwrap();
        report(begun.answer.id, step * 700);
    }
    history.finish_answer(begun.answer.id, &finished(&text_of(4000))).unwrap();
    report(begun.answer.id, 4000);
    begun.conversation.id
}

/// One write, so that a kill cannot leave half a line.
fn report(id: MessageId, length: usize) {
    let line = format!("\nsaved {} {length}\n", id.0);
    let mut out = std::io::stdout();
    out.write_all(line.as_bytes()).unwrap();
    out.flush().unwrap();
}

/// Runs the child until it has reported so much and a moment longer, kills it, and returns what it reported. However slow
/// the machine, the child gets to work.
fn run_and_kill(folder: &Path, reports: usize, moment: Duration) -> Vec<Acknowledged> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::child", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut saved: Vec<_> = out.by_ref().filter_map(|line| parse(&line)).take(reports).collect();
    std::thread::sleep(moment);
    child.kill().unwrap();
    child.wait().unwrap();
    saved.extend(out.filter_map(|line| parse(&line)));
    saved
}

fn parse(line: &str) -> Option<Acknowledged> {
    let (id, length) = line.strip_prefix("saved ")?.split_once(' ')?;
    Some((MessageId(id.parse().ok()?), length.parse().ok()?))
}

#[test]
fn two_hundred_kills_lose_nothing() {
    let mut dice = Dice(42);
    let mut acknowledged = 0;
    let mut interrupted = 0;
    for _ in 0..10 {
        let folder = tempfile::tempdir().unwrap();
        for _ in 0..20 {
            let reports = usize::try_from(1 + dice.below(14)).unwrap();
            let moment = Duration::from_micros(dice.below(4_000));
            let saved = run_and_kill(folder.path(), reports, moment);
            acknowledged += saved.len();
            interrupted += verify(folder.path(), &saved);
        }
    }
    assert!(acknowledged > 1000, "the child got to work: {acknowledged}");
    assert!(interrupted > 20, "kills hit growing answers: {interrupted}");
}

/// Everything reported is there, and the file is sound. Returns how many answers were cut off.
fn verify(folder: &Path, saved: &[Acknowledged]) -> usize {
    let history = open(&folder.join("history.db"));
    let interrupted = history.interrupt_streaming().unwrap();
    history.check().unwrap();
    for &(id, length) in saved {
        let message = history.message(id).unwrap();
        assert!(message.text.starts_with(&text_of(length)), "{id:?} lost text it was said to have");
        assert_ne!(message.status, Status::Streaming);
    }
    for row in history.conversations().unwrap() {
        assert!(!history.branch(row.id).unwrap().is_empty(), "a conversation shows its branch");
    }
    interrupted
}
