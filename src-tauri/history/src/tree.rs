//! The whole tree of a conversation, and what a person makes of it without a model: versions of answers in their own words,
//! conversations that begin in the middle of another, and branches that go.

use rusqlite::Transaction;

use crate::store::now_ms;
use crate::{
    Conversation, ConversationId, CostFrom, Error, History, MessageId, Role, Status, branch,
    conversation, message, redaction, search,
};

/// Letters of a message that its node has.
const BEGINNING: i64 = 400;

/// One message of the tree, without what is heavy about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its name.
    pub id: MessageId,
    /// What it follows; None at the top.
    pub parent: Option<MessageId>,
    /// Who said it.
    pub role: Role,
    /// What became of it.
    pub status: Status,
    /// How its text begins.
    pub beginning: String,
    /// The model that answered.
    pub model: Option<String>,
    /// When it was begun.
    pub created_ms: i64,
    /// What it cost, in billionths of a dollar, and who says so.
    pub cost: Option<(i64, CostFrom)>,
    /// Whether it stands in the branch that is shown.
    pub is_shown: bool,
}

impl History {
    /// Every message of a conversation, in the order in which they were begun.
    pub fn tree(&self, conversation: ConversationId) -> Result<Vec<Node>, Error> {
        self.read(|read| {
            let shown = conversation::load(read, conversation)?;
            let mut all = read.prepare_cached(
                "SELECT id, parent, role, status, substr(text, 1, ?2), model, created_ms, cost_nano, cost_from
                 FROM message WHERE conversation = ?1 ORDER BY id",
            )?;
            let nodes = all.query_map((conversation, BEGINNING), |row| {
                let nano: Option<i64> = row.get(7)?;
                Ok(Node {
                    id: row.get(0)?,
                    parent: row.get(1)?,
                    role: row.get(2)?,
                    status: row.get(3)?,
                    beginning: row.get(4)?,
                    model: row.get(5)?,
                    created_ms: row.get(6)?,
                    cost: nano.zip(row.get(8)?),
                    is_shown: false,
                })
            })?;
            let mut nodes = nodes.collect::<rusqlite::Result<Vec<_>>>()?;
            // A message comes after what it follows, so one way back through them finds the branch.
            let mut next = shown.leaf;
            for node in nodes.iter_mut().rev() {
                if Some(node.id) == next {
                    node.is_shown = true;
                    next = node.parent;
                }
            }
            Ok(nodes)
        })
    }

    /// Shows another version of an answer, in the person's words; `finish` says so in the words of the layer above. What the model
    /// thought stays with what it said.
    pub fn edit_answer(
        &self,
        answer: MessageId,
        text: &str,
        finish: &str,
    ) -> Result<Conversation, Error> {
        self.write(|write| {
            let old = message::load(write, answer)?;
            if old.role != Role::Assistant {
                return Err(Error::NotFound);
            }
            if old.status == Status::Streaming {
                return Err(Error::Growing);
            }
            write
                .prepare_cached(
                    "INSERT INTO message
                         (conversation, parent, role, status, finish, model, connection, created_ms, sources, text, reasoning)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, '')",
                )?
                .execute((
                    old.conversation,
                    old.parent,
                    Role::Assistant,
                    Status::Complete,
                    finish,
                    &old.model,
                    &old.connection,
                    now_ms(),
                    &old.sources,
                    text,
                ))?;
            let edited = MessageId(write.last_insert_rowid());
            branch::show(write, old.conversation, edited)?;
            conversation::load(write, old.conversation)
        })
    }

    /// Begins a conversation that holds all up to a message, as it is, under another title. The other one stays as it is.
    pub fn branch_off(&self, last: MessageId, title: &str) -> Result<Conversation, Error> {
        self.write(|write| {
            let end = message::load(write, last)?;
            if end.status == Status::Streaming {
                return Err(Error::Growing);
            }
            conversation::load(write, end.conversation)?;
            write
                .prepare_cached(
                    "INSERT INTO conversation (title, system_prompt, parameters, preset, route, connection, model,
                                               folder, created_ms, updated_ms)
                     SELECT ?2, system_prompt, parameters, preset, route, connection, model, folder, ?3, ?3
                     FROM conversation WHERE id = ?1",
                )?
                .execute((end.conversation, title, now_ms()))?;
            let begun = ConversationId(write.last_insert_rowid());
            let mut leaf = None;
            for id in up_to(write, last)? {
                leaf = Some(copy(write, id, begun, leaf)?);
            }
            branch::show(write, begun, leaf.ok_or(Error::NotFound)?)?;
            conversation::load(write, begun)
        })
    }

    /// Removes a message and all that follows it, for good, in small steps; the newest of what is left beside it is shown. The first
    /// message stays: without it there is no conversation.
    pub fn remove_branch(&self, top: MessageId) -> Result<Conversation, Error> {
        let conversation = self.write(|write| {
            let removed = message::load(write, top)?;
            let parent = removed.parent.ok_or(Error::NotFound)?;
            let all = below(write, top)?;
            let mut growing = write
                .prepare_cached("SELECT 1 FROM message WHERE id = ?1 AND status = 'streaming'")?;
            for id in &all {
                if growing.exists([id])? {
                    return Err(Error::Growing);
                }
            }
            let shown = conversation::load(write, removed.conversation)?;
            if shown.leaf.is_some_and(|leaf| all.contains(&leaf)) {
                let left = below(write, parent)?.into_iter().filter(|id| !all.contains(id)).max();
                branch::show(write, removed.conversation, left.ok_or(Error::NotFound)?)?;
            }
            Ok(removed.conversation)
        })?;
        while self.write(|write| remove_some(write, top))? {}
        self.empty_log()?;
        self.conversation(conversation)
    }
}

/// Messages that are removed in one step.
const STEP: usize = 64;

/// Removes the last messages below one, and at last itself. Whether there is more.
fn remove_some(write: &Transaction<'_>, top: MessageId) -> Result<bool, Error> {
    let mut all = below(write, top)?;
    // What follows has a greater number than what it follows.
    all.sort_unstable_by(|one, other| other.cmp(one));
    for id in all.iter().take(STEP) {
        search::forget(write, *id)?;
        write.prepare_cached("DELETE FROM message WHERE id = ?1")?.execute([id])?;
    }
    Ok(all.len() > STEP)
}

/// A message and all that follows it.
fn below(read: &Transaction<'_>, top: MessageId) -> Result<Vec<MessageId>, Error> {
    let mut walk = read.prepare_cached(
        "WITH RECURSIVE below (id) AS (
             SELECT id FROM message WHERE id = ?1
             UNION ALL
             SELECT m.id FROM message m JOIN below ON m.parent = below.id
         )
         SELECT id FROM below",
    )?;
    Ok(walk.query_map([top], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// All up to a message, the first one first.
fn up_to(read: &Transaction<'_>, last: MessageId) -> Result<Vec<MessageId>, Error> {
    let mut walk = read.prepare_cached(
        "WITH RECURSIVE above (id, parent, height) AS (
             SELECT id, parent, 0 FROM message WHERE id = ?1
             UNION ALL
             SELECT m.id, m.parent, above.height + 1
             FROM above JOIN message m ON m.id = above.parent
         )
         SELECT id FROM above ORDER BY height DESC",
    )?;
    Ok(walk.query_map([last], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// A message with all that belongs to it, once more. Sealed thoughts belong to the conversation that they were had in.
fn copy(
    write: &Transaction<'_>,
    from: MessageId,
    into: ConversationId,
    parent: Option<MessageId>,
) -> Result<MessageId, Error> {
    write
        .prepare_cached(
            "INSERT INTO message (conversation, parent, role, status, finish, model, connection, prompt_tokens,
                 answer_tokens, first_token_ms, reasoning_ms, created_ms, failure, skipped, usage, cost_nano, cost_from,
                 sources, route, text, reasoning)
             SELECT ?2, ?3, role, status, finish, model, connection, prompt_tokens, answer_tokens, first_token_ms,
                 reasoning_ms, created_ms, failure, skipped, usage, cost_nano, cost_from, sources, route, text, reasoning
             FROM message WHERE id = ?1",
        )?
        .execute((from, into, parent))?;
    let copied = MessageId(write.last_insert_rowid());
    write
        .prepare_cached(
            "INSERT INTO part (message, place, kind, name, blob, state)
             SELECT ?2, place, kind, name, blob, state FROM part WHERE message = ?1 AND kind <> 'thought'",
        )?
        .execute((from, copied))?;
    redaction::copy(write, from, copied)?;
    Ok(copied)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{File, Finished, NewTurn, Part};

    fn said(history: &History, conversation: ConversationId) -> Vec<String> {
        history.branch(conversation).unwrap().into_iter().map(|said| said.text).collect()
    }

    /// A question with a file and its answer, and a second one with its answer.
    fn told(history: &History) -> (Conversation, [MessageId; 4]) {
        let file = Part::File(File::of("plan.pdf", "application/pdf", &b"%PDF"[..]));
        let turn = NewTurn { parts: vec![file], ..NewTurn::of("c", "m", "One?") };
        let first = history.begin_turn(&turn).unwrap();
        history.finish_answer(first.answer.id, &Finished::of("One.")).unwrap();
        let next =
            NewTurn { conversation: Some(first.conversation.id), ..NewTurn::of("c", "m", "Two?") };
        let second = history.begin_turn(&next).unwrap();
        history.finish_answer(second.answer.id, &Finished::of("Two.")).unwrap();
        let ids = [first.user.id, first.answer.id, second.user.id, second.answer.id];
        (second.conversation, ids)
    }

    #[test]
    fn an_answer_in_ones_own_words_is_another_version() {
        let history = History::in_memory().unwrap();
        let (conversation, [user, answer, ..]) = told(&history);
        history.edit_answer(answer, "Mine.", "edited").unwrap();
        assert_eq!(said(&history, conversation.id), ["One?", "Mine."]);
        let edited = history.page(conversation.id, 1).unwrap().messages.remove(0);
        assert_eq!((edited.finish.as_deref(), edited.version.count), (Some("edited"), 2));
        assert_eq!(history.message(answer).unwrap().text, "One.", "the one that came stays");
        history.choose_version(answer).unwrap();
        assert_eq!(said(&history, conversation.id), ["One?", "One.", "Two?", "Two."]);
        assert_eq!(history.edit_answer(user, "x", "edited"), Err(Error::NotFound));
        let growing = history.begin_answer(user, "c", "m").unwrap().answer.id;
        assert_eq!(history.edit_answer(growing, "x", "edited"), Err(Error::Growing));
    }

    #[test]
    fn a_conversation_goes_on_elsewhere_from_any_message() {
        let history = History::in_memory().unwrap();
        let (conversation, [_, answer, ..]) = told(&history);
        history.set_system_prompt(conversation.id, "Be kind").unwrap();
        let sealed =
            Finished { parts: vec![Part::Thought("{}".into())], ..Finished::of("Thought.") };
        let again =
            history.begin_answer(history.message(answer).unwrap().parent.unwrap(), "c", "m");
        let thought = again.unwrap().answer.id;
        history.finish_answer(thought, &sealed).unwrap();
        let elsewhere = history.branch_off(thought, "Elsewhere").unwrap().id;
        assert!(
            history.branch(elsewhere).unwrap()[1].parts.is_empty(),
            "what was sealed stays here"
        );
        history.choose_version(answer).unwrap();
        let other = history.branch_off(answer, "One, branch").unwrap();
        assert_eq!(
            (other.title.as_str(), other.system_prompt.as_str()),
            ("One, branch", "Be kind")
        );
        assert_eq!(said(&history, other.id), ["One?", "One."]);
        assert_eq!(history.branch(other.id).unwrap()[0].parts.len(), 1, "its file goes along");
        assert_eq!(said(&history, conversation.id), ["One?", "One.", "Two?", "Two."]);
        // What becomes of one is nothing to the other.
        history.delete(conversation.id).unwrap();
        history.purge_deleted(i64::MAX).unwrap();
        assert_eq!(said(&history, other.id), ["One?", "One."]);
        assert_eq!(history.branch_off(answer, "x").unwrap_err(), Error::NotFound);
    }

    #[test]
    fn the_tree_has_every_message_and_says_which_are_shown() {
        let history = History::in_memory().unwrap();
        let (conversation, [user, answer, second, last]) = told(&history);
        let edited = history.edit_answer(last, "Mine.", "edited").unwrap().leaf.unwrap();
        let tree = history.tree(conversation.id).unwrap();
        let facts: Vec<_> = tree.iter().map(|node| (node.id, node.parent, node.is_shown)).collect();
        let expected = [
            (user, None, true),
            (answer, Some(user), true),
            (second, Some(answer), true),
            (last, Some(second), false),
            (edited, Some(second), true),
        ];
        assert_eq!(facts, expected);
        assert_eq!(tree[3].beginning, "Two.");
    }

    #[test]
    fn a_branch_that_is_removed_is_gone_and_another_is_shown() {
        let history = History::in_memory().unwrap();
        let (conversation, [user, answer, second, _]) = told(&history);
        let edited = history.edit_answer(answer, "Mine.", "edited").unwrap().leaf.unwrap();
        let mut long =
            NewTurn { conversation: Some(conversation.id), ..NewTurn::of("c", "m", "More") };
        for _ in 0..50 {
            long.parent = history.conversation(conversation.id).unwrap().leaf;
            let begun = history.begin_turn(&long).unwrap();
            history.finish_answer(begun.answer.id, &Finished::of("And more.")).unwrap();
        }
        assert_eq!(history.tree(conversation.id).unwrap().len(), 105);
        history.remove_branch(edited).unwrap();
        assert_eq!(said(&history, conversation.id), ["One?", "One.", "Two?", "Two."]);
        assert_eq!(history.message(edited).unwrap_err(), Error::NotFound);
        // What is not shown goes without a change of what is.
        let aside = history.edit_answer(answer, "Aside.", "edited").unwrap().leaf.unwrap();
        history.choose_version(answer).unwrap();
        history.remove_branch(aside).unwrap();
        history.remove_branch(second).unwrap();
        assert_eq!(said(&history, conversation.id), ["One?", "One."]);
        assert_eq!(history.remove_branch(user).unwrap_err(), Error::NotFound);
        history.check().unwrap();
    }
}
