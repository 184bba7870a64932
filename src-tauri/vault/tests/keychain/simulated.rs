//! Stores that fail, hang and panic on command.

use std::any::Any;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use keyring_core::api::{CredentialApi, CredentialStoreApi};
use keyring_core::{Credential, CredentialStore, Entry, Error, mock};
use vault::{ApiKey, KeyId, Patience, Vault, VaultError};
use zeroize::Zeroizing;

use crate::{CANARY, binding, canary, deadlines, id};

/// What a store does before each call on an item.
type Mood = Arc<dyn Fn(&'static str) -> Result<(), Error> + Send + Sync>;

struct MoodyStore {
    inner: Arc<mock::Store>,
    mood: Mood,
}

struct MoodyItem {
    inner: Entry,
    mood: Mood,
}

impl CredentialStoreApi for MoodyStore {
    fn vendor(&self) -> String {
        "moody".into()
    }
    fn id(&self) -> String {
        "moody".into()
    }
    fn build(&self, s: &str, u: &str, m: Option<&HashMap<&str, &str>>) -> Result<Entry, Error> {
        let item = MoodyItem { inner: self.inner.build(s, u, m)?, mood: self.mood.clone() };
        Ok(Entry::new_with_credential(Arc::new(item)))
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl CredentialApi for MoodyItem {
    fn set_secret(&self, secret: &[u8]) -> Result<(), Error> {
        (self.mood)("set").and_then(|()| self.inner.set_secret(secret))
    }
    fn get_secret(&self) -> Result<Vec<u8>, Error> {
        (self.mood)("get").and_then(|()| self.inner.get_secret())
    }
    fn delete_credential(&self) -> Result<(), Error> {
        (self.mood)("delete").and_then(|()| self.inner.delete_credential())
    }
    fn get_credential(&self) -> Result<Option<Arc<Credential>>, Error> {
        Ok(None)
    }
    fn get_specifiers(&self) -> Option<(String, String)> {
        None
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A gate that a test shuts to make the store hang.
#[derive(Default)]
struct Gate(Mutex<bool>, Condvar);

impl Gate {
    fn set_shut(&self, shut: bool) {
        *self.0.lock().unwrap() = shut;
        self.1.notify_all();
    }
    fn pass(&self) {
        drop(self.1.wait_while(self.0.lock().unwrap(), |shut| *shut).unwrap());
    }
}

fn moody(
    mood: impl Fn(&'static str) -> Result<(), Error> + Send + Sync + 'static,
) -> (Vault, Arc<mock::Store>, Arc<AtomicUsize>) {
    let inner = mock::Store::new().unwrap();
    let store: Arc<CredentialStore> =
        Arc::new(MoodyStore { inner: inner.clone(), mood: Arc::new(mood) });
    let opened = Arc::new(AtomicUsize::new(0));
    let count = opened.clone();
    let vault = Vault::with_store(move || {
        count.fetch_add(1, Ordering::SeqCst);
        Ok(store.clone())
    });
    (vault.with_deadlines(deadlines(600, 6_000)), inner, opened)
}

fn gated() -> (Vault, Arc<Gate>, Arc<AtomicUsize>) {
    let gate = Arc::new(Gate::default());
    let inside = gate.clone();
    let (vault, _, opened) = moody(move |_| {
        inside.pass();
        Ok(())
    });
    (vault, gate, opened)
}

async fn silent_in_time(vault: &Vault, id: &KeyId) {
    let begun = Instant::now();
    assert_eq!(vault.check(id, Patience::Brief).await, Err(VaultError::Silent));
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn every_failure_below_has_its_class_and_shows_no_bytes() {
    let bytes = || CANARY.as_bytes().to_vec();
    type Failure = fn(Vec<u8>) -> Error;
    let rows: Vec<(Failure, VaultError)> = vec![
        (|_| Error::NoEntry, VaultError::Missing),
        (Error::BadEncoding, VaultError::Damaged),
        (|bytes| Error::BadDataFormat(bytes, CANARY.into()), VaultError::Damaged),
        (|_| Error::BadStoreFormat(CANARY.into()), VaultError::Damaged),
        (|_| Error::Ambiguous(Vec::new()), VaultError::Damaged),
        (|_| Error::NoStorageAccess(CANARY.into()), VaultError::Locked),
        (|_| Error::PlatformFailure(CANARY.into()), VaultError::Failed),
        (|_| Error::TooLong(CANARY.into(), 1), VaultError::Failed),
        (|_| Error::Invalid(CANARY.into(), CANARY.into()), VaultError::Failed),
        (|_| Error::NotSupportedByStore(CANARY.into()), VaultError::Failed),
        (|_| Error::NoDefaultStore, VaultError::Absent),
    ];
    for (make, class) in rows {
        let (vault, _, _) = moody(move |_| Err(make(bytes())));
        let error = vault.check(&id(), Patience::Brief).await.unwrap_err();
        assert_eq!(error, class);
        let stored = vault.store(&id(), &canary(), &binding(), Patience::Brief).await;
        assert_eq!(stored, Err(class));
        let shown = format!("{error} {error:?} {error:#?}");
        assert!(!shown.contains("canary") && !shown.contains("115, 107"), "{shown}");
    }
}

#[tokio::test]
async fn a_store_that_cannot_be_opened_is_tried_again() {
    let tries = AtomicUsize::new(0);
    let store = mock::Store::new().unwrap();
    let vault = Vault::with_store(move || match tries.fetch_add(1, Ordering::SeqCst) {
        0 => Err(Error::NoDefaultStore),
        _ => Ok(store.clone()),
    });
    assert_eq!(vault.check(&id(), Patience::Brief).await, Err(VaultError::Absent));
    assert_eq!(vault.check(&id(), Patience::Brief).await, Err(VaultError::Missing));
}

#[tokio::test]
async fn a_dead_connection_is_opened_again_within_the_same_call() {
    let failures = Arc::new(AtomicUsize::new(0));
    let left = failures.clone();
    let (vault, _, opened) = moody(move |_| {
        let spent = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1));
        spent.map_or(Ok(()), |_| Err(Error::PlatformFailure("gone".into())))
    });
    let key = id();
    vault.store(&key, &canary(), &binding(), Patience::Brief).await.unwrap();
    assert_eq!(opened.load(Ordering::SeqCst), 1);
    failures.store(1, Ordering::SeqCst);
    vault.check(&key, Patience::Brief).await.unwrap();
    assert_eq!(opened.load(Ordering::SeqCst), 2);
    failures.store(2, Ordering::SeqCst);
    assert_eq!(vault.check(&key, Patience::Brief).await, Err(VaultError::Failed));
    vault.check(&key, Patience::Brief).await.unwrap();
}

#[tokio::test]
async fn a_stuck_store_costs_each_caller_only_its_own_deadline_and_recovers() {
    let (vault, gate, opened) = gated();
    let key = id();
    vault.store(&key, &canary(), &binding(), Patience::Brief).await.unwrap();
    gate.set_shut(true);
    for _ in 0..8 {
        silent_in_time(&vault, &key).await;
    }
    let threads = opened.load(Ordering::SeqCst);
    assert!((2..=4).contains(&threads), "{threads} connections for eight stuck calls");
    gate.set_shut(false);
    tokio::time::sleep(Duration::from_millis(100)).await;
    vault.check(&key, Patience::Brief).await.unwrap();
}

#[tokio::test]
async fn one_stuck_call_does_not_hold_up_the_next() {
    // Only the first call hangs, as on a prompt that nobody answers.
    let calls = AtomicUsize::new(0);
    let (vault, _, _) = moody(move |_| {
        if calls.fetch_add(1, Ordering::SeqCst) == 0 {
            std::thread::park();
        }
        Ok(())
    });
    let key = id();
    silent_in_time(&vault, &key).await;
    assert_eq!(vault.check(&key, Patience::Brief).await, Err(VaultError::Missing));
}

#[tokio::test]
async fn a_person_has_longer_than_a_program() {
    let (vault, _, _) = moody(|_| {
        std::thread::sleep(Duration::from_millis(1_500));
        Ok(())
    });
    assert_eq!(vault.check(&id(), Patience::Person).await, Err(VaultError::Missing));
    assert_eq!(vault.check(&id(), Patience::Brief).await, Err(VaultError::Silent));
}

#[tokio::test]
async fn what_nobody_waits_for_any_more_does_not_happen() {
    let (vault, gate, _) = gated();
    let (first, second) = (id(), id());
    gate.set_shut(true);
    let (key, bound) = (canary(), binding());
    let both = tokio::join!(
        vault.check(&first, Patience::Brief),
        vault.store(&second, &key, &bound, Patience::Brief)
    );
    assert_eq!(both, (Err(VaultError::Silent), Err(VaultError::Silent)));
    gate.set_shut(false);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(vault.check(&second, Patience::Brief).await, Err(VaultError::Missing));
}

#[tokio::test]
async fn a_panic_below_is_a_failure_and_the_next_call_works() {
    let calls = AtomicUsize::new(0);
    let (vault, _, _) = moody(move |_| {
        assert!(calls.fetch_add(1, Ordering::SeqCst) > 0, "a panic that the test wants");
        Ok(())
    });
    // Not in haste: the panic looks up its trace first, which takes seconds on a busy machine.
    assert_eq!(vault.check(&id(), Patience::Person).await, Err(VaultError::Failed));
    assert_eq!(vault.check(&id(), Patience::Person).await, Err(VaultError::Missing));
}

#[tokio::test]
async fn the_database_key_is_made_once() {
    let vault = Vault::in_memory();
    assert_eq!(vault.existing_database_key(Patience::Brief).await, Ok(None));
    let key = vault.create_database_key(Patience::Brief).await.unwrap();
    assert_ne!(*key, [0; 32]);
    assert_eq!(vault.existing_database_key(Patience::Brief).await, Ok(Some(key.clone())));
    assert_eq!(vault.create_database_key(Patience::Brief).await, Err(VaultError::Exists));
    assert_eq!(vault.existing_database_key(Patience::Brief).await, Ok(Some(key)));
}

#[tokio::test]
async fn a_damaged_database_key_is_neither_used_nor_replaced() {
    let (vault, store, _) = moody(|_| Ok(()));
    let item = store.build("latchkey", "history", None).unwrap();
    item.set_secret(b"not hex").unwrap();
    assert_eq!(vault.existing_database_key(Patience::Brief).await, Err(VaultError::Damaged));
    assert_eq!(vault.create_database_key(Patience::Brief).await, Err(VaultError::Damaged));
    assert_eq!(item.get_secret().unwrap(), b"not hex");
}

#[tokio::test]
async fn what_is_no_database_key_is_kept_under_another_name_before_one_is_made() {
    let (vault, store, _) = moody(|_| Ok(()));
    let entry = |name: &str| store.build("latchkey", name, None).unwrap();
    vault.set_database_key_aside(Patience::Brief).await.unwrap();
    entry("history.aside-1").set_secret(b"set aside before").unwrap();
    entry("history").set_secret(b"\xff not hex").unwrap();
    vault.set_database_key_aside(Patience::Brief).await.unwrap();
    assert_eq!(entry("history.aside-1").get_secret().unwrap(), b"set aside before");
    assert_eq!(entry("history.aside-2").get_secret().unwrap(), b"\xff not hex");
    let key = vault.create_database_key(Patience::Brief).await.unwrap();
    vault.set_database_key_aside(Patience::Brief).await.unwrap();
    assert_eq!(vault.existing_database_key(Patience::Brief).await, Ok(Some(key)), "a key stays");
}

#[tokio::test]
async fn what_could_not_be_kept_is_not_removed() {
    let (vault, store, _) =
        moody(|call| if call == "set" { Err(Error::NoDefaultStore) } else { Ok(()) });
    let plain = store.build("latchkey", "history", None).unwrap();
    plain.set_secret(b"not hex").unwrap();
    assert!(vault.set_database_key_aside(Patience::Brief).await.is_err());
    assert_eq!(plain.get_secret().unwrap(), b"not hex");
}

#[tokio::test]
async fn a_late_database_key_is_never_replaced_by_a_second_one() {
    // The first write hangs and completes late, as behind an unlock prompt.
    let gate = Arc::new(Gate::default());
    let writes = Arc::new(AtomicUsize::new(0));
    let (inside, count) = (gate.clone(), writes.clone());
    let (vault, store, _) = moody(move |call| {
        if call == "set" {
            inside.pass();
            count.fetch_add(1, Ordering::SeqCst);
        }
        Ok(())
    });
    gate.set_shut(true);
    for _ in 0..2 {
        assert_eq!(vault.create_database_key(Patience::Brief).await, Err(VaultError::Silent));
    }
    gate.set_shut(false);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(writes.load(Ordering::SeqCst), 1, "a second key was written over the first");
    let late = store.build("latchkey", "history", None).unwrap().get_secret().unwrap();
    assert_eq!(vault.create_database_key(Patience::Brief).await, Err(VaultError::Exists));
    assert_eq!(store.build("latchkey", "history", None).unwrap().get_secret().unwrap(), late);
    assert!(vault.existing_database_key(Patience::Brief).await.unwrap().is_some());
}

#[tokio::test]
async fn an_item_holds_its_origin_and_a_foreign_item_is_damaged() {
    let (vault, store, _) = moody(|_| Ok(()));
    let key = id();
    vault.store(&key, &canary(), &binding(), Patience::Brief).await.unwrap();
    let item = store.build("latchkey", key.as_str(), None).unwrap();
    let text = String::from_utf8(item.get_secret().unwrap()).unwrap();
    let expected = format!(
        r#"{{"version":1,"origin":"https://api.example.com","provider":"example","secret":"{CANARY}"}}"#
    );
    assert_eq!(text, expected);
    item.set_secret(b"sk-something-else").unwrap();
    assert_eq!(vault.check(&key, Patience::Brief).await, Err(VaultError::Damaged));
    item.set_secret(text.replace("\"version\":1", "\"version\":2").as_bytes()).unwrap();
    assert_eq!(vault.check(&key, Patience::Brief).await, Err(VaultError::Damaged));
}

#[tokio::test]
async fn a_session_key_needs_no_keychain() {
    let vault = Vault::with_store(|| Err(Error::NoDefaultStore));
    let key = id();
    let held = ApiKey::parse(Zeroizing::new(CANARY.into())).unwrap();
    vault.keep_for_session(&key, held, &binding());
    vault.check(&key, Patience::Brief).await.unwrap();
    vault.remove(&key, Patience::Brief).await.unwrap();
    assert_eq!(vault.check(&key, Patience::Brief).await, Err(VaultError::Absent));
    assert_eq!(vault.remove(&key, Patience::Brief).await, Err(VaultError::Absent));
}
