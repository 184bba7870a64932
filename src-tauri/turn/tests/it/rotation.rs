//! Changing a key: a key that works is in use at every step, wherever the program is killed, and none is left in the keychain.

use std::sync::Arc;

use history::{Connection, History};
use practice::{Account, Options, Running};
use turn::{
    Admitted, Aim, Beside, Candidate, Endpoint, OldKey, Place, Trouble, check, check_beside,
    forget_old_key, remove_leaked_key, remove_leftovers, switch_key,
};
use vault::{BaseUrl, Vault};
use wire::Provider;

use crate::moody::Moody;
use crate::stage::api_key;

/// The server has forgotten it: as if it were revoked.
const REVOKED: &str = "sk-local-the-revoked-key-0000";
const OLD: &str = "sk-local-the-old-key-1111";
const NEW: &str = "sk-local-the-new-key-2222";

struct Room {
    server: Running,
    keychain: Moody,
    vault: Vault,
    history: Arc<History>,
}

impl Room {
    async fn with(first: &str) -> Self {
        let accounts = vec![Account::good(OLD), Account::good(NEW)];
        let server = practice::start(Options { accounts, ..Options::default() }).await.unwrap();
        let keychain = Moody::default();
        let (vault, history) = (keychain.vault(), Arc::new(History::in_memory().unwrap()));
        let room = Self { server, keychain, vault, history };
        let kept =
            room.candidate(first, Aim::Own).keep(&room.vault, &room.history, Place::Keychain);
        assert!(matches!(kept.await, Admitted::Kept(_)));
        room
    }

    fn candidate(&self, key: &str, aim: Aim) -> Candidate {
        let base = BaseUrl::parse(&self.server.base_url()).unwrap();
        Candidate::new(api_key(key), Provider::other(), base, aim)
    }

    fn row(&self) -> Connection {
        self.history.connections().unwrap().remove(0)
    }

    async fn stage(&self) -> Connection {
        let next = self.candidate(NEW, Aim::Next(Box::new(self.row())));
        let (admitted, checked) = next.admit(&self.vault, &self.history).await;
        assert!(checked.proven);
        let Admitted::Kept(connection) = admitted else { panic!("{admitted:?}") };
        *connection
    }

    /// As after a kill: nothing is left but the keychain and the store.
    async fn killed(&self, works: &str) {
        let vault = self.keychain.vault();
        remove_leftovers(&vault, &self.history).await;
        let row = self.row();
        let mut named = row.items();
        named.sort_unstable();
        assert_eq!(self.keychain.items(), named, "no orphan, and none that is missing");
        let used = row.key.clone().unwrap();
        assert_eq!(used.last_four, works[works.len() - 4..]);
        check(&vault, &self.history, &row).await.unwrap().models.unwrap();
    }
}

#[tokio::test]
async fn the_next_key_waits_beside_the_one_that_is_used_until_it_is_switched_to() {
    let room = Room::with(OLD).await;
    let id = room.row().id;
    let staged = room.stage().await;
    assert_eq!(staged.id, id);
    assert_eq!(staged.upkeep.next.as_ref().unwrap().last_four, "2222");
    room.killed(OLD).await;
    let checked = check_beside(&room.vault, &room.row(), Beside::Next).await.unwrap();
    assert!(checked.proven);

    let switched = switch_key(&room.vault, &room.history, &id).await.unwrap();
    assert_eq!(switched.upkeep.next, None);
    let old = switched.upkeep.old.as_ref().unwrap();
    assert!(old.last_four == "1111" && old.retired_ms.is_some());
    assert_eq!(switched.created_ms, staged.created_ms, "its place in the list is the same");
    room.killed(NEW).await;
    // It was not revoked: it is not let go as if it were.
    let old = check_beside(&room.vault, &room.row(), Beside::Old).await.unwrap();
    assert_eq!(OldKey::from(old), OldKey::Works);

    let done = forget_old_key(&room.vault, &room.history, &id).await.unwrap();
    assert_eq!((done.upkeep.old, done.upkeep.next), (None, None));
    room.killed(NEW).await;
    assert_eq!(room.keychain.items().len(), 1);
}

#[tokio::test]
async fn an_old_key_that_was_revoked_is_seen_to_fail() {
    let room = Room::with(REVOKED).await;
    room.stage().await;
    switch_key(&room.vault, &room.history, &room.row().id).await.unwrap();
    let old = check_beside(&room.vault, &room.row(), Beside::Old).await.unwrap();
    assert_eq!(OldKey::from(old), OldKey::Refused);
    room.killed(NEW).await;
}

#[tokio::test]
async fn a_next_key_that_is_refused_changes_nothing() {
    let room = Room::with(OLD).await;
    let next = room.candidate(REVOKED, Aim::Next(Box::new(room.row())));
    let (admitted, _) = next.admit(&room.vault, &room.history).await;
    assert!(matches!(admitted, Admitted::Refused));
    assert_eq!(room.row().upkeep.next, None);
    room.killed(OLD).await;
}

#[tokio::test]
async fn a_store_that_closes_while_the_next_key_is_kept_leaves_no_orphan() {
    let room = Room::with(OLD).await;
    let (disk, session) = (Arc::new(History::in_memory().unwrap()), room.history.clone());
    let moved = disk.clone();
    room.keychain.after_writing(move || moved.absorb(&session).unwrap());
    let next = room.candidate(NEW, Aim::Next(Box::new(room.row())));
    let (admitted, _) = next.admit(&room.vault, &room.history).await;
    assert!(matches!(admitted, Admitted::NotKept(..)));
    let room = Room { history: disk, ..room };
    room.killed(OLD).await;
}

#[tokio::test]
async fn a_key_that_leaked_is_gone_at_once_and_its_place_is_kept_for_another() {
    let room = Room::with(OLD).await;
    let before = room.row();
    let removed = remove_leaked_key(&room.vault, &room.history, &before).await.unwrap();
    assert!(!removed.is_in_keychain);
    let gone = removed.connection;
    assert_eq!(gone.upkeep.leaked.as_ref().unwrap().last_four, "1111");
    assert!(gone.key.is_none() && room.keychain.items().is_empty());
    assert_eq!(Endpoint::of(&gone).unwrap_err().trouble, Trouble::KeyLeaked);

    let other = room.candidate(NEW, Aim::Replace(Box::new(gone)));
    let (admitted, _) = other.admit(&room.vault, &room.history).await;
    let Admitted::Kept(again) = admitted else { panic!("{admitted:?}") };
    assert_eq!((again.id, again.upkeep.leaked), (before.id, None));
    room.killed(NEW).await;
}

#[tokio::test]
async fn a_next_key_takes_the_place_of_one_that_leaked() {
    let room = Room::with(OLD).await;
    let staged = room.stage().await;
    let gone = remove_leaked_key(&room.vault, &room.history, &staged).await.unwrap().connection;
    assert_eq!(gone.key.unwrap().last_four, "2222");
    room.killed(NEW).await;
}

#[tokio::test]
async fn a_key_that_leaked_is_out_of_use_also_where_the_keychain_is_locked() {
    let room = Room::with(OLD).await;
    let before = room.row();
    room.keychain.lock(true);
    let removed = remove_leaked_key(&room.vault, &room.history, &before).await.unwrap();
    assert!(removed.is_in_keychain && removed.connection.key.is_none());
    assert_eq!(Endpoint::of(&removed.connection).unwrap_err().trouble, Trouble::KeyLeaked);
    // As soon as it opens, it is gone from there, too.
    room.keychain.lock(false);
    remove_leftovers(&room.vault, &room.history).await;
    assert!(room.keychain.items().is_empty());
}

#[tokio::test]
async fn a_key_that_has_taken_the_place_of_one_that_leaked_stays() {
    let room = Room::with(OLD).await;
    let seen = room.stage().await;
    switch_key(&room.vault, &room.history, &seen.id).await.unwrap();
    let removed = remove_leaked_key(&room.vault, &room.history, &seen).await.unwrap();
    assert_eq!(removed.connection.key.unwrap().last_four, "2222");
}

#[tokio::test]
async fn a_key_of_the_session_that_was_replaced_is_in_no_memory() {
    let room = Room::with(OLD).await;
    room.keychain.lock(true);
    let session = room.candidate(NEW, Aim::Replace(Box::new(room.row())));
    session.keep(&room.vault, &room.history, Place::Session).await;
    let stand_in = room.row().key.unwrap().item;
    room.keychain.lock(false);
    let other = room.candidate(OLD, Aim::Replace(Box::new(room.row())));
    other.keep(&room.vault, &room.history, Place::Keychain).await;
    let id = vault::KeyId::parse(&stand_in).unwrap();
    assert!(room.vault.check(&id, vault::Patience::Brief).await.is_err());
}
