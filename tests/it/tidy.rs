//! The rules of the house, held by a test.

use std::path::{Path, PathBuf};

const LONGEST_FILE: usize = 500;

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(super) fn files(folder: &str, ends: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![top().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap().flatten() {
            let path = entry.path();
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if path.is_dir() {
                if !["node_modules", "dist", "target", "bindings", "fixtures", "artifacts"]
                    .contains(&name.as_ref())
                {
                    open.push(path);
                }
            } else if ends.iter().any(|end| name.ends_with(end)) {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "{folder}");
    found
}

pub(super) fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

pub(super) fn shown(path: &Path) -> String {
    path.strip_prefix(top()).unwrap().display().to_string()
}

#[test]
fn no_file_is_longer_than_a_person_reads() {
    for folder in ["src-tauri", "tests", "xtask", "ui/src"] {
        for path in files(folder, &[".rs", ".ts", ".svelte", ".css"]) {
            let lines = text(&path).lines().count();
            assert!(lines <= LONGEST_FILE, "{}: {lines} lines", shown(&path));
        }
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    for path in files("src-tauri", &[".rs"]) {
        if path.components().any(|part| part.as_os_str() == "tests") || path.ends_with("tests.rs") {
            continue;
        }
        assert!(text(&path).starts_with("//"), "{}", shown(&path));
    }
}

#[test]
fn only_the_vault_knows_the_keychain_and_builds_clients() {
    for path in files("src-tauri", &[".rs"]) {
        let name = shown(&path);
        if name.starts_with("src-tauri/vault/") || name.contains("/tests/") {
            continue;
        }
        let source = text(&path);
        for word in ["keyring::", "keyring_core::", "reqwest::"] {
            assert!(!source.contains(word), "{name} uses {word}");
        }
    }
}

#[test]
fn only_the_shell_knows_tauri() {
    for crate_name in [
        "vault", "wire", "history", "render", "files", "leak", "voice", "turn", "broker",
        "practice",
    ] {
        let manifest = text(&top().join("src-tauri").join(crate_name).join("Cargo.toml"));
        for word in ["tauri", "gtk", "webkit"] {
            assert!(!manifest.contains(word), "{crate_name} depends on {word}");
        }
    }
}

#[test]
fn crates_depend_in_one_direction() {
    let allowed: &[(&str, &[&str])] = &[
        ("vault", &[]),
        ("wire", &[]),
        ("history", &[]),
        ("render", &[]),
        ("practice", &[]),
        ("files", &[]),
        ("leak", &["vault"]),
        ("voice", &[]),
        ("turn", &["vault", "wire", "history", "files"]),
        ("broker", &["turn", "vault", "wire", "history"]),
    ];
    let all = [
        "vault", "wire", "history", "render", "files", "leak", "voice", "turn", "broker",
        "practice",
    ];
    for (name, below) in allowed {
        let manifest = text(&top().join("src-tauri").join(name).join("Cargo.toml"));
        let (_, rest) = manifest.split_once("[dependencies]").unwrap();
        let dependencies = rest.split("\n[").next().unwrap();
        for other in all.iter().filter(|other| *other != name) {
            let depends = dependencies.lines().any(|line| line.starts_with(&format!("{other}.")));
            assert!(!depends || below.contains(other), "{name} depends on {other}");
        }
    }
}

#[test]
fn every_crate_has_a_page_about_itself() {
    for name in [
        "vault", "wire", "history", "render", "files", "leak", "voice", "turn", "broker",
        "practice",
    ] {
        let readme = text(&top().join("src-tauri").join(name).join("README.md"));
        assert!(readme.lines().count() <= 70, "{name}: a page, not a book");
    }
}
