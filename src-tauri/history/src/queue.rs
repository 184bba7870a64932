//! What a person wrote while an answer came: sent after it, in this order, and kept until then.

use rusqlite::Transaction;
use serde::{Deserialize, Serialize};

use crate::store::found;
use crate::{ConversationId, Error, History, Step};

/// A message that waits.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Queued {
    /// What it says.
    pub text: String,
    /// Files of the draft that go with it, by their numbers.
    pub files: Vec<i64>,
    /// Who answers it, where that is not who is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Step>,
}

impl History {
    /// What waits in a conversation, the next one first.
    pub fn queue(&self, conversation: ConversationId) -> Result<Vec<Queued>, Error> {
        self.read(|read| load(read, conversation))
    }

    /// Keeps what waits in a conversation.
    pub fn set_queue(&self, conversation: ConversationId, queue: &[Queued]) -> Result<(), Error> {
        self.write(|write| store(write, conversation, queue))
    }
}

pub(crate) fn load(read: &Transaction<'_>, id: ConversationId) -> Result<Vec<Queued>, Error> {
    let mut find = read.prepare_cached("SELECT queue FROM conversation WHERE id = ?1")?;
    let kept: String = find.query_row([id], |row| row.get(0))?;
    Ok(serde_json::from_str(&kept).unwrap_or_default())
}

pub(crate) fn store(
    write: &Transaction<'_>,
    id: ConversationId,
    queue: &[Queued],
) -> Result<(), Error> {
    let kept = match queue {
        [] => String::new(),
        some => serde_json::to_string(some).unwrap_or_default(),
    };
    let mut keep = write.prepare_cached("UPDATE conversation SET queue = ?2 WHERE id = ?1")?;
    found(keep.execute((id, kept))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NewTurn;

    fn waiting(text: &str) -> Queued {
        Queued { text: text.to_owned(), files: vec![7], next: None }
    }

    #[test]
    fn what_waits_is_kept_in_its_order_and_sending_the_first_keeps_the_rest_and_the_draft() {
        let history = History::in_memory().unwrap();
        let id = history.begin_turn(&NewTurn::of("c", "m", "Hello")).unwrap().conversation.id;
        assert_eq!(history.queue(id).unwrap(), []);
        let next = Some(Step { connection: "d".into(), model: "other".into() });
        let (first, second) = (waiting("First \"one\""), Queued { next, ..waiting("Second") });
        history.set_queue(id, &[first.clone(), second.clone()]).unwrap();
        assert_eq!(history.queue(id).unwrap(), [first, second.clone()]);
        history.set_draft(id, "Being typed").unwrap();
        let next = NewTurn {
            conversation: Some(id),
            waiting: Some(vec![second.clone()]),
            ..NewTurn::of("c", "m", "First \"one\"")
        };
        history.begin_turn(&next).unwrap();
        assert_eq!(history.queue(id).unwrap(), [second]);
        assert_eq!(history.conversation(id).unwrap().draft, "Being typed");
        history.begin_turn(&NewTurn { waiting: None, ..next }).unwrap();
        assert_eq!(history.conversation(id).unwrap().draft, "");
        assert_eq!(history.set_queue(ConversationId(99), &[]), Err(Error::NotFound));
    }

    #[test]
    fn what_waits_moves_with_its_session_without_its_files() {
        let (disk, session) = (History::in_memory().unwrap(), History::in_memory().unwrap());
        let begun = session.begin_turn(&NewTurn::of("c", "m", "Hello")).unwrap();
        session.finish_answer(begun.answer.id, &crate::Finished::of("Hi")).unwrap();
        session.set_queue(begun.conversation.id, &[waiting("Next")]).unwrap();
        disk.absorb(&session).unwrap();
        let moved = disk.conversations().unwrap().remove(0).id;
        assert_eq!(disk.queue(moved).unwrap(), [Queued { files: Vec::new(), ..waiting("Next") }]);
    }
}
