//! Texts that a person uses again.

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Row, Transaction};
use serde::{Deserialize, Serialize};

use crate::store::{found, now_ms};
use crate::{Error, History};

/// Names a prompt. Never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PromptId(pub i64);

/// A text that is used again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prompt {
    /// Its number.
    pub id: PromptId,
    /// What the person calls it.
    pub name: String,
    /// What is typed after a slash to insert it; empty, or no other prompt's.
    pub slash: String,
    /// The folder that it is in; empty is none.
    pub folder: String,
    /// What it says, with its blanks.
    pub text: String,
    /// Whether it stands on top.
    pub favourite: bool,
}

impl ToSql for PromptId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for PromptId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(Self)
    }
}

impl History {
    /// Every prompt, in the order they were made.
    pub fn prompts(&self) -> Result<Vec<Prompt>, Error> {
        self.read(all)
    }

    /// Keeps new prompts, all or none; the numbers in them are ignored. A slash name that is another's gets a number.
    pub fn add_prompts(&self, prompts: &[Prompt]) -> Result<Vec<Prompt>, Error> {
        self.write(|write| prompts.iter().map(|prompt| add(write, prompt)).collect())
    }

    /// Changes a prompt to what is given. A slash name that is another's gets a number.
    pub fn change_prompt(&self, prompt: &Prompt) -> Result<Prompt, Error> {
        self.write(|write| {
            let slash = free(write, &prompt.slash, prompt.id)?;
            found(write.execute(
                "UPDATE prompt SET name = ?2, slash = ?3, folder = ?4, text = ?5, favourite = ?6
                 WHERE id = ?1",
                (prompt.id, &prompt.name, &slash, &prompt.folder, &prompt.text, prompt.favourite),
            )?)?;
            Ok(Prompt { slash, ..prompt.clone() })
        })
    }

    /// Takes a prompt away.
    pub fn remove_prompt(&self, id: PromptId) -> Result<(), Error> {
        self.write(|write| found(write.execute("DELETE FROM prompt WHERE id = ?1", [id])?))
    }
}

pub(crate) fn all(read: &Transaction<'_>) -> Result<Vec<Prompt>, Error> {
    let mut list = read.prepare_cached(
        "SELECT id, name, slash, folder, text, favourite FROM prompt ORDER BY id",
    )?;
    let rows = list.query_map([], from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn add(write: &Transaction<'_>, prompt: &Prompt) -> Result<Prompt, Error> {
    let slash = free(write, &prompt.slash, PromptId(0))?;
    write
        .prepare_cached(
            "INSERT INTO prompt (name, slash, folder, text, favourite, created_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((
            &prompt.name,
            &slash,
            &prompt.folder,
            &prompt.text,
            prompt.favourite,
            now_ms(),
        ))?;
    Ok(Prompt { id: PromptId(write.last_insert_rowid()), slash, ..prompt.clone() })
}

/// The slash name, or the first one like it that no other prompt has.
fn free(read: &Transaction<'_>, wished: &str, own: PromptId) -> Result<String, Error> {
    let mut taken =
        read.prepare_cached("SELECT 1 FROM prompt WHERE slash = ?1 AND slash <> '' AND id <> ?2")?;
    let mut slash = wished.to_owned();
    let mut number = 1;
    while taken.exists((&slash, own))? {
        number += 1;
        slash = format!("{wished}-{number}");
    }
    Ok(slash)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Prompt> {
    Ok(Prompt {
        id: row.get(0)?,
        name: row.get(1)?,
        slash: row.get(2)?,
        folder: row.get(3)?,
        text: row.get(4)?,
        favourite: row.get(5)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain() -> Prompt {
        Prompt {
            name: "Plain English".into(),
            slash: "plain".into(),
            folder: "Writing".into(),
            text: "Rewrite {{selection}}".into(),
            ..Prompt::default()
        }
    }

    #[test]
    fn a_prompt_is_kept_changed_and_taken_away() {
        let history = History::in_memory().unwrap();
        let kept = history.add_prompts(&[plain()]).unwrap().remove(0);
        assert_eq!(history.prompts().unwrap(), std::slice::from_ref(&kept));
        let changed = Prompt { favourite: true, text: "New".into(), ..kept };
        assert_eq!(history.change_prompt(&changed).unwrap(), changed);
        assert_eq!(history.prompts().unwrap(), std::slice::from_ref(&changed));
        history.remove_prompt(changed.id).unwrap();
        assert_eq!(history.change_prompt(&changed), Err(Error::NotFound));
        assert_eq!(history.remove_prompt(changed.id), Err(Error::NotFound));
        let next = history.add_prompts(&[plain()]).unwrap().remove(0);
        assert_ne!(next.id, changed.id, "a number is never used twice");
    }

    #[test]
    fn a_slash_name_is_one_prompts_only() {
        let history = History::in_memory().unwrap();
        let unnamed = Prompt { slash: String::new(), ..plain() };
        let made = [plain(), plain(), plain(), unnamed.clone(), unnamed];
        let made = history.add_prompts(&made).unwrap();
        let slashes: Vec<_> = made.iter().map(|prompt| prompt.slash.as_str()).collect();
        assert_eq!(slashes, ["plain", "plain-2", "plain-3", "", ""]);
        let moved = Prompt { slash: "plain".into(), ..made[2].clone() };
        assert_eq!(history.change_prompt(&moved).unwrap().slash, "plain-3");
        assert_eq!(history.change_prompt(&made[0]).unwrap(), made[0], "its own name stays");
    }

    #[test]
    fn prompts_move_with_their_session() {
        let (disk, session) = (History::in_memory().unwrap(), History::in_memory().unwrap());
        disk.add_prompts(&[plain()]).unwrap();
        session.add_prompts(&[Prompt { text: "Other".into(), ..plain() }]).unwrap();
        disk.absorb(&session).unwrap();
        let moved = disk.prompts().unwrap().remove(1);
        assert_eq!((moved.slash.as_str(), moved.text.as_str()), ("plain-2", "Other"));
    }
}
