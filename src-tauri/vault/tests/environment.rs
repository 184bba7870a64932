//! Keys from the environment. It belongs to the whole process, so the test runs itself in a child.
#![cfg(unix)]

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::process::Command;

use vault::{BaseUrl, EnvironmentKeys, Extra, Flaw, KeyFamily, KeyRefusal};

const CHILD: &str = "VAULT_ENVIRONMENT_CHILD";

#[test]
fn keys_are_read_for_an_address_and_stay_until_they_are_forgotten() {
    if std::env::var(CHILD).is_err() {
        let admin = format!("sk-admin-{}", "a".repeat(124));
        let name = "keys_are_read_for_an_address_and_stay_until_they_are_forgotten";
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name, "--nocapture"])
            .env(CHILD, "1")
            .env("VAULT_T_GOOD", " \"sk-local-canary-1234\"\n")
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
    let base = BaseUrl::parse("https://gateway.example.com/v1").unwrap();
    for _ in 0..2 {
        let found = keys.read("VAULT_T_GOOD", &base).unwrap().unwrap();
        assert!(found.key.is_text("sk-local-canary-1234"));
        assert_eq!(found.removed, [Extra::Quotes]);
    }
    let refusal = |name| keys.read(name, &base).unwrap().err().unwrap();
    assert_eq!(refusal("VAULT_T_ADMIN"), KeyRefusal::Admin { family: Some(KeyFamily::OpenAi) });
    assert_eq!(refusal("VAULT_T_BYTES"), KeyRefusal::NotAKey { flaw: Flaw::ForeignCharacter });
    assert!(!format!("{keys:?}").contains("canary"));
    keys.forget("VAULT_T_GOOD");
    assert!(keys.read("VAULT_T_GOOD", &base).is_none());
}
