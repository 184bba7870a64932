//! Files of chosen folders, histories of shells, places of programs.

use std::os::unix::fs::symlink;
use std::process::Command;

use leak::{GitSays, Place, Whose};

use crate::stage::{OTHER, STORED, Stage};

#[test]
fn every_kind_of_place_is_found_with_its_line() {
    let stage = Stage::new();
    stage.write("shop/.env", format!("A=1\nB=2\nOPENAI_API_KEY={STORED}\n"));
    stage.write("shop/deep/er/notes.md", format!("\n\n{OTHER}"));
    stage.write("shop/empty", "");
    stage.write("other/.env", STORED);
    stage.write(".zsh_history", format!(": 1:0;ls\n: 2:0;export K={STORED}\n"));
    stage.write(".continue/config.yaml", format!("models:\n  - apiKey: {OTHER}\n"));
    let found = stage.find(&["shop"]);
    let shown: Vec<_> = found.iter().map(|one| (one.shown.as_str(), one.line.unwrap())).collect();
    assert_eq!(
        shown,
        [
            ("shop/.env", 3),
            ("shop/deep/er/notes.md", 3),
            ("~/.continue/config.yaml", 2),
            ("~/.zsh_history", 2)
        ]
    );
    assert_eq!(found[0].whose, Whose::Stored(stage.key.clone()));
    assert_eq!(found[0].place, Place::File(GitSays::NoRepository));
    assert!(matches!(found[1].whose, Whose::Shaped(_)));
    assert_eq!(found[1].last_four.as_deref(), Some("y5Z6"));
    assert_eq!(found[2].place, Place::Program("Continue"));
    assert_eq!(found[3].place, Place::ShellHistory);
    assert_eq!(found[0].same, found[3].same, "the same key");
    assert_eq!(found[1].same, found[2].same);
    assert_ne!(found[0].same, found[1].same);
}

#[test]
fn git_says_what_it_does_with_a_file() {
    let stage = Stage::new();
    stage.write("shop/.env", STORED);
    stage.write("shop/ignored/.env", STORED);
    stage.write("shop/tracked.txt", STORED);
    stage.write("shop/.gitignore", "ignored/\n");
    stage.git("shop", &["init"]);
    stage.git("shop", &["add", "tracked.txt"]);
    let found = stage.find(&["shop"]);
    let files = found.iter().filter_map(|one| match one.place {
        Place::File(says) => Some((one.shown.as_str(), says)),
        _ => None,
    });
    assert_eq!(
        files.collect::<Vec<_>>(),
        [
            ("shop/.env", GitSays::WouldTake),
            ("shop/ignored/.env", GitSays::Ignored),
            ("shop/tracked.txt", GitSays::Tracked)
        ]
    );
    let (file, line) = leak::ignore_line(&stage.path("shop/.env")).unwrap();
    assert!(file.ends_with("shop/.gitignore"));
    assert_eq!(line, "/.env");
}

#[test]
fn links_and_devices_are_not_followed() {
    let stage = Stage::new();
    stage.write("outside/secret", STORED);
    stage.write("shop/plain", "nothing");
    symlink(stage.path("outside"), stage.path("shop/folder")).unwrap();
    symlink(stage.path("outside/secret"), stage.path("shop/file")).unwrap();
    symlink("/dev/zero", stage.path("shop/zero")).unwrap();
    symlink(stage.path("outside/secret"), stage.path(".bash_history")).unwrap();
    let pipe = stage.path("shop/pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert_eq!(stage.find(&["shop"]), []);
}

#[test]
fn what_cannot_be_read_is_counted_and_named() {
    let stage = Stage::new();
    stage.write("shop/plain", "nothing");
    let check = stage.check(stage.wish(&["shop", "gone"]));
    let outcome = check.run();
    assert_eq!(check.progress().unreadable, 1);
    assert!(outcome.unreadable[0].ends_with("gone"));
}

#[test]
fn a_check_that_was_stopped_goes_on_and_tells_nothing_twice() {
    let stage = Stage::new();
    for number in 0..300 {
        stage.write(&format!("shop/{number}/.env"), format!("{OTHER}\n{STORED}"));
    }
    let check = stage.check(stage.wish(&["shop"]));
    let outcome = std::thread::scope(|scope| {
        let running = scope.spawn(|| check.run());
        while check.progress().files == 0 && !running.is_finished() {
            std::thread::yield_now();
        }
        check.stop();
        running.join().unwrap()
    });
    let before = check.findings().len();
    assert!(before > 0);
    if !outcome.is_whole {
        assert!(before < 600);
        assert!(check.run().is_whole);
    }
    assert_eq!(check.findings().len(), 600);
    assert_eq!(check.progress().files, 300);
}

#[test]
fn a_finder_that_finds_nothing_proves_nothing() {
    let (one, other) = (Stage::new(), Stage::new());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let vault = vault::Vault::in_memory();
    let prepare = || runtime.block_on(leak::Planted::watch(&vault, &[], vault::Patience::Brief));
    let (planted, _) = prepare().unwrap();
    // The watch of another check knows another planted key.
    let (_, watch) = prepare().unwrap();
    assert!(!leak::Check::new(one.wish(&[]), (planted, watch)).run().is_proof);
    assert!(other.check(other.wish(&[])).run().is_proof, "the control");
}
