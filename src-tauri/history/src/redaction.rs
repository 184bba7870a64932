//! What was taken out of a message before it was sent: kept with the message, in the same encrypted file, and gone with it.

use rusqlite::Transaction;

use crate::{Error, History, MessageId};

/// One value that a placeholder stands for.
#[derive(Clone, PartialEq, Eq)]
pub struct Redaction {
    /// The placeholder's name; the words of the layer above stand around it.
    pub name: String,
    /// What it stands for. None for a key that is kept elsewhere: that is never kept here.
    pub value: Option<String>,
}

impl std::fmt::Debug for Redaction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Redaction").field("name", &self.name).finish_non_exhaustive()
    }
}

impl History {
    /// What placeholders stand for in a message and in those before it, the nearest message first.
    pub fn redactions_up_to(&self, last: MessageId) -> Result<Vec<Redaction>, Error> {
        self.read(|read| {
            let mut find = read.prepare_cached(
                "WITH RECURSIVE above (id, parent) AS (
                     SELECT id, parent FROM message WHERE id = ?1
                     UNION ALL
                     SELECT m.id, m.parent FROM above JOIN message m ON m.id = above.parent
                 )
                 SELECT r.name, r.value FROM above JOIN redaction r ON r.message = above.id
                 ORDER BY r.message DESC, r.name",
            )?;
            let rows = find.query_map([last], from_row)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Redaction> {
    Ok(Redaction { name: row.get(0)?, value: row.get(1)? })
}

pub(crate) fn all(read: &Transaction<'_>, message: MessageId) -> Result<Vec<Redaction>, Error> {
    let mut find =
        read.prepare_cached("SELECT name, value FROM redaction WHERE message = ?1 ORDER BY name")?;
    let rows = find.query_map([message], from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn add(
    write: &Transaction<'_>,
    message: MessageId,
    redactions: &[Redaction],
) -> Result<(), Error> {
    for redaction in redactions {
        write
            .prepare_cached(
                "INSERT OR REPLACE INTO redaction (message, name, value) VALUES (?1, ?2, ?3)",
            )?
            .execute((message, &redaction.name, &redaction.value))?;
    }
    Ok(())
}

/// Another version of a message may still hold the same placeholders.
pub(crate) fn copy(write: &Transaction<'_>, from: MessageId, to: MessageId) -> Result<(), Error> {
    write
        .prepare_cached(
            "INSERT OR IGNORE INTO redaction (message, name, value)
             SELECT ?2, name, value FROM redaction WHERE message = ?1",
        )?
        .execute((from, to))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{File, Finished, NewTurn, Part};

    fn password() -> Redaction {
        Redaction { name: "password-1".into(), value: Some("p4ss-demo".into()) }
    }

    fn count(history: &History) -> i64 {
        let sql = "SELECT count(*) FROM redaction";
        history.read(|read| Ok(read.query_row(sql, [], |row| row.get(0))?)).unwrap()
    }

    #[test]
    fn they_go_down_the_branch_into_versions_with_a_session_and_with_their_message() {
        let (disk, session) = (History::in_memory().unwrap(), History::in_memory().unwrap());
        let key = Redaction { name: "work-key".into(), value: None };
        let turn = NewTurn {
            redactions: vec![password(), key.clone()],
            ..NewTurn::of("c", "m", "Here is ⟪password-1⟫")
        };
        let begun = session.begin_turn(&turn).unwrap();
        session.finish_answer(begun.answer.id, &Finished::of("I see ⟪password-1⟫")).unwrap();
        assert_eq!(session.redactions_up_to(begun.answer.id).unwrap(), [password(), key.clone()]);
        let token = Redaction { name: "token-1".into(), value: Some("t0ken".into()) };
        let edited = session
            .begin_edited(
                begun.user.id,
                "⟪password-1⟫ ⟪token-1⟫",
                std::slice::from_ref(&token),
                "c",
                "m",
            )
            .unwrap();
        session.finish_answer(edited.answer.id, &Finished::of("So")).unwrap();
        let both = [password(), token, key];
        assert_eq!(session.redactions_up_to(edited.answer.id).unwrap(), both);
        disk.absorb(&session).unwrap();
        let moved = disk.conversations().unwrap()[0].id;
        let leaf = disk.conversation(moved).unwrap().leaf.unwrap();
        assert_eq!(disk.redactions_up_to(leaf).unwrap(), both);
        assert!(!format!("{:?}", disk.redactions_up_to(leaf)).contains("p4ss"));
        disk.delete(moved).unwrap();
        disk.purge_deleted(i64::MAX).unwrap();
        assert_eq!(count(&disk), 0);
    }

    #[test]
    fn a_file_of_the_draft_is_sent_as_what_it_became() {
        let history = History::in_memory().unwrap();
        let file = |text: &str| File::of("compose.yml", "text/plain", text.as_bytes());
        let secret = history.attach(None, &Part::File(file("KEY=secret"))).unwrap();
        let other = history.attach(None, &Part::File(file("other"))).unwrap();
        let turn = NewTurn {
            files: vec![secret.place, other.place],
            replaced: vec![(secret.place, file("KEY=⟪work-key⟫"))],
            ..NewTurn::of("c", "m", "Look")
        };
        let begun = history.begin_turn(&turn).unwrap();
        let parts = [Part::File(file("KEY=⟪work-key⟫")), Part::File(file("other"))];
        assert_eq!(begun.said[0].parts, parts);
        let sql = "SELECT count(*) FROM blob WHERE bytes = CAST('KEY=secret' AS BLOB)";
        let left: i64 =
            history.read(|read| Ok(read.query_row(sql, [], |row| row.get(0))?)).unwrap();
        assert_eq!(left, 0, "nobody holds what was there before");
    }
}
