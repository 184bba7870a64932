//! Messages: what was said, by whom, and what became of an answer.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Row, Transaction};
use serde::{Deserialize, Serialize};

use crate::{Attachment, ConversationId, Cost, Error, History, part};

/// Names a message. Never used twice; a later message has a greater id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageId(pub i64);

/// Who said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// The person.
    User,
    /// The model.
    Assistant,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// The answer is still growing.
    Streaming,
    /// It is whole.
    Complete,
    /// The person stopped it.
    Stopped,
    /// The stream or the program ended before it did.
    Interrupted,
    /// The provider refused or broke off; see `failure`.
    Failed,
}

/// Where a message stands among the messages that share its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// From 1.
    pub index: i64,
    /// How many there are.
    pub count: i64,
    /// The one before.
    pub previous: Option<MessageId>,
    /// The one after.
    pub next: Option<MessageId>,
}

/// One message of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its name.
    pub id: MessageId,
    /// Where it was said.
    pub conversation: ConversationId,
    /// What it follows; None at the top.
    pub parent: Option<MessageId>,
    /// Who said it.
    pub role: Role,
    /// Markdown, as it came.
    pub text: String,
    /// What the model thought aloud; mostly empty.
    pub reasoning: String,
    /// How long it thought.
    pub reasoning_ms: Option<i64>,
    /// What became of it.
    pub status: Status,
    /// Why the model stopped, in the words of the layer above.
    pub finish: Option<String>,
    /// Why it failed: JSON of the layer above, not looked into here.
    pub failure: Option<String>,
    /// The model that answered.
    pub model: Option<String>,
    /// The connection it came over; may be removed since.
    pub connection: Option<String>,
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
    /// Who was asked before the one that answered, and why they did not: JSON of the layer above.
    pub route: Option<String>,
    /// The files that go with it.
    pub attachments: Vec<Attachment>,
    /// When it was begun.
    pub created_ms: i64,
    /// Where it stands among its versions.
    pub version: Version,
}

impl Role {
    const fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Assistant => "assistant",
        }
    }
}

impl Status {
    const fn word(self) -> &'static str {
        match self {
            Self::Streaming => "streaming",
            Self::Complete => "complete",
            Self::Stopped => "stopped",
            Self::Interrupted => "interrupted",
            Self::Failed => "failed",
        }
    }
}

impl ToSql for MessageId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for MessageId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(Self)
    }
}

impl ToSql for Role {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.word().to_sql()
    }
}

impl FromSql for Role {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let all = [Self::User, Self::Assistant];
        let word = value.as_str()?;
        all.into_iter().find(|role| role.word() == word).ok_or(FromSqlError::InvalidType)
    }
}

impl ToSql for Status {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.word().to_sql()
    }
}

impl FromSql for Status {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let all = [Self::Streaming, Self::Complete, Self::Stopped, Self::Interrupted, Self::Failed];
        let word = value.as_str()?;
        all.into_iter().find(|status| status.word() == word).ok_or(FromSqlError::InvalidType)
    }
}

impl History {
    /// One message.
    pub fn message(&self, id: MessageId) -> Result<Message, Error> {
        self.read(|read| load(read, id))
    }
}

/// The columns of a message `m`, in the order that `from_row` reads them.
pub(crate) const COLUMNS: &str = "
    m.id, m.conversation, m.parent, m.role, m.status, m.finish, m.failure, m.model, m.connection,
    m.prompt_tokens, m.answer_tokens, m.first_token_ms, m.reasoning_ms, m.created_ms, m.skipped,
    (SELECT count(*) FROM message s
        WHERE s.parent IS m.parent AND s.conversation = m.conversation AND s.id <= m.id),
    (SELECT count(*) FROM message s
        WHERE s.parent IS m.parent AND s.conversation = m.conversation),
    (SELECT max(s.id) FROM message s
        WHERE s.parent IS m.parent AND s.conversation = m.conversation AND s.id < m.id),
    (SELECT min(s.id) FROM message s
        WHERE s.parent IS m.parent AND s.conversation = m.conversation AND s.id > m.id),
    m.text, m.reasoning, m.usage, m.cost_nano, m.cost_from, m.sources,
    m.route";

/// Loads a message, with its files and with the pieces of a growing answer put together.
pub(crate) fn load(read: &Transaction<'_>, id: MessageId) -> Result<Message, Error> {
    let mut find =
        read.prepare_cached(&format!("SELECT {COLUMNS} FROM message m WHERE m.id = ?1"))?;
    let mut message = find.query_row([id], from_row)?;
    complete(read, &mut message)?;
    Ok(message)
}

/// Reads a row of `COLUMNS`. It still lacks what `complete` adds.
pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Message> {
    Ok(Message {
        id: row.get(0)?,
        conversation: row.get(1)?,
        parent: row.get(2)?,
        role: row.get(3)?,
        status: row.get(4)?,
        finish: row.get(5)?,
        failure: row.get(6)?,
        model: row.get(7)?,
        connection: row.get(8)?,
        prompt_tokens: row.get(9)?,
        answer_tokens: row.get(10)?,
        first_token_ms: row.get(11)?,
        reasoning_ms: row.get(12)?,
        created_ms: row.get(13)?,
        skipped: row.get(14)?,
        version: Version {
            index: row.get(15)?,
            count: row.get(16)?,
            previous: row.get(17)?,
            next: row.get(18)?,
        },
        text: row.get(19)?,
        reasoning: row.get(20)?,
        cost: Cost { usage: row.get(21)?, nano: row.get(22)?, from: row.get(23)? },
        sources: row.get(24)?,
        route: row.get(25)?,
        attachments: Vec::new(),
    })
}

/// Adds its files, and what was saved of a growing answer so far.
pub(crate) fn complete(read: &Transaction<'_>, message: &mut Message) -> Result<(), Error> {
    if message.role == Role::User {
        message.attachments = part::attachments(read, message.id)?;
    }
    join_pieces(read, message)
}

fn join_pieces(read: &Transaction<'_>, message: &mut Message) -> Result<(), Error> {
    if message.status != Status::Streaming {
        return Ok(());
    }
    let mut pieces =
        read.prepare_cached("SELECT text, reasoning FROM piece WHERE message = ?1 ORDER BY id")?;
    let mut rows = pieces.query([message.id])?;
    while let Some(row) = rows.next()? {
        message.text.push_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
        message.reasoning.push_str(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
    }
    Ok(())
}
