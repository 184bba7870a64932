//! A home, a key that the vault keeps, and a check of them.

use std::path::{Path, PathBuf};
use std::process::Command;

use leak::{Check, Finding, Planted, Wish};
use tempfile::TempDir;
use vault::{ApiKey, BaseUrl, Binding, KeyId, Patience, Vault};
use zeroize::Zeroizing;

pub(crate) const STORED: &str = "sk-proj-Zq3vB7nM1xK9pL2wR8tY4uA6sD0fG5hJ";
pub(crate) const OTHER: &str = "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";

pub(crate) struct Stage {
    pub(crate) home: TempDir,
    pub(crate) key: KeyId,
    vault: Vault,
}

impl Stage {
    pub(crate) fn new() -> Stage {
        let vault = Vault::in_memory();
        let key = KeyId::random().unwrap();
        let base = BaseUrl::parse("https://api.openai.com/v1").unwrap();
        let parsed = ApiKey::parse(Zeroizing::new(STORED.into())).unwrap();
        vault.keep_for_session(&key, parsed, &Binding { base, provider: "openAi".into() });
        Stage { home: tempfile::tempdir().unwrap(), key, vault }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// Everything there is to look at.
    pub(crate) fn wish(&self, folders: &[&str]) -> Wish {
        Wish {
            folders: folders.iter().map(|name| self.path(name)).collect(),
            git: true,
            shells: true,
            programs: true,
            home: Some(self.home.path().to_owned()),
        }
    }

    pub(crate) fn check(&self, wish: Wish) -> Check {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let keys = [self.key.clone()];
        let watch = runtime.block_on(Planted::watch(&self.vault, &keys, Patience::Brief)).unwrap();
        let check = Check::new(wish, watch);
        assert_eq!(check.unknown(), 0);
        check
    }

    /// What a whole check finds, in order.
    pub(crate) fn find(&self, folders: &[&str]) -> Vec<Finding> {
        let check = self.check(self.wish(folders));
        let outcome = check.run();
        assert!(outcome.is_whole && outcome.is_proof && !outcome.lacks_git, "{outcome:?}");
        let mut findings = check.findings();
        let shown = format!("{findings:?}{outcome:?}{:?}{check:?}", check.progress());
        for key in [STORED, OTHER] {
            assert!(!shown.contains(&key[..20]), "a finding holds a key");
        }
        findings.sort_by(|a, b| (&a.shown, a.line).cmp(&(&b.shown, b.line)));
        findings
    }

    pub(crate) fn git(&self, folder: &str, arguments: &[&str]) -> String {
        git(&self.path(folder), arguments)
    }
}

pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args([
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.org",
            "-c",
            "init.defaultBranch=main",
        ])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
