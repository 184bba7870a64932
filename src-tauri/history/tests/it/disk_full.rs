//! A full disk: an error, nothing lost, and all well again once there is space.

#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::Command;

use history::{Error, History, MessageId};

use crate::sample::{open, turn};

const FOLDER: &str = "HISTORY_FULL_FOLDER";

/// Runs `inside` on a disk of 2 MiB that only this process sees.
#[test]
fn full_disk_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let script = "mount -t tmpfs -o size=2m tmpfs \"$0\" || exit 99
                  exec \"$1\" --exact disk_full::inside --nocapture";
    let done = Command::new("unshare")
        .args(["-Urm", "sh", "-c", script])
        .arg(folder.path())
        .arg(std::env::current_exe().unwrap())
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&done.stdout);
    let err = String::from_utf8_lossy(&done.stderr);
    if !out.contains("running 1 test") {
        eprintln!("skipped: this system grants no small disk of our own: {err}");
        return;
    }
    assert!(done.status.success() && out.contains("filled 2 times"), "{out}{err}");
}

#[test]
fn inside() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let folder = Path::new(&folder);
    let path = folder.join("history.db");
    let ballast = folder.join("ballast");
    std::fs::write(&ballast, vec![1; 600_000]).unwrap();
    let history = open(&path);
    let mut saved = Vec::new();

    fill(&history, &mut saved);
    all_there(&history, &saved);
    std::fs::remove_file(&ballast).unwrap();
    let before = saved.len();
    fill(&history, &mut saved);
    assert!(saved.len() > before, "it works again once there is space");
    all_there(&history, &saved);
    drop(history);

    let again = History::open(&path, crate::sample::key(1));
    all_there(&again.unwrap(), &saved);
    println!("filled 2 times, {} saved", saved.len());
}

/// Adds turns until the disk is full.
fn fill(history: &History, saved: &mut Vec<MessageId>) {
    let text = "x".repeat(20_000);
    loop {
        match history.begin_turn(&turn(None, &text)) {
            Ok(begun) => saved.push(begun.user.id),
            Err(error) => {
                assert_eq!(error, Error::Full);
                return;
            }
        }
    }
}

fn all_there(history: &History, saved: &[MessageId]) {
    for &id in saved {
        assert_eq!(history.message(id).unwrap().text.len(), 20_000);
    }
    assert_eq!(history.conversations().unwrap().len(), saved.len());
}
