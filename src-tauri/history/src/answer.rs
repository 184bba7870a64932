//! A growing answer: saved in pieces while it streams, put together when it ends.

use rusqlite::{OptionalExtension, Transaction};

use crate::store::{found, now_ms};
use crate::{Error, History, Message, MessageId, Status, message};

/// How an answer ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// The whole text.
    pub text: String,
    /// The whole reasoning.
    pub reasoning: String,
    /// How long the model thought.
    pub reasoning_ms: Option<i64>,
    /// What became of it.
    pub status: Status,
    /// Why the model stopped, in the words of the layer above.
    pub finish: Option<String>,
    /// Why it failed: JSON of the layer above.
    pub failure: Option<String>,
    /// Tokens sent.
    pub prompt_tokens: Option<i64>,
    /// Tokens received.
    pub answer_tokens: Option<i64>,
    /// From sending to the first token.
    pub first_token_ms: Option<i64>,
    /// How many events of its stream could not be read.
    pub skipped: i64,
}

impl History {
    /// Saves a growing answer. Takes the whole text so far and writes only what is new since the last save, so a save
    /// that failed is made good by the next one.
    pub fn save_progress(
        &self,
        answer: MessageId,
        text: &str,
        reasoning: &str,
    ) -> Result<(), Error> {
        self.write(|write| {
            check_streaming(write, answer)?;
            let (text_end, reasoning_end) = saved(write, answer)?;
            match (text.get(text_end..), reasoning.get(reasoning_end..)) {
                (Some(""), Some("")) => Ok(()),
                (Some(new_text), Some(new_reasoning)) => {
                    add_piece(write, answer, (text, reasoning), (new_text, new_reasoning))
                }
                // What was saved is longer than what there is now: the caller began anew, so this does too.
                _ => {
                    drop_pieces(write, answer)?;
                    add_piece(write, answer, (text, reasoning), (text, reasoning))
                }
            }
        })
    }

    /// Ends an answer with its whole text. Returns it, and when its conversation changed by that.
    pub fn finish_answer(
        &self,
        answer: MessageId,
        finished: &Finished,
    ) -> Result<(Message, i64), Error> {
        let now = now_ms();
        self.write(|write| {
            found(
                write
                    .prepare_cached(
                        "UPDATE message SET status = ?2, text = ?3, reasoning = ?4,
                             reasoning_ms = ?5, finish = ?6, failure = ?7, prompt_tokens = ?8,
                             answer_tokens = ?9, first_token_ms = ?10, skipped = ?11
                         WHERE id = ?1 AND role = 'assistant'",
                    )?
                    .execute((
                        answer,
                        finished.status,
                        &finished.text,
                        &finished.reasoning,
                        finished.reasoning_ms,
                        &finished.finish,
                        &finished.failure,
                        finished.prompt_tokens,
                        finished.answer_tokens,
                        finished.first_token_ms,
                        finished.skipped,
                    ))?,
            )?;
            drop_pieces(write, answer)?;
            write
                .prepare_cached(
                    "UPDATE conversation SET updated_ms = ?2
                     WHERE id = (SELECT conversation FROM message WHERE id = ?1)",
                )?
                .execute((answer, now))?;
            Ok((message::load(write, answer)?, now))
        })
    }

    /// Marks answers that were still growing when the program last ended, with what was saved of them. Returns how
    /// many. Call once at the start, before any turn.
    pub fn interrupt_streaming(&self) -> Result<usize, Error> {
        self.write(|write| {
            let interrupted = write.execute(
                "UPDATE message SET status = 'interrupted',
                     text = coalesce((SELECT group_concat(p.text, '' ORDER BY p.id)
                                      FROM piece p WHERE p.message = message.id), ''),
                     reasoning = coalesce((SELECT group_concat(p.reasoning, '' ORDER BY p.id)
                                           FROM piece p WHERE p.message = message.id), '')
                 WHERE status = 'streaming'",
                [],
            )?;
            write.execute("DELETE FROM piece", [])?;
            Ok(interrupted)
        })
    }
}

fn check_streaming(write: &Transaction<'_>, answer: MessageId) -> Result<(), Error> {
    let mut find =
        write.prepare_cached("SELECT 1 FROM message WHERE id = ?1 AND status = 'streaming'")?;
    if find.exists([answer])? { Ok(()) } else { Err(Error::NotFound) }
}

/// Bytes of text and reasoning that are saved already.
fn saved(write: &Transaction<'_>, answer: MessageId) -> Result<(usize, usize), Error> {
    let last = write
        .prepare_cached(
            "SELECT text_end, reasoning_end FROM piece WHERE message = ?1 ORDER BY id DESC LIMIT 1",
        )?
        .query_row([answer], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(last.unwrap_or_default())
}

fn add_piece(
    write: &Transaction<'_>,
    answer: MessageId,
    (text, reasoning): (&str, &str),
    (new_text, new_reasoning): (&str, &str),
) -> Result<(), Error> {
    write
        .prepare_cached(
            "INSERT INTO piece (message, text_end, reasoning_end, text, reasoning)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((answer, text.len(), reasoning.len(), new_text, new_reasoning))?;
    Ok(())
}

fn drop_pieces(write: &Transaction<'_>, answer: MessageId) -> Result<(), Error> {
    write.prepare_cached("DELETE FROM piece WHERE message = ?1")?.execute([answer])?;
    Ok(())
}
