//! Files that earlier versions wrote, kept as they were: each must open, and no step that made them may ever change.
//!
//! A new format needs a file of its own: `cargo test -p history --lib -- --ignored write_a_file`.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::key::Key;
use crate::open::{connect, create_private};
use crate::{ConversationId, History, MessageId, Setting, Status, Upkeep, schema};

fn key() -> Key {
    Zeroizing::new([7; 32])
}

fn file(version: i64) -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.join(format!("../../tests/fixtures/history/format-{version}.db"))
}

fn open(path: &Path) -> Connection {
    connect(path, &key(), OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap()
}

/// A copy that may be changed.
fn copy(version: i64) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    fs::copy(file(version), &path).unwrap();
    (folder, path)
}

/// Until format 10 a connection had its key in its own row.
const KEY_IN_ITS_ROW: &str = "
    INSERT INTO connection (id, provider, name, address, origin, key_kind, key_last_four, key_kept_in, created_ms, last_used_ms)
        VALUES ('c1', 'openAi', 'Personal', 'https://api.openai.com/v1', 'https://api.openai.com', 'project', 'w7Qk', 'keychain', 90, 160);";

const KEY_OF_ITS_OWN: &str = "
    INSERT INTO connection (id, provider, name, address, origin, created_ms, last_used_ms)
        VALUES ('c1', 'openAi', 'Personal', 'https://api.openai.com/v1', 'https://api.openai.com', 90, 160);
    INSERT INTO key (connection, role, item, kind, last_four, kept_in, worked, made_ms)
        VALUES ('c1', 'used', 'c1', 'project', 'w7Qk', 'keychain', 1, 90);";

/// What every format could hold; later ones add columns with defaults.
const CONTENT: &str = "
    INSERT INTO conversation (id, title, system_prompt, connection, model, created_ms, updated_ms)
        VALUES (5, 'Old', 'Be kind', 'c1', 'm1', 100, 200);
    INSERT INTO message (id, conversation, role, status, created_ms, text, reasoning)
        VALUES (11, 5, 'user', 'complete', 150, 'Question', '');
    INSERT INTO message (id, conversation, parent, role, status, connection, model, created_ms, text, reasoning)
        VALUES (12, 5, 11, 'assistant', 'streaming', 'c1', 'm1', 160, '', '');
    INSERT INTO piece (message, text_end, reasoning_end, text, reasoning) VALUES (12, 4, 0, 'Half', '');
    INSERT INTO piece (message, text_end, reasoning_end, text, reasoning) VALUES (12, 9, 0, ' done', '');
    UPDATE conversation SET leaf = 12;
    INSERT INTO setting (key, value) VALUES ('new_chat.model', 'm1');";

#[test]
fn a_file_of_every_format_opens_with_all_that_is_in_it() {
    for version in 1..=schema::LATEST {
        let (folder, path) = copy(version);
        let before = fs::read(&path).unwrap();
        let history = History::open(&path, key()).unwrap_or_else(|e| panic!("{version}: {e}"));
        history.interrupt_streaming().unwrap();
        let row = history.conversations().unwrap().remove(0);
        assert_eq!((row.id, row.title.as_str(), row.updated_ms), (ConversationId(5), "Old", 200));
        assert_eq!(history.conversation(row.id).unwrap().system_prompt, "Be kind");
        let answer = history.message(MessageId(12)).unwrap();
        assert_eq!((answer.text.as_str(), answer.status), ("Half done", Status::Interrupted));
        let connection = history.connections().unwrap().remove(0);
        assert_eq!((connection.name.as_str(), connection.items()), ("Personal", vec!["c1"]));
        assert_eq!(connection.upkeep, Upkeep::default());
        let key = connection.key.unwrap();
        assert_eq!((key.last_four.as_str(), key.made_ms), ("w7Qk", 90));
        assert_eq!(history.setting(Setting::NewChatModel).unwrap().as_deref(), Some("m1"));
        history.check().unwrap();
        let kept = folder.path().join(format!("history.db.before-v{}", schema::LATEST));
        if version < schema::LATEST {
            assert_eq!(fs::read(kept).unwrap(), before, "the snapshot is the file as it was");
        }
    }
}

#[test]
fn a_copy_goes_with_what_is_deleted_for_good_and_with_time() {
    let copies = |folder: &tempfile::TempDir| {
        let names = fs::read_dir(folder.path()).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.contains(".before-v")).count()
    };
    let (folder, path) = copy(1);
    fs::write(folder.path().join("history.db.before-v7"), "an older one").unwrap();
    fs::write(folder.path().join("other.db.before-v7"), "somebody else’s").unwrap();
    drop(History::open(&path, key()).unwrap());
    assert_eq!(copies(&folder), 3);
    let month_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(31 * 86_400);
    let older = fs::File::options().write(true).open(folder.path().join("history.db.before-v7"));
    older.unwrap().set_modified(month_ago).unwrap();
    let history = History::open(&path, key()).unwrap();
    assert_eq!(copies(&folder), 2, "the older one has gone");
    history.purge_deleted(i64::MAX).unwrap();
    assert_eq!(copies(&folder), 2, "what goes by itself leaves the way back");
    history.erase_chats().unwrap();
    assert_eq!(copies(&folder), 1, "somebody else’s");
}

#[test]
fn a_released_step_is_never_edited() {
    let tables = |connection: &Connection| {
        let mut list = connection
            .prepare("SELECT name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
            .unwrap();
        let rows = list.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<rusqlite::Result<Vec<(String, String)>>>().unwrap()
    };
    for version in 1..=schema::LATEST {
        let (_folder, path) = copy(version);
        let released = open(&path);
        assert_eq!(schema::version(&released).unwrap(), version);
        let mut fresh = Connection::open_in_memory().unwrap();
        schema::migrate_to_older(&mut fresh, usize::try_from(version).unwrap());
        assert_eq!(tables(&released), tables(&fresh), "format {version} is not what it was");
    }
}

#[test]
#[ignore = "writes the file of a format that has none yet"]
fn write_a_file() {
    for version in 1..=schema::LATEST {
        let path = file(version);
        if path.exists() {
            continue;
        }
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        create_private(&path).unwrap();
        let mut made = open(&path);
        schema::migrate_to_older(&mut made, usize::try_from(version).unwrap());
        made.execute_batch(CONTENT).unwrap();
        made.execute_batch(if version < 11 { KEY_IN_ITS_ROW } else { KEY_OF_ITS_OWN }).unwrap();
        made.close().unwrap();
    }
}
