//! The keys of a connection: what is known of each, never the key.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Row, Transaction};

use crate::Error;
use crate::connection::{Connection, KeptIn};

/// What may be shown of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFacts {
    /// Under which name the keychain, or the session, has it.
    pub item: String,
    /// Its kind, in the words of the layer above.
    pub kind: String,
    /// Its last four characters.
    pub last_four: String,
    /// Where it is.
    pub kept_in: KeptIn,
    /// Whether it was ever accepted.
    pub worked: bool,
    /// Whether its provider said that it may not do everything.
    pub restricted: bool,
    /// When it came.
    pub made_ms: i64,
    /// Since when it is out of use.
    pub retired_ms: Option<i64>,
    /// What prints it, in the words of the layer above, where it is kept nowhere. No secret: a reference to one.
    pub command: Option<String>,
    /// The key in the keychain that this one, of the session, stands in for.
    pub behind: Option<Box<KeyFacts>>,
}

/// How a person lives with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upkeep {
    /// What it is for: personal, work, staging.
    pub label: String,
    /// After how many days it should be changed; `None` is never.
    pub rotate_after_days: Option<i64>,
    /// The only models that may be asked; none named is any.
    pub allowed_models: Vec<String>,
    /// The one that is asked where nobody names another.
    pub default_model: Option<String>,
    /// Whether those may answer who keep what they are sent, where its provider can be told.
    pub may_be_kept: bool,
    /// The key that was handed over and is not used yet.
    pub next: Option<KeyFacts>,
    /// The key that was used before and was not seen to fail yet.
    pub old: Option<KeyFacts>,
    /// The key that leaked and was removed here.
    pub leaked: Option<KeyFacts>,
}

impl Default for Upkeep {
    fn default() -> Self {
        Self {
            label: String::new(),
            rotate_after_days: Some(90),
            allowed_models: Vec::new(),
            default_model: None,
            may_be_kept: false,
            next: None,
            old: None,
            leaked: None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Used,
    StandIn,
    Next,
    Old,
    Leaked,
}

const ROLES: [(Role, &str); 5] = [
    (Role::Used, "used"),
    (Role::StandIn, "standIn"),
    (Role::Next, "next"),
    (Role::Old, "old"),
    (Role::Leaked, "leaked"),
];

impl ToSql for Role {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let name = ROLES.iter().find(|(role, _)| role == self).map(|(_, name)| *name);
        Ok(ToSqlOutput::from(name.unwrap_or_default()))
    }
}

impl FromSql for Role {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        let role = ROLES.iter().find(|(_, known)| *known == name).map(|(role, _)| *role);
        role.ok_or(FromSqlError::InvalidType)
    }
}

/// Gives connections their keys and the models that these may ask.
pub(crate) fn add(read: &Transaction<'_>, connections: &mut [Connection]) -> Result<(), Error> {
    let mut list = read.prepare_cached(
        "SELECT connection, role, item, kind, last_four, kept_in, worked, made_ms, retired_ms, command,
                restricted FROM key
         ORDER BY role = 'standIn'",
    )?;
    let mut rows = list.query([])?;
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        let Some(connection) = connections.iter_mut().find(|connection| connection.id == id) else {
            continue;
        };
        let key = from_row(row)?;
        match row.get(1)? {
            Role::Used => connection.key = Some(key),
            Role::StandIn => {
                let behind = connection.key.take().map(Box::new);
                connection.key = Some(KeyFacts { behind, ..key });
            }
            Role::Next => connection.upkeep.next = Some(key),
            Role::Old => connection.upkeep.old = Some(key),
            Role::Leaked => connection.upkeep.leaked = Some(key),
        }
    }
    let mut list =
        read.prepare_cached("SELECT connection, model FROM allowed_model ORDER BY model")?;
    let mut rows = list.query([])?;
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        if let Some(connection) = connections.iter_mut().find(|connection| connection.id == id) {
            connection.upkeep.allowed_models.push(row.get(1)?);
        }
    }
    Ok(())
}

pub(crate) fn put(write: &Transaction<'_>, connection: &Connection) -> Result<(), Error> {
    forget(write, &connection.id)?;
    let Upkeep { next, old, leaked, allowed_models, .. } = &connection.upkeep;
    let used = connection.key.as_ref();
    let behind = used.and_then(|key| key.behind.as_deref());
    let (used, stand_in) = match behind {
        Some(behind) => (Some(behind), used),
        None => (used, None),
    };
    let keys = [
        (Role::Used, used),
        (Role::StandIn, stand_in),
        (Role::Next, next.as_ref()),
        (Role::Old, old.as_ref()),
        (Role::Leaked, leaked.as_ref()),
    ];
    for (role, key) in keys {
        let Some(key) = key else { continue };
        write
            .prepare_cached(
                "INSERT INTO key VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute((
                &connection.id,
                role,
                &key.item,
                &key.kind,
                &key.last_four,
                key.kept_in,
                key.worked,
                key.made_ms,
                key.retired_ms,
                &key.command,
                key.restricted,
            ))?;
    }
    for model in allowed_models {
        write
            .prepare_cached("INSERT OR IGNORE INTO allowed_model VALUES (?1, ?2)")?
            .execute((&connection.id, model))?;
    }
    Ok(())
}

/// The key that is used was accepted: the one that stands in, where one does.
pub(crate) fn note_worked(write: &Transaction<'_>, connection: &str) -> Result<(), Error> {
    write.execute(
        "UPDATE key SET worked = 1
         WHERE connection = ?1 AND role = (
             SELECT role FROM key WHERE connection = ?1 AND role IN ('used', 'standIn')
             ORDER BY role = 'used' LIMIT 1)",
        [connection],
    )?;
    Ok(())
}

/// What the provider said of the key that is used: whether it may not do everything.
pub(crate) fn note_restricted(
    write: &Transaction<'_>,
    connection: &str,
    restricted: bool,
) -> Result<(), Error> {
    write.execute(
        "UPDATE key SET restricted = ?2
         WHERE connection = ?1 AND role = (
             SELECT role FROM key WHERE connection = ?1 AND role IN ('used', 'standIn')
             ORDER BY role = 'used' LIMIT 1)",
        (connection, restricted),
    )?;
    Ok(())
}

/// Whether a connection may ask a model.
pub(crate) fn allows(read: &Transaction<'_>, connection: &str, model: &str) -> Result<bool, Error> {
    let mut find = read.prepare_cached(
        "SELECT NOT EXISTS (SELECT 1 FROM allowed_model WHERE connection = ?1)
             OR EXISTS (SELECT 1 FROM allowed_model WHERE connection = ?1 AND model = ?2)",
    )?;
    Ok(find.query_row((connection, model), |row| row.get(0))?)
}

/// Those of a connection that is removed.
pub(crate) fn forget(write: &Transaction<'_>, connection: &str) -> Result<(), Error> {
    write.execute("DELETE FROM key WHERE connection = ?1", [connection])?;
    write.execute("DELETE FROM allowed_model WHERE connection = ?1", [connection])?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<KeyFacts> {
    Ok(KeyFacts {
        item: row.get(2)?,
        kind: row.get(3)?,
        last_four: row.get(4)?,
        kept_in: row.get(5)?,
        worked: row.get(6)?,
        made_ms: row.get(7)?,
        retired_ms: row.get(8)?,
        command: row.get(9)?,
        restricted: row.get(10)?,
        behind: None,
    })
}
