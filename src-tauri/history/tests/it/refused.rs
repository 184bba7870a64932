//! Files that do not open are left exactly as they are.

use std::fs;
use std::path::{Path, PathBuf};

use history::{Error, History};

use crate::sample::{Dice, exchange, key, open};

/// A history that was killed: with its log not yet moved into the file.
fn killed(folder: &Path) -> PathBuf {
    let live = tempfile::tempdir().unwrap();
    let history = open(&live.path().join("history.db"));
    let mut at = None;
    for round in 0..100 {
        let begun = exchange(&history, at, &format!("ask {round}"), &"answer ".repeat(50));
        at = Some(begun.conversation.id);
    }
    for name in ["history.db", "history.db-wal"] {
        fs::copy(live.path().join(name), folder.join(name)).unwrap();
    }
    folder.join("history.db")
}

/// A history that was closed: all in one file.
fn closed(folder: &Path) -> PathBuf {
    let path = killed(folder);
    drop(open(&path));
    assert!(!folder.join("history.db-wal").exists());
    path
}

fn bytes(path: &Path) -> (Vec<u8>, Option<Vec<u8>>) {
    let log = PathBuf::from(format!("{}-wal", path.display()));
    (fs::read(path).unwrap(), fs::read(log).ok().filter(|log| !log.is_empty()))
}

fn refused(path: &Path, byte: u8) -> Error {
    let before = bytes(path);
    let error = History::open(path, key(byte)).unwrap_err();
    assert!(bytes(path) == before, "the files are byte for byte as they were");
    error
}

#[test]
fn wrong_key_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = closed(folder.path());
    assert_eq!(refused(&path, 2), Error::WrongKey);
    assert_eq!(open(&path).conversations().unwrap().len(), 1);
}

#[test]
fn wrong_key_changes_nothing_of_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let path = killed(folder.path());
    assert!(bytes(&path).1.is_some(), "there is a log to lose");
    assert_eq!(refused(&path, 2), Error::WrongKey);
    let history = open(&path);
    let id = history.conversations().unwrap()[0].id;
    assert_eq!(history.branch(id).unwrap().len(), 200);
}

#[test]
fn file_without_a_key_is_not_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let plain = rusqlite::Connection::open(&path).unwrap();
    plain.execute_batch("CREATE TABLE precious (x); INSERT INTO precious VALUES (1);").unwrap();
    drop(plain);
    assert_eq!(refused(&path, 1), Error::WrongKey);
}

#[test]
fn damaged_start_is_not_a_wrong_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = closed(folder.path());
    let mut file = fs::read(&path).unwrap();
    file[100] ^= 1;
    fs::write(&path, file).unwrap();
    assert_eq!(refused(&path, 1), Error::Damaged);
}

#[test]
fn cut_file_is_damaged() {
    for length in [0, 1, 100, 4095, 8192, 9000] {
        let folder = tempfile::tempdir().unwrap();
        let path = closed(folder.path());
        fs::File::options().write(true).open(&path).unwrap().set_len(length).unwrap();
        assert_eq!(refused(&path, 1), Error::Damaged, "cut at {length}");
    }
}

#[test]
fn noise_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let mut dice = Dice(5);
    fs::write(&path, (0..40_960).map(|_| dice.roll() as u8).collect::<Vec<_>>()).unwrap();
    assert_eq!(refused(&path, 1), Error::WrongKey);
}

#[test]
fn any_flipped_bit_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = closed(folder.path());
    let sound = fs::read(&path).unwrap();
    let mut dice = Dice(23);
    for _ in 0..60 {
        // Past the first 16 bytes: those are the salt, and without it no key fits.
        let at = 16 + dice.below(sound.len() as u64 - 16) as usize;
        let mut file = sound.clone();
        file[at] ^= 1 << dice.below(8);
        fs::write(&path, &file).unwrap();
        let verdict = History::open(&path, key(1)).and_then(|history| history.check());
        assert_eq!(verdict, Err(Error::Damaged), "byte {at}");
    }
    fs::write(&path, &sound).unwrap();
    open(&path).check().unwrap();
}

#[test]
fn missing_folder_is_an_error_of_the_system() {
    let folder = tempfile::tempdir().unwrap();
    let error = History::open(&folder.path().join("no/history.db"), key(1)).unwrap_err();
    assert_eq!(error, Error::Io(std::io::ErrorKind::NotFound));
}

#[test]
fn a_file_set_aside_is_whole_and_nothing_is_ever_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = killed(folder.path());
    let before = bytes(&path);
    let first = History::set_aside(&path).unwrap();
    assert_eq!(bytes(&first), before);
    assert!(!path.exists() && !PathBuf::from(format!("{}-wal", path.display())).exists());

    drop(History::open(&path, key(2)).unwrap());
    let second = History::set_aside(&path).unwrap();
    assert_ne!(first, second);
    assert_eq!(bytes(&first), before, "the one that was set aside first is still there");
    assert!(second.exists());
    assert_eq!(History::place_aside(&path).unwrap().file_name().unwrap(), "history.db.aside-3");
}
