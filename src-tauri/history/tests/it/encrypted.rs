//! Nothing that was said can be read from the files without the key.

use std::collections::HashSet;
use std::path::Path;

use crate::sample::{Dice, finished, open, turn};

type Gram = [u8; 8];

fn grams(bytes: &[u8]) -> impl Iterator<Item = Gram> {
    bytes.windows(8).filter_map(|window| window.try_into().ok())
}

/// Which of `known` are in the files of the folder.
fn found_in(folder: &Path, known: &HashSet<Gram>) -> usize {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|file| grams(&std::fs::read(file).unwrap()).filter(|g| known.contains(g)).count())
        .sum()
}

fn texts() -> Vec<String> {
    let mut dice = Dice(11);
    let word = |dice: &mut Dice| -> String {
        (0..4 + dice.below(8)).map(|_| char::from(b'a' + dice.below(26) as u8)).collect()
    };
    (0..1000).map(|_| (0..20).map(|_| word(&mut dice)).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn no_text_is_in_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let history = open(&path);
    let texts = texts();
    let mut at = None;
    for pair in texts.chunks_exact(2) {
        let begun = history.begin_turn(&turn(at, &pair[0])).unwrap();
        at = Some(begun.conversation.id);
        history.save_progress(begun.answer.id, &pair[1], "").unwrap();
        history.finish_answer(begun.answer.id, &finished(&pair[1])).unwrap();
    }
    let known: HashSet<Gram> = texts.iter().flat_map(|text| grams(text.as_bytes())).collect();
    assert!(known.len() > 50_000);

    let names: HashSet<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    for name in ["history.db", "history.db-wal", "history.db-shm"] {
        assert!(names.contains(name), "{name} is scanned while it is in use");
    }
    assert_eq!(found_in(folder.path(), &known), 0);
    let header = std::fs::read(&path).unwrap();
    assert!(!header.starts_with(b"SQLite format 3"));

    // The same scanner finds the same text in a file without a key.
    let open = tempfile::tempdir().unwrap();
    let plain = rusqlite::Connection::open(open.path().join("plain.db")).unwrap();
    plain.execute_batch("CREATE TABLE message (text TEXT)").unwrap();
    for text in &texts {
        plain.execute("INSERT INTO message VALUES (?1)", [text]).unwrap();
    }
    assert!(found_in(open.path(), &known) > 50_000);
}

#[cfg(unix)]
#[test]
fn files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let history = open(&folder.path().join("history.db"));
    history.begin_turn(&turn(None, "x")).unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{:?}", entry.file_name());
    }
}
