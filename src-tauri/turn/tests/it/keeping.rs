//! A key that takes another's place: whatever fails on the way, a working key is there and none lies about.

use std::sync::Arc;

use history::{Connection, History, KeptIn};
use practice::{Account, Options, Running};
use turn::{Admitted, Aim, Candidate, Place, Trouble, check, remove_leftovers, use_commands};
use vault::{BaseUrl, Vault};
use wire::Provider;

use crate::moody::Moody;
use crate::stage::api_key;

const OLD: &str = "sk-local-the-old-key-1111";
const NEW: &str = "sk-local-the-new-key-2222";

struct Room {
    server: Running,
    keychain: Moody,
    vault: Vault,
    history: Arc<History>,
    connection: Connection,
}

/// One connection with a key in the keychain.
async fn room() -> Room {
    let accounts = vec![Account::good(OLD), Account::good(NEW)];
    let server = practice::start(Options { accounts, ..Options::default() }).await.unwrap();
    let keychain = Moody::default();
    let (vault, history) = (keychain.vault(), Arc::new(History::in_memory().unwrap()));
    let base = BaseUrl::parse(&server.base_url()).unwrap();
    let first = Candidate::new(api_key(OLD), Provider::other(), base, Aim::Own);
    let (admitted, _) = first.admit(&vault, &history).await;
    let Admitted::Kept(connection) = admitted else { panic!("{admitted:?}") };
    Room { server, keychain, vault, history, connection: *connection }
}

impl Room {
    fn next(&self) -> Candidate {
        let base = BaseUrl::parse(&self.server.base_url()).unwrap();
        Candidate::new(
            api_key(NEW),
            Provider::other(),
            base,
            Aim::Replace(Box::new(self.connection.clone())),
        )
    }

    fn row(&self) -> Connection {
        self.history.connections().unwrap().remove(0)
    }

    /// The key that a request would carry now.
    async fn used(&self, vault: &Vault, connection: &Connection) -> String {
        check(vault, &self.history, connection).await.unwrap().models.unwrap();
        let seen = self.server.log().seen().into_iter().rev();
        let header = seen.flat_map(|seen| seen.headers).find(|(name, _)| name == "authorization");
        header.unwrap().1.trim_start_matches("Bearer ").to_owned()
    }
}

#[tokio::test]
async fn a_replaced_key_is_gone_and_the_new_one_is_used() {
    let room = room().await;
    let (admitted, _) = room.next().admit(&room.vault, &room.history).await;
    let Admitted::Kept(connection) = admitted else { panic!("{admitted:?}") };
    assert_eq!(room.used(&room.vault, &room.row()).await, NEW);
    assert_eq!(room.keychain.items(), connection.items());
    assert_eq!(connection.id, room.connection.id);
    assert!(room.history.leftovers().unwrap().is_empty());
}

#[tokio::test]
async fn a_row_that_cannot_be_written_leaves_the_old_key_working_and_no_other_behind() {
    let room = room().await;
    let (disk, session) = (History::in_memory().unwrap(), room.history.clone());
    // The store closes between the keychain's item and the row.
    room.keychain.after_writing(move || disk.absorb(&session).unwrap());
    let (admitted, _) = room.next().admit(&room.vault, &room.history).await;
    let Admitted::NotKept(_, failure) = admitted else { panic!("{admitted:?}") };
    assert_eq!(failure.trouble, Trouble::HistoryMoved);
    assert_eq!(room.keychain.items(), [room.connection.id.as_str()], "only the old one");
    assert_eq!(room.used(&room.vault, &room.connection).await, OLD);
}

#[tokio::test]
async fn an_old_item_that_cannot_be_removed_now_is_removed_later() {
    let room = room().await;
    let keychain = room.keychain.clone();
    room.keychain.after_writing(move || keychain.lock(true));
    let (admitted, _) = room.next().admit(&room.vault, &room.history).await;
    assert!(matches!(admitted, Admitted::Kept(_)));
    assert_eq!(room.keychain.items().len(), 2);
    assert_eq!(room.history.leftovers().unwrap(), [room.connection.id.as_str()]);
    room.keychain.lock(false);
    remove_leftovers(&room.vault, &room.history).await;
    assert_eq!(room.keychain.items(), room.row().items());
    assert!(room.history.leftovers().unwrap().is_empty());
}

#[tokio::test]
async fn a_key_for_the_session_stands_in_for_one_that_is_locked_away() {
    let room = room().await;
    room.keychain.lock(true);
    let (admitted, _) = room.next().admit(&room.vault, &room.history).await;
    let Admitted::NotKept(waiting, failure) = admitted else { panic!("{admitted:?}") };
    assert_eq!(failure.trouble, Trouble::KeychainLocked);
    let kept = waiting.keep(&room.vault, &room.history, Place::Session).await;
    let Admitted::Kept(connection) = kept else { panic!("{kept:?}") };
    let facts = connection.key.as_ref().unwrap();
    assert_eq!((facts.kept_in, facts.last_four.as_str()), (KeptIn::Session, "2222"));
    assert_eq!(room.used(&room.vault, &room.row()).await, NEW);

    // The next session: nothing in memory, the keychain open again.
    room.keychain.lock(false);
    room.history.drop_stand_ins().unwrap();
    let (vault, row) = (room.keychain.vault(), room.row());
    remove_leftovers(&vault, &room.history).await;
    let facts = row.key.as_ref().unwrap();
    assert_eq!((facts.kept_in, facts.last_four.as_str()), (KeptIn::Keychain, "1111"));
    assert_eq!(room.used(&vault, &row).await, OLD);
    assert_eq!(room.keychain.items().len(), 1, "no orphan");
}

#[tokio::test]
async fn what_is_found_in_the_keychain_is_said_as_it_is() {
    let room = room().await;
    let trouble = async || {
        check(&room.vault, &room.history, &room.connection)
            .await
            .unwrap()
            .models
            .unwrap_err()
            .trouble
    };
    room.keychain.put(&room.connection.id, b"somebody else's words");
    assert_eq!(trouble().await, Trouble::KeyDamaged);
    room.vault
        .remove(&vault::KeyId::parse(&room.connection.id).unwrap(), vault::Patience::Brief)
        .await
        .unwrap();
    assert_eq!(trouble().await, Trouble::KeyMissing);
}

#[cfg(unix)]
#[tokio::test]
async fn a_key_that_a_program_prints_is_kept_nowhere_and_asked_for_once_a_session() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let (program, runs) = (folder.path().join("secrets"), folder.path().join("runs"));
    let script = format!("#!/bin/sh\necho run >> {}\necho {NEW}\n", runs.display());
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
    let command = vault::KeyCommand::new(program.to_str().unwrap(), Vec::new()).unwrap();
    let count = || std::fs::read_to_string(&runs).unwrap_or_default().lines().count();

    let room = room().await;
    let (admitted, _) = room.next().printed_by(command).admit(&room.vault, &room.history).await;
    let Admitted::Kept(connection) = admitted else { panic!("{admitted:?}") };
    let facts = connection.key.as_ref().unwrap();
    assert_eq!((facts.kept_in, facts.last_four.as_str()), (KeptIn::Command, "2222"));
    assert!(!facts.command.as_ref().unwrap().contains(NEW));
    assert!(room.keychain.items().is_empty(), "the old one is gone, the new one nowhere");
    assert_eq!((room.used(&room.vault, &room.row()).await.as_str(), count()), (NEW, 0));

    // The next session knows how to ask, and asks when a request needs it.
    let vault = room.keychain.vault();
    use_commands(&vault, &room.history).await;
    assert_eq!(count(), 0);
    for _ in 0..3 {
        assert_eq!(room.used(&vault, &room.row()).await, NEW);
    }
    assert_eq!(count(), 1);

    // What is another program now is not run.
    std::fs::write(&program, "#!/bin/sh\necho somebody-elses-key-3333\n# longer than before\n")
        .unwrap();
    let vault = room.keychain.vault();
    use_commands(&vault, &room.history).await;
    let failed = check(&vault, &room.history, &room.row()).await.unwrap().models.unwrap_err();
    assert_eq!(failed.trouble, Trouble::CommandFailed);
    assert!(failed.detail.unwrap().contains("changed"));
}
