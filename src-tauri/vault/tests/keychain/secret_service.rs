//! The vault against a real GNOME Keyring that is unlocked, locked, absent, dying or stopped.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use vault::{ApiKey, Patience, Vault, VaultError};
use zeroize::Zeroizing;

use crate::session::{Daemon, in_session};
use crate::{CANARY, binding, canary, deadlines, id};

const LIMIT: Duration = Duration::from_secs(300);
/// Longer than any answer takes, shorter than any deadline.
const PROMPT: Duration = Duration::from_secs(45);

fn vault() -> Vault {
    Vault::platform().with_deadlines(deadlines(60_000, 90_000))
}

/// Runs a call and checks that it came back without waiting for its deadline.
async fn promptly<T>(call: impl Future<Output = T>) -> T {
    let begun = Instant::now();
    let outcome = call.await;
    assert!(begun.elapsed() < PROMPT, "took {:?}", begun.elapsed());
    outcome
}

fn secret_tool(arguments: &[&str], input: &str) -> String {
    use std::io::Write;
    let mut child = Command::new("secret-tool")
        .args(arguments)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("secret-tool is missing: install the package libsecret-tools");
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "secret-tool {arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn files_below(folder: &Path) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.file_type().unwrap() {
            kind if kind.is_dir() => found.extend(files_below(&entry.path())),
            kind if kind.is_file() => found.push(std::fs::read(entry.path()).unwrap()),
            _ => {}
        }
    }
    found
}

#[test]
fn unlocked() {
    in_session("secret_service::unlocked", LIMIT, async || {
        let daemon = Daemon::unlocked();
        let vault = vault();
        let key = id();
        // A connection that takes long to open leaves it at the general name, until the next asking.
        let asked = Instant::now();
        while promptly(vault.name()).await != "GNOME Keyring" {
            assert!(asked.elapsed() < PROMPT, "it never learnt the name");
        }
        assert_eq!(promptly(vault.check(&key, Patience::Brief)).await, Err(VaultError::Missing));
        promptly(vault.store(&key, &canary(), &binding(), Patience::Brief)).await.unwrap();
        promptly(vault.check(&key, Patience::Brief)).await.unwrap();
        let text = secret_tool(&["lookup", "service", "latchkey", "username", key.as_str()], "");
        assert!(text.contains("\"origin\":\"https://api.example.com\""), "{text}");

        // A second store replaces the first; there is one item for a name.
        let other = ApiKey::parse(Zeroizing::new("sk-local-another-key".into())).unwrap();
        vault.store(&key, &other, &binding(), Patience::Brief).await.unwrap();
        let text = secret_tool(&["lookup", "service", "latchkey", "username", key.as_str()], "");
        assert!(text.contains("another") && !text.contains(CANARY), "{text}");

        assert_eq!(vault.existing_database_key(Patience::Brief).await, Ok(None));
        let database = vault.create_database_key(Patience::Brief).await.unwrap();
        assert_eq!(vault.create_database_key(Patience::Brief).await, Err(VaultError::Exists));

        daemon.end("TERM");
        let _daemon = Daemon::unlocked();
        let found = promptly(vault.existing_database_key(Patience::Brief)).await;
        assert_eq!(found, Ok(Some(database)), "the same vault, a new daemon");
        vault.check(&key, Patience::Brief).await.unwrap();
        vault.remove(&key, Patience::Brief).await.unwrap();
        vault.remove(&key, Patience::Brief).await.unwrap();
        assert_eq!(vault.check(&key, Patience::Brief).await, Err(VaultError::Missing));

        let files = files_below(Path::new(&std::env::var("HOME").unwrap()));
        assert!(files.iter().any(|file| file.starts_with(b"GnomeKeyring")), "no keyring file");
        for file in files {
            assert!(!file.windows(CANARY.len()).any(|w| w == CANARY.as_bytes()), "in plain text");
        }
    });
}

#[test]
fn foreign_items() {
    in_session("secret_service::foreign_items", LIMIT, async || {
        let _daemon = Daemon::unlocked();
        let vault = vault();
        let key = id();
        let name = ["service", "latchkey", "username", key.as_str()];
        secret_tool(&[&["store", "--label=x"], &name[..]].concat(), "sk-raw-key-of-another-app");
        assert_eq!(vault.check(&key, Patience::Brief).await, Err(VaultError::Damaged));
        secret_tool(&[&["store", "--label=x"], &name[..], &["more", "1"]].concat(), "{}");
        assert_eq!(vault.check(&key, Patience::Brief).await, Err(VaultError::Damaged), "two match");
    });
}

#[test]
fn locked() {
    in_session("secret_service::locked", LIMIT, async || {
        let vault = vault();
        let key = id();
        let daemon = Daemon::unlocked();
        vault.store(&key, &canary(), &binding(), Patience::Brief).await.unwrap();
        let database = vault.create_database_key(Patience::Brief).await.unwrap();
        daemon.end("TERM");

        let daemon = Daemon::locked();
        for (patience, error) in
            [(Patience::Brief, VaultError::Locked), (Patience::Person, VaultError::Dismissed)]
        {
            assert_eq!(promptly(vault.check(&key, patience)).await, Err(error), "{patience:?}");
            assert_eq!(promptly(vault.existing_database_key(patience)).await, Err(error));
            assert_eq!(promptly(vault.create_database_key(patience)).await, Err(error));
            let stored = promptly(vault.store(&key, &canary(), &binding(), patience)).await;
            assert_eq!(stored, Err(error), "over an old item, {patience:?}");
            let stored = promptly(vault.store(&id(), &canary(), &binding(), patience)).await;
            assert_eq!(stored, Err(error), "a new item, {patience:?}");
            assert_eq!(promptly(vault.remove(&key, patience)).await, Err(error));
        }
        daemon.end("TERM");

        let _daemon = Daemon::unlocked();
        promptly(vault.check(&key, Patience::Brief)).await.unwrap();
        assert_eq!(vault.existing_database_key(Patience::Brief).await, Ok(Some(database)));
    });
}

#[test]
fn without_any_keyring_yet() {
    in_session("secret_service::without_any_keyring_yet", LIMIT, async || {
        let _daemon = Daemon::locked();
        let vault = vault();
        assert_eq!(promptly(vault.check(&id(), Patience::Brief)).await, Err(VaultError::Missing));
        // Making the first keyring takes a password, and there is nobody to type one.
        let stored = promptly(vault.store(&id(), &canary(), &binding(), Patience::Brief)).await;
        assert_eq!(stored, Err(VaultError::Locked));
        let stored = promptly(vault.store(&id(), &canary(), &binding(), Patience::Person)).await;
        assert_eq!(stored, Err(VaultError::Dismissed));
    });
}

#[test]
fn absent_from_the_bus() {
    in_session("secret_service::absent_from_the_bus", LIMIT, async || {
        let vault = vault();
        for patience in [Patience::Brief, Patience::Person] {
            assert_eq!(promptly(vault.check(&id(), patience)).await, Err(VaultError::Absent));
            let stored = promptly(vault.store(&id(), &canary(), &binding(), patience)).await;
            assert_eq!(stored, Err(VaultError::Absent));
        }
        assert_eq!(promptly(vault.name()).await, "Secret Service");
        // It is not remembered: a keychain that appears is used.
        let _daemon = Daemon::unlocked();
        promptly(vault.store(&id(), &canary(), &binding(), Patience::Brief)).await.unwrap();
    });
}

#[test]
fn without_a_bus() {
    const INSIDE: &str = "VAULT_TEST_NO_BUS";
    if let Ok(address) = std::env::var(INSIDE) {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let outcome = promptly(vault().check(&id(), Patience::Brief)).await;
            assert_eq!(outcome, Err(VaultError::Absent), "{address}");
        });
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let socket = home.path().join("refuses");
    drop(std::os::unix::net::UnixListener::bind(&socket).unwrap());
    let refuses = format!("unix:path={}", socket.display());
    for address in
        ["", "unix:path=/nonexistent/bus", "nonsense", "tcp:host=127.0.0.1,port=1", &refuses]
    {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "secret_service::without_a_bus", "--nocapture"]);
        child.env(INSIDE, address).env("XDG_RUNTIME_DIR", home.path());
        match address {
            "" => child.env_remove("DBUS_SESSION_BUS_ADDRESS"),
            address => child.env("DBUS_SESSION_BUS_ADDRESS", address),
        };
        let output = child.output().unwrap();
        assert!(output.status.success(), "{address:?}: {output:?}");
    }
}

#[test]
fn dies_between_calls() {
    in_session("secret_service::dies_between_calls", LIMIT, async || {
        let vault = vault();
        let key = id();
        let daemon = Daemon::unlocked();
        vault.store(&key, &canary(), &binding(), Patience::Brief).await.unwrap();
        daemon.end("KILL");
        assert_eq!(promptly(vault.check(&key, Patience::Brief)).await, Err(VaultError::Absent));
        let daemon = Daemon::unlocked();
        promptly(vault.check(&key, Patience::Brief)).await.unwrap();
        // A new daemon while nobody looked: the old connection's session means nothing to it.
        daemon.end("KILL");
        let _daemon = Daemon::unlocked();
        promptly(vault.check(&key, Patience::Brief)).await.unwrap();
        vault.store(&key, &canary(), &binding(), Patience::Brief).await.unwrap();
    });
}

#[test]
fn dies_during_a_call() {
    in_session("secret_service::dies_during_a_call", LIMIT, async || {
        let vault = Vault::platform();
        let key = id();
        for _ in 0..3 {
            let daemon = Daemon::unlocked();
            vault.store(&key, &canary(), &binding(), Patience::Brief).await.unwrap();
            daemon.signal("STOP");
            let bound = binding();
            let candidate = canary();
            let (read, written, ()) = tokio::join!(
                promptly(vault.check(&key, Patience::Brief)),
                promptly(vault.store(&key, &candidate, &bound, Patience::Brief)),
                async {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    daemon.end("KILL");
                }
            );
            assert_eq!((read, written), (Err(VaultError::Absent), Err(VaultError::Absent)));
        }
    });
}

#[test]
fn never_answers() {
    in_session("secret_service::never_answers", LIMIT, async || {
        let vault = Vault::platform().with_deadlines(deadlines(1_500, 3_000));
        let key = id();
        let daemon = Daemon::unlocked();
        vault.store(&key, &canary(), &binding(), Patience::Brief).await.unwrap();
        daemon.signal("STOP");
        for _ in 0..2 {
            assert_eq!(vault.check(&key, Patience::Brief).await, Err(VaultError::Silent));
            let stored = vault.store(&key, &canary(), &binding(), Patience::Brief).await;
            assert_eq!(stored, Err(VaultError::Silent));
        }
        assert_eq!(promptly(vault.name()).await, "Secret Service");
        daemon.signal("CONT");
        let resumed = Instant::now();
        // One thread may still be working off what the others asked.
        while vault.check(&key, Patience::Brief).await.is_err() {
            assert!(resumed.elapsed() < PROMPT, "it did not recover");
        }
        // The daemon stays stopped and the thread stuck: the process must end all the same.
        daemon.signal("STOP");
        assert_eq!(vault.check(&key, Patience::Brief).await, Err(VaultError::Silent));
        std::mem::forget(daemon);
    });
}

#[test]
fn the_real_deadline_is_five_seconds() {
    in_session("secret_service::the_real_deadline_is_five_seconds", LIMIT, async || {
        let daemon = Daemon::unlocked();
        daemon.signal("STOP");
        let begun = Instant::now();
        let outcome = Vault::platform().check(&id(), Patience::Brief).await;
        assert_eq!(outcome, Err(VaultError::Silent));
        let took = begun.elapsed();
        assert!(took >= Duration::from_secs(5) && took < PROMPT, "{took:?}");
    });
}
