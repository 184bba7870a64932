//! Other programs that use a key without holding it. Of a token only its hash is here.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Type, ValueRef};
use rusqlite::{OptionalExtension, Row, Transaction};
use serde::{Deserialize, Serialize};

use crate::store::{found, now_ms};
use crate::{Error, History, Limits};

/// Names an application. Never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ApplicationId(pub i64);

/// SHA-256 of a token.
pub type TokenHash = [u8; 32];

/// What an application is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ApplicationKind {
    /// Anything on this computer that holds the token.
    Program,
    /// A web page of one origin.
    Page,
    /// A program that is started with a token of its own, which dies with it.
    Run,
}

/// A program that may use a key, and how far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Its number.
    pub id: ApplicationId,
    /// What the person calls it.
    pub name: String,
    /// What it is.
    pub kind: ApplicationKind,
    /// The one origin that a page may ask from.
    pub origin: Option<String>,
    /// The connection whose key it uses.
    pub connection: String,
    /// The models it may ask; none named is every one.
    pub models: Vec<String>,
    /// What it may spend of what the connection may.
    pub limits: Limits,
    /// Whether its token is worth one request.
    pub single_use: bool,
    /// The last four characters of its token, if it has a lasting one.
    pub last_four: Option<String>,
    /// When it was added.
    pub created_ms: i64,
    /// From when on it is refused.
    pub expires_ms: Option<i64>,
    /// When it last sent something.
    pub last_used_ms: Option<i64>,
}

impl History {
    /// Every application that is still lent a key, in the order they were added.
    pub fn applications(&self) -> Result<Vec<Application>, Error> {
        self.read(|read| all(read).map(|all| all.into_iter().map(|(kept, _)| kept).collect()))
    }

    /// The same with the hashes of their tokens.
    pub fn application_tokens(&self) -> Result<Vec<(Application, Option<TokenHash>)>, Error> {
        self.read(all)
    }

    /// Keeps a new one; the number in it is ignored.
    pub fn add_application(
        &self,
        application: &Application,
        token: Option<&TokenHash>,
    ) -> Result<Application, Error> {
        self.write(|write| {
            Ok(Application { id: add(write, application, token)?, ..application.clone() })
        })
    }

    /// Changes which key, which models, how much and until when. Its name, its kind and its token stay.
    pub fn change_application(&self, application: &Application) -> Result<(), Error> {
        self.write(|write| {
            let Limits { day_nano, month_nano, request_nano, requests_a_minute, tokens_a_minute } =
                application.limits;
            found(write.execute(
                "UPDATE application SET connection = ?2, models = ?3, expires_ms = ?4, day_nano = ?5,
                     month_nano = ?6, request_nano = ?7, requests_a_minute = ?8, tokens_a_minute = ?9
                 WHERE id = ?1 AND ended_ms IS NULL",
                (
                    application.id,
                    &application.connection,
                    words(&application.models),
                    application.expires_ms,
                    day_nano,
                    month_nano,
                    request_nano,
                    requests_a_minute,
                    tokens_a_minute,
                ),
            )?)
        })
    }

    /// Lends it nothing any more.
    pub fn end_application(&self, id: ApplicationId, now_ms: i64) -> Result<(), Error> {
        self.write(|write| {
            found(write.execute(
                "UPDATE application SET ended_ms = ?2, token_hash = NULL WHERE id = ?1 AND ended_ms IS NULL",
                (id, now_ms),
            )?)
        })
    }

    /// Lends nothing of this connection any more. Those that were.
    pub fn end_applications_of(&self, connection: &str) -> Result<Vec<ApplicationId>, Error> {
        self.write(|write| {
            let ended = all(write)?.into_iter().map(|(kept, _)| kept);
            let ended = ended.filter(|kept| kept.connection == connection).map(|kept| kept.id);
            let ended = ended.collect();
            end_all(write, connection)?;
            Ok(ended)
        })
    }

    /// Whether a person has let this program use the application's token.
    pub fn is_program_known(&self, id: ApplicationId, program: &str) -> Result<bool, Error> {
        self.read(|read| {
            let mut find = read.prepare_cached(
                "SELECT 1 FROM application_program WHERE application = ?1 AND program = ?2",
            )?;
            Ok(find.query_row((id, program), |_| Ok(())).optional()?.is_some())
        })
    }

    /// A person lets this program use it from now on.
    pub fn let_program(&self, id: ApplicationId, program: &str) -> Result<(), Error> {
        self.write(|write| {
            write.execute(
                "INSERT OR IGNORE INTO application_program VALUES (?1, ?2)",
                (id, program),
            )?;
            Ok(())
        })
    }
}

pub(crate) fn all(read: &Transaction<'_>) -> Result<Vec<(Application, Option<TokenHash>)>, Error> {
    let mut list = read.prepare_cached(
        "SELECT id, name, kind, origin, connection, models, single_use, last_four, created_ms, expires_ms, last_used_ms,
                day_nano, month_nano, request_nano, requests_a_minute, tokens_a_minute, token_hash
         FROM application WHERE ended_ms IS NULL ORDER BY id",
    )?;
    let rows = list.query_map([], |row| Ok((from_row(row)?, row.get(16)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn add(
    write: &Transaction<'_>,
    application: &Application,
    token: Option<&TokenHash>,
) -> Result<ApplicationId, Error> {
    let Limits { day_nano, month_nano, request_nano, requests_a_minute, tokens_a_minute } =
        application.limits;
    write.execute(
        "INSERT INTO application (name, kind, origin, connection, models, token_hash, single_use, last_four, created_ms,
             expires_ms, last_used_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        (
            &application.name,
            application.kind,
            &application.origin,
            &application.connection,
            words(&application.models),
            token,
            application.single_use,
            &application.last_four,
            application.created_ms,
            application.expires_ms,
            application.last_used_ms,
        ),
    )?;
    let id = ApplicationId(write.last_insert_rowid());
    write.execute(
        "UPDATE application SET day_nano = ?2, month_nano = ?3, request_nano = ?4, requests_a_minute = ?5,
             tokens_a_minute = ?6 WHERE id = ?1",
        (id, day_nano, month_nano, request_nano, requests_a_minute, tokens_a_minute),
    )?;
    Ok(id)
}

/// Limits of one, and its name; `None` where it is lent nothing any more.
pub(crate) fn limits(
    read: &Transaction<'_>,
    id: ApplicationId,
) -> Result<Option<(Limits, String)>, Error> {
    let mut find = read.prepare_cached(
        "SELECT day_nano, month_nano, request_nano, requests_a_minute, tokens_a_minute, name FROM application
         WHERE id = ?1 AND ended_ms IS NULL",
    )?;
    let row = find.query_row([id], |row| Ok((limits_from(row, 0)?, row.get(5)?)));
    Ok(row.optional()?)
}

/// What one was called, also after it has ended.
pub(crate) fn name(read: &Transaction<'_>, id: ApplicationId) -> Result<Option<String>, Error> {
    let mut find = read.prepare_cached("SELECT name FROM application WHERE id = ?1")?;
    Ok(find.query_row([id], |row| row.get(0)).optional()?)
}

/// Uses up a token that is worth one request. It is found by the first who asks, and by nobody after.
pub(crate) fn use_up(write: &Transaction<'_>, id: ApplicationId) -> Result<(), Error> {
    found(write.execute(
        "UPDATE application SET token_hash = NULL WHERE id = ?1 AND single_use = 1 AND token_hash IS NOT NULL",
        [id],
    )?)
}

/// Those of a connection that is removed.
pub(crate) fn end_all(write: &Transaction<'_>, connection: &str) -> Result<(), Error> {
    write.execute(
        "UPDATE application SET ended_ms = ?2, token_hash = NULL WHERE connection = ?1 AND ended_ms IS NULL",
        (connection, now_ms()),
    )?;
    Ok(())
}

fn limits_from(row: &Row<'_>, first: usize) -> rusqlite::Result<Limits> {
    Ok(Limits {
        day_nano: row.get(first)?,
        month_nano: row.get(first + 1)?,
        request_nano: row.get(first + 2)?,
        requests_a_minute: row.get(first + 3)?,
        tokens_a_minute: row.get(first + 4)?,
    })
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Application> {
    let models: String = row.get(5)?;
    let models = serde_json::from_str(&models)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(5, Type::Text, error.into()))?;
    Ok(Application {
        id: row.get(0)?,
        name: row.get(1)?,
        kind: row.get(2)?,
        origin: row.get(3)?,
        connection: row.get(4)?,
        models,
        single_use: row.get(6)?,
        last_four: row.get(7)?,
        created_ms: row.get(8)?,
        expires_ms: row.get(9)?,
        last_used_ms: row.get(10)?,
        limits: limits_from(row, 11)?,
    })
}

fn words(models: &[String]) -> String {
    serde_json::to_string(models).unwrap_or_default()
}

impl ToSql for ApplicationId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for ApplicationId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(Self)
    }
}

impl ToSql for ApplicationKind {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Program => "program",
            Self::Page => "page",
            Self::Run => "run",
        }
        .to_sql()
    }
}

impl FromSql for ApplicationKind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "program" => Ok(Self::Program),
            "page" => Ok(Self::Page),
            "run" => Ok(Self::Run),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::Request;

    pub(crate) fn aider() -> Application {
        Application {
            id: ApplicationId(0),
            name: "Aider".into(),
            kind: ApplicationKind::Program,
            origin: None,
            connection: "c".into(),
            models: vec!["m".into()],
            limits: Limits { month_nano: Some(5), ..Limits::default() },
            single_use: false,
            last_four: Some("k3Vd".into()),
            created_ms: 1,
            expires_ms: None,
            last_used_ms: None,
        }
    }

    #[test]
    fn an_application_is_kept_changed_and_ended() {
        let history = History::in_memory().unwrap();
        let kept = history.add_application(&aider(), Some(&[7; 32])).unwrap();
        assert_eq!(history.application_tokens().unwrap(), [(kept.clone(), Some([7; 32]))]);
        let changed = Application { models: vec![], expires_ms: Some(9), ..kept };
        history.change_application(&changed).unwrap();
        assert_eq!(history.applications().unwrap(), std::slice::from_ref(&changed));
        history.end_application(changed.id, 2).unwrap();
        assert_eq!(history.applications().unwrap(), []);
        assert_eq!(history.change_application(&changed), Err(Error::NotFound));
        assert_eq!(history.end_application(changed.id, 3), Err(Error::NotFound));
        let next = history.add_application(&aider(), Some(&[8; 32])).unwrap();
        assert_ne!(next.id, changed.id, "a number is never used twice");
    }

    #[test]
    fn a_token_for_one_use_is_used_up_by_what_is_sent_and_not_by_a_refusal() {
        let history = History::in_memory().unwrap();
        let once = Application { single_use: true, ..aider() };
        let once = history.add_application(&once, Some(&[1; 32])).unwrap();
        let lasting = history.add_application(&aider(), Some(&[2; 32])).unwrap();
        let asks = |id: ApplicationId, nano: i64| {
            let request = Request {
                connection: "c",
                model: "m",
                conversation: None,
                message: None,
                key: None,
                at_most_nano: Some(nano),
                tokens_at_most: 1,
                now_ms: 1,
            };
            history.reserve_once(id, &request).map(|reserved| reserved.is_ok())
        };
        assert_eq!(asks(once.id, 6), Ok(false), "over its limit");
        assert_eq!(history.application_tokens().unwrap()[0].1, Some([1; 32]));
        assert_eq!([asks(once.id, 5), asks(once.id, 0)], [Ok(true), Err(Error::NotFound)]);
        assert_eq!(history.application_tokens().unwrap()[0].1, None);
        assert_eq!(asks(lasting.id, 1), Err(Error::NotFound), "it is not for one use");
        assert_eq!(history.spent_by(lasting.id, 1).unwrap().0.month_nano, 0);
        assert_eq!(history.application_tokens().unwrap()[1].1, Some([2; 32]));
    }

    #[test]
    fn a_program_is_known_to_the_application_it_was_let_use() {
        let history = History::in_memory().unwrap();
        let kept = history.add_application(&aider(), None).unwrap();
        history.let_program(kept.id, "/usr/bin/aider").unwrap();
        history.let_program(kept.id, "/usr/bin/aider").unwrap();
        assert_eq!(history.is_program_known(kept.id, "/usr/bin/aider"), Ok(true));
        assert_eq!(history.is_program_known(kept.id, "/usr/bin/other"), Ok(false));
        assert_eq!(history.is_program_known(ApplicationId(9), "/usr/bin/aider"), Ok(false));
    }
}
