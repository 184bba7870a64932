//! Folders and tags, by the names that people type: whole names first, and the beginnings of names where none is called so.

use std::collections::{HashMap, HashSet};

use rusqlite::Transaction;

use super::query::{plain, plain_path};
use crate::{Error, FolderId, folder};

/// The conversations that bear a tag of that name, or of one that begins so.
pub(super) fn tagged(read: &Transaction<'_>, name: &str) -> Result<HashSet<i64>, Error> {
    let mut all = read.prepare_cached(
        "SELECT t.name, o.conversation FROM tag t JOIN conversation_tag o ON o.tag = t.id",
    )?;
    let mut rows = all.query([])?;
    let (mut whole, mut begun) = (HashSet::new(), HashSet::new());
    while let Some(row) = rows.next()? {
        let (called, chat) =
            (plain(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?), row.get(1)?);
        if called == name {
            whole.insert(chat);
        } else if called.starts_with(name) {
            begun.insert(chat);
        }
    }
    Ok(if whole.is_empty() { begun } else { whole })
}

/// The conversations in the folders of that name or path, or in those of one that begins so, and in all that are in them.
pub(super) fn in_folder(read: &Transaction<'_>, typed: &str) -> Result<HashSet<i64>, Error> {
    let folders = Folders::of(read)?;
    let named = |fits: &dyn Fn(&str) -> bool| -> Vec<FolderId> {
        let is_path = typed.contains('/');
        let mut ids: Vec<_> = folders.0.keys().copied().collect();
        ids.retain(|id| fits(&folders.0[id].1) || (is_path && fits(&folders.path(*id))));
        ids
    };
    let mut ids = named(&|name| name == typed);
    if ids.is_empty() {
        ids = named(&|name| name.starts_with(typed));
    }
    let mut chats = HashSet::new();
    for id in ids {
        for inner in folder::with_inner(read, id)? {
            let mut of = read.prepare_cached("SELECT id FROM conversation WHERE folder = ?1")?;
            for chat in of.query_map([inner], |row| row.get(0))? {
                chats.insert(chat?);
            }
        }
    }
    Ok(chats)
}

/// Every folder: what it is in, and its plain name.
struct Folders(HashMap<FolderId, (Option<FolderId>, String)>);

impl Folders {
    fn of(read: &Transaction<'_>) -> Result<Self, Error> {
        let mut all = read.prepare_cached("SELECT id, parent, name FROM folder")?;
        let rows = all.query_map([], |row| {
            let name = plain_path(row.get_ref(2)?.as_str()?);
            Ok((row.get(0)?, (row.get(1)?, name)))
        })?;
        Ok(Self(rows.collect::<rusqlite::Result<_>>()?))
    }

    /// The names of all that it is in, and its own.
    fn path(&self, id: FolderId) -> String {
        let mut names = Vec::new();
        let mut at = Some(id);
        while let Some((parent, name)) = at.and_then(|id| self.0.get(&id)) {
            names.push(name.as_str());
            at = *parent;
        }
        names.reverse();
        names.join("/")
    }
}
