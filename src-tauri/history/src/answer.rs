//! A growing answer: saved in pieces while it streams, put together when it ends.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{OptionalExtension, Transaction};
use serde::{Deserialize, Serialize};

use crate::store::{found, now_ms};
use crate::{Error, History, Message, MessageId, Part, Status, Step, message, pace, part};

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
    /// What it cost.
    pub cost: Cost,
    /// The pages that it rests on: JSON of the layer above.
    pub sources: Option<String>,
    /// Who answered, where it was not who was asked first.
    pub answered_by: Option<Step>,
    /// Who was asked before, and why they did not answer: JSON of the layer above.
    pub route: Option<String>,
    /// Its reasoning in sealed form.
    pub parts: Vec<Part>,
}

/// What an answer cost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cost {
    /// Its tokens by kind: JSON of the layer above.
    pub usage: Option<String>,
    /// Billionths of a US dollar; `None` if nobody knows.
    pub nano: Option<i64>,
    /// Who says so.
    pub from: Option<CostFrom>,
}

/// Where the cost of an answer is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CostFrom {
    /// The provider said it.
    Provider,
    /// It was counted from the provider's tokens and published prices.
    Prices,
    /// The provider did not say what it used: no more than this.
    Bound,
}

impl ToSql for CostFrom {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Provider => "provider",
            Self::Prices => "prices",
            Self::Bound => "bound",
        }
        .to_sql()
    }
}

impl FromSql for CostFrom {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "provider" => Ok(Self::Provider),
            "prices" => Ok(Self::Prices),
            "bound" => Ok(Self::Bound),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

impl Finished {
    /// A whole answer of these words, of which nothing else is known.
    pub fn of(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            reasoning: String::new(),
            reasoning_ms: None,
            status: Status::Complete,
            finish: None,
            failure: None,
            prompt_tokens: None,
            answer_tokens: None,
            first_token_ms: None,
            skipped: 0,
            cost: Cost::default(),
            sources: None,
            answered_by: None,
            route: None,
            parts: Vec::new(),
        }
    }
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
                             answer_tokens = ?9, first_token_ms = ?10, skipped = ?11,
                             usage = ?12, cost_nano = ?13, cost_from = ?14, sources = ?15,
                             connection = coalesce(?16, connection),
                             model = coalesce(?17, model), route = ?18
                         WHERE id = ?1 AND role = 'assistant'",
                    )?
                    .execute(rusqlite::params![
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
                        &finished.cost.usage,
                        finished.cost.nano,
                        finished.cost.from,
                        &finished.sources,
                        finished.answered_by.as_ref().map(|step| &step.connection),
                        finished.answered_by.as_ref().map(|step| &step.model),
                        &finished.route,
                    ])?,
            )?;
            part::add(write, answer, &finished.parts)?;
            drop_pieces(write, answer)?;
            write
                .prepare_cached(
                    "UPDATE conversation SET updated_ms = ?2
                     WHERE id = (SELECT conversation FROM message WHERE id = ?1)",
                )?
                .execute((answer, now))?;
            let message = message::load(write, answer)?;
            if let (Some(connection), Some(model), Some(first)) =
                (&message.connection, &message.model, message.first_token_ms)
            {
                pace::note(write, connection, model, first)?;
            }
            Ok((message, now))
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
