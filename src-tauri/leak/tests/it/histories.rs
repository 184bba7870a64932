//! Histories of git.

use std::os::unix::fs::PermissionsExt;

use leak::{Finding, InHistory, Place};

use crate::stage::{OTHER, STORED, Stage};

fn histories(found: &[Finding]) -> Vec<InHistory> {
    let of = |one: &Finding| match &one.place {
        Place::GitHistory(history) => Some(history.clone()),
        _ => None,
    };
    found.iter().filter_map(of).collect()
}

fn commit(stage: &Stage, file: &str, content: &str) -> String {
    stage.write(&format!("shop/{file}"), content);
    stage.git("shop", &["add", "--all"]);
    stage.git("shop", &["commit", "-m", file]);
    stage.git("shop", &["rev-parse", "--short=7", "HEAD"])
}

fn shop() -> Stage {
    let stage = Stage::new();
    stage.write("shop/README.md", "A shop.");
    stage.git("shop", &["init"]);
    commit(&stage, "first.txt", "nothing");
    stage
}

#[test]
fn what_was_taken_out_of_the_files_is_found_with_the_commit_that_brought_it() {
    let stage = shop();
    let brought = commit(&stage, ".env", &format!("A={STORED}"));
    commit(&stage, ".env", &format!("A={STORED}\nB=2"));
    stage.git("shop", &["branch", "other"]);
    std::fs::remove_file(stage.path("shop/.env")).unwrap();
    commit(&stage, "later.txt", "clean");
    for packed in [false, true] {
        if packed {
            stage.git("shop", &["gc", "--quiet"]);
        }
        let found = stage.find(&["shop"]);
        assert_eq!(found.len(), 1, "one key, however many versions hold it");
        let [history] = &histories(&found)[..] else { panic!("{found:?}") };
        assert_eq!(history.commit.as_deref(), Some(brought.as_str()));
        assert_eq!(history.file.as_deref(), Some(".env"));
        assert_eq!((history.branch.as_deref(), history.more_branches), (Some("main"), 1));
        assert_eq!(history.date.as_ref().unwrap().len(), 10);
    }
}

#[test]
fn messages_of_commits_tags_and_what_no_branch_leads_to_are_found() {
    let stage = shop();
    stage.git("shop", &["commit", "--allow-empty", "-m", &format!("Use {OTHER}")]);
    stage.git("shop", &["tag", "-a", "v1", "-m", &format!("with xai-{}", "aB3_".repeat(20))]);
    stage.git("shop", &["checkout", "-b", "lost"]);
    commit(&stage, "lost.txt", STORED);
    stage.git("shop", &["checkout", "main"]);
    stage.git("shop", &["branch", "-D", "lost"]);
    let found = stage.find(&["shop"]);
    let mut commits: Vec<_> =
        histories(&found).into_iter().map(|one| one.commit.is_some()).collect();
    commits.sort_unstable();
    assert_eq!(
        commits,
        [false, false, true],
        "the tag and the lost one have no commit of a branch"
    );
}

#[test]
fn a_work_tree_a_bare_repository_and_a_submodule_are_each_looked_at_once() {
    let stage = shop();
    commit(&stage, ".env", STORED);
    stage.git("shop", &["worktree", "add", "../shop-two", "-b", "two"]);
    stage.git("shop", &["clone", "--bare", ".", "../bare.git"]);
    let found = stage.find(&["shop", "shop-two", "bare.git"]);
    assert_eq!(histories(&found).len(), 2, "the repository with its two work trees, and the copy");
}

#[test]
fn a_repository_runs_nothing() {
    let stage = shop();
    commit(&stage, ".env", STORED);
    let ran = stage.path("ran");
    let script = stage.path("script");
    std::fs::write(&script, format!("#!/bin/sh\ntouch {}\n", ran.display())).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let script = script.to_str().unwrap();
    for name in [
        "core.fsmonitor",
        "core.pager",
        "pager.log",
        "gpg.program",
        "diff.external",
        "core.sshCommand",
        "core.editor",
        "core.askPass",
        "credential.helper",
        "filter.x.clean",
        "filter.x.smudge",
        "diff.x.textconv",
        "diff.x.command",
    ] {
        stage.git("shop", &["config", name, script]);
    }
    stage.git("shop", &["config", "log.showSignature", "true"]);
    stage.write("shop/.git/info/attributes", "* filter=x diff=x\n");
    let found = stage.find(&["shop"]);
    assert_eq!(histories(&found).len(), 1);
    assert!(!ran.exists(), "a setting of the repository ran a program");
}

#[test]
fn a_damaged_repository_is_said_to_be_unreadable() {
    let stage = shop();
    let check = stage.check(stage.wish(&["shop"]));
    stage.write("shop/.git/HEAD", "nonsense");
    let outcome = check.run();
    assert_eq!(outcome.unreadable, ["shop, its git history"]);
}

#[test]
fn what_was_found_before_a_damaged_object_is_told() {
    let stage = shop();
    commit(&stage, ".env", STORED);
    // Git goes through loose objects by their names: this one is the last.
    stage.write(&format!("shop/.git/objects/ff/{}", "f".repeat(38)), "nonsense");
    let check = stage.check(stage.wish(&["shop"]));
    for _ in 0..2 {
        let outcome = check.run();
        assert_eq!(outcome.unreadable[0], "shop, its git history");
        assert_eq!(histories(&check.findings()).len(), 1, "{:?}", check.findings());
    }
}

#[test]
fn a_history_that_was_stopped_in_is_gone_on_with_and_tells_each_key_once() {
    let stage = shop();
    for number in 0..30 {
        commit(&stage, "large", &format!("{number}{}\n{OTHER}", "x ".repeat(100_000)));
    }
    commit(&stage, "large", "gone");
    let check = stage.check(stage.wish(&["shop"]));
    let mut outcome = std::thread::scope(|scope| {
        let running = scope.spawn(|| check.run());
        // Bytes are counted of files, too, which are looked at first.
        while check.progress().objects == 0 && !running.is_finished() {
            std::thread::yield_now();
        }
        check.stop();
        running.join().unwrap()
    });
    assert!(!outcome.is_whole, "it was stopped");
    while !outcome.is_whole {
        outcome = check.run();
    }
    let in_history: Vec<_> = histories(&check.findings());
    assert!(in_history.iter().all(|place| place.commit.is_some()), "{in_history:?}");
    let keys =
        check.findings().iter().filter(|found| matches!(found.place, Place::GitHistory(_))).count();
    assert_eq!(keys, histories(&stage.find(&["shop"])).len(), "as one that was never stopped");
}
