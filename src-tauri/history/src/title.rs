//! Titles that a model gives: each conversation is asked for once, and one that a person has named never.

use rusqlite::OptionalExtension;

use crate::{ConversationId, ConversationRow, Error, History, MessageId, conversation};

/// What a title is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untitled {
    /// The conversation.
    pub conversation: ConversationId,
    /// What the person asked.
    pub question: String,
    /// The first answer that is whole.
    pub answer: String,
}

impl History {
    /// What a title is made of, where this is the first whole answer of a conversation that is called by its first words. It is told
    /// once: whoever hears it asks, or leaves it.
    pub fn take_untitled(&self, answer: MessageId) -> Result<Option<Untitled>, Error> {
        let untitled = self.read(|read| {
            let mut find = read.prepare_cached(
                "SELECT m.conversation, q.text, m.text
                 FROM message m JOIN message q ON q.id = m.parent
                     JOIN conversation c ON c.id = m.conversation
                 WHERE m.id = ?1 AND m.role = 'assistant' AND m.status = 'complete'
                     AND c.titled = 'words' AND c.deleted_ms IS NULL",
            )?;
            let found = find.query_row([answer], |row| {
                Ok(Untitled {
                    conversation: row.get(0)?,
                    question: row.get(1)?,
                    answer: row.get(2)?,
                })
            });
            Ok(found.optional()?)
        })?;
        let Some(untitled) = untitled else { return Ok(None) };
        // Of several that end at once only one comes here first.
        let is_first = self.write(|write| {
            let mut take = write.prepare_cached(
                "UPDATE conversation SET titled = 'asked' WHERE id = ?1 AND titled = 'words'",
            )?;
            Ok(take.execute([untitled.conversation])? == 1)
        })?;
        Ok(is_first.then_some(untitled))
    }

    /// Gives a conversation the title that was asked for, unless a person has named it meanwhile or it is gone.
    pub fn give_title(
        &self,
        id: ConversationId,
        title: &str,
    ) -> Result<Option<ConversationRow>, Error> {
        self.write(|write| {
            let mut give = write.prepare_cached(
                "UPDATE conversation SET title = ?2, titled = 'model'
                 WHERE id = ?1 AND titled = 'asked' AND deleted_ms IS NULL",
            )?;
            match give.execute((id, title))? {
                0 => Ok(None),
                _ => Ok(Some(conversation::load(write, id)?.row())),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Begun, Finished, NewTurn, Status};

    fn begun(history: &History) -> Begun {
        let turn = NewTurn { title: "First words".into(), ..NewTurn::of("c", "m", "Question") };
        history.begin_turn(&turn).unwrap()
    }

    fn answered(history: &History) -> Begun {
        let begun = begun(history);
        history.finish_answer(begun.answer.id, &Finished::of("Answer")).unwrap();
        begun
    }

    #[test]
    fn it_is_asked_for_once_after_the_first_whole_answer() {
        let history = History::in_memory().unwrap();
        let begun = begun(&history);
        let (chat, first) = (begun.conversation.id, begun.answer.id);
        assert_eq!(history.take_untitled(first), Ok(None), "it is still growing");
        let failed = Finished { status: Status::Failed, ..Finished::of("") };
        history.finish_answer(first, &failed).unwrap();
        assert_eq!(history.take_untitled(first), Ok(None));
        let again = history.begin_answer(begun.user.id, "c", "m").unwrap().answer.id;
        history.finish_answer(again, &Finished::of("Answer")).unwrap();
        let untitled = history.take_untitled(again).unwrap().unwrap();
        assert_eq!((untitled.question.as_str(), untitled.answer.as_str()), ("Question", "Answer"));
        assert_eq!(history.take_untitled(again), Ok(None), "once");
        let row = history.give_title(chat, "A better one").unwrap().unwrap();
        assert_eq!(row.title, "A better one");
        assert_eq!(history.give_title(chat, "Another"), Ok(None));
    }

    #[test]
    fn what_a_person_has_named_keeps_its_name() {
        let history = History::in_memory().unwrap();
        let named = answered(&history);
        history.rename(named.conversation.id, "Mine").unwrap();
        assert_eq!(history.take_untitled(named.answer.id), Ok(None));
        let late = answered(&history);
        assert!(history.take_untitled(late.answer.id).unwrap().is_some());
        history.rename(late.conversation.id, "Mine too").unwrap();
        assert_eq!(history.give_title(late.conversation.id, "A model’s"), Ok(None));
        assert_eq!(history.conversation(late.conversation.id).unwrap().title, "Mine too");
        let gone = answered(&history);
        assert!(history.take_untitled(gone.answer.id).unwrap().is_some());
        history.delete(gone.conversation.id).unwrap();
        assert_eq!(history.give_title(gone.conversation.id, "Late"), Ok(None));
        let branch = history.branch_off(named.answer.id, "Copy").unwrap();
        assert_eq!(history.take_untitled(branch.leaf.unwrap()), Ok(None), "it was given one");
    }
}
