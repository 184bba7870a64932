//! Keys from the environment. It belongs to the whole process, so the test runs itself in a child.
#![cfg(unix)]

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::process::Command;

use vault::{EnvironmentKeys, Flaw, KeyFamily, KeyRefusal};

const CHILD: &str = "VAULT_ENVIRONMENT_CHILD";

#[test]
fn keys_are_read_and_refusals_remembered() {
    if std::env::var(CHILD).is_err() {
        let admin = format!("sk-admin-{}", "a".repeat(124));
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "keys_are_read_and_refusals_remembered", "--nocapture"])
            .env(CHILD, "1")
            .env("VAULT_T_GOOD", " sk-local-canary-1234\n")
            .env("VAULT_T_ADMIN", admin)
            .env("VAULT_T_BYTES", OsStr::from_bytes(b"sk-\xff\xfe-canary"))
            .env("VAULT_T_EMPTY", " ")
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        return;
    }
    let vars = ["VAULT_T_GOOD", "VAULT_T_ADMIN", "VAULT_T_BYTES", "VAULT_T_EMPTY", "VAULT_T_UNSET"];
    let mut keys = EnvironmentKeys::take(&vars);
    assert_eq!(keys.names().collect::<Vec<_>>(), vars[..3]);
    let usable: Vec<_> =
        keys.keys().map(|(name, key)| (name, key.last_four().to_string())).collect();
    assert_eq!(usable, [("VAULT_T_GOOD", "1234".to_owned())]);
    let refusals = [
        ("VAULT_T_ADMIN", KeyRefusal::Admin { family: Some(KeyFamily::OpenAi) }),
        ("VAULT_T_BYTES", KeyRefusal::NotAKey { flaw: Flaw::ForeignCharacter }),
    ];
    assert_eq!(keys.refusals().collect::<Vec<_>>(), refusals);
    assert!(!format!("{keys:?}").contains("canary"));
    assert!(keys.remove("VAULT_T_ADMIN").is_none());
    let key = keys.remove("VAULT_T_GOOD").unwrap();
    assert!(key.is_text("sk-local-canary-1234"));
    assert!(keys.remove("VAULT_T_GOOD").is_none());
    keys.put_back("VAULT_T_GOOD", key);
    assert!(keys.remove("VAULT_T_GOOD").is_some());
}
