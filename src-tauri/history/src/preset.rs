//! Ways to ask that have a name: parameters, what the model is told first, and a model, or none.

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Row, Transaction};
use serde::{Deserialize, Serialize};

use crate::store::{found, now_ms};
use crate::{Error, History, RouteId};

/// Names a preset. Never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PresetId(pub i64);

/// A way to ask that has a name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preset {
    /// Its number.
    pub id: PresetId,
    /// What the person calls it.
    pub name: String,
    /// The connection of its model; both or none.
    pub connection: Option<String>,
    /// The model that it asks; `None` is for any.
    pub model: Option<String>,
    /// The route that it asks along, of which they are the first.
    pub route: Option<RouteId>,
    /// How it asks: JSON of the layer above.
    pub parameters: String,
    /// What the model is told first; may be empty.
    pub instructions: String,
    /// Whether it stands on top.
    pub favourite: bool,
}

impl ToSql for PresetId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for PresetId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(Self)
    }
}

impl History {
    /// Every preset, in the order they were made.
    pub fn presets(&self) -> Result<Vec<Preset>, Error> {
        self.read(all)
    }

    /// Keeps a new preset; the number in it is ignored.
    pub fn add_preset(&self, preset: &Preset) -> Result<Preset, Error> {
        self.write(|write| Ok(Preset { id: add(write, preset)?, ..preset.clone() }))
    }

    /// Changes a preset to what is given.
    pub fn change_preset(&self, preset: &Preset) -> Result<(), Error> {
        self.write(|write| {
            found(write.execute(
                "UPDATE preset SET name = ?2, connection = ?3, model = ?4, parameters = ?5,
                     instructions = ?6, route = ?7, favourite = ?8 WHERE id = ?1",
                (
                    preset.id,
                    &preset.name,
                    &preset.connection,
                    &preset.model,
                    &preset.parameters,
                    &preset.instructions,
                    preset.route,
                    preset.favourite,
                ),
            )?)
        })
    }

    /// Takes a preset away. Conversations that went by it keep what it gave them.
    pub fn remove_preset(&self, id: PresetId) -> Result<(), Error> {
        self.write(|write| found(write.execute("DELETE FROM preset WHERE id = ?1", [id])?))
    }
}

pub(crate) fn all(read: &Transaction<'_>) -> Result<Vec<Preset>, Error> {
    let mut list = read.prepare_cached(
        "SELECT id, name, connection, model, parameters, instructions, route, favourite FROM preset
         ORDER BY id",
    )?;
    let rows = list.query_map([], from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn add(write: &Transaction<'_>, preset: &Preset) -> Result<PresetId, Error> {
    write.execute(
        "INSERT INTO preset
             (name, connection, model, parameters, instructions, created_ms, route, favourite)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (
            &preset.name,
            &preset.connection,
            &preset.model,
            &preset.parameters,
            &preset.instructions,
            now_ms(),
            preset.route,
            preset.favourite,
        ),
    )?;
    Ok(PresetId(write.last_insert_rowid()))
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Preset> {
    Ok(Preset {
        id: row.get(0)?,
        name: row.get(1)?,
        connection: row.get(2)?,
        model: row.get(3)?,
        parameters: row.get(4)?,
        instructions: row.get(5)?,
        route: row.get(6)?,
        favourite: row.get(7)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NewTurn;

    fn careful() -> Preset {
        Preset {
            id: PresetId(0),
            name: "Careful".into(),
            connection: Some("c".into()),
            model: Some("m".into()),
            parameters: "{\"temperature\":0.2}".into(),
            instructions: "Take your time.".into(),
            route: Some(RouteId(3)),
            favourite: true,
        }
    }

    #[test]
    fn a_preset_is_kept_changed_and_taken_away() {
        let history = History::in_memory().unwrap();
        let kept = history.add_preset(&careful()).unwrap();
        assert_eq!(history.presets().unwrap(), std::slice::from_ref(&kept));
        let turn = NewTurn { preset: Some(kept.id), ..NewTurn::of("c", "m", "Hello") };
        let begun = history.begin_turn(&turn).unwrap();
        assert_eq!(begun.conversation.preset, Some(kept.id));
        let renamed = Preset { name: "Slow".into(), model: None, connection: None, ..kept };
        history.change_preset(&renamed).unwrap();
        assert_eq!(history.presets().unwrap(), std::slice::from_ref(&renamed));
        history.remove_preset(renamed.id).unwrap();
        assert_eq!(history.change_preset(&renamed), Err(Error::NotFound));
        let next = history.add_preset(&careful()).unwrap();
        assert_ne!(next.id, renamed.id, "a number is never used twice");
        history.set_preset(begun.conversation.id, Some(next.id)).unwrap();
        assert_eq!(history.conversation(begun.conversation.id).unwrap().preset, Some(next.id));
    }
}
