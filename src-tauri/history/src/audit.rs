//! The audit log: what was done with keys, one line a request, never what was asked or answered.
//!
//! Lines are only ever added. Each holds a hash of itself and of the hash before it, so that a line which is changed, taken out or
//! put in later breaks the chain. Whoever has written down the last hash of an export sees a cut end, too.

use rusqlite::{OptionalExtension, Transaction};
use sha2::{Digest, Sha256};

use crate::{ApplicationId, Error, History, Settled, application};

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Its place, from one.
    pub number: i64,
    /// When the request was sent, in milliseconds since 1970.
    pub at_ms: i64,
    /// Who sent it; `Latchkey` for a chat of this program's own.
    pub application: String,
    /// What the key was called then.
    pub key_name: String,
    /// The model that was asked.
    pub model: String,
    /// Tokens read, where they were counted.
    pub read_tokens: Option<i64>,
    /// Tokens written, where they were counted.
    pub written_tokens: Option<i64>,
    /// What it cost, in billionths of a dollar, where that is known.
    pub nano: Option<i64>,
    /// What became of it.
    pub outcome: String,
    /// The chain up to and with this line.
    pub hash: [u8; 32],
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was answered, and counted.
    Answered,
    /// What came was not counted: it is charged with the most that it can have cost.
    Uncounted,
    /// Nothing was charged.
    Refused,
    /// The program ended before it did.
    Lost,
}

impl Outcome {
    /// Of a request that was settled.
    pub(crate) const fn of(settled: &Settled) -> Self {
        match settled.written_tokens {
            Some(_) => Self::Answered,
            None => Self::Uncounted,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Uncounted => "uncounted",
            Self::Refused => "refused",
            Self::Lost => "lost",
        }
    }
}

/// What a check of the chain found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    /// How many lines there are.
    pub lines: i64,
    /// The hash of the last, if there is one.
    pub head: Option<[u8; 32]>,
    /// The first line that does not follow from those before it.
    pub broken_at: Option<i64>,
}

/// What a line is about.
pub(crate) struct Use<'u> {
    pub(crate) at_ms: i64,
    pub(crate) application: Option<ApplicationId>,
    pub(crate) connection: &'u str,
    pub(crate) model: &'u str,
    pub(crate) read_tokens: Option<i64>,
    pub(crate) written_tokens: Option<i64>,
    pub(crate) nano: Option<i64>,
    pub(crate) outcome: Outcome,
}

/// Who asks where no application does.
const OWN: &str = "Latchkey";

impl History {
    /// Lines from this one on, at most so many.
    pub fn audit(&self, from: i64, most: usize) -> Result<Vec<AuditLine>, Error> {
        self.read(|read| lines(read, from, most))
    }

    /// Whether every line follows from those before it.
    pub fn verify_audit(&self) -> Result<Chain, Error> {
        const AT_ONCE: usize = 1_000;
        let mut chain = Chain { lines: 0, head: None, broken_at: None };
        loop {
            let next = self.audit(chain.lines + 1, AT_ONCE)?;
            if next.is_empty() {
                return Ok(chain);
            }
            for line in next {
                let follows = line.number == chain.lines + 1
                    && hash(&chain.head.unwrap_or_default(), &line) == line.hash;
                if !follows {
                    return Ok(Chain { broken_at: Some(line.number), ..chain });
                }
                chain = Chain { lines: line.number, head: Some(line.hash), broken_at: None };
            }
        }
    }
}

/// Adds a line.
pub(crate) fn note(write: &Transaction<'_>, used: &Use<'_>) -> Result<(), Error> {
    let application = match used.application {
        Some(id) => {
            application::name(write, id)?.unwrap_or_else(|| format!("application {}", id.0))
        }
        None => OWN.to_owned(),
    };
    let mut named = write.prepare_cached("SELECT name FROM connection WHERE id = ?1")?;
    let named: Option<String> = named.query_row([used.connection], |row| row.get(0)).optional()?;
    let line = AuditLine {
        number: 0,
        at_ms: used.at_ms,
        application,
        key_name: named.unwrap_or_else(|| used.connection.to_owned()),
        model: used.model.to_owned(),
        read_tokens: used.read_tokens,
        written_tokens: used.written_tokens,
        nano: used.nano,
        outcome: used.outcome.word().to_owned(),
        hash: [0; 32],
    };
    append(write, line)
}

/// Adds a line that was written in another log: what it says stays, and it gets its place in this one.
pub(crate) fn append(write: &Transaction<'_>, mut line: AuditLine) -> Result<(), Error> {
    let mut last =
        write.prepare_cached("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")?;
    let last: Option<(i64, [u8; 32])> =
        last.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let (number, before) = last.unwrap_or_default();
    line.number = number + 1;
    line.hash = hash(&before, &line);
    write
        .prepare_cached("INSERT INTO audit VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?
        .execute((
            line.number,
            line.at_ms,
            &line.application,
            &line.key_name,
            &line.model,
            line.read_tokens,
            line.written_tokens,
            line.nano,
            &line.outcome,
            line.hash,
        ))?;
    Ok(())
}

pub(crate) fn lines(
    read: &Transaction<'_>,
    from: i64,
    most: usize,
) -> Result<Vec<AuditLine>, Error> {
    let mut list = read.prepare_cached(
        "SELECT number, at_ms, application, key_name, model, read_tokens, written_tokens, nano, outcome, hash
         FROM audit WHERE number >= ?1 ORDER BY number LIMIT ?2",
    )?;
    let rows = list.query_map((from, i64::try_from(most).unwrap_or(i64::MAX)), |row| {
        Ok(AuditLine {
            number: row.get(0)?,
            at_ms: row.get(1)?,
            application: row.get(2)?,
            key_name: row.get(3)?,
            model: row.get(4)?,
            read_tokens: row.get(5)?,
            written_tokens: row.get(6)?,
            nano: row.get(7)?,
            outcome: row.get(8)?,
            hash: row.get(9)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Each part with its length before it, so that no two lines look the same to the hash.
fn hash(before: &[u8; 32], line: &AuditLine) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(before);
    for number in
        [Some(line.number), Some(line.at_ms), line.read_tokens, line.written_tokens, line.nano]
    {
        hasher.update([u8::from(number.is_some())]);
        hasher.update(number.unwrap_or(0).to_be_bytes());
    }
    for text in [&line.application, &line.key_name, &line.model, &line.outcome] {
        hasher.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(history: &History, model: &str) {
        let used = Use {
            at_ms: 5,
            application: None,
            connection: "c",
            model,
            read_tokens: Some(1),
            written_tokens: None,
            nano: Some(7),
            outcome: Outcome::Answered,
        };
        history.write(|write| note(write, &used)).unwrap();
    }

    #[test]
    fn a_line_that_is_changed_taken_out_or_put_in_breaks_the_chain() {
        let tampered = |sql: &str| {
            let history = History::in_memory().unwrap();
            ["a", "b", "c"].iter().for_each(|model| written(&history, model));
            let whole = history.verify_audit().unwrap();
            assert_eq!((whole.lines, whole.broken_at), (3, None));
            let refused = history.write(|write| Ok(write.execute_batch(sql)?));
            assert!(refused.is_err(), "nothing is ever changed: {sql}");
            let by_force = format!(
                "DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_shortened; {sql}"
            );
            history.write(|write| Ok(write.execute_batch(&by_force)?)).unwrap();
            (whole, history.verify_audit().unwrap())
        };
        let table = [
            ("UPDATE audit SET model = 'z' WHERE number = 2", Some(2)),
            ("UPDATE audit SET nano = NULL WHERE number = 1", Some(1)),
            ("DELETE FROM audit WHERE number = 2", Some(3)),
            ("DELETE FROM audit WHERE number = 1", Some(2)),
        ];
        for (sql, broken_at) in table {
            assert_eq!(tampered(sql).1.broken_at, broken_at, "{sql}");
        }
        let (before, after) = tampered("DELETE FROM audit WHERE number = 3");
        assert_eq!(after.broken_at, None);
        assert_ne!(after.head, before.head, "who has written down the head sees a cut end");
    }
}
