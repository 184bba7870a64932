//! Folders: in each other, with a mark, and with what new chats in them begin with.

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Row, Transaction};
use serde::{Deserialize, Serialize};

use crate::store::{found, now_ms};
use crate::{Attachment, Error, History, RouteId, folder_file};

/// Names a folder. Never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FolderId(pub i64);

/// A folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folder {
    /// Its number.
    pub id: FolderId,
    /// The folder that it is in.
    pub parent: Option<FolderId>,
    /// What the person calls it.
    pub name: String,
    /// A colour or a picture sign: a word of the layer above; may be empty.
    pub mark: String,
    /// What new chats in it tell the model first; may be empty.
    pub system_prompt: String,
    /// The connection of its model; both or none.
    pub connection: Option<String>,
    /// The model that new chats in it ask.
    pub model: Option<String>,
    /// The route that new chats in it go by, of which these are the first.
    pub route: Option<RouteId>,
    /// Its files, without small pictures.
    pub files: Vec<Attachment>,
    /// How many conversations are right in it.
    pub chats: i64,
}

impl ToSql for FolderId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for FolderId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(Self)
    }
}

impl History {
    /// Every folder, by name.
    pub fn folders(&self) -> Result<Vec<Folder>, Error> {
        self.read(|read| {
            let mut folders = all(read)?;
            for folder in &mut folders {
                folder.files = folder_file::list(read, folder.id)?;
            }
            Ok(folders)
        })
    }

    /// Makes a folder; the number in it is ignored.
    pub fn add_folder(&self, folder: &Folder) -> Result<FolderId, Error> {
        self.write(|write| {
            check_parent(write, None, folder.parent)?;
            add(write, folder)
        })
    }

    /// Changes a folder to what is given. It can't be put into itself.
    pub fn change_folder(&self, folder: &Folder) -> Result<(), Error> {
        self.write(|write| {
            check_parent(write, Some(folder.id), folder.parent)?;
            found(write.execute(
                "UPDATE folder SET parent = ?2, name = ?3, mark = ?4, system_prompt = ?5,
                     connection = ?6, model = ?7, route = ?8 WHERE id = ?1",
                (
                    folder.id,
                    folder.parent,
                    &folder.name,
                    &folder.mark,
                    &folder.system_prompt,
                    &folder.connection,
                    &folder.model,
                    folder.route,
                ),
            )?)
        })
    }

    /// Removes a folder. What is in it moves to where it was.
    pub fn remove_folder(&self, id: FolderId) -> Result<(), Error> {
        self.write(|write| {
            let parent: Option<FolderId> =
                write
                    .query_row("SELECT parent FROM folder WHERE id = ?1", [id], |row| row.get(0))?;
            write.execute("UPDATE conversation SET folder = ?2 WHERE folder = ?1", (id, parent))?;
            write.execute("UPDATE folder SET parent = ?2 WHERE parent = ?1", (id, parent))?;
            found(write.execute("DELETE FROM folder WHERE id = ?1", [id])?)
        })
    }
}

/// Every folder, by name, without its files.
pub(crate) fn all(read: &Transaction<'_>) -> Result<Vec<Folder>, Error> {
    let mut list = read.prepare_cached(
        "SELECT id, parent, name, mark, system_prompt, connection, model, route,
                (SELECT count(*) FROM conversation c WHERE c.folder = f.id
                     AND c.deleted_ms IS NULL AND c.archived_ms IS NULL)
         FROM folder f ORDER BY name COLLATE NOCASE, id",
    )?;
    let rows = list.query_map([], from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Adds one as it is, under a new number.
pub(crate) fn add(write: &Transaction<'_>, folder: &Folder) -> Result<FolderId, Error> {
    write.execute(
        "INSERT INTO folder (parent, name, mark, system_prompt, connection, model, route, created_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (
            folder.parent,
            &folder.name,
            &folder.mark,
            &folder.system_prompt,
            &folder.connection,
            &folder.model,
            folder.route,
            now_ms(),
        ),
    )?;
    Ok(FolderId(write.last_insert_rowid()))
}

/// The numbers of a folder and of all in it.
pub(crate) fn with_inner(read: &Transaction<'_>, id: FolderId) -> Result<Vec<FolderId>, Error> {
    let mut below = read.prepare_cached(
        "WITH RECURSIVE below (id) AS (
             VALUES (?1) UNION SELECT f.id FROM folder f JOIN below ON f.parent = below.id
         )
         SELECT id FROM below",
    )?;
    let rows = below.query_map([id], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The parent is there, and not in the folder itself.
fn check_parent(
    read: &Transaction<'_>,
    id: Option<FolderId>,
    parent: Option<FolderId>,
) -> Result<(), Error> {
    let Some(parent) = parent else { return Ok(()) };
    let inner = id.map_or_else(|| Ok(Vec::new()), |id| with_inner(read, id))?;
    let is_there = read.prepare_cached("SELECT 1 FROM folder WHERE id = ?1")?.exists([parent])?;
    if is_there && !inner.contains(&parent) { Ok(()) } else { Err(Error::NotFound) }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Folder> {
    Ok(Folder {
        id: row.get(0)?,
        parent: row.get(1)?,
        name: row.get(2)?,
        mark: row.get(3)?,
        system_prompt: row.get(4)?,
        connection: row.get(5)?,
        model: row.get(6)?,
        route: row.get(7)?,
        files: Vec::new(),
        chats: row.get(8)?,
    })
}
