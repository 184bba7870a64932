//! `latchkey scan`.

use std::path::PathBuf;

use leak::{Check, Finding, Outcome, Planted, Whose, Wish};
use serde_json::{Value, json};
use vault::{KeyId, Patience, Vault, Watch};

use super::say::{self, Said};
use super::{Call, Exit, misused, reach};
use crate::door::{Errand, StoredLine, read};
use crate::ipc::LeakPlaceView;
use crate::words::leaks::{self, Looked};
use crate::words::{ending, scan as words};

pub fn run(call: &Call) -> Exit {
    if let Some(words) = call.beyond(&["json", "no-git", "all"]) {
        return misused(&words);
    }
    if call.rest.is_empty() {
        return misused(words::WHERE);
    }
    scan(call).unwrap_or_else(|words| say::failed(call, &words))
}

fn scan(call: &Call) -> Result<Exit, String> {
    let folders: Vec<PathBuf> = call.rest.iter().map(PathBuf::from).collect();
    if let Some(gone) = folders.iter().find(|folder| folder.symlink_metadata().is_err()) {
        return Err(words::not_there(&gone.display().to_string()));
    }
    // What is written `.` or `shop/..` has a name of its own.
    let folders = folders.into_iter().map(|folder| folder.canonicalize().unwrap_or(folder));
    let wish = Wish {
        folders: folders.collect(),
        git: !call.has("no-git"),
        shells: call.has("all"),
        programs: call.has("all"),
        home: std::env::home_dir(),
    };
    let stored: Vec<StoredLine> = match reach::ask(&Errand::StoredKeys) {
        Ok(answer) => read(&answer),
        // Keys that nobody can name are found by their shapes.
        Err(why) => {
            say::trouble(&words::only_shapes(&why));
            Vec::new()
        }
    };
    let check = Check::new(wish, reach::runtime()?.block_on(watch(&stored))?);
    if check.unknown() > 0 {
        say::trouble(&words::not_given(check.unknown()));
    }
    let outcome = check.run();
    let findings = check.findings();
    said(&check, &stored, &findings, &outcome).say(call);
    Ok(match (outcome.is_proof, findings.is_empty()) {
        (false, _) => Exit::Failed,
        (true, false) => Exit::Found,
        (true, true) => Exit::Fine,
    })
}

/// Keys are fetched to be known again, and wiped; from here on this process is closed to others.
async fn watch(stored: &[StoredLine]) -> Result<(Planted, Watch), String> {
    crate::native::harden();
    let ids: Vec<KeyId> = stored.iter().map(|key| key.id.clone()).collect();
    let watch = Planted::watch(&Vault::platform(), &ids, Patience::Brief).await;
    watch.map_err(|_| words::NOT_READY.to_owned())
}

fn said(check: &Check, stored: &[StoredLine], findings: &[Finding], outcome: &Outcome) -> Said {
    let far = check.progress();
    let rows: Vec<_> = findings
        .iter()
        .map(|finding| {
            let (key, end) = whose(finding, stored);
            vec![key, end.as_deref().map_or_else(String::new, ending), place(finding)]
        })
        .collect();
    let mut text = match rows.is_empty() {
        true if far.unreadable > 0 => words::NOTHING_READ.to_owned(),
        true => words::NOTHING.to_owned(),
        false => say::table(&words::COLUMNS, &rows),
    };
    text.push_str(&words::looked(Looked {
        files: far.files,
        commits: far.commits,
        bytes: far.bytes,
        unreadable: far.unreadable,
    }));
    if far.left_out > 0 {
        text.push_str(&words::left_out(far.left_out));
    }
    text.push_str(match (outcome.is_proof, outcome.lacks_git) {
        (true, false) => leaks::FOUND_PLANTED,
        (true, true) => words::NO_GIT,
        (false, _) => words::NO_PROOF,
    });
    let json = json!({
        "places": findings.iter().map(|finding| one(finding, stored)).collect::<Vec<_>>(),
        "files": far.files,
        "commits": far.commits,
        "bytes": far.bytes,
        "unreadable": far.unreadable,
        "unreadableNames": outcome.unreadable,
        "leftOut": far.left_out,
        "lacksGit": outcome.lacks_git,
        "isProof": outcome.is_proof,
    });
    Said { json, text }
}

fn one(finding: &Finding, stored: &[StoredLine]) -> Value {
    let (key, end) = whose(finding, stored);
    json!({
        "key": key,
        "lastFour": end,
        "yours": matches!(finding.whose, Whose::Stored(_)),
        "path": finding.path,
        "place": LeakPlaceView::of(finding),
    })
}

/// Whose key it is, and its end.
fn whose(finding: &Finding, stored: &[StoredLine]) -> (String, Option<String>) {
    let end = finding.last_four.clone();
    match &finding.whose {
        Whose::Stored(id) => match stored.iter().find(|key| key.id == *id) {
            Some(key) => (key.name.clone(), Some(key.last_four.clone())),
            None => (words::STORED_KEY.to_owned(), end),
        },
        Whose::Shaped(shape) => match shape.family {
            Some(family) => (words::key_of(family), end),
            None => (words::SOME_KEY.to_owned(), end),
        },
        Whose::Token(service) => (words::token_of(service), end),
        Whose::Named => (words::SOME_KEY.to_owned(), end),
    }
}

fn place(finding: &Finding) -> String {
    let place = LeakPlaceView::of(finding);
    let path = finding.path.display().to_string();
    words::place(&path, finding.line, place.commit.as_deref(), place.file.as_deref())
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;

    const KEY: &str = "sk-ant-api03-q7W-e3Rt5Y_u8I0pA1sD2fG4hJ6kL9zX3cV5bN7mQ1wE2rT4yU6iO8pA0sD1fG3hJ5kL7zX9cV2bN4mQ6w-AA";

    fn checked(folder: &std::path::Path) -> (Check, Outcome) {
        let wish = Wish { folders: vec![folder.to_owned()], git: true, ..Wish::default() };
        let vault = Vault::in_memory();
        let watch = tauri::async_runtime::block_on(Planted::watch(&vault, &[], Patience::Brief));
        let check = Check::new(wish, watch.unwrap());
        let outcome = check.run();
        (check, outcome)
    }

    #[test]
    fn it_names_the_place_and_the_end_and_never_the_key() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(".env"), format!("A=1\nB={KEY}\n")).unwrap();
        let (check, outcome) = checked(folder.path());
        let said = said(&check, &[], &check.findings(), &outcome);
        let json = said.json.to_string();
        assert!(
            said.text.contains("Anthropic key") && said.text.contains("…w-AA"),
            "{}",
            said.text
        );
        assert!(said.text.contains(".env:2"), "{}", said.text);
        assert!(json.contains("\"yours\":false") && json.contains("\"line\":2"), "{json}");
        for shown in [said.text, json] {
            assert!(!shown.contains(&KEY[13..30]), "{shown}");
        }
    }

    #[test]
    fn what_is_asked_wrongly_is_said() {
        let call = |words: &[&str]| Call::read(words.iter().map(OsString::from)).unwrap();
        assert_eq!(run(&call(&[])), Exit::Misused);
        assert_eq!(run(&call(&["--app", "x", "."])), Exit::Misused);
        assert_eq!(run(&call(&["/nowhere/at/all"])), Exit::Failed);
    }
}
